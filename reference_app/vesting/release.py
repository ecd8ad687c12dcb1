"""A run of the release: batch by batch, each lot looked at once, and a failure harms its own lot only.

A run goes through the lots in the order of their days and ids, and never back: so one that cannot be released, or
that somebody else has locked, cannot keep it from ending. A batch is one transaction; when one fails, its lots are
taken one by one. Killed at any time, a run leaves each lot wholly released or wholly untouched.

Knows no HTTP and no SQL: `step` does one batch, in the caller's thread.
"""

import secrets
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from reference_app.clock import Clock
from reference_app.database.amounts import ZERO, shown
from reference_app.database.engine import Database
from reference_app.errors import AppError, DatabaseUnavailable
from reference_app.vesting import release_store
from reference_app.vesting.currencies import DECIMALS
from reference_app.vesting.judging import DueLot, Judgement, LotError, Payout, judge
from reference_app.vesting.release_store import FIRST, Due, Job, Seen

LOTS_AT_ONCE: Final = 200
ERRORS_LISTED_MAX: Final = 10_000
"""How many errors a summary lists; it counts them all."""
ERROR_LENGTH_MAX: Final = 300
UNREACHABLE_IN_A_ROW_MAX: Final = 3
"""After so many lots in a row for which the database could not be reached, the run ends."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did, or what a dry run would have done."""

    matured_found: int
    executed_count: int
    executed_amount: str
    skipped_count: int
    errors_count: int
    errors: list[LotError]
    trace_id: str
    as_of_date: str


@dataclass(slots=True)
class _Tally:
    executed: int = 0
    amount: Decimal = ZERO
    errors: int = 0
    listed: list[LotError] = field(default_factory=list)

    def error(self, found: LotError) -> None:
        self.errors += 1
        if len(self.listed) < ERRORS_LISTED_MAX:
            self.listed.append(found)


def new_trace_id(as_of: date) -> str:
    """Return a new run's trace id: the day that it is for, and eight digits that are its own."""
    return f"job-avenir-vesting-{as_of.isoformat().replace('-', '')}-{secrets.token_hex(4)}"


class Run:
    """One run. `step` until it returns False, then `summary`."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        due: Due,
        *,
        dry_run: bool = False,
        lots_at_once: int = LOTS_AT_ONCE,
    ) -> None:
        self._database = database
        self._clock = clock
        self._due = due
        self._dry_run = dry_run
        self._lots_at_once = lots_at_once
        self._after = FIRST
        self._tally = _Tally()
        self._drawn: dict[int, Decimal] = {}
        """What a dry run has taken from each locked account so far."""
        self.job: Final = Job(new_trace_id(due.as_of), due)

    @property
    def executed(self) -> int:
        """How many lots were released so far."""
        return self._tally.executed

    @property
    def errors(self) -> int:
        """How many lots could not be released so far."""
        return self._tally.errors

    def step(self) -> bool:
        """Take the next batch; return whether there may be more.

        Raises:
            DatabaseUnavailable: what was released before is, and the next run goes on from there.

        """
        batch = _Batch()
        try:
            if self._dry_run:
                self._database.read_now(self._look, batch)
            else:
                self._database.write_now(self._release, batch)
        except Exception:
            # What failed before any lot was looked at is no lot's failure.
            if self._dry_run or not batch.lots:
                raise
            self._one_by_one(batch.lots)
        else:
            self._count(batch.judged)
        if batch.lots:
            self._after = (batch.lots[-1].release_day, batch.lots[-1].id)
        return len(batch.lots) == self._lots_at_once

    def summary(self) -> Summary:
        """Return what the run did.

        A lot that matured and was neither released by this run nor an error was skipped: it had been released
        before, or another run had it.
        """
        tally = self._tally
        matured = self._database.read_now(release_store.matured, self._due)
        return Summary(
            matured_found=matured,
            executed_count=tally.executed,
            executed_amount=shown(tally.amount, DECIMALS[self._due.currency]),
            skipped_count=matured - tally.executed - tally.errors,
            errors_count=tally.errors,
            errors=tally.listed,
            trace_id=self.job.trace_id,
            as_of_date=self._due.as_of.isoformat(),
        )

    def _look(self, connection: Any, batch: "_Batch") -> None:
        """Judge the next lots as a run would, and write nothing."""
        batch.lots = release_store.next_lots(connection, self._due, self._after, self._lots_at_once)
        found = release_store.holders(connection, self._due, batch.lots, lock=False)
        batch.judged = judge(batch.lots, found, self._drawn, self._due.currency)

    def _release(self, connection: Any, batch: "_Batch") -> None:
        batch.lots = release_store.lock_next_lots(connection, self._due, self._after, self._lots_at_once)
        batch.judged = self._pay(connection, batch.lots)

    def _pay(self, connection: Any, lots: list[DueLot]) -> Judgement:
        """Release the lots, which are locked; return what was done."""
        found = release_store.holders(connection, self._due, lots, lock=True)
        found = release_store.with_available(connection, self._due, lots, found)
        judged = judge(lots, found, {}, self._due.currency)
        release_store.pay_out(connection, self.job, judged.payouts, self._clock())
        return judged

    def _one_by_one(self, lots: list[DueLot]) -> None:
        """Take each lot in a transaction of its own, and count at once what came of it."""
        unreachable_in_a_row = 0
        for lot in lots:
            try:
                self._count(self._database.write_now(self._release_one, lot))
                unreachable_in_a_row = 0
            except DatabaseUnavailable as error:
                unreachable_in_a_row += 1
                if unreachable_in_a_row == UNREACHABLE_IN_A_ROW_MAX:
                    raise
                self._count_what_became_of(lot, error)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is this lot's alone
                self._tally.error(LotError(lot.id, _said(error)))

    def _release_one(self, connection: Any, before: DueLot) -> Judgement:
        """Release the lot if it is still to be; it may have been, by a commit of this run that seemed to fail."""
        seen = release_store.lot(connection, before.id, lock=True)
        if seen is None:
            return Judgement()
        if seen.lot.left:
            return self._pay(connection, [seen.lot])
        return self._done(before) if self._is_ours(seen) else Judgement()

    def _count_what_became_of(self, before: DueLot, error: Exception) -> None:
        """Count a lot whose commit has an unknown outcome by what is stored. Raises DatabaseUnavailable."""
        seen = self._database.read_now(release_store.lot, before.id)
        if seen is not None and self._is_ours(seen):
            self._count(self._done(before))
        else:
            self._tally.error(LotError(before.id, _said(error)))

    def _is_ours(self, seen: Seen) -> bool:
        return not seen.lot.left and seen.trace_id == self.job.trace_id

    @staticmethod
    def _done(before: DueLot) -> Judgement:
        return Judgement(payouts=[Payout(before, 0, None)])

    def _count(self, judged: Judgement) -> None:
        self._tally.executed += len(judged.payouts)
        self._tally.amount += sum((payout.lot.left for payout in judged.payouts), ZERO)
        for found in judged.errors:
            self._tally.error(found)


@dataclass(slots=True)
class _Batch:
    """What a batch has looked at, and what it has done: known even when it fails half way."""

    lots: list[DueLot] = field(default_factory=list)
    judged: Judgement = field(default_factory=Judgement)


def _said(error: Exception) -> str:
    """Return what went wrong, in one line without people's values: the database's own words where it refused."""
    cause = error.__cause__ if isinstance(error, AppError) and error.__cause__ else error
    words = str(getattr(cause, "orig", None) or cause).strip().splitlines()
    said = words[0] if words else ""
    return (said or type(error).__name__)[:ERROR_LENGTH_MAX]
