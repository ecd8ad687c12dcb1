"""SQLite: how it is opened, and its locks, which are lease rows with a heartbeat and a fencing token.

`BEGIN IMMEDIATE` is never held while something slow is done: it would stop every writer. A lease row stops
nobody but those who want the same key, and holds between processes that share the file.
"""

from collections.abc import Callable, Collection
from datetime import timedelta
from sqlite3 import Connection as DriverConnection
from typing import Final, TypeVar

from sqlalchemy import Connection, Engine, Update, create_engine, event, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import URL
from sqlalchemy.pool import QueuePool

from reference_app.clock import Clock
from reference_app.database.holders import is_dead, this_holder
from reference_app.database.locks import LEASE_S, LockLost, work_leases

BUSY_S_MAX: Final = 5.0
KEYS_PER_QUERY_MAX: Final = 500

T = TypeVar("T")


def make_engine(url: URL, connections_max: int, wait_s_max: float) -> Engine:
    """Open the file at `url`: write-ahead log, synced at every commit, foreign keys on."""
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=connections_max,
        max_overflow=0,
        pool_timeout=wait_s_max,
        # Errors are logged, and values are people's.
        hide_parameters=True,
        connect_args={"timeout": BUSY_S_MAX, "check_same_thread": False, "isolation_level": None},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", begin)
    return engine


def begin(connection: Connection) -> None:
    """Start the transaction as what it is, schema changes included; the driver would commit those by itself.

    A reader that turns writer half way is refused at once when another one wrote meanwhile (595 of 800
    tries, measured): writers say so from the start and wait for their turn.
    """
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare(connection: DriverConnection, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


class SqliteLocks:
    """Lease rows in `work_leases`."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine.execution_options(writes=True)
        self._clock = clock
        self._holder = this_holder()

    def acquire(self, key: str) -> "SqliteHold | None":
        """Take the lease of `key` if nobody alive has it.

        Safe because `BEGIN IMMEDIATE` lets one writer in at a time: between the look at the row and its
        change no other process can take the lease, and each taking raises the token.
        """
        now = self._clock()
        with self._engine.begin() as connection:
            row = connection.execute(select(work_leases).where(work_leases.c.key == key)).one_or_none()
            if row and row.holder and row.expires_at > now and not is_dead(row.holder):
                return None
            token = (row.token if row else 0) + 1
            lease = {"token": token, "holder": self._holder, "expires_at": now + timedelta(seconds=LEASE_S)}
            connection.execute(
                insert(work_leases)
                .values(key=key, **lease)
                .on_conflict_do_update(index_elements=["key"], set_=lease)
            )
        return SqliteHold(self._engine, self._clock, key, token)

    def held(self, keys: Collection[str]) -> set[str]:
        """Return those of `keys` that a live holder has."""
        wanted = list(keys)
        found: set[str] = set()
        with self._engine.execution_options(writes=False).connect() as connection:
            for start in range(0, len(wanted), KEYS_PER_QUERY_MAX):
                rows = connection.execute(
                    select(work_leases.c.key, work_leases.c.holder)
                    .where(work_leases.c.key.in_(wanted[start : start + KEYS_PER_QUERY_MAX]))
                    .where(work_leases.c.holder != "", work_leases.c.expires_at > self._clock())
                )
                found.update(row.key for row in rows if not is_dead(row.holder))
        return found


class SqliteHold:
    """One taken lease. Every statement names the token, so a holder that lost it changes nothing."""

    def __init__(self, engine: Engine, clock: Clock, key: str, token: int) -> None:
        self._engine = engine
        self._clock = clock
        self._key = key
        self._token = token
        self._mine = True

    def beat(self) -> None:
        """Put the lease's end off by `LEASE_S`."""
        with self._engine.begin() as connection:
            self._change(connection, expires_at=self._clock() + timedelta(seconds=LEASE_S))

    def finish(self, write: Callable[[Connection], T]) -> T:
        """Commit `write` and the release together.

        Safe because the token is checked by the first statement of the same immediate transaction: from then
        on nobody can take the lease before this transaction has ended.
        """
        with self._engine.begin() as connection:
            self._change(connection, holder="")
            result = write(connection)
        self._mine = False
        return result

    def fail(self, name: str) -> None:
        """Publish the failure and release the lease, in one statement."""
        with self._engine.begin() as connection:
            self._change(connection, holder="", failures=work_leases.c.failures + 1, last_failure=name)
        self._mine = False

    def release(self) -> None:
        """Release the lease if it is still ours."""
        if self._mine:
            self._mine = False
            with self._engine.begin() as connection:
                connection.execute(self._statement().values(holder=""))

    def _change(self, connection: Connection, **values: object) -> None:
        if connection.execute(self._statement().values(**values)).rowcount != 1:
            self._mine = False
            raise LockLost

    def _statement(self) -> Update:
        return update(work_leases).where(
            work_leases.c.key == self._key, work_leases.c.token == self._token, work_leases.c.holder != ""
        )
