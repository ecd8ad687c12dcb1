"""Money for tests: users who fund and deposit, runs of the release, and whether the books add up."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Connection, func, inspect, select, text, update

from reference_app.accounts import store as account_store
from reference_app.accounts.store import NewUser
from reference_app.database.amounts import ZERO
from reference_app.database.engine import Database
from reference_app.vesting import store
from reference_app.vesting.judging import AVENIR
from reference_app.vesting.release import LOTS_AT_ONCE, Run, Summary
from reference_app.vesting.release_store import Due
from reference_app.vesting.store import Move
from reference_app.vesting.tables import (
    AVAILABLE,
    CREDIT,
    DEBIT,
    EXTERNAL,
    LOCKED,
    accounts,
    ledger_entries,
    operations,
    vault_vesting_lots,
)
from tests.reference_app.stage import START, SteppedClock

AED: Final = "AED"
YEAR: Final = timedelta(days=365)
TODAY: Final = START.date()


class Bank:
    """A database with money in it. Its clock is at `START`; lots are as old as a test wants."""

    def __init__(self, database: Database, clock: SteppedClock) -> None:
        self.database = database
        self.clock = clock

    def user(self, name: str = "ada") -> int:
        """Make a user."""
        new = NewUser(f"{name}@bank.example", "", START)
        return self.database.write_now(account_store.add, new).id

    def fund(self, user: int, amount: str, currency: str = AED, now: datetime = START) -> int:
        """Put money into a wallet."""
        return self.database.write_now(store.fund, Move(user, Decimal(amount), currency, now))

    def lot(
        self, user: int, amount: str, *, due: date = TODAY, currency: str = AED, is_funded: bool = True
    ) -> int:
        """Make a lot that matures on a day, out of money that comes in for it; return its id."""
        now = datetime.combine(due - YEAR, START.timetz())
        if is_funded:
            self.fund(user, amount, currency, now)
        return self.database.write_now(store.deposit, Move(user, Decimal(amount), currency, now), AVENIR).id

    def spend_locked(self, user: int, amount: str, currency: str = AED) -> None:
        """Take money away from what the user has locked, by an operation as any other."""
        self.database.write_now(_spend, user, Decimal(amount), currency)

    def run(self, *, as_of: date = TODAY, currency: str = AED, **options: Any) -> Summary:
        """Run the release to its end."""
        run = self.begun(as_of=as_of, currency=currency, **options)
        while run.step():
            pass
        return run.summary()

    def begun(
        self,
        *,
        as_of: date = TODAY,
        currency: str = AED,
        dry_run: bool = False,
        lots_at_once: int = LOTS_AT_ONCE,
    ) -> Run:
        """Return a run that has done nothing yet."""
        due = Due(AVENIR, currency, as_of)
        return Run(self.database, self.clock, due, dry_run=dry_run, lots_at_once=lots_at_once)

    def wallet(self, user: int, currency: str = AED) -> tuple[str, str]:
        """Return what the user has available, and locked, without zeros at the end."""
        found = self.database.read_now(store.balances, user, currency)
        return f"{found[0].normalize():f}", f"{found[1].normalize():f}"

    def lots(self) -> dict[int, Mapping[str, Any]]:
        """Return all lots by their ids."""
        return {row["id"]: row for row in self.rows(vault_vesting_lots)}

    def releases(self) -> list[Mapping[str, Any]]:
        """Return the operations of releases."""
        return [row for row in self.rows(operations) if row["type"] == "VAULT_VESTING_RELEASE"]

    def rows(self, table: Any) -> list[Mapping[str, Any]]:
        """Return the rows of a table, in the order of their ids."""
        return self.database.read_now(_rows, table)

    def digest(self) -> str:
        """Return a digest of every row of every table, and of where sequences are."""
        return self.database.read_now(_digest)

    def check(self) -> None:
        """See that the books add up: each operation, each account, each lot, and all together."""
        self.database.read_now(_check)


def summary_of(found: Summary) -> tuple[int, int, str, int, int]:
    """Return the counts of a summary: matured, executed, amount, skipped, errors."""
    bare = replace(found, errors=[])
    assert bare.matured_found == bare.executed_count + bare.skipped_count + bare.errors_count
    return (
        bare.matured_found,
        bare.executed_count,
        bare.executed_amount,
        bare.skipped_count,
        bare.errors_count,
    )


def change_lot(connection: Connection, /, lot_id: int, **values: Any) -> None:
    """Change a lot by hand."""
    lots = vault_vesting_lots
    connection.execute(update(lots).where(lots.c.id == lot_id).values(**values))


def _rows(connection: Connection, table: Any) -> list[Mapping[str, Any]]:
    return [dict(row) for row in connection.execute(select(table).order_by(table.c.id)).mappings()]


def _spend(connection: Connection, user: int, amount: Decimal, currency: str) -> None:
    of = accounts.c
    wanted = select(of.account_type, of.id).where(of.currency == currency)
    mine = dict(connection.execute(wanted.where((of.user_id == user) | (of.account_type == EXTERNAL))).all())
    added = operations.insert().values(
        type="WALLET_FUNDING", status="COMPLETED", operation_metadata={}, created_at=START
    )
    operation_id = connection.execute(added.returning(operations.c.id)).scalar_one()
    for kind, moved, entry_type in ((LOCKED, -amount, DEBIT), (EXTERNAL, amount, CREDIT)):
        connection.execute(
            ledger_entries.insert().values(
                operation_id=operation_id,
                account_id=mine[kind],
                amount=moved,
                currency=currency,
                entry_type=entry_type,
                created_at=START,
            )
        )


def _digest(connection: Connection) -> str:
    found: dict[str, Any] = {}
    inspector = inspect(connection)
    for table in sorted(inspector.get_table_names()):
        found[table] = sorted(map(str, connection.execute(text(f"SELECT * FROM {table}")).all()))  # noqa: S608
    for sequence in sorted(inspector.get_sequence_names()) if found and _has_sequences(connection) else ():
        found[sequence] = str(connection.execute(text(f"SELECT last_value, is_called FROM {sequence}")).one())  # noqa: S608
    return sha256(json.dumps(found).encode()).hexdigest()


def _has_sequences(connection: Connection) -> bool:
    return connection.dialect.supports_sequences


def _check(connection: Connection) -> None:
    entries, of = ledger_entries.c, accounts.c
    unbalanced = select(entries.operation_id).group_by(entries.operation_id)
    two = unbalanced.having((func.sum(entries.amount) != ZERO) | (func.count() != 2))
    assert connection.execute(two).all() == []
    summed = (
        select(entries.account_id, func.sum(entries.amount).label("amount"))
        .group_by(entries.account_id)
        .subquery()
    )
    wrong = select(of.id).outerjoin(summed, summed.c.account_id == of.id)
    assert connection.execute(wrong.where(of.balance != func.coalesce(summed.c.amount, ZERO))).all() == []
    assert connection.scalar(select(func.sum(of.balance))) in (None, 0)
    below = select(of.id).where(of.balance < ZERO, of.account_type.in_((AVAILABLE, LOCKED)))
    assert connection.execute(below).all() == []
