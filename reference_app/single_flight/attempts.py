"""One attempt at a piece of work under its lock: in a thread from start to end, or awaited in the event loop.

The shape is dogpile's: look, take the lock, look again, work, store. Nothing here waits for somebody else's
lock; `reference_app.single_flight.flights` does that, without a thread or a connection.
"""

import asyncio
import threading
import time
from concurrent.futures import Executor, Future
from contextlib import suppress
from typing import Any, Final, Generic, TypeVar

from reference_app.database.engine import Database
from reference_app.database.leases import LeaseHold
from reference_app.database.locks import BEAT_S, Hold, LockLost
from reference_app.errors import DatabaseUnavailable
from reference_app.single_flight import work as bounds
from reference_app.single_flight.heart import Heart
from reference_app.single_flight.work import (
    AsyncWork,
    Busy,
    Done,
    Look,
    Moment,
    Work,
    WorkTooLong,
    failure_of,
)

CANCEL_S_MAX: Final = 1.0
"""How long a making that is cancelled is waited for; one that does not end by then is left to itself."""

T = TypeVar("T")
R = TypeVar("R")


class Attempt(Generic[T, R]):
    """The attempts of one process at work that is made in a thread.

    The lock is the database's own kind: the thread is there all the time, so a connection may be held too.
    """

    def __init__(self, database: Database, makers: Executor, work: Work[T, R]) -> None:
        self._database = database
        self._makers = makers
        self._work = work
        self._look: Look[T] = Look(work)

    def run(self) -> Done[T] | Busy:
        """Find the result, make it, or learn that somebody else is at it.

        Raises:
            LockLost: we were too slow or were stopped; the process that took over makes it.
            Exception: what another process failed with since our first attempt, or whatever making or storing
                it raised here.

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
            hold.fail(failure_of(self._work.errors, error))
            raise
        self._work.told(Moment.FINISHED, made)
        return Done(result, made=True)

    def _keep_alive(self, hold: Hold, making: Future[R]) -> R:
        """Beat until the making is done. The making has a thread of its own, or it would starve the beat."""
        done = threading.Event()
        making.add_done_callback(lambda _: done.set())
        deadline = time.monotonic() + bounds.HOLD_S_MAX
        while not done.wait(BEAT_S):
            if time.monotonic() > deadline:
                raise WorkTooLong
            hold.beat()
        return making.result()


class AsyncAttempt(Generic[T, R]):
    """The attempts of one process at work that is awaited.

    The lock is a lease on every database, for an advisory lock of Postgres would keep a connection as long as
    somebody else's server takes to answer.
    """

    def __init__(self, database: Database, heart: Heart, work: AsyncWork[T, R]) -> None:
        self._database = database
        self._heart = heart
        self._work = work
        self._look: Look[T] = Look(work)

    async def run(self) -> Done[T] | Busy:
        """Do what `Attempt.run` does. Cancelled, it releases the lock and publishes nothing."""
        found = await self._database.read(self._look)
        if found is not None:
            return Done(found, made=False)
        hold = await self._database.in_thread(lambda: self._database.leases.acquire(self._work.key))
        if hold is None:
            return Busy()
        lost = False
        try:
            return await self._under_lock(hold)
        except LockLost:
            lost = True
            raise
        finally:
            # A lease that cannot be released ends by its time, and says nothing that those who wait should hear.
            with suppress(DatabaseUnavailable):
                await self._database.in_thread(hold.release)
            self._work.told(Moment.LOST if lost else Moment.RELEASED, None)

    async def _under_lock(self, hold: LeaseHold) -> Done[T]:
        found = await self._database.read(self._look)
        if found is not None:
            return Done(found, made=False)
        self._work.told(Moment.STARTED, None)
        try:
            made = await self._kept_alive(hold)
            result = await self._database.in_thread(
                lambda: hold.finish(lambda connection: self._work.store(connection, made))
            )
        except LockLost:
            raise
        except Exception as error:
            self._work.told(Moment.FAILED, None)
            failure = failure_of(self._work.errors, error)
            # Where it cannot be published, those who wait elsewhere take over; those here still hear what it was.
            with suppress(DatabaseUnavailable):
                await self._database.in_thread(lambda: hold.fail(failure))
            raise
        self._work.told(Moment.FINISHED, made)
        return Done(result, made=True)

    async def _kept_alive(self, hold: LeaseHold) -> R:
        """Await the making while the heart beats for its lease."""
        making = asyncio.ensure_future(self._work.make())
        making.add_done_callback(_asked_for)
        try:
            with self._heart.beating_for(hold) as lost:
                first = asyncio.FIRST_COMPLETED
                ended, _ = await asyncio.wait((making, lost), timeout=bounds.HOLD_S_MAX, return_when=first)
            if making in ended:
                return making.result()
            raise LockLost if lost in ended else WorkTooLong
        finally:
            if not making.done():
                making.cancel()
                await asyncio.wait((making,), timeout=CANCEL_S_MAX)


def _asked_for(making: asyncio.Future[Any]) -> None:
    """Ask for the failure of a making, lest asyncio call that of an abandoned one unnoticed."""
    if not making.cancelled():
        making.exception()
