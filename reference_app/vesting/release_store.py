"""What a run reads, locks and writes. Each function works in the caller's transaction.

Idempotence rests on the lot's own state: what is RELEASED is not found again. The trace id only says who did it.
The statements are those of `release_statements`, each for all lots of a batch.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection

from reference_app.database import dialects
from reference_app.database.amounts import shown
from reference_app.vesting.currencies import DECIMALS
from reference_app.vesting.errors import LotChanged
from reference_app.vesting.judging import NOBODY, DueLot, Holder, Payout
from reference_app.vesting.release_statements import Statements, statements_of
from reference_app.vesting.store import make_account
from reference_app.vesting.tables import AVAILABLE

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


@dataclass(frozen=True, slots=True)
class Seen:
    """A lot as it is now, whatever its state: what is left of it, and which run released it last."""

    lot: DueLot
    trace_id: str | None


def matured(connection: Connection, due: Due) -> int:
    """Return how many lots have matured, released or not: one aggregate over an index."""
    found: int = connection.execute(_of(connection).matured, _due(due)).scalar_one()
    return found


def next_lots(connection: Connection, due: Due, after: tuple[date, int], limit: int) -> list[DueLot]:
    """Return the lots that are to be released next, in the order of their days, those after the given one."""
    return _lots(connection, _of(connection).next_lots, due, after, limit)


def lock_next_lots(connection: Connection, due: Due, after: tuple[date, int], limit: int) -> list[DueLot]:
    """Return the same lots, locked; without those that somebody else has locked.

    Safe for runs at the same time: on Postgres a lot is locked by one of them, and the others pass it over and come
    to the next; its state is looked at again once it is locked, so a lot that was released meanwhile is not found.
    On SQLite the whole transaction is alone. Nobody waits here, so nobody waits in a circle.
    """
    return _lots(connection, _of(connection).lock_next_lots, due, after, limit)


def lot(connection: Connection, lot_id: int, *, lock: bool = False) -> Seen | None:
    """Return this lot as it is now; with `lock` locked, and None while somebody else has it locked."""
    statements = _of(connection)
    wanted = statements.lock_lot if lock else statements.lot
    row = connection.execute(wanted, {"lot_id": lot_id}).one_or_none()
    return Seen(DueLot(*row[:-1]), row[-1]) if row else None


def holders(connection: Connection, due: Due, lots: Sequence[DueLot], *, lock: bool) -> dict[int, Holder]:
    """Return the accounts of each lot, by its id: its owner's, or where the owner is gone those that it came from.

    Safe for all who move money at the same time, with `lock`: locked accounts are locked in the order of their ids,
    before available ones, as by everybody (`store`); their balances are those that they have then.
    """
    statements = _of(connection)
    found: dict[int, Holder] = {}
    owned = [each for each in lots if each.user_id is not None]
    if owned:
        wanted = statements.lock_owners if lock else statements.owners
        owners = {each.user_id for each in owned}
        by_user = _holders(connection, wanted, {"user_id": owners}, currency=due.currency)
        found = {each.id: by_user.get(each.user_id, NOBODY) for each in owned}
    left_behind = [each for each in lots if each.user_id is None]
    if left_behind:
        wanted = statements.lock_sources if lock else statements.sources
        by_source = _holders(
            connection, wanted, {"operation_id": [each.source_operation_id for each in left_behind]}
        )
        found |= {each.id: by_source.get(each.source_operation_id, NOBODY) for each in left_behind}
    return found


def with_available(
    connection: Connection, due: Due, lots: Sequence[DueLot], found: dict[int, Holder]
) -> dict[int, Holder]:
    """Return the same accounts, with those made that a lot is to be paid into and that are not there."""
    lacking = [each for each in lots if each.user_id and found[each.id].lacks_available]
    for each in lacking:
        make_account(connection, each.user_id, due.currency, AVAILABLE)
    return {**found, **holders(connection, due, lacking, lock=True)} if lacking else found


def pay_out(connection: Connection, job: Job, payouts: Sequence[Payout], now: datetime) -> None:
    """Release the lots, which are locked, as are their accounts: operations, entries, lots, a statement each.

    Amounts are taken from the lots themselves, by the database.

    Raises:
        LotChanged: a lot is not as it was when it was judged.

    """
    if not payouts:
        return
    statements = _of(connection)
    releases = {"releases": _metadata(job, payouts), "now": now}
    # Ids count up in the order in which the rows are inserted, which is that of the lots.
    ids = sorted(connection.scalars(statements.add_operations, releases).all())
    paid = _json(
        f'{{"lot_id":{each.lot.id},"operation_id":{operation_id},"locked_id":{each.locked_id},'
        f'"available_id":{each.available_id}}}'
        for each, operation_id in zip(payouts, ids, strict=True)
    )
    connection.execute(statements.add_entries, {"paid": paid, "now": now})
    released = {"paid": paid, "now": now, "trace_id": job.trace_id}
    if connection.execute(statements.release_lots, released).rowcount != len(payouts):
        raise LotChanged


def _of(connection: Connection) -> Statements:
    return statements_of(dialects.of(connection))


def _due(due: Due) -> dict[str, Any]:
    return {"vault_code": due.vault_code, "currency": due.currency, "as_of": due.as_of}


def _lots(connection: Connection, wanted: Any, due: Due, after: tuple[date, int], limit: int) -> list[DueLot]:
    place = {"after_day": after[0], "after_id": after[1], "limit": limit}
    return list(map(DueLot._make, connection.execute(wanted, {**_due(due), **place}).all()))


def _holders(
    connection: Connection, wanted: Any, keys: Mapping[str, Iterable[int | None]], **more: str
) -> Mapping[int | None, Holder]:
    [(name, values)] = keys.items()
    asked = _json(f'{{"{name}":{value}}}' for value in values)
    return {
        row[0]: Holder._make(row[1:]) for row in connection.execute(wanted, {"asked": asked, **more}).all()
    }


def _metadata(job: Job, payouts: Sequence[Payout]) -> str:
    """Return the metadata of each operation, as rows of JSON; what all have in common is written once."""
    common = json.dumps(
        {"trace_id": job.trace_id, "vault_code": job.due.vault_code, "as_of_date": job.due.as_of.isoformat()}
    ).removesuffix("}")
    decimals = DECIMALS.get(job.due.currency, 0)
    texts: dict[Decimal, str] = {}
    for each in payouts:
        if each.lot.left not in texts:
            texts[each.lot.left] = shown(each.lot.left, decimals)
    return _json(
        f'{{"metadata":{common},"release_amount":"{texts[each.lot.left]}","vesting_lot_id":{each.lot.id}}}}}'
        for each in payouts
    )


def _json(objects: Iterable[str]) -> str:
    return f"[{','.join(objects)}]"
