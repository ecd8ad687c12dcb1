"""Who asks for a piece of work that is under way gets its result when it is done.

In each process one *flight* a key makes the attempts, and one watch asks the database every `WATCH_S` which
of all awaited locks are still held. A waiting request is a waiting future: no thread, no connection, no query.
Each purpose has a bound of its own on what it makes at once, so that slow work of one does not keep another
waiting.
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from reference_app.database.engine import Database
from reference_app.database.locks import LockLost, Locks
from reference_app.single_flight.attempts import AsyncAttempt, Attempt
from reference_app.single_flight.groups import Groups
from reference_app.single_flight.heart import Heart
from reference_app.single_flight.watch import Watch
from reference_app.single_flight.work import (
    ATTEMPTS_MAX,
    CLOSE_S_MAX,
    AsyncWork,
    Busy,
    Done,
    TooManyAttempts,
    TooMuchUnderWay,
    WaitTooLong,
    Work,
)

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Flown(Generic[T]):
    """How a flight ended: its result, and whether this process made it or waited for another's."""

    result: T
    made: bool
    waited: bool


class SingleFlight:
    """The flights of one process, for all its purposes. Used from its event loop only."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._watch = Watch(database)
        self._heart = Heart(database)
        self._purposes: dict[str, Flights | Groups] = {}

    def purpose(self, name: str, *, at_once: int, waiting_max: int | None = None) -> "Flights":
        """Return the flights of a purpose, which makes `at_once` pieces of work at a time in this process.

        The keys of its work begin with its name and a colon. Work in threads takes a connection each on Postgres:
        the database's `holders` is the sum of `at_once` over the purposes that have such work.

        Where those who ask may leave before their work is begun, `waiting_max` bounds how much of it waits for its
        turn; otherwise their own number does.
        """
        assert name not in self._purposes, f"{name} has its flights already"
        flights = Flights(
            self._database, self._watch, self._heart, name, at_once=at_once, waiting_max=waiting_max
        )
        self._purposes[name] = flights
        return flights

    def groups(self, name: str, *, at_once: int) -> "Groups":
        """Return the flights of a purpose whose work is made several pieces at a time, in `at_once` groups."""
        assert name not in self._purposes, f"{name} has its flights already"
        groups = Groups(self._database, self._watch, self._heart, name, at_once=at_once)
        self._purposes[name] = groups
        return groups

    async def close(self) -> None:
        """Cancel what is under way and end the threads; what is awaited releases its lock first."""
        for flights in self._purposes.values():
            await flights.close()
        self._watch.close()
        self._heart.close()


class Flights:
    """The flights of one purpose. Made by `SingleFlight.purpose`."""

    def __init__(
        self,
        database: Database,
        watch: Watch,
        heart: Heart,
        purpose: str,
        *,
        at_once: int,
        waiting_max: int | None = None,
    ) -> None:
        self._database = database
        self._watch = watch
        self._heart = heart
        self._purpose = purpose
        self._holders = ThreadPoolExecutor(at_once, thread_name_prefix=f"{purpose}-holder")
        self._makers = ThreadPoolExecutor(at_once, thread_name_prefix=f"{purpose}-maker")
        self._awaiting = asyncio.Semaphore(at_once)
        self._under_way: dict[str, asyncio.Task[Flown[Any]]] = {}
        self._under_way_max = None if waiting_max is None else at_once + waiting_max

    def join(
        self, work: Work[T, R] | AsyncWork[T, R], on_busy: Callable[[], None]
    ) -> tuple[asyncio.Task[Flown[T]], bool]:
        """Return the flight for `work`, and whether this call started it.

        `on_busy` is called once, in the event loop, when the flight finds the lock taken by another process.

        Raises:
            TooMuchUnderWay: nobody is at this work, and as much as may wait is waiting already.

        """
        assert work.key.startswith(f"{self._purpose}:"), f"{work.key} is not a key of {self._purpose}"
        flight = self._under_way.get(work.key)
        if flight is not None:
            return flight, False
        if self._under_way_max is not None and len(self._under_way) >= self._under_way_max:
            raise TooMuchUnderWay
        flight = asyncio.create_task(self._fly(work, on_busy))
        self._under_way[work.key] = flight
        flight.add_done_callback(lambda ended: self._landed(work.key, ended))
        return flight, True

    async def wait(self, flight: asyncio.Task[Flown[T]], wait_s_max: float) -> Flown[T]:
        """Return how the flight ended. Leaving early, for whatever reason, does not end the flight.

        Raises:
            WaitTooLong: it is still under way after `wait_s_max` seconds.
            Exception: what made the flight fail; all who wait share it, in this process the very same object.

        """
        try:
            return await asyncio.wait_for(asyncio.shield(flight), wait_s_max)
        except TimeoutError:
            # It may have ended in this very moment, or have failed with a TimeoutError of its own.
            if flight.done():
                return flight.result()
            raise WaitTooLong from None

    async def close(self) -> None:
        """Cancel what is under way and end the threads."""
        flights = list(self._under_way.values())
        for flight in flights:
            flight.cancel()
        if flights:
            await asyncio.wait(flights, timeout=CLOSE_S_MAX)
        for pool in (self._makers, self._holders):
            pool.shutdown(wait=False, cancel_futures=True)

    async def _fly(self, work: Work[T, R] | AsyncWork[T, R], on_busy: Callable[[], None]) -> Flown[T]:
        attempt, locks = self._attempt(work)
        waited = False
        for _ in range(ATTEMPTS_MAX):
            try:
                outcome = await attempt()
            except LockLost:
                outcome = Busy()
            if isinstance(outcome, Done):
                return Flown(outcome.result, outcome.made, waited)
            if not waited:
                waited = True
                on_busy()
            await self._watch.until_free(work.key, locks)
        raise TooManyAttempts

    def _attempt(
        self, work: Work[T, R] | AsyncWork[T, R]
    ) -> tuple[Callable[[], Awaitable[Done[T] | Busy]], Locks]:
        """Return what makes one attempt, and the kind of locks under which it works."""
        if isinstance(work, AsyncWork):
            awaited = AsyncAttempt(self._database, self._heart, work)
            return (lambda: self._in_turn(awaited)), self._database.leases
        threaded = Attempt(self._database, self._makers, work)
        loop = asyncio.get_running_loop()
        return (lambda: loop.run_in_executor(self._holders, threaded.run)), self._database.locks

    async def _in_turn(self, attempt: AsyncAttempt[T, R]) -> Done[T] | Busy:
        async with self._awaiting:
            return await attempt.run()

    def _landed(self, key: str, flight: asyncio.Task[Flown[Any]]) -> None:
        self._under_way.pop(key, None)
        if not flight.cancelled():
            # Asked for even if nobody waits any more, lest asyncio call the failure unnoticed.
            flight.exception()
