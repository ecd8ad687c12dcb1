"""Which lots can be released: rules on plain values, the same for a run and for a dry run.

A lot is released whole, from what its owner has locked. Lots of one owner draw on the same locked balance, in the
order in which they are judged; one that finds too little there is an error, and takes nothing from those after it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from reference_app.database.amounts import AMOUNT_MAX, ZERO, shown
from reference_app.vesting.currencies import DECIMALS

VESTED: Final = "VESTED"
RELEASED: Final = "RELEASED"
AVENIR: Final = "AVENIR"
"""The one vault that there is."""


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot as it is stored."""

    id: int
    user_id: int | None
    currency: str
    deposit_day: date
    release_day: date
    amount: Decimal
    released_amount: Decimal
    status: str
    source_operation_id: int
    release_job_trace_id: str | None = None
    vault_code: str = AVENIR

    @property
    def left(self) -> Decimal:
        """What is still to be released."""
        return self.amount - self.released_amount


@dataclass(frozen=True, slots=True)
class Account:
    """An account and its balance."""

    id: int
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Holder:
    """The two accounts between which a lot's money moves; None for one that is not there."""

    locked: Account | None
    available: Account | None


@dataclass(frozen=True, slots=True)
class Payout:
    """A lot that can be released, and between which accounts. In a dry run there may be no available one yet."""

    lot: Lot
    locked_id: int
    available_id: int | None


@dataclass(frozen=True, slots=True)
class LotError:
    """A lot that could not be released, and why."""

    lot_id: int
    error: str


@dataclass(slots=True)
class Judgement:
    """What is to be done with lots."""

    payouts: list[Payout] = field(default_factory=list)
    errors: list[LotError] = field(default_factory=list)


NOBODY = Holder(None, None)


def judge(lots: Iterable[Lot], holders: Mapping[int, Holder], drawn: dict[int, Decimal]) -> Judgement:
    """Return which lots can be released.

    Args:
        lots: in the order in which they are due.
        holders: the accounts of each lot, by the lot's id.
        drawn: what lots before these took from each locked account since its balance was read, by the account's id;
            what these take is added.

    """
    found = Judgement()
    for lot in lots:
        holder = holders.get(lot.id, NOBODY)
        trouble = _trouble(lot, holder, drawn)
        if trouble or holder.locked is None:
            found.errors.append(LotError(lot.id, trouble))
            continue
        drawn[holder.locked.id] = drawn.get(holder.locked.id, ZERO) + lot.left
        available_id = holder.available.id if holder.available else None
        found.payouts.append(Payout(lot, holder.locked.id, available_id))
    return found


def _trouble(lot: Lot, holder: Holder, drawn: Mapping[int, Decimal]) -> str:
    """Return why the lot cannot be released; empty when it can."""
    decimals = DECIMALS.get(lot.currency, 0)
    if holder.locked is None:
        return "the locked balance is too small: there is no locked account"
    balance = holder.locked.balance - drawn.get(holder.locked.id, ZERO)
    if balance < lot.left:
        return (
            f"the locked balance is too small: {shown(balance, decimals)} {lot.currency}, "
            f"and {shown(lot.left, decimals)} are to be released"
        )
    if holder.available is not None and holder.available.balance + lot.left > AMOUNT_MAX:
        return "the available balance would be more than an account can hold"
    return ""
