"""Locks as lease rows with a heartbeat and a fencing token: held without a connection, on every database.

A lease row stops nobody but those who want the same key, and holds between all processes that use the database.
On Postgres the ends of leases are set and compared by the server's clock, on SQLite by ours, which all processes
of a machine share.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final, TypeVar

from sqlalchemy import Connection, Engine, Update, select, update

from reference_app.clock import Clock
from reference_app.database import dialects
from reference_app.database.holders import is_dead, this_holder
from reference_app.database.locks import LEASE_S, Failure, LockLost
from reference_app.database.tables import published, work_leases

KEYS_PER_QUERY_MAX: Final = 500
LEASE: Final = timedelta(seconds=LEASE_S)

T = TypeVar("T")


class LeaseLocks:
    """Lease rows in `work_leases`."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine.execution_options(writes=True)
        self._clock = clock
        self._holder = this_holder()

    def acquire(self, key: str) -> "LeaseHold | None":
        """Take the lease of `key` if nobody alive has it.

        Safe because nobody else changes the row between our look at it and our change: on SQLite `BEGIN
        IMMEDIATE` lets one writer in at a time, on Postgres the row is there after the first statement and
        locked by the second, which passes over a row that somebody else has locked: they are taking, keeping or
        ending this very lease. Each taking raises the token.
        """
        dialect = dialects.of(self._engine)
        with _writing(self._engine) as connection:
            # Asked only now, for on SQLite the transaction may have had to wait for other writers.
            now = dialect.now(self._clock)
            dialect.insert_if_absent(connection, work_leases, {"key": key}, keys=["key"])
            row = connection.execute(
                select(work_leases.c.token, work_leases.c.holder, work_leases.c.expires_at > now)
                .where(work_leases.c.key == key)
                .with_for_update(skip_locked=True)
            ).one_or_none()
            if row is None:
                return None
            token, holder, is_fresh = row
            if holder and is_fresh and not is_dead(holder):
                return None
            lease = {"token": token + 1, "holder": self._holder, "expires_at": now + LEASE}
            connection.execute(update(work_leases).where(work_leases.c.key == key).values(lease))
        return LeaseHold(self._engine, self._clock, key, token + 1)

    def held(self, keys: Collection[str]) -> set[str]:
        """Return those of `keys` that a live holder has."""
        wanted = list(keys)
        now = dialects.of(self._engine).now(self._clock)
        found: set[str] = set()
        with self._engine.execution_options(writes=False).connect() as connection:
            for start in range(0, len(wanted), KEYS_PER_QUERY_MAX):
                rows = connection.execute(
                    select(work_leases.c.key, work_leases.c.holder)
                    .where(work_leases.c.key.in_(wanted[start : start + KEYS_PER_QUERY_MAX]))
                    .where(work_leases.c.holder != "", work_leases.c.expires_at > now)
                )
                found.update(row.key for row in rows if not is_dead(row.holder))
        return found

    def beat_all(self, holds: "Collection[LeaseHold]") -> "list[LeaseHold]":
        """Put the end of all these leases off in one transaction; return those that were lost.

        Safe to do at any time: each statement names its lease's token. Rows are changed in the order of their
        keys, and nobody else changes more than one, so no two transactions wait for each other.
        """
        with _writing(self._engine) as connection:
            return [
                hold for hold in sorted(holds, key=lambda hold: hold.key) if not hold.prolonged(connection)
            ]


class LeaseHold:
    """One taken lease. Every statement names the token, so a holder that lost it changes nothing."""

    def __init__(self, engine: Engine, clock: Clock, key: str, token: int) -> None:
        self.key = key
        self._engine = engine
        self._clock = clock
        self._token = token
        self._mine = True

    def beat(self) -> None:
        """Put the lease's end off by `LEASE_S`."""
        with _writing(self._engine) as connection:
            self._change(connection, expires_at=self._now() + LEASE)

    def finish(self, write: Callable[[Connection], T]) -> T:
        """Commit `write` and the release together.

        Safe because the token is checked by the first statement of the same transaction, which holds the row
        (on SQLite the whole file) from then on: nobody can take the lease before this transaction has ended.
        """
        with _writing(self._engine) as connection:
            self._change(connection, holder="")
            result = write(connection)
        self._mine = False
        return result

    def fail(self, failure: Failure) -> None:
        """Publish the failure and release the lease, in one statement."""
        with _writing(self._engine) as connection:
            self._change(connection, holder="", **published(failure))
        self._mine = False

    def release(self) -> None:
        """Release the lease if it is still ours."""
        if self._mine:
            self._mine = False
            with _writing(self._engine) as connection:
                connection.execute(self._statement().values(holder=""))

    def prolonged(self, connection: Connection) -> bool:
        """Put the lease's end off in the caller's transaction; return False when it is no longer ours."""
        values = {"expires_at": self._now() + LEASE}
        return connection.execute(self._statement().values(values)).rowcount == 1

    def _now(self) -> dialects.Instant:
        return dialects.of(self._engine).now(self._clock)

    def _change(self, connection: Connection, **values: object) -> None:
        if connection.execute(self._statement().values(**values)).rowcount != 1:
            self._mine = False
            raise LockLost

    def _statement(self) -> Update:
        return update(work_leases).where(
            work_leases.c.key == self.key, work_leases.c.token == self._token, work_leases.c.holder != ""
        )


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    """Begin a transaction, in which rows of leases are locked; one that falls silent is ended by the server.

    Otherwise a process that freezes within it would keep the row for as long as it is frozen, whatever the lease
    says.
    """
    with engine.begin() as connection:
        dialects.of(connection).bound_silence(connection, LEASE_S)
        yield connection
