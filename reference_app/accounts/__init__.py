"""Accounts: who may ask. Registration, login, and the development bypass."""
