"""Vesting: money that is locked for a year, and the job that releases each lot of it once."""
