"""All SQL about wallets, deposits and what owners see of them. Each function works in the caller's transaction.

Locks are always taken in this order, so that nobody waits in a circle: lots by their ids (a release does not wait
for them), EXTERNAL, locked accounts by their ids, available ones, the user.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection, and_, func, insert, select, tuple_, update

from reference_app.database import dialects
from reference_app.database.amounts import AMOUNT_MAX, ZERO
from reference_app.idempotency import store as keys
from reference_app.vesting.errors import BalanceTooLarge, OwnerGone, TooLittleAvailable
from reference_app.vesting.judging import VESTED, Lot
from reference_app.vesting.tables import (
    AVAILABLE,
    COMPLETED,
    CREDIT,
    DEBIT,
    DEPOSIT,
    EXTERNAL,
    FUNDING,
    LOCKED,
    accounts,
    ledger_entries,
    operations,
    vault_vesting_lots,
)

LOCKED_FOR: Final = timedelta(days=365)
OF_ONE: Final = ("user_id", "currency", "account_type")


@dataclass(frozen=True, slots=True)
class Account:
    """An account, locked, and its balance."""

    id: int
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Move:
    """An amount that moves into or out of a user's wallet, at an instant."""

    user_id: int
    amount: Decimal
    currency: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Transaction:
    """An operation as the owner of the wallet sees it: above zero came in, below went out."""

    entry_id: int
    operation_type: str
    amount: Decimal
    currency: str
    created_at: datetime


def fund(connection: Connection, move: Move) -> int:
    """Move money from outside into the user's wallet; return the operation's id.

    Safe for fundings at the same time: each begins by locking EXTERNAL, so there is one after the other; and nobody
    else locks that account.

    Raises:
        BalanceTooLarge: all money of the currency together would be more than an account can hold.
        Conflict: there is no such user.

    """
    external = _account(connection, None, move.currency, EXTERNAL)
    available = _lock_account(connection, move.user_id, move.currency, AVAILABLE)
    if available is None:
        # Both at once: so who deposits finds the locked account, which is to be locked first.
        make_account(connection, move.user_id, move.currency, LOCKED)
        available = _account(connection, move.user_id, move.currency, AVAILABLE)
    # What anybody has of a currency came from EXTERNAL, so no other account can hold more.
    if abs(external.balance - move.amount) > AMOUNT_MAX:
        raise BalanceTooLarge
    return _move(connection, FUNDING, move, external, available)


def deposit(connection: Connection, move: Move, vault_code: str) -> Lot:
    """Lock money of the user's for a year; return the lot.

    Safe for deposits and releases at the same time: the available account is locked before its balance is looked
    at, and stays so until what was taken from it is committed.

    Raises:
        TooLittleAvailable: nothing was moved.
        Conflict: there is no such user any more.

    """
    locked = _account(connection, move.user_id, move.currency, LOCKED)
    available = _lock_account(connection, move.user_id, move.currency, AVAILABLE)
    if available is None or available.balance < move.amount:
        raise TooLittleAvailable
    operation_id = _move(connection, DEPOSIT, move, available, locked, {"vault_code": vault_code})
    today = move.now.date()
    lot = {
        "user_id": move.user_id,
        "currency": move.currency,
        "deposit_day": today,
        "release_day": today + LOCKED_FOR,
        "amount": move.amount,
        "released_amount": ZERO,
        "status": VESTED,
        "source_operation_id": operation_id,
    }
    added = insert(vault_vesting_lots).values(vault_code=vault_code, **lot)
    lot_id = connection.execute(added.returning(vault_vesting_lots.c.id)).scalar_one()
    return Lot(id=lot_id, vault_code=vault_code, **lot)  # type: ignore[arg-type] # as they are named there


def balances(connection: Connection, user_id: int, currency: str) -> tuple[Decimal, Decimal]:
    """Return what the user has available, and what is locked, at one moment."""
    rows = connection.execute(
        select(accounts.c.account_type, accounts.c.balance).where(
            accounts.c.user_id == user_id, accounts.c.currency == currency
        )
    )
    found: dict[str, Decimal] = {row.account_type: row.balance for row in rows}
    return found.get(AVAILABLE, ZERO), found.get(LOCKED, ZERO)


