"""A chore to be done every so often, and as many processes as a test wants that would do it, in one event loop."""

import asyncio
import io
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from typing import Any, Final

from prometheus_client import CollectorRegistry
from sqlalchemy import Connection, Row, select

from reference_app.background.metrics import TimerMetrics
from reference_app.background.tables import timed_runs
from reference_app.background.timers import Timer, Timers
from reference_app.database.engine import Database
from reference_app.logs import make_log
from reference_app.single_flight.flights import SingleFlight
from tests.reference_app.stage import OpenDatabase, SteppedClock

CHORE: Final = "chore"
EVERY_S: Final = 60.0
WITHIN_S: Final = 60.0
"""A scenario that takes longer is broken."""
LOOKS_S: Final = 1.5
"""In so long each process looks at least once."""


class Chore:
    """Something to be done; it can be held up, and made to fail, and remembers what happened to it."""

    def __init__(self) -> None:
        self.go_on = asyncio.Event()
        self.go_on.set()
        self.begun = 0
        self.now = 0
        self.most = 0
        self.cancelled = 0
        self.doing: Callable[[], None] = lambda: None

    async def __call__(self) -> Mapping[str, Any]:
        """Do it once."""
        self.begun += 1
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            await self.go_on.wait()
            self.doing()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        finally:
            self.now -= 1
        return {"done": self.begun}


class Process:
    """The timers of one process."""

    def __init__(
        self, database: Database, clock: SteppedClock, chore: Chore, timer: Mapping[str, Any]
    ) -> None:
        self.lines = io.StringIO()
        self.registry = CollectorRegistry()
        self.single_flight = SingleFlight(database)
        self.timers = Timers(
            [Timer(**{"name": CHORE, "every_s": EVERY_S, "work": chore, **timer})],
            database=database,
            single_flight=self.single_flight,
            clock=clock,
            log=make_log(self.lines, "json"),
            metrics=TimerMetrics(self.registry),
        )

    def count(self, outcome: str) -> float:
        """Return how many runs of this process ended so."""
        labels = {"timer": CHORE, "outcome": outcome}
        return self.registry.get_sample_value("timed_runs_total", labels) or 0.0

    def log(self) -> list[dict[str, Any]]:
        """Return the records."""
        return [json.loads(line) for line in self.lines.getvalue().splitlines()]


class House:
    """The processes on one database, with one clock."""

    def __init__(self, open_database: OpenDatabase, clock: SteppedClock) -> None:
        self._open = open_database
        self.clock = clock
        self.chore = Chore()
        self.processes: list[Process] = []
        self._running = AsyncExitStack()
        self._looked_at = open_database(threads=1)

    async def starts(self, **timer: Any) -> Process:
        """Start one more process, whose timer may differ."""
        process = Process(self._open(), self.clock, self.chore, timer)
        self.processes.append(process)
        self._running.push_async_callback(process.single_flight.close)
        await self._running.enter_async_context(process.timers.running())
        return process

    async def ends(self) -> None:
        """Stop all processes."""
        await self._running.aclose()

    def count(self, outcome: str) -> float:
        """Return how many runs ended so, of all processes."""
        return sum(process.count(outcome) for process in self.processes)

    async def until_noted(self, finished: int, failed: int = 0) -> Any:
        """Wait until so many runs are noted and counted, and return the row."""

        async def is_noted() -> bool:
            row = await self.row()
            noted = (row.finished, row.failed) if row else (0, 0)
            return noted == (finished, failed) == (self.count("finished"), self.count("failed"))

        await until(is_noted)
        return await self.row()

    async def row(self) -> "Row[Any] | None":
        """Return what is noted."""
        return await self._looked_at.read(_row)

    async def until_begun(self, number: int) -> None:
        """Wait until the chore has begun so many times."""

        async def is_begun() -> bool:
            return self.chore.begun == number

        await until(is_begun)

    def run(self, scenario: Callable[[], Awaitable[None]]) -> None:
        """Run it, within bounds, and stop all processes at its end."""

        async def whole() -> None:
            try:
                async with asyncio.timeout(2 * WITHIN_S):
                    await scenario()
            finally:
                await self.ends()

        asyncio.run(whole())


async def until(probe: Callable[[], Awaitable[bool]]) -> None:
    """Return when it holds."""
    async with asyncio.timeout(WITHIN_S):
        while not await probe():  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.02)


def _row(connection: Connection) -> "Row[Any] | None":
    return connection.execute(select(timed_runs).where(timed_runs.c.name == CHORE)).one_or_none()
