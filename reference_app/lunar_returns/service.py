"""The rules of lunar returns: find the current one, or have the twelve months made exactly once.

Knows nothing of HTTP. What is said in the log, and when, is part of the promise (LR-10).
"""

import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final

from reference_app.callers import Caller
from reference_app.clock import Clock
from reference_app.database.engine import Database
from reference_app.database.errors import Conflict
from reference_app.errors import DatabaseUnavailable
from reference_app.logs import Log
from reference_app.lunar_returns import store
from reference_app.lunar_returns.errors import (
    BirthInFuture,
    GenerationFailed,
    GenerationSuperseded,
    LunarReturnsError,
    NoNatalChart,
    UserGone,
    WaitExhausted,
)
from reference_app.lunar_returns.months import Chart, Ephemeris, twelve_months
from reference_app.lunar_returns.store import Made, Rows, StoredReturn
from reference_app.single_flight.flights import Flights
from reference_app.single_flight.work import Moment, WaitTooLong, Work
from reference_app.web.metrics import Metrics

PURPOSE: Final = "lunar_returns"
"""Under this name generations have their flights, their locks and their figures."""
CHART_TRIES: Final = 2
BIRTH_EARLIEST: Final = datetime(1800, 1, 1, tzinfo=UTC)
FIXED_CHART: Final = Chart(datetime(1990, 4, 15, 14, 30, tzinfo=UTC), 48.8566, 2.3522)
"""The natal chart of users whom the development bypass makes."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, in which log, and by how many milliseconds a generation is to be lengthened for it."""

    who: Caller
    log: Log
    delay_ms: int

    @property
    def user_id(self) -> int:
        """The caller's number."""
        return self.who.id


class LunarReturns:
    """A user's lunar returns."""

    def __init__(
        self,
        database: Database,
        flights: Flights,
        ephemeris: Ephemeris,
        clock: Clock,
        metrics: Metrics,
        *,
        wait_s_max: float,
    ) -> None:
        self._database = database
        self._flights = flights
        self._ephemeris = ephemeris
        self._clock = clock
        self._metrics = metrics
        self._wait_s_max = wait_s_max
        self.welcome: Final = partial(store.welcome, chart=FIXED_CHART, clock=clock)
        """Gives a user of the development bypass the fixed natal chart; takes a connection and the user's id."""
        self.farewell: Final = store.farewell
        """Deletes the chart and the returns of a user who goes; takes a connection and the user's id."""

    async def current(self, caller: Asking) -> StoredReturn:
        """Return the caller's current return; make twelve months first if it is not there."""
        look = caller.who.joined(store.look)
        found, has_chart = await self._database.read(look, caller.user_id, self._clock())
        return _existing(caller, found) if found else await self._missing(caller, has_chart=has_chart)

    async def rolling(self, caller: Asking) -> list[StoredReturn]:
        """Return the caller's twelve months; make them first if they are not there."""
        look = caller.who.joined(store.look_at_all)
        found, has_chart, months = await self._database.read(look, caller.user_id, self._clock())
        if found:
            _existing(caller, found)
            return months
        await self._missing(caller, has_chart=has_chart)
        return await self._database.read(store.rolling, caller.user_id, self._clock())

    async def put_chart(self, who: Caller, chart: Chart) -> None:
        """Store the natal chart, and remove the returns that rested on another.

        Raises:
            BirthInFuture: the birth is later than now.
            UserGone: the user was deleted meanwhile.

        """
        if chart.birth_datetime > self._clock():
            raise BirthInFuture
        if chart.birth_datetime < BIRTH_EARLIEST:
            raise BirthInFuture("birth_datetime lies before 1800, where the ephemeris is not to be trusted.")
        for _ in range(CHART_TRIES):
            try:
                await self._database.write(who.joined(store.put_chart), who.id, chart, self._clock())
            except Conflict:
                # Two first charts at once: the row is there now, so the next try changes it.
                continue
            return
        # No other chart was in the way, so it is the user who is missing.
        raise UserGone

    async def purge(self, who: Caller) -> tuple[int, int]:
        """Delete the caller's returns; return how many went and how many are left."""
        return await self._database.write(who.joined(store.purge), who.id)

    async def _missing(self, caller: Asking, *, has_chart: bool) -> StoredReturn:
        if not has_chart:
            raise NoNatalChart
        return await self._made_once(caller)

    async def _made_once(self, caller: Asking) -> StoredReturn:
        generation = Generation(self._database, self._ephemeris, self._clock, caller, self._metrics)
        rows = Rows(caller.user_id, self._clock)
        work = Work(
            key=f"{PURPOSE}:{caller.user_id}",
            look=rows.look,
            make=generation.make,
            store=rows.store,
            told=generation.told,
            errors=(GenerationSuperseded,),
        )
        skipped = partial(caller.log.info, "lunar_returns.generation_skipped")
        flight, started_it = self._flights.join(work, skipped)
        if not started_it:
            skipped()
        with self._metrics.waiting():
            try:
                flown = await self._flights.wait(flight, self._wait_s_max)
            except Exception as error:
                raise _as_ours(error) from error
        if not started_it or (flown.waited and not flown.made):
            caller.log.info("lunar_returns.found_after_wait", **_said(flown.result))
        elif not flown.made:
            caller.log.info("lunar_returns.found_existing", **_said(flown.result))
        return flown.result


