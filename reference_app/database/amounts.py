"""Amounts of money as a database keeps them: exact, with four decimals, within bounds.

What a currency has of decimals is not known here; four are enough for any of ISO 4217.
"""

from decimal import Decimal
from typing import Final

DECIMALS: Final = 4
DIGITS: Final = 18
"""How many digits a column keeps, with its decimals."""
AMOUNT_MAX: Final = Decimal(10 ** (DIGITS - DECIMALS)) - Decimal(1).scaleb(-DECIMALS)
"""The largest amount that a column keeps. The sum of two of them still fits into 64 bits of ten-thousandths."""
ZERO: Final = Decimal(0)


def to_units(amount: Decimal) -> int:
    """Return the amount in ten-thousandths.

    Raises:
        TypeError: it is no Decimal; a float has lost what it was.
        ValueError: it has more decimals than are kept, is too large, or is no number.

    """
    if not isinstance(amount, Decimal):
        raise TypeError(f"an amount of money is a Decimal, not {type(amount).__name__}")
    if not amount.is_finite() or abs(amount) > AMOUNT_MAX:
        raise ValueError(f"{amount} is more than an amount may be")
    units = amount.scaleb(DECIMALS)
    if units != int(units):
        raise ValueError(f"{amount} has more than {DECIMALS} decimals")
    return int(units)


def from_units(units: int) -> Decimal:
    """Return the amount of so many ten-thousandths. Raises TypeError: a float was kept."""
    if not isinstance(units, int):
        raise TypeError(f"an amount of money is kept as a whole number, not as {units!r}")
    return Decimal(units).scaleb(-DECIMALS)


def shown(amount: Decimal, decimals: int) -> str:
    """Return the amount with so many decimals, or with more where it has more; without an exponent."""
    rounded = amount.quantize(Decimal(1).scaleb(-decimals))
    return f"{rounded if rounded == amount else amount.normalize():f}"
