"""What can go wrong with an account."""

from reference_app.errors import AppError


class AccountError(AppError):
    """The account cannot be used."""


class EmailTaken(AccountError):
    """An account with this e-mail address exists already."""


class WrongPassword(AccountError):
    """The e-mail address or the password is wrong."""


class BadDevUser(AccountError):
    """The development header names no user: X-Dev-User-Id takes a number from 1, the other any text."""
