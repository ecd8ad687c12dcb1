"""Which lots can be released: rules on plain values, the same for a run and for a dry run.

A lot is released whole, from what its owner has locked. Lots of one owner draw on the same locked balance, in the
order in which they are judged; one that finds too little there is an error, and takes nothing from those after it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from reference_app.database.amounts import ZERO, shown
from reference_app.vesting.currencies import DECIMALS

VESTED: Final = "VESTED"
RELEASED: Final = "RELEASED"
AVENIR: Final = "AVENIR"
"""The one vault that there is."""


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot as its owner sees it."""

    id: int
    vault_code: str
    user_id: int
    currency: str
    deposit_day: date
    release_day: date
    amount: Decimal
    released_amount: Decimal
    status: str
    source_operation_id: int


# Of these there are as many as lots: a tuple is made in half the time.


class DueLot(NamedTuple):
    """A lot that is to be released: whose, since when, and how much is left of it."""

    id: int
    user_id: int | None
    """None where the owner is gone."""
    release_day: date
    left: Decimal
    source_operation_id: int


class Holder(NamedTuple):
    """The two accounts between which a lot's money moves; None for one that is not there."""

    locked_id: int | None
    locked_balance: Decimal
    available_id: int | None

    @property
    def lacks_available(self) -> bool:
        """Whether there is money, and no account to pay it into."""
        return self.locked_id is not None and self.available_id is None


class Payout(NamedTuple):
    """A lot that can be released, and between which accounts. In a dry run there may be no available one yet."""

    lot: DueLot
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


NOBODY: Final = Holder(None, ZERO, None)


def judge(
    lots: Iterable[DueLot], holders: Mapping[int, Holder], drawn: dict[int, Decimal], currency: str
) -> Judgement:
    """Return which lots can be released.

    Args:
        lots: in the order in which they are due.
        holders: the accounts of each lot, by the lot's id.
        drawn: what lots before these took from each locked account since its balance was read, by the account's id;
            what these take is added.
        currency: of all the lots.

    """
    found = Judgement()
    for lot in lots:
        holder = holders.get(lot.id, NOBODY)
        locked_id = holder.locked_id
        before = drawn.get(locked_id, ZERO) if locked_id is not None else ZERO
        after = before + lot.left
        if locked_id is None or after > holder.locked_balance:
            found.errors.append(LotError(lot.id, _too_little(lot, holder.locked_balance - before, currency)))
        else:
            drawn[locked_id] = after
            found.payouts.append(Payout(lot, locked_id, holder.available_id))
    return found


def _too_little(lot: DueLot, balance: Decimal, currency: str) -> str:
    decimals = DECIMALS.get(currency, 0)
    return (
        f"the locked balance is too small: {shown(balance, decimals)} {currency}, "
        f"and {shown(lot.left, decimals)} are to be released"
    )