class Generation:
    """One generation: made in a thread, told in the log of the request that started it."""

    def __init__(
        self, database: Database, ephemeris: Ephemeris, clock: Clock, caller: Asking, metrics: Metrics
    ) -> None:
        self._database = database
        self._ephemeris = ephemeris
        self._clock = clock
        self._caller = caller
        self._metrics = metrics
        self._started_s = 0.0

    def make(self) -> Made:
        """Compute the twelve months, from the chart as it is now that the lock is ours."""
        record, last_month = self._database.read_now(store.basis, self._caller.user_id)
        if record is None:
            raise NoNatalChart
        if self._caller.delay_ms:
            self._caller.log.info("lunar_returns.dev_delay", delay_ms=self._caller.delay_ms)
            time.sleep(self._caller.delay_ms / 1_000)
        return Made(twelve_months(self._ephemeris, record.chart, self._clock(), last_month), record.epoch)

    def told(self, moment: Moment, made: Made | None = None) -> None:
        """Say in the log what happened, and count it."""
        log = self._caller.log
        match moment:
            case Moment.STARTED:
                self._started_s = time.monotonic()
                log.info("lunar_returns.generation_started")
            case Moment.FINISHED:
                self._count("finished")
                log.info("lunar_returns.generation_finished", **(_made_said(made) if made else {}))
            case Moment.FAILED:
                self._count("failed")
                log.warning("lunar_returns.generation_failed", exc_info=sys.exc_info())
            case Moment.LOST:
                self._count("lost")
                log.warning("lunar_returns.lock_lost")
            case Moment.RELEASED:
                log.info("lunar_returns.lock_released")

    def _count(self, outcome: str) -> None:
        self._metrics.generation(PURPOSE, outcome, time.monotonic() - self._started_s)


def _existing(caller: Asking, found: StoredReturn) -> StoredReturn:
    caller.log.info("lunar_returns.found_existing", **_said(found))
    return found


def _as_ours(error: Exception) -> Exception:
    """Return what a failed flight means to those who asked."""
    if isinstance(error, WaitTooLong):
        return WaitExhausted()
    if isinstance(error, (LunarReturnsError, DatabaseUnavailable)):
        return error
    return GenerationFailed()


def _said(stored: StoredReturn) -> dict[str, str]:
    return {"month": stored.monthly.month, "return_date": stored.monthly.return_date.isoformat()}


def _made_said(made: Made) -> dict[str, int | str]:
    months = made.months
    return {"returns": len(months), "first_month": months[0].month, "last_month": months[-1].month}
