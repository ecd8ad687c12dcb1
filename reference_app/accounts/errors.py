"""What can go wrong with an account."""

from reference_app.errors import AppError


class AccountError(AppError):
    """The account cannot be used."""


class EmailTaken(AccountError):
    """An account with this e-mail address exists already."""


class WrongPassword(AccountError):
    """The e-mail address or the password is wrong."""


class BadAddress(AccountError):
    """This is no e-mail address: a name, an at sign and a domain with a dot in it, without blanks."""


class BadPassword(AccountError):
    """This password may not be chosen."""


class TooManyFailures(AccountError):
    """Too many passwords were wrong for this account, or from where you are; ask again when you are told to."""


class PasswordsBusy(AccountError):
    """Too many passwords are being looked at at the moment; ask again."""


class BadDevUser(AccountError):
    """The development header names no user: X-Dev-User-Id takes a number from 1, the other any text."""