def transactions(
    connection: Connection, user_id: int, limit: int, after: tuple[datetime, int] | None
) -> list[Transaction]:
    """Return the user's transactions, the newest first, those after the given one; as many as `limit`."""
    entries = ledger_entries.c
    mine = select(accounts.c.id).where(accounts.c.user_id == user_id, accounts.c.account_type == AVAILABLE)
    found: list[Transaction] = []
    # An account at a time: each page is the end of an index then, however long the history is.
    for account_id in connection.scalars(mine.order_by(accounts.c.id)).all():
        page = (
            select(entries.id, operations.c.type, entries.amount, entries.currency, entries.created_at)
            .join(operations, operations.c.id == entries.operation_id)
            .where(entries.account_id == account_id)
            .order_by(entries.created_at.desc(), entries.id.desc())
            .limit(limit)
        )
        if after is not None:
            page = page.where(tuple_(entries.created_at, entries.id) < after)
        found += [Transaction(*row) for row in connection.execute(page)]
    found.sort(key=lambda each: (each.created_at, each.entry_id), reverse=True)
    return found[:limit]


def timeline(
    connection: Connection, user_id: int, vault_code: str, currency: str
) -> list[tuple[date, Decimal]]:
    """Return what is still to be released to the user, by day."""
    lots = vault_vesting_lots.c
    left = func.sum(lots.amount - lots.released_amount, type_=lots.amount.type)
    rows = connection.execute(
        select(lots.release_day, left)
        .where(
            lots.user_id == user_id,
            lots.status == VESTED,
            lots.vault_code == vault_code,
            lots.currency == currency,
            lots.released_amount < lots.amount,
        )
        .group_by(lots.release_day)
        .order_by(lots.release_day)
    )
    return [(row[0], row[1]) for row in rows]


def farewell(connection: Connection, user_id: int) -> None:
    """Let go of a user: keep every account, entry and lot, and whose they were not.

    Lots are locked before accounts, as a release does; so neither waits for the other in a circle. The lots go on
    to be released, into the accounts that they came from.
    """
    lots = vault_vesting_lots.c
    connection.execute(
        select(lots.id).where(lots.user_id == user_id).order_by(lots.id).with_for_update()
    ).all()
    _lock_all_accounts(connection, user_id)
    connection.execute(update(vault_vesting_lots).where(lots.user_id == user_id).values(user_id=None))
    connection.execute(update(accounts).where(accounts.c.user_id == user_id).values(user_id=None))
    keys.forget(connection, user_id)


def _move(
    connection: Connection,
    kind: str,
    move: Move,
    source: Account,
    target: Account,
    metadata: dict[str, str] | None = None,
) -> int:
    """Write an operation and its two entries; return the operation's id."""
    operation = {
        "type": kind,
        "status": COMPLETED,
        "operation_metadata": metadata or {},
        "created_at": move.now,
    }
    added = insert(operations).values(operation).returning(operations.c.id)
    operation_id: int = connection.execute(added).scalar_one()
    common = {"operation_id": operation_id, "currency": move.currency, "created_at": move.now}
    connection.execute(
        insert(ledger_entries),
        [
            {**common, "account_id": source.id, "amount": -move.amount, "entry_type": DEBIT},
            {**common, "account_id": target.id, "amount": move.amount, "entry_type": CREDIT},
        ],
    )
    return operation_id


def _account(connection: Connection, user_id: int | None, currency: str, kind: str) -> Account:
    """Return the account, locked; make it if it is not there."""
    found = _lock_account(connection, user_id, currency, kind)
    if found is None:
        make_account(connection, user_id, currency, kind)
        found = _lock_account(connection, user_id, currency, kind)
    if found is None:
        raise OwnerGone
    return found


def make_account(connection: Connection, user_id: int | None, currency: str, kind: str) -> None:
    """Make the account unless it is there. Raises Conflict: there is no such user."""
    row = {"user_id": user_id, "currency": currency, "account_type": kind}
    if user_id is None:
        external = accounts.c.account_type == EXTERNAL
        dialects.of(connection).insert_if_absent(
            connection, accounts, row, keys=("currency",), where=external
        )
    else:
        dialects.of(connection).insert_if_absent(connection, accounts, row, keys=OF_ONE)


def _lock_account(connection: Connection, user_id: int | None, currency: str, kind: str) -> Account | None:
    """Lock the account if it is there, and return it with its balance as it is then."""
    of = accounts.c
    whose = of.user_id.is_(None) if user_id is None else of.user_id == user_id
    row = connection.execute(
        select(of.id, of.balance)
        .where(and_(whose, of.currency == currency, of.account_type == kind))
        .with_for_update(key_share=True)
    ).one_or_none()
    return Account(row.id, row.balance) if row else None


def _lock_all_accounts(connection: Connection, user_id: int) -> None:
    """Lock all accounts of a user, locked ones first."""
    of = accounts.c
    for kind in (LOCKED, AVAILABLE):
        mine = select(of.id).where(of.user_id == user_id, of.account_type == kind)
        connection.execute(mine.order_by(of.id).with_for_update()).all()
