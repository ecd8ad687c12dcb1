"""Several pieces of work that one request makes together, by one call to somebody else's server.

Each piece has a key, a lease and a result of its own, and is made once however many ask for it, as all
single-flight work: of two requests for some of the same pieces, in one process or in two, each makes what the other
does not. How many transactions a group costs does not depend on how many pieces it has: two that look, one that
takes the leases, one that stores. Why: `docs/decisions/0012-leases-for-awaited-work.md`.

A lease that is lost cancels nothing: the making goes on for the others, and what belongs to the lost one is thrown
away. The process that took it over makes it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

from reference_app.database.engine import Database
from reference_app.database.leases import LeaseHold
from reference_app.database.locks import Failures
from reference_app.database.tables import failures_of
from reference_app.errors import AppError, DatabaseUnavailable
from reference_app.single_flight import work as bounds
from reference_app.single_flight.heart import Heart
from reference_app.single_flight.watch import Watch
from reference_app.single_flight.work import (
    ATTEMPTS_MAX,
    CLOSE_S_MAX,
    Errors,
    Moment,
    TooManyAttempts,
    WaitTooLong,
    WorkTooLong,
    failed_elsewhere,
    failure_of,
)

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupWork(Generic[T, R]):
    """What is to be done, each piece once. `T` is a piece's result, `R` what is made of it on the way."""

    keys: Sequence[str]
    """Their locks: the purpose, a colon, and for what or whom; none twice."""
    look: Callable[[Connection, Collection[str]], Mapping[str, T]]
    """Finds those results that are there already, by their keys."""
    make: Callable[[Sequence[str]], Awaitable[Mapping[str, R | AppError]]]
    """The slow part, for some of the keys. Awaited in the event loop. Returns for each what was made, or why that
    one cannot be; what it raises, all of them fail with."""
    store: Callable[[Connection, Mapping[str, R]], Mapping[str, T]]
    """Writes what was made, in the transaction that gives the leases back, and returns the results."""
    told: Callable[[Moment, Sequence[str]], None]
    """Hears of each moment, with the keys that it is about, in the event loop."""
    errors: Errors = ()
    """As of all single-flight work: the failures that reach other processes as what they are."""


class Groups:
    """The groups of one purpose in one process. Made by `SingleFlight.groups`. Used from its event loop only."""

    def __init__(self, database: Database, watch: Watch, heart: Heart, purpose: str, *, at_once: int) -> None:
        self._database = database
        self._watch = watch
        self._heart = heart
        self._purpose = purpose
        self._making = asyncio.Semaphore(at_once)
        self._under_way: dict[str, asyncio.Future[Any]] = {}
        self._flights: set[asyncio.Task[None]] = set()

    async def outcomes(self, work: GroupWork[T, R], wait_s_max: float) -> dict[str, T | Exception]:
        """Return for each key its result, or what it failed with; `WaitTooLong` for those still under way.

        Leaving early, for whatever reason, does not end what is under way.
        """
        assert all(key.startswith(f"{self._purpose}:") for key in work.keys)
        started = {
            key: asyncio.get_running_loop().create_future() for key in work.keys if key not in self._under_way
        }
        if started:
            self._under_way |= started
            flight = asyncio.create_task(self._fly(work, started))
            self._flights.add(flight)
            flight.add_done_callback(self._flights.discard)
        awaited = {key: self._under_way[key] for key in work.keys}
        if awaited:
            await asyncio.wait(awaited.values(), timeout=wait_s_max)
        return {key: _outcome(future) for key, future in awaited.items()}

    async def close(self) -> None:
        """Cancel what is under way; it gives its leases back first."""
        for flight in list(self._flights):
            flight.cancel()
        if self._flights:
            await asyncio.wait(self._flights, timeout=CLOSE_S_MAX)

    async def _fly(self, work: GroupWork[T, R], started: Mapping[str, asyncio.Future[T]]) -> None:
        """Bring every piece to its end, those first that nobody else is at."""
        attempt = GroupAttempt(self._database, self._heart, work)
        left = set(started)
        failure: Exception = WaitTooLong()
        try:
            for _ in range(ATTEMPTS_MAX):
                async with self._making:
                    ended = await attempt.run(sorted(left))
                left -= ended.keys()
                for key, outcome in ended.items():
                    self._land(key, outcome)
                if not left:
                    return
                await self._until_any_is_free(left)
            failure = TooManyAttempts()
        except Exception as error:  # noqa: BLE001 - those who wait hear of it
            failure = error
        finally:
            for key in left:
                self._land(key, failure)

    def _land(self, key: str, outcome: T | Exception) -> None:
        future = self._under_way.pop(key)
        if isinstance(outcome, Exception):
            future.set_exception(outcome)
            # Asked for even if nobody waits any more, lest asyncio call the failure unnoticed.
            future.exception()
        else:
            future.set_result(outcome)

    async def _until_any_is_free(self, keys: Collection[str]) -> None:
        leases = self._database.leases
        waits = [asyncio.ensure_future(self._watch.until_free(key, leases)) for key in keys]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
            await asyncio.gather(*waits, return_exceptions=True)


