"""Locks as lease rows with a heartbeat and a fencing token: held without a connection, on every database.

A lease row stops nobody but those who want the same key, and holds between all processes that use the database.
Here a beat is a change of the row, and the ends of leases are set and compared by the database's clock. That is how
it is done on Postgres, where the server ends a transaction whose client is frozen. On SQLite nobody could, and so
holders beat in files: `database.file_leases`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine, Label, Row, Update, delete, select, update

from reference_app.clock import EPOCH, MICROSECOND, Clock
from reference_app.database import dialects
from reference_app.database.holders import is_dead, this_holder
from reference_app.database.locks import LEASE_S, Failure, LockLost
from reference_app.database.tables import published, work_leases
from reference_app.database.turns import begun

KEYS_PER_QUERY_MAX: Final = 500
KEYS_FORGOTTEN_MAX: Final = 10_000
NO_FAILURES: Final[Mapping[str, Failure]] = MappingProxyType({})
LEASE: Final = timedelta(seconds=LEASE_S)

T = TypeVar("T")


class LeaseLocks:
    """Lease rows in `work_leases`."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine.execution_options(writes=True)
        self._clock = clock
        self._holder = this_holder()

    def acquire(self, key: str) -> "LeaseHold | None":
        """Take the lease of `key` if nobody alive has it."""
        taken = self.acquire_all([key])
        return taken[0] if taken else None

    def acquire_all(self, keys: Collection[str]) -> "list[LeaseHold]":
        """Take the leases of those of `keys` that nobody alive has, in one transaction.

        Safe because nobody else changes a row between our look at it and our change: on SQLite `BEGIN
        IMMEDIATE` lets one writer in at a time, on Postgres the row is there after the first statement and
        locked by the second, which passes over a row that somebody else has locked: they are taking, keeping or
        ending this very lease. Each taking raises the token. Rows are made in the order of their keys, so no two
        transactions that make the same ones wait for each other.
        """
        # A waiter writes nothing, and so does not wait for other writers.
        free = sorted(set(keys) - self._held(keys))
        if not free:
            return []
        holds, former = list[LeaseHold](), list[str]()
        with ExitStack() as on_failure:
            with _writing(self._engine) as connection:
                for key in free:
                    row = self._locked_row(connection, key)
                    if row is None or self._is_alive(row.holder, in_time=bool(row.in_time)):
                        continue
                    hold, holder = self._begun(key, row.token + 1)
                    on_failure.callback(hold._ended)  # noqa: SLF001 - nobody else has it yet
                    lease = {"token": row.token + 1, "holder": holder, "expires_at": self._now() + LEASE}
                    connection.execute(update(work_leases).where(work_leases.c.key == key).values(lease))
                    holds.append(hold)
                    former.append(row.holder)
            on_failure.pop_all()
        for holder in former:
            self._took_over(holder)
        return holds

    def finish_all(
        self,
        holds: "Collection[LeaseHold]",
        write: Callable[[Connection, list[str]], T],
        failed: Mapping[str, Failure] = NO_FAILURES,
    ) -> T:
        """Give all these leases back and commit `write` with that, in one transaction.

        `write` is called with the keys that are still ours, less those in `failed`, whose failure is published.
        Safe as `LeaseHold.finish`, for each of them; rows are changed in the order of their keys.
        """
        with _writing(self._engine) as connection:
            ours = [
                hold.key
                for hold in sorted(holds, key=lambda hold: hold.key)
                if hold.given_back(connection, failed.get(hold.key))
            ]
            result = write(connection, [key for key in ours if key not in failed])
        for hold in holds:
            hold._ended()  # noqa: SLF001 - given back, or lost before
        return result

    def held(self, keys: Collection[str]) -> set[str]:
        """Return those of `keys` that a live holder has."""
        return self._held(keys)

    def _held(self, keys: Collection[str]) -> set[str]:
        wanted = list(keys)
        found: set[str] = set()
        with self._engine.execution_options(writes=False).connect() as connection:
            for start in range(0, len(wanted), KEYS_PER_QUERY_MAX):
                rows = connection.execute(
                    select(work_leases.c.key, work_leases.c.holder, self._in_time())
                    .where(work_leases.c.key.in_(wanted[start : start + KEYS_PER_QUERY_MAX]))
                    .where(work_leases.c.holder != "")
                )
                found.update(row.key for row in rows if self._is_alive(row.holder, in_time=bool(row.in_time)))
        return found

    def forget(self, prefix: str, unused: timedelta) -> int:
        """Delete the rows of keys that begin so and were not taken for so long; return how many that were.

        For purposes with more and more keys, whose rows would stay for ever. `KEYS_FORGOTTEN_MAX` at a time. Safe
        for who takes such a lease at the same time: they have the row locked, or find none and make a new one.
        """
        old = (
            work_leases.c.key.startswith(prefix, autoescape=True),
            work_leases.c.holder == "",
            work_leases.c.expires_at < self._now() - unused,
        )
        some = select(work_leases.c.key).where(*old).order_by(work_leases.c.key).limit(KEYS_FORGOTTEN_MAX)
        with self._engine.begin() as connection:
            locked = some.with_for_update(skip_locked=True).cte("locked")
            wanted = delete(work_leases).where(work_leases.c.key.in_(select(locked.c.key)), *old)
            return len(connection.execute(wanted.returning(work_leases.c.key)).all())

    def beat_all(self, holds: "Collection[LeaseHold]") -> "list[LeaseHold]":
        """Put the end of all these leases off in one transaction; return those that were lost.

        Safe to do at any time: each statement names its lease's token. Rows are changed in the order of their
        keys, and nobody else changes more than one, so no two transactions wait for each other.
        """
        with _writing(self._engine) as connection:
            return [
                hold for hold in sorted(holds, key=lambda hold: hold.key) if not hold.prolonged(connection)
            ]

    def _locked_row(self, connection: Connection, key: str) -> "Row[Any] | None":
        """Return the key's row, which nobody else changes until the transaction ends; None if it is theirs now.

        A new row's token is its microsecond: higher than any that a row had which was forgotten meanwhile.
        """
        first = {"key": key, "token": (self._clock() - EPOCH) // MICROSECOND}
        dialects.of(connection).insert_if_absent(connection, work_leases, first, keys=["key"])
        # The end is compared only now, for on SQLite the transaction may have had to wait for other writers.
        return connection.execute(
            select(work_leases.c.token, work_leases.c.holder, self._in_time())
            .where(work_leases.c.key == key)
            .with_for_update(skip_locked=True)
        ).one_or_none()

    def _begun(self, key: str, token: int) -> "tuple[LeaseHold, str]":
        """Return a hold that is about to be taken, and what the row says of its holder."""
        return LeaseHold(self._engine, self._clock, key, token), self._holder

    def _is_alive(self, holder: str, *, in_time: bool) -> bool:
        """Whether the holder in a row lives; `in_time` is whether the end that stands there is still to come."""
        return bool(holder) and in_time and not is_dead(holder)

    def _took_over(self, holder: str) -> None:
        """Do what is left to do when a lease was taken that was last held by `holder`."""

    def _in_time(self) -> "Label[bool]":
        return (work_leases.c.expires_at > self._now()).label("in_time")

    def _now(self) -> dialects.Instant:
        return dialects.of(self._engine).now(self._clock)


class LeaseHold:
    """One taken lease. Every statement names the token, so a holder that lost it changes nothing."""

    def __init__(self, engine: Engine, clock: Clock, key: str, token: int) -> None:
        self.key = key
        self._engine = engine
        self._clock = clock
        self._token = token
        self._mine = True

    @property
    def is_mine(self) -> bool:
        """Whether it was neither given back nor found to be lost."""
        return self._mine

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
        self._ended()
        return result

    def fail(self, failure: Failure) -> None:
        """Publish the failure and release the lease, in one statement."""
        with _writing(self._engine) as connection:
            self._change(connection, holder="", **published(failure))
        self._ended()

    def release(self) -> None:
        """Release the lease if it is still ours."""
        if self._mine:
            self._ended()
            with _writing(self._engine) as connection:
                connection.execute(self._statement().values(holder=""))

    def prolonged(self, connection: Connection) -> bool:
        """Put the lease's end off in the caller's transaction; return False when it is no longer ours."""
        values = {"expires_at": self._now() + LEASE}
        return connection.execute(self._statement().values(values)).rowcount == 1

    def given_back(self, connection: Connection, failure: Failure | None = None) -> bool:
        """Give the lease back in the caller's transaction, and publish the failure, if it is still ours.

        Returns whether it was.
        """
        if not self._mine:
            return False
        values = {"holder": "", **(published(failure) if failure else {})}
        return connection.execute(self._statement().values(values)).rowcount == 1

    def _now(self) -> dialects.Instant:
        return dialects.of(self._engine).now(self._clock)

    def _change(self, connection: Connection, **values: object) -> None:
        if connection.execute(self._statement().values(**values)).rowcount != 1:
            self._ended()
            raise LockLost

    def _ended(self) -> None:
        """Note that this lease is ours no longer."""
        self._mine = False

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
    with begun(engine) as connection:
        dialects.of(connection).bound_silence(connection, LEASE_S)
        yield connection
