"""Postgres: how it is opened, and its locks, which are advisory locks held by a transaction.

Session-level locks are never taken: they outlive a rollback and leak through a pooler.
"""

from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final, TypeVar

from psycopg import Connection as DriverConnection
from psycopg import OperationalError
from psycopg.errors import _WaitTimeout
from sqlalchemy import Connection, Engine, create_engine, event, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from reference_app.database.locks import LEASE_S, LockLost, lock_number, work_leases

CONNECT_S_MAX: Final = 2
ANSWER_S_MAX: Final = 3.0
"""How long a connection may stay silent: our statements take milliseconds, and a dead network says nothing."""
STATEMENT_MS_MAX: Final = 2_500
CHECK_CLIENT_MS: Final = 500
"""A backend that is busy when its client dies notices after this long; by default only when it is done."""

T = TypeVar("T")


def make_engine(url: URL, connections_max: int, wait_s_max: float) -> Engine:
    """Open the database at `url`, READ COMMITTED, with bounds on connecting and on every statement."""
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=connections_max,
        max_overflow=0,
        pool_timeout=wait_s_max,
        pool_pre_ping=True,
        # Errors are logged, and values are people's.
        hide_parameters=True,
        isolation_level="READ COMMITTED",
        connect_args={"connect_timeout": CONNECT_S_MAX, "application_name": "reference-app"},
    )
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "connect", _prepare)
    return engine


class BoundedConnection(DriverConnection[Any]):
    """A driver's connection that gives up on a server that does not answer any more."""

    def wait(self, gen: Generator[Any, Any, T], interval: float = 0.1, timeout: float | None = None) -> T:
        """Wait for an answer; close the connection if there is none within `ANSWER_S_MAX`.

        Raises:
            psycopg.OperationalError: there was none; what was asked may or may not have been done.

        """
        if timeout is not None and timeout <= ANSWER_S_MAX:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, ANSWER_S_MAX)
        except _WaitTimeout as error:
            # Its answer may still come, and would be taken for that of a later statement.
            self.close()
            raise OperationalError(f"the database did not answer within {ANSWER_S_MAX:g} s") from error


def _connect(
    _dialect: object, _record: object, arguments: Sequence[Any], options: dict[str, Any]
) -> BoundedConnection:
    return BoundedConnection.connect(*arguments, **options)


def _prepare(connection: DriverConnection, _record: object) -> None:
    for name, value in (
        ("statement_timeout", STATEMENT_MS_MAX),
        ("client_connection_check_interval", CHECK_CLIENT_MS),
        ("timezone", "'UTC'"),
    ):
        connection.execute(f"SET {name} = {value}")
    connection.commit()


class PostgresLocks:
    """Advisory locks of a transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def acquire(self, key: str) -> "PostgresHold | None":
        """Take the lock of `key` in a transaction of its own, which stays open while the lock is held.

        Safe because the lock and everything written under it share the transaction: the server ends both
        together, at commit, at rollback, or when the holder falls silent for longer than `LEASE_S`.
        """
        connection = self._engine.connect()
        try:
            connection.execute(
                text(f"SET LOCAL idle_in_transaction_session_timeout = {int(LEASE_S * 1_000)}")
            )
            if connection.scalar(select(func.pg_try_advisory_xact_lock(lock_number(key)))):
                return PostgresHold(connection, key)
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


class PostgresHold:
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

    def fail(self, name: str) -> None:
        """Publish the failure, and with the commit release the lock."""
        if self._connection.closed:
            return
        statement = insert(work_leases).values(key=self._key, failures=1, last_failure=name)
        counted = {"failures": work_leases.c.failures + 1, "last_failure": name}
        self.finish(
            lambda connection: connection.execute(
                statement.on_conflict_do_update(index_elements=["key"], set_=counted)
            )
        )

    def release(self) -> None:
        """End the transaction if it is still open."""
        if not self._connection.closed:
            # The server may have ended the connection while we were silent, and the lock with it.
            with suppress(DBAPIError):
                self._connection.close()


@contextmanager
def _loss_said(hold: PostgresHold) -> Iterator[None]:
    """Raise `LockLost` where the server has ended the connection, and the lock with it."""
    try:
        yield
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        hold.release()
        raise LockLost from error
