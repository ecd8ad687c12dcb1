"""The statements of a release: few, each for all lots of a batch. Each works in the caller's transaction.

Idempotence rests on the lot's own state: what is RELEASED is not found again. The trace id only says who did it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Row,
    Select,
    String,
    and_,
    bindparam,
    func,
    insert,
    literal,
    select,
    tuple_,
    union_all,
    update,
)

from reference_app.database import dialects
from reference_app.database.amounts import shown
from reference_app.database.types import Id
from reference_app.vesting.currencies import DECIMALS
from reference_app.vesting.errors import LotChanged
from reference_app.vesting.judging import NOBODY, RELEASED, VESTED, Account, Holder, Lot, Payout
from reference_app.vesting.store import make_account
from reference_app.vesting.tables import (
    AVAILABLE,
    COMPLETED,
    CREDIT,
    DEBIT,
    LOCKED,
    RELEASE,
    accounts,
    ledger_entries,
    operations,
    vault_vesting_lots,
)

_LOT: Final = (
    vault_vesting_lots.c.id,
    vault_vesting_lots.c.user_id,
    vault_vesting_lots.c.currency,
    vault_vesting_lots.c.deposit_day,
    vault_vesting_lots.c.release_day,
    vault_vesting_lots.c.amount,
    vault_vesting_lots.c.released_amount,
    vault_vesting_lots.c.status,
    vault_vesting_lots.c.source_operation_id,
    vault_vesting_lots.c.release_job_trace_id,
    vault_vesting_lots.c.vault_code,
)
FIRST: Final = (date.min, 0)
"""Before every lot."""


@dataclass(frozen=True, slots=True)
class Due:
    """What a run is for: the lots of one vault and currency whose day has come."""

    vault_code: str
    currency: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Job:
    """Under which trace id a run releases."""

    trace_id: str
    due: Due


def matured(connection: Connection, due: Due) -> int:
    """Return how many lots have matured, released or not: one aggregate over an index."""
    lots = vault_vesting_lots.c
    status = lots.status.in_((VESTED, RELEASED))
    counted = select(func.count()).select_from(vault_vesting_lots).where(_due(due), status)
    return connection.execute(counted).scalar_one()


def next_lots(connection: Connection, due: Due, after: tuple[date, int], limit: int) -> list[Lot]:
    """Return the lots that are to be released next, in the order of their days, those after the given one."""
    return [Lot(*row) for row in connection.execute(_next(due, after, limit))]


def lock_next_lots(connection: Connection, due: Due, after: tuple[date, int], limit: int) -> list[Lot]:
    """Return the same lots, locked; without those that somebody else has locked.

    Safe for runs at the same time: on Postgres a lot is locked by one of them, the others pass it over and come to the
    next; who has it locked looked at its state after that, so a lot that was released meanwhile is not found. On SQLite
    the whole transaction is alone. Nobody waits here, so nobody waits in a circle.
    """
    wanted = _next(due, after, limit).with_for_update(skip_locked=True)
    return [Lot(*row) for row in connection.execute(wanted)]


def lot(connection: Connection, lot_id: int, *, lock: bool = False) -> Lot | None:
    """Return this lot as it is now; with `lock` locked, and None while somebody else has it locked."""
    wanted = select(*_LOT).where(vault_vesting_lots.c.id == lot_id)
    row = connection.execute(wanted.with_for_update(skip_locked=True) if lock else wanted).one_or_none()
    return Lot(*row) if row else None


def holders(connection: Connection, lots: Sequence[Lot], *, lock: bool) -> dict[int, Holder]:
    """Return the accounts of each lot, by its id: its owner's, or where the owner is gone those that it came from.

    Safe for all who move money at the same time, with `lock`: accounts are locked in the order of their ids, as by
    everybody; their balances are those that they have then.
    """
    owned = [lot for lot in lots if lot.user_id is not None]
    found = _of_owners(connection, owned, lock=lock) if owned else {}
    left_behind = [lot for lot in lots if lot.user_id is None]
    return {**found, **_of_sources(connection, left_behind, lock=lock)} if left_behind else found


def with_available(
    connection: Connection, lots: Sequence[Lot], found: dict[int, Holder]
) -> dict[int, Holder]:
    """Return the same accounts, with those made that a lot is to be paid into and that are not there."""
    lacking = [
        lot
        for lot in lots
        if lot.user_id is not None and found.get(lot.id, NOBODY).locked and not found[lot.id].available
    ]
    if not lacking:
        return found
    for lot in lacking:
        make_account(connection, lot.user_id, lot.currency, AVAILABLE)
    return {**found, **_of_owners(connection, lacking, lock=True)}


def pay_out(connection: Connection, job: Job, payouts: Sequence[Payout], now: datetime) -> None:
    """Release the lots, which are locked, as are their accounts: operations, entries, lots, a statement each.

    Amounts are taken from the lots themselves, by the database.

    Raises:
        LotChanged: a lot is not as it was when it was judged.

    """
    if not payouts:
        return
    ids = _add_operations(connection, job, payouts, now)
    rows = [
        {
            "lot_id": payout.lot.id,
            "operation_id": operation_id,
            "locked_id": payout.locked_id,
            "available_id": payout.available_id,
        }
        for payout, operation_id in zip(payouts, ids, strict=True)
    ]
    given = {"paid": json.dumps(rows), "now": now, "trace_id": job.trace_id}
    _add_entries(connection, given)
    _release_lots(connection, given, len(payouts))


def _next(due: Due, after: tuple[date, int], limit: int) -> Select[Any]:
    lots = vault_vesting_lots.c
    return (
        select(*_LOT)
        .where(
            _due(due),
            lots.status == VESTED,
            lots.released_amount < lots.amount,
            tuple_(lots.release_day, lots.id) > after,
        )
        .order_by(lots.release_day, lots.id)
        .limit(limit)
    )


def _due(due: Due) -> ColumnElement[bool]:
    lots = vault_vesting_lots.c
    return and_(
        lots.vault_code == due.vault_code, lots.currency == due.currency, lots.release_day <= due.as_of
    )


def _of_owners(connection: Connection, lots: Sequence[Lot], *, lock: bool) -> dict[int, Holder]:
    asked = dialects.of(connection).rows("owners", {"user_id": Id})
    of = accounts.c
    wanted = (
        select(of.id, of.user_id, of.account_type, of.balance)
        .join(asked, asked.c.user_id == of.user_id)
        .where(of.currency == lots[0].currency, of.account_type.in_((LOCKED, AVAILABLE)))
        .order_by(of.id)
    )
    owners = [{"user_id": user_id} for user_id in {lot.user_id for lot in lots}]
    rows = connection.execute(_locked(wanted, lock=lock), {"owners": json.dumps(owners)})
    accounts_of = _by_owner((row.user_id, row) for row in rows)
    return {lot.id: accounts_of.get(lot.user_id, NOBODY) for lot in lots}


def _of_sources(connection: Connection, lots: Sequence[Lot], *, lock: bool) -> dict[int, Holder]:
    asked = dialects.of(connection).rows("sources", {"operation_id": Id})
    of = accounts.c
    wanted = (
        select(of.id, ledger_entries.c.operation_id, of.account_type, of.balance)
        .join(ledger_entries, ledger_entries.c.account_id == of.id)
        .join(asked, asked.c.operation_id == ledger_entries.c.operation_id)
        .where(of.account_type.in_((LOCKED, AVAILABLE)))
        .order_by(of.id)
    )
    sources = [{"operation_id": lot.source_operation_id} for lot in lots]
    rows = connection.execute(_locked(wanted, lock=lock), {"sources": json.dumps(sources)})
    accounts_of = _by_owner((row.operation_id, row) for row in rows)
    return {lot.id: accounts_of.get(lot.source_operation_id, NOBODY) for lot in lots}


def _locked(wanted: Select[Any], *, lock: bool) -> Select[Any]:
    return wanted.with_for_update(of=accounts, key_share=True) if lock else wanted


def _by_owner(rows: Iterable[tuple[int, Row[Any]]]) -> Mapping[int | None, Holder]:
    found: dict[int | None, Holder] = {}
    for owner, row in rows:
        account = Account(row.id, row.balance)
        holder = found.get(owner, NOBODY)
        is_locked = row.account_type == LOCKED
        found[owner] = replace(holder, **{"locked" if is_locked else "available": account})
    return found


def _add_operations(connection: Connection, job: Job, payouts: Sequence[Payout], now: datetime) -> list[int]:
    """Insert an operation for each lot; return their ids, in the order of the lots: ids count up."""
    given = dialects.of(connection).rows("releases", {"metadata": JSON()})
    of = operations.c
    chosen = select(
        literal(RELEASE), literal(COMPLETED), given.c.metadata, bindparam("now", type_=of.created_at.type)
    )
    added = insert(operations).from_select([of.type, of.status, of.operation_metadata, of.created_at], chosen)
    rows = [{"metadata": _metadata(job, payout.lot)} for payout in payouts]
    parameters = {"releases": json.dumps(rows), "now": now}
    return sorted(connection.scalars(added.returning(of.id), parameters))


def _metadata(job: Job, lot: Lot) -> dict[str, str | int]:
    return {
        "trace_id": job.trace_id,
        "release_amount": shown(lot.left, DECIMALS.get(lot.currency, 0)),
        "vault_code": lot.vault_code,
        "vesting_lot_id": lot.id,
        "as_of_date": job.due.as_of.isoformat(),
    }


def _paid(connection: Connection) -> Any:
    columns = {name: Id for name in ("lot_id", "operation_id", "locked_id", "available_id")}
    return dialects.of(connection).rows("paid", columns)


def _add_entries(connection: Connection, given: Mapping[str, object]) -> None:
    """Insert two entries for each lot, out of the locked and into the available account."""
    paid = _paid(connection)
    lots, of = vault_vesting_lots.c, ledger_entries.c
    left = lots.amount - lots.released_amount
    now = bindparam("now", type_=of.created_at.type)
    halves = [
        select(paid.c.operation_id, account, amount, lots.currency, literal(kind, String), now).join_from(
            paid, vault_vesting_lots, lots.id == paid.c.lot_id
        )
        for account, amount, kind in ((paid.c.locked_id, -left, DEBIT), (paid.c.available_id, left, CREDIT))
    ]
    columns = [of.operation_id, of.account_id, of.amount, of.currency, of.entry_type, of.created_at]
    connection.execute(insert(ledger_entries).from_select(columns, union_all(*halves)), dict(given))


def _release_lots(connection: Connection, given: Mapping[str, object], expected: int) -> None:
    paid = _paid(connection)
    lots = vault_vesting_lots.c
    changed = connection.execute(
        update(vault_vesting_lots)
        .where(lots.id == paid.c.lot_id, lots.status == VESTED, lots.released_amount < lots.amount)
        .values(
            released_amount=lots.amount,
            status=RELEASED,
            last_released_at=bindparam("now", type_=lots.last_released_at.type),
            last_release_operation_id=paid.c.operation_id,
            release_job_trace_id=bindparam("trace_id", type_=String),
        ),
        dict(given),
    )
    if changed.rowcount != expected:
        raise LotChanged
