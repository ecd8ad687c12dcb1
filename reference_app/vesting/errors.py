"""What can go wrong with wallets, deposits and their release."""

from reference_app.errors import AppError


class VestingError(AppError):
    """The money cannot be moved."""


class UnknownCurrency(VestingError):
    """The currency is none that this server is set up for."""


class BadAmount(VestingError):
    """The amount is not above zero, has more decimals than its currency, or is too large."""


class BadDay(VestingError):
    """as_of is no day, as in 2025-01-27, or lies in the future."""


class TooLittleAvailable(VestingError):
    """There is less available than that."""


class BalanceTooLarge(VestingError):
    """The account would hold more than an account can."""


class NoSuchUser(VestingError):
    """There is no such user."""


class OwnWalletOnly(VestingError):
    """Only an administrator may put money into a wallet, or in development its owner."""


class OwnerGone(VestingError):
    """The account was deleted in the meantime."""


class LotChanged(VestingError):
    """The lot is not any more what it was when it was locked; nothing of it was moved."""
