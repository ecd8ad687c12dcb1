"""One piece of work under its lock, done in a thread from start to end.

The shape is dogpile's: look, take the lock, look again, work, store. Nothing here waits for somebody else's
lock; `reference_app.single_flight.flights` does that, without a thread or a connection.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, Generic, TypeVar

from sqlalchemy import Connection

from reference_app.database.engine import Database
from reference_app.database.locks import BEAT_S, Failures, Hold, LockLost, failures
from reference_app.errors import AppError

HOLD_S_MAX: Final = 120.0
"""A holder that is not done by then stops beating, and so loses its lock."""

T = TypeVar("T")
R = TypeVar("R")


class WorkFailed(AppError):
    """Another process did this work and failed."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the work failed elsewhere: {name}")
        self.name = name


class WorkTooLong(AppError):
    """The work took longer than a holder may hold its lock."""


@dataclass(frozen=True, slots=True)
class Work(Generic[T, R]):
    """What is to be done once. `T` is the result, `R` what is made of it on the way."""

    key: str
    look: Callable[[Connection], T | None]
    """Finds the result where it is there already."""
    make: Callable[[], R]
    """The slow part. Runs in a thread, with no connection."""
    store: Callable[[Connection, R], T]
    """Writes what was made, in the lock's own transaction, and returns the result."""
    told: Callable[["Moment", R | None], None]
    """Hears of each moment, in the thread in which it happens; of `FINISHED` with what was made."""


class Moment(Enum):
    """What happens to a piece of work, as far as a log should say it."""

    STARTED = auto()
    FINISHED = auto()
    FAILED = auto()
    LOST = auto()
    RELEASED = auto()


class Busy:
    """Somebody else holds the lock."""


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """The result, and whether this attempt made it."""

    result: T
    made: bool


class Attempt(Generic[T, R]):
    """The attempts of one process at one piece of work. Remembers the failures published before the first."""

    def __init__(self, database: Database, makers: Executor, work: Work[T, R]) -> None:
        self._database = database
        self._makers = makers
        self._work = work
        self._before: Failures | None = None

    def run(self) -> Done[T] | Busy:
        """Find the result, make it, or learn that somebody else is at it.

        Raises:
            WorkFailed: another process failed at it since our first attempt.
            LockLost: we were too slow or were stopped; whoever took over makes it.
            Exception: whatever making or storing it raised.

        """
        return self._database.said_plainly(self._run)

    def _run(self) -> Done[T] | Busy:
        found = self._database.read_now(self._look)
        if found is not None:
            return Done(found, made=False)
        hold = self._database.locks.acquire(self._work.key)
        if hold is None:
            return Busy()
        lost = False
        try:
            return self._under_lock(hold)
        except LockLost:
            lost = True
            raise
        finally:
            hold.release()
            self._work.told(Moment.LOST if lost else Moment.RELEASED, None)

    def _look(self, connection: Connection) -> T | None:
        found = self._work.look(connection)
        if found is not None:
            return found
        now = failures(connection, self._work.key)
        self._before = self._before or now
        if now.count > self._before.count:
            raise WorkFailed(now.last)
        return None

    def _under_lock(self, hold: Hold) -> Done[T]:
        # Between the look and the lock another process may have finished, or failed.
        found = self._database.read_now(self._look)
        if found is not None:
            return Done(found, made=False)
        self._work.told(Moment.STARTED, None)
        try:
            made = self._keep_alive(hold, self._makers.submit(self._work.make))
            result = hold.finish(lambda connection: self._work.store(connection, made))
        except LockLost:
            raise
        except Exception as error:
            self._work.told(Moment.FAILED, None)
            hold.fail(type(error).__name__)
            raise
        self._work.told(Moment.FINISHED, made)
        return Done(result, made=True)

    def _keep_alive(self, hold: Hold, making: Future[R]) -> R:
        """Beat until the making is done. The making has a thread of its own, or it would starve the beat."""
        done = threading.Event()
        making.add_done_callback(lambda _: done.set())
        deadline = time.monotonic() + HOLD_S_MAX
        while not done.wait(BEAT_S):
            if time.monotonic() > deadline:
                raise WorkTooLong
            hold.beat()
        return making.result()
