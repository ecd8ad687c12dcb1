"""Lunar returns: a user's twelve months, made once however many ask at once."""