class GroupAttempt(Generic[T, R]):
    """The attempts of one process at a group: look, take the leases, look again, make, store."""

    def __init__(self, database: Database, heart: Heart, work: GroupWork[T, R]) -> None:
        self._database = database
        self._heart = heart
        self._work = work
        self._before: dict[str, Failures] = {}

    async def run(self, keys: Sequence[str]) -> dict[str, T | Exception]:
        """Return how those ended that nobody else is at."""
        ended = await self._database.read(self._look, keys)
        left = [key for key in keys if key not in ended]
        if not left:
            return ended
        holds = await self._database.in_thread(lambda: self._database.leases.acquire_all(left))
        return ended | (await self._under_lock(holds) if holds else {})

    async def _under_lock(self, holds: Sequence[LeaseHold]) -> dict[str, T | Exception]:
        keys = [hold.key for hold in holds]
        try:
            # Between the look and the leases another process may have finished, or failed.
            found = await self._database.read(self._look, keys)
            mine = [hold for hold in holds if hold.key not in found]
            return found | (await self._made(mine) if mine else {})
        finally:
            # A lease that cannot be given back ends by its time.
            with suppress(DatabaseUnavailable):
                await self._give_back(holds)
            self._work.told(Moment.RELEASED, keys)

    async def _made(self, holds: Sequence[LeaseHold]) -> dict[str, T | Exception]:
        """Make and store what belongs to these leases; return how it ended, less what was lost on the way."""
        keys = [hold.key for hold in holds]
        self._work.told(Moment.STARTED, keys)
        try:
            made = await self._kept_alive(holds)
            failed = {key: each for key, each in made.items() if isinstance(each, AppError)}
            stored = await self._stored(holds, made, failed)
        except Exception as error:  # noqa: BLE001 - all of them fail with it
            self._work.told(Moment.FAILED, keys)
            with suppress(DatabaseUnavailable):
                await self._stored(holds, {}, dict.fromkeys(keys, error))
            return dict.fromkeys(keys, error)
        ended: dict[str, T | Exception] = {**stored, **failed}
        for moment, about in (
            (Moment.FINISHED, [key for key in keys if key in stored]),
            (Moment.FAILED, [key for key in keys if key in failed]),
            (Moment.LOST, [key for key in keys if key not in ended]),
        ):
            if about:
                self._work.told(moment, about)
        return ended

    async def _kept_alive(self, holds: Sequence[LeaseHold]) -> Mapping[str, R | AppError]:
        """Await the making while the heart beats for its leases."""
        with ExitStack() as beating:
            for hold in holds:
                beating.enter_context(self._heart.beating_for(hold))
            try:
                async with asyncio.timeout(bounds.HOLD_S_MAX) as limit:
                    return await self._work.make([hold.key for hold in holds])
            except TimeoutError:
                if limit.expired():
                    raise WorkTooLong from None
                raise

    async def _stored(
        self,
        holds: Sequence[LeaseHold],
        made: Mapping[str, R | AppError],
        failed: Mapping[str, Exception],
    ) -> Mapping[str, T]:
        """Store what was made and publish what failed, of the leases that are still ours."""
        published = {key: failure_of(self._work.errors, error) for key, error in failed.items()}

        def write(connection: Connection, keys: list[str]) -> Mapping[str, T]:
            ours: dict[str, Any] = {key: made[key] for key in keys if key in made}
            return self._work.store(connection, ours) if ours else {}

        leases = self._database.leases
        return await self._database.in_thread(lambda: leases.finish_all(holds, write, published))

    async def _give_back(self, holds: Sequence[LeaseHold]) -> None:
        left = [hold for hold in holds if hold.is_mine]
        if left:
            await self._database.in_thread(
                lambda: self._database.leases.finish_all(left, lambda _connection, _keys: None)
            )

    def _look(self, connection: Connection, keys: Collection[str]) -> dict[str, T | Exception]:
        """Return those results that are there, and the failures published since the first look for them."""
        ended: dict[str, T | Exception] = {**self._work.look(connection, keys)}
        left = [key for key in keys if key not in ended]
        for key, now in failures_of(connection, left).items() if left else ():
            if now.count > self._before.setdefault(key, now).count:
                ended[key] = failed_elsewhere(self._work.errors, now.last)
        return ended


def _outcome(future: "asyncio.Future[T]") -> T | Exception:
    if not future.done():
        return WaitTooLong()
    failure = future.exception()
    return failure if isinstance(failure, Exception) else future.result()
