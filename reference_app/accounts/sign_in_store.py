"""All SQL about sign-ins that failed, and about where users have signed in from.

Each function works in the caller's transaction.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, or_, select, update

from reference_app.accounts.tables import sign_in_failures, sign_in_sources
from reference_app.database import dialects

SOURCES_MAX: Final = 8
"""So many sources of a user are known, the newest ones."""
SOURCES_KEPT: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Failures:
    """How often it failed, and when it did so last."""

    count: int
    last_at: datetime


def failures(connection: Connection, keys: Collection[str], now: datetime) -> dict[str, Failures]:
    """Return what failed under each of these keys, and keep others from counting there until the transaction ends.

    Safe because each key has a row then, and each row is locked, in the order of the keys: of two sign-ins at the
    same moment the second sees what the first has counted. SQLite lets in one writer anyway.
    """
    table = sign_in_failures
    for key in sorted(keys):
        row = {"key": key, "failures": 0, "last_at": now}
        dialects.of(connection).insert_if_absent(connection, table, row, keys=["key"])
    wanted = select(table).where(table.c.key.in_(keys)).order_by(table.c.key).with_for_update()
    return {row.key: Failures(row.failures, row.last_at) for row in connection.execute(wanted)}


def count(connection: Connection, counts: Mapping[str, int], now: datetime) -> None:
    """Have so many failures under each key, the last of them now. The rows are locked by `failures`."""
    for key, number in sorted(counts.items()):
        row = {"key": key, "failures": number, "last_at": now}
        dialects.of(connection).insert_or_change(
            connection, sign_in_failures, row, keys=["key"], changes={"failures": number, "last_at": now}
        )


def take_back(connection: Connection, keys: Collection[str], *, forgotten: str = "") -> None:
    """Have one failure less under each key, and none under `forgotten`."""
    table = sign_in_failures
    for key in sorted(keys):
        left = 0 if key == forgotten else table.c.failures - 1
        connection.execute(update(table).where(table.c.key == key).values(failures=left))
    connection.execute(delete(table).where(table.c.key.in_(keys), table.c.failures <= 0))


def clean(connection: Connection, now: datetime, kept: timedelta, rows_max: int) -> tuple[int, int]:
    """Remove what is older than `kept`, and the oldest rows beyond `rows_max`; return how many of each."""
    table = sign_in_failures
    # What lies ahead was counted before the clock was set back.
    old = or_(table.c.last_at < now - kept, table.c.last_at > now + kept)
    aged = connection.execute(delete(table).where(old)).rowcount
    newest = select(table.c.last_at).order_by(table.c.last_at.desc()).offset(rows_max).limit(1)
    over = connection.execute(delete(table).where(table.c.last_at <= newest.scalar_subquery())).rowcount
    return aged, over


def is_known(connection: Connection, user_id: int, source: str, now: datetime) -> bool:
    """Whether the user has signed in from this source lately."""
    columns = sign_in_sources.c
    found = select(columns.user_id).where(
        columns.user_id == user_id, columns.source == source, columns.last_at > now - SOURCES_KEPT
    )
    return connection.execute(found).first() is not None


def remember(connection: Connection, user_id: int, source: str, now: datetime) -> None:
    """Know that the user signs in from this source; of more than are kept, the oldest are forgotten."""
    table = sign_in_sources
    row = {"user_id": user_id, "source": source, "last_at": now}
    dialects.of(connection).insert_or_change(
        connection, table, row, keys=["user_id", "source"], changes={"last_at": now}
    )
    mine = table.c.user_id == user_id
    oldest = select(table.c.last_at).where(mine).order_by(table.c.last_at.desc()).offset(SOURCES_MAX).limit(1)
    connection.execute(delete(table).where(mine, table.c.last_at <= oldest.scalar_subquery()))


def forget_sources(connection: Connection, user_id: int) -> None:
    """Know none of the user's sources any more."""
    connection.execute(delete(sign_in_sources).where(sign_in_sources.c.user_id == user_id))
