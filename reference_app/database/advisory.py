"""Locks that a transaction of Postgres holds: no row, no clock of ours, and the server ends them with the holder.

Held in an open transaction, so each takes a connection for as long as its work lasts. Session-level locks are
never taken: they outlive a rollback and leak through a pooler.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import DBAPIError

from reference_app.database import dialects
from reference_app.database.locks import LEASE_S, Failure, LockLost, lock_number
from reference_app.database.tables import published, work_leases

T = TypeVar("T")


class AdvisoryLocks:
    """Advisory locks of a transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def acquire(self, key: str) -> "AdvisoryHold | None":
        """Take the lock of `key` in a transaction of its own, which stays open while the lock is held.

        Safe because the lock and everything written under it share the transaction: the server ends both
        together, at commit, at rollback, or when the holder falls silent for longer than `LEASE_S`.
        """
        connection = self._engine.connect()
        try:
            dialects.of(connection).bound_silence(connection, LEASE_S)
            if connection.scalar(select(func.pg_try_advisory_xact_lock(lock_number(key)))):
                return AdvisoryHold(connection, key)
        except BaseException:
            connection.invalidate()
            connection.close()
            raise
        connection.rollback()
        connection.close()
        return None

    def held(self, keys: Collection[str]) -> set[str]:
        """Return those of `keys` whose lock some transaction holds."""
        statement = text(
            "SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks "
            "WHERE locktype = 'advisory' AND objsubid = 1 AND granted "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        with self._engine.connect() as connection:
            numbers = set(connection.scalars(statement))
        return {key for key in keys if lock_number(key) in numbers}


class AdvisoryHold:
    """One taken lock, which is one open transaction."""

    def __init__(self, connection: Connection, key: str) -> None:
        self._connection = connection
        self._key = key

    def beat(self) -> None:
        """Make the transaction not idle; a stopped holder cannot, and the server ends it."""
        with _loss_said(self):
            self._connection.execute(text("SELECT 1"))

    def finish(self, write: Callable[[Connection], T]) -> T:
        """Commit `write`, and with it release the lock; if `write` raises, undo it and keep the lock."""
        with _loss_said(self):
            with self._connection.begin_nested():
                result = write(self._connection)
            self._connection.commit()
        self._connection.close()
        return result

    def fail(self, failure: Failure) -> None:
        """Publish the failure, and with the commit release the lock."""
        if self._connection.closed:
            return
        changes = published(failure)
        values = {**changes, "key": self._key, "failures": 1}
        self.finish(
            lambda connection: dialects.of(connection).insert_or_change(
                connection, work_leases, values, keys=["key"], changes=changes
            )
        )

    def release(self) -> None:
        """End the transaction if it is still open."""
        if not self._connection.closed:
            # The server may have ended the connection while we were silent, and the lock with it.
            with suppress(DBAPIError):
                self._connection.close()


@contextmanager
def _loss_said(hold: AdvisoryHold) -> Iterator[None]:
    """Raise `LockLost` where the server has ended the connection, and the lock with it."""
    try:
        yield
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        hold.release()
        raise LockLost from error
