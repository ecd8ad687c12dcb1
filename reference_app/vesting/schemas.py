"""What vesting sends and takes over the wire. Amounts are text, as "10000.00": a number of JSON may lose digits."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from reference_app.database.amounts import shown
from reference_app.vesting.currencies import DECIMALS
from reference_app.vesting.judging import Lot
from reference_app.vesting.release import Summary
from reference_app.vesting.service import Funded
from reference_app.vesting.store import Transaction
from reference_app.vesting.tables import DEPOSIT, FUNDING, RELEASE

LABELS = {FUNDING: "WALLET", DEPOSIT: "COFFRE AVENIR", RELEASE: "COFFRE AVENIR"}
"""What each operation is about, as its owner knows it."""

Amount = Annotated[
    str,
    Meta(
        max_length=18,
        # `$` alone would let a line feed follow.
        pattern=r"^(0|[1-9][0-9]{0,12})(\.[0-9]{1,4})?$(?!\n)",
        description="A decimal number above zero, with no more decimals than its currency has",
    ),
]
Currency = Annotated[str, Meta(pattern=r"^[A-Z]{3}$(?!\n)", description="A code of ISO 4217")]
UserId = Annotated[int, Meta(ge=1, le=2**53 - 1)]


class Funding(Struct, frozen=True, forbid_unknown_fields=True):
    """Money that comes into a wallet from outside; `user_id` is for administrators."""

    amount: Amount
    currency: Currency
    user_id: UserId | UnsetType = UNSET


class Deposit(Struct, frozen=True, forbid_unknown_fields=True):
    """Money that is to be locked for a year."""

    amount: Amount
    currency: Currency


class FundingDone(Struct, frozen=True):
    """Money that came in."""

    operation_id: int
    amount: str
    currency: str
    created_at: datetime

    @classmethod
    def of(cls, funded: Funded) -> "FundingDone":
        """Return it as it goes over the wire."""
        move = funded.move
        return cls(funded.operation_id, _shown(move.amount, move.currency), move.currency, move.now)


class VestingLot(Struct, frozen=True):
    """Money that is locked until a day."""

    id: int
    vault_code: str
    currency: str
    deposit_day: date
    release_day: date
    amount: str
    released_amount: str
    status: Literal["VESTED", "RELEASED"]

    @classmethod
    def of(cls, lot: Lot) -> "VestingLot":
        """Return it as it goes over the wire."""
        return cls(
            id=lot.id,
            vault_code=lot.vault_code,
            currency=lot.currency,
            deposit_day=lot.deposit_day,
            release_day=lot.release_day,
            amount=_shown(lot.amount, lot.currency),
            released_amount=_shown(lot.released_amount, lot.currency),
            status=lot.status,  # type: ignore[arg-type] # the database has no other
        )


class Wallet(Struct, frozen=True):
    """What somebody has in a currency."""

    available: str
    locked: str


class WalletTransaction(Struct, frozen=True):
    """What came into the available money of a wallet, or went out of it."""

    operation_type: str
    product_label: str
    direction: Literal["IN", "OUT"]
    amount_display: str
    currency: str
    created_at: datetime

    @classmethod
    def of(cls, transaction: Transaction) -> "WalletTransaction":
        """Return it as it goes over the wire."""
        return cls(
            operation_type=transaction.operation_type,
            product_label=LABELS[transaction.operation_type],
            direction="IN" if transaction.amount > 0 else "OUT",
            amount_display=_shown(abs(transaction.amount), transaction.currency),
            currency=transaction.currency,
            created_at=transaction.created_at,
        )


class TransactionPage(Struct, frozen=True):
    """The newest transactions, or those after a cursor; `next_cursor` is null on the last page."""

    items: list[WalletTransaction]
    next_cursor: str | None


class VestingDay(Struct, frozen=True):
    """What is released on a day."""

    date: date
    amount: str


class VestingTimeline(Struct, frozen=True):
    """What is still to be released, by day."""

    vault_code: str
    currency: str
    items: list[VestingDay]


class LotFailure(Struct, frozen=True):
    """A lot that could not be released, and why."""

    lot_id: int
    error: str


class ReleaseSummary(Struct, frozen=True):
    """What a run did; `matured_found` is the sum of the three counts."""

    matured_found: int
    executed_count: int
    executed_amount: str
    skipped_count: int
    errors_count: int
    errors: list[LotFailure]
    trace_id: str
    as_of_date: str

    @classmethod
    def of(cls, summary: Summary) -> "ReleaseSummary":
        """Return it as it goes over the wire."""
        return cls(
            matured_found=summary.matured_found,
            executed_count=summary.executed_count,
            executed_amount=summary.executed_amount,
            skipped_count=summary.skipped_count,
            errors_count=summary.errors_count,
            errors=[LotFailure(each.lot_id, each.error) for each in summary.errors],
            trace_id=summary.trace_id,
            as_of_date=summary.as_of_date,
        )


def timeline_of(vault_code: str, currency: str, days: list[tuple[date, Decimal]]) -> VestingTimeline:
    """Return the days as they go over the wire."""
    items = [VestingDay(day, _shown(amount, currency)) for day, amount in days]
    return VestingTimeline(vault_code, currency, items)


def wallet_of(currency: str, available: Decimal, locked: Decimal) -> Wallet:
    """Return the balances as they go over the wire."""
    return Wallet(_shown(available, currency), _shown(locked, currency))


def _shown(amount: Decimal, currency: str) -> str:
    return shown(amount, DECIMALS.get(currency, 0))
