"""Timers: work that is done every so often, by one of all the processes that share a database.

    Timer("cache_cleanup", every_s=3600.0, work=purge)      # in `Built.timers` of a system

Every process looks whether a run is due, and who takes the timer's lease runs it: the same leases, beats and
fencing tokens as of awaited single-flight work (`docs/decisions/0024-timers.md`). What is promised, of the app's
clock:

- Between the beginnings of two runs an interval passes, for as long as the clocks of servers agree; a run that was
  missed is not made up for. A timer that never ran is due at once.
- A runner that is killed is replaced at once where its death can be seen, and else, as one that is frozen, when
  its lease has ended. A frozen one that wakes up is cancelled, and notes nothing.
- A run that fails, or takes longer than its bound, is logged and counted, and tried again an interval later.

Not promised is *once*: that a run was made is noted when it has ended, in the transaction that ends the lease.
A runner that stops between its work and the note, or wakes up too late, has done work that another does again. So
work must be such that it may be repeated, and may overlap with the end of itself.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from reference_app.background import store
from reference_app.background.metrics import TimerMetrics
from reference_app.background.store import FAILED, FINISHED, Run
from reference_app.background.tables import NAME_LENGTH_MAX
from reference_app.clock import Clock
from reference_app.database.engine import Database
from reference_app.errors import AppError
from reference_app.logs import Log
from reference_app.single_flight.flights import Flown, SingleFlight
from reference_app.single_flight.work import CLOSE_S_MAX, HOLD_S_MAX, AsyncWork, Moment, WaitTooLong

PURPOSE: Final = "timed"
LOOK_S_MAX: Final = 1.0
"""How long a process sleeps before it looks again: a clock that was set forward is noticed within this."""
LOOK_S_MIN: Final = 0.05
AGAIN_S: Final = 5.0
"""The pause after a look that failed: the database was away, mostly."""
RUN_S_MAX: Final = 60.0
WAIT_S_MAX: Final = HOLD_S_MAX + 10.0
"""How long a process waits for the run of another before it looks anew."""

TimedWork = Callable[[], Awaitable[Mapping[str, Any]]]
"""Does the work, and returns what the log is to say of it."""


@dataclass(frozen=True, slots=True)
class Timer:
    """Something that is to be done every so often."""

    name: str
    """Names the row, the lease and the metrics; one timer of an app has it."""
    every_s: float
    work: TimedWork
    run_s_max: float = RUN_S_MAX
    """How long a run may take; it is cancelled then, and has failed. Shorter than a lease may be held."""

    def __post_init__(self) -> None:
        assert 0 < len(f"{PURPOSE}:{self.name}") <= NAME_LENGTH_MAX
        assert self.every_s > 0
        assert 0 < self.run_s_max < HOLD_S_MAX


class Timers:
    """The timers of one app in one process. Used from its event loop only."""

    def __init__(
        self,
        timers: Sequence[Timer],
        *,
        database: Database,
        single_flight: SingleFlight,
        clock: Clock,
        log: Log,
        metrics: TimerMetrics,
    ) -> None:
        """Run nothing yet."""
        names = [timer.name for timer in timers]
        assert len(names) == len(set(names)), f"two timers have one name: {names}"
        self._timers = timers
        self._database = database
        self._flights = single_flight.purpose(PURPOSE, at_once=max(1, len(timers)))
        self._clock = clock
        self._log = log
        self._metrics = metrics
        for name in names:
            metrics.begin(name)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run what is due while the block lasts; a run that is under way at its end is cancelled, and not noted."""
        keeping = [asyncio.create_task(self._keep(timer)) for timer in self._timers]
        try:
            yield
        finally:
            for task in keeping:
                task.cancel()
            if keeping:
                await asyncio.wait(keeping, timeout=2 * CLOSE_S_MAX)

    async def _keep(self, timer: Timer) -> None:
        """Look again and again whether the timer is due."""
        while True:  # Ends by being cancelled, with the lifespan.
            try:
                pause_s = await self._look(timer)
            except Exception as error:  # noqa: BLE001 - a timer that ended here would never run again
                self._log.warning("timer.not_looked_at", timer=timer.name, error=type(error).__name__)
                pause_s = AGAIN_S
            await asyncio.sleep(pause_s)

    async def _look(self, timer: Timer) -> float:
        """Run the timer if it is due and nobody else does; return how long to sleep."""
        last = await self._database.read(store.last_run, timer.name)
        left_s = _left_s(timer, last, self._clock())
        if left_s > 0:
            return min(max(left_s, LOOK_S_MIN), LOOK_S_MAX)
        flight, _ = self._flights.join(self._work(timer), on_busy=_nothing)
        try:
            await self._flights.wait(flight, WAIT_S_MAX)
        except WaitTooLong:
            pass
        finally:
            await _ended(flight)
        return LOOK_S_MIN

    def _work(self, timer: Timer) -> AsyncWork[Run, Run]:
        """Return one run as single-flight work, whose result is a run that is not due again yet."""

        def told(moment: Moment, run: Run | None) -> None:
            if moment is Moment.FINISHED and run is not None:
                self._metrics.ran(timer.name, run.outcome, run.took_s)
            elif moment is Moment.LOST:
                self._metrics.lost(timer.name)
                self._log.warning("timer.lost", timer=timer.name)

        return AsyncWork(
            key=f"{PURPOSE}:{timer.name}",
            look=lambda connection: _not_due(timer, store.last_run(connection, timer.name), self._clock()),
            make=lambda: self._run(timer),
            store=lambda connection, run: store.note(connection, timer.name, run),
            told=told,
        )

    async def _run(self, timer: Timer) -> Run:
        """Do the work once; that it failed is a result like any other, so that it is noted."""
        began_at = self._clock()
        begun_s = asyncio.get_running_loop().time()
        outcome, said = FINISHED, dict[str, Any]()
        try:
            async with asyncio.timeout(timer.run_s_max):
                said = {"result": dict(await timer.work())}
        except Exception as error:  # noqa: BLE001 - whatever it is, it is not to end the timer
            outcome = FAILED
            # The message of an error that is none of ours may hold anything; its traceback is what helps.
            said = {"error": type(error).__name__, "exc_info": None if isinstance(error, AppError) else error}
        took_s = asyncio.get_running_loop().time() - begun_s
        tell = self._log.info if outcome == FINISHED else self._log.error
        tell(f"timer.{outcome}", timer=timer.name, duration_s=round(took_s, 3), **said)
        return Run(began_at, self._clock(), outcome, took_s)


def _left_s(timer: Timer, last: Run | None, now: datetime) -> float:
    """Return how long the timer is not due yet; 0 or less when it is.

    A last run that lies an interval ahead or more was noted before the clock was set back: the timer is due, or it
    would not run until the clock was there again. One that lies less ahead was noted by a server whose clock is a
    little fast.
    """
    if last is None:
        return 0.0
    return timer.every_s - abs((now - last.began_at).total_seconds())


def _not_due(timer: Timer, last: Run | None, now: datetime) -> Run | None:
    """Return the last run if it was not so long ago that the timer is due."""
    return last if _left_s(timer, last, now) > 0 else None


async def _ended(flight: asyncio.Task[Flown[Run]]) -> None:
    """End a flight that is under way still, and have it give its lease back."""
    if not flight.done():
        flight.cancel()
        await asyncio.wait((flight,), timeout=CLOSE_S_MAX)


def _nothing() -> None:
    """Take no notice that somebody else runs the timer."""
