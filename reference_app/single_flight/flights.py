"""Who asks for a piece of work that is under way gets its result when it is done.

In each process one *flight* a key makes the attempts, and one watch asks the database every `WATCH_S` which
of all awaited locks are still held. A waiting request is a waiting future: no thread, no connection, no query.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from reference_app.database.engine import Database
from reference_app.database.locks import LockLost
from reference_app.errors import AppError
from reference_app.single_flight.work import Attempt, Busy, Done, Work

WATCH_S: Final = 0.1
ATTEMPTS_MAX: Final = 20
"""Each attempt but the last ended because another holder came first; more than a few are a fault."""

T = TypeVar("T")
R = TypeVar("R")


class WaitTooLong(AppError):
    """The work is still under way."""


class TooManyAttempts(AppError):
    """The lock changed hands again and again, and the work was never done."""


@dataclass(frozen=True, slots=True)
class Flown(Generic[T]):
    """How a flight ended: its result, and whether this process made it or waited for another's."""

    result: T
    made: bool
    waited: bool


class Flights:
    """The flights of one process. Used from its event loop only."""

    def __init__(self, database: Database, *, at_once: int) -> None:
        self._database = database
        self._holders = ThreadPoolExecutor(at_once, thread_name_prefix="holder")
        self._makers = ThreadPoolExecutor(at_once, thread_name_prefix="maker")
        self._watch = Watch(database)
        self._under_way: dict[str, asyncio.Task[Flown[Any]]] = {}

    def join(self, work: Work[T, R], on_busy: Callable[[], None]) -> tuple[asyncio.Task[Flown[T]], bool]:
        """Return the flight for `work`, and whether this call started it.

        `on_busy` is called once, in the event loop, when the flight finds the lock taken by another process.
        """
        flight = self._under_way.get(work.key)
        if flight is not None:
            return flight, False
        flight = asyncio.create_task(self._fly(work, on_busy))
        self._under_way[work.key] = flight
        flight.add_done_callback(lambda ended: self._landed(work.key, ended))
        return flight, True

    async def wait(self, flight: asyncio.Task[Flown[T]], wait_s_max: float) -> Flown[T]:
        """Return how the flight ended. Leaving early, for whatever reason, does not end the flight.

        Raises:
            WaitTooLong: it is still under way after `wait_s_max` seconds.
            Exception: what made the flight fail; all who wait share it.

        """
        try:
            return await asyncio.wait_for(asyncio.shield(flight), wait_s_max)
        except TimeoutError:
            raise WaitTooLong from None

    async def close(self) -> None:
        """Cancel what is under way and end the threads."""
        for flight in list(self._under_way.values()):
            flight.cancel()
        self._watch.close()
        for pool in (self._makers, self._holders):
            pool.shutdown(wait=False, cancel_futures=True)

    async def _fly(self, work: Work[T, R], on_busy: Callable[[], None]) -> Flown[T]:
        attempt = Attempt(self._database, self._makers, work)
        loop = asyncio.get_running_loop()
        waited = False
        for _ in range(ATTEMPTS_MAX):
            try:
                outcome = await loop.run_in_executor(self._holders, attempt.run)
            except LockLost:
                outcome = Busy()
            if isinstance(outcome, Done):
                return Flown(outcome.result, outcome.made, waited)
            if not waited:
                waited = True
                on_busy()
            await self._watch.until_free(work.key)
        raise TooManyAttempts

    def _landed(self, key: str, flight: asyncio.Task[Flown[Any]]) -> None:
        self._under_way.pop(key, None)
        if not flight.cancelled():
            # Asked for even if nobody waits any more, lest asyncio call the failure unnoticed.
            flight.exception()


class Watch:
    """Waits for locks that other processes hold: one query for all of them, as long as there are any."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._awaited: dict[str, asyncio.Future[None]] = {}
        self._watching: asyncio.Task[None] | None = None

    async def until_free(self, key: str) -> None:
        """Return when nobody alive holds the lock of `key`. One caller a key at a time."""
        free = asyncio.get_running_loop().create_future()
        self._awaited[key] = free
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._look_on())
        try:
            await free
        finally:
            self._awaited.pop(key, None)

    def close(self) -> None:
        """Stop watching."""
        if self._watching is not None:
            self._watching.cancel()

    async def _look_on(self) -> None:
        while self._awaited:  # Each entry leaves when its lock is free or its waiter gone.
            await asyncio.sleep(WATCH_S)
            await self._look_once(list(self._awaited))

    async def _look_once(self, keys: list[str]) -> None:
        try:
            held = await self._database.in_thread(lambda: self._held(keys))
        except Exception:  # noqa: BLE001 - a watch that died would leave its waiters waiting for ever
            # The attempts that follow say what is wrong to those who wait.
            held = set()
        for key in keys:
            free = self._awaited.get(key)
            if key not in held and free is not None and not free.done():
                free.set_result(None)

    def _held(self, keys: list[str]) -> set[str]:
        return self._database.said_plainly(lambda: self._database.locks.held(keys))
