"""The table of locks: who holds the lease of a key, and how the work under the key has failed so far."""

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import Column, Connection, Integer, String, Table, select

from reference_app.database.locks import Failure, Failures
from reference_app.database.metadata import metadata
from reference_app.database.types import Id, UtcDateTime

NAME_LENGTH_MAX: Final = 100
MESSAGE_LENGTH_MAX: Final = 500

work_leases: Final = Table(
    "work_leases",
    metadata,
    Column("key", String(200), primary_key=True),
    # Counts up each time the lock is taken, so that a late write of an earlier holder is recognised.
    Column("token", Id, nullable=False, server_default="0"),
    # Empty while nobody holds the lease. Advisory locks are kept elsewhere and leave these three alone.
    Column("holder", String(200), nullable=False, server_default=""),
    Column("expires_at", UtcDateTime),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("last_failure", String(NAME_LENGTH_MAX), nullable=False, server_default=""),
    Column("last_failure_message", String(MESSAGE_LENGTH_MAX), nullable=False, server_default=""),
    Column("last_failure_retry_after_s", Integer),
)


def failures(connection: Connection, key: str) -> Failures:
    """Return what is published about failures of the work under `key`."""
    return failures_of(connection, [key])[key]


def failures_of(connection: Connection, keys: Collection[str]) -> dict[str, Failures]:
    """Return what is published about failures of the work under each of `keys`."""
    columns = work_leases.c
    rows = connection.execute(
        select(
            columns.key,
            columns.failures,
            columns.last_failure,
            columns.last_failure_message,
            columns.last_failure_retry_after_s,
        ).where(columns.key.in_(keys))
    )
    found = {row[0]: Failures(row[1], Failure(row[2], row[3], row[4])) for row in rows}
    return {key: found.get(key, Failures()) for key in keys}


def published(failure: Failure) -> dict[str, Any]:
    """Return the columns that publish `failure`, cut to their lengths; the count is raised by one."""
    return {
        "failures": work_leases.c.failures + 1,
        "last_failure": _kept(failure.name, NAME_LENGTH_MAX),
        "last_failure_message": _kept(failure.message, MESSAGE_LENGTH_MAX),
        "last_failure_retry_after_s": failure.retry_after_s,
    }


def _kept(text: str, length_max: int) -> str:
    # Postgres keeps no NUL in a text, and a failure that could not be published would leave its waiters waiting.
    return text.replace("\0", "")[:length_max]
