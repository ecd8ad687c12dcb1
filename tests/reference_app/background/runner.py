"""One timer in a process to be killed or frozen: `python -m tests.reference_app.background.runner URL FILE WORK_S`.

Each run takes WORK_S seconds. It appends a line to FILE when it begins and one when it ends, or is cancelled.
"""

import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from prometheus_client import CollectorRegistry

from reference_app.background.metrics import TimerMetrics
from reference_app.background.timers import Timer, Timers
from reference_app.clock import system_clock
from reference_app.database.engine import Database
from reference_app.logs import make_log
from reference_app.single_flight.flights import SingleFlight

NAME: Final = "chore"
EVERY_S: Final = 3_600.0
LIVES_S_MAX: Final = 120.0
"""It ends by itself if nobody ends it."""


async def _main(database: Database, lines: Path, work_s: float) -> None:
    def say(what: str) -> None:
        with lines.open("a", encoding="utf-8") as file:
            file.write(f"{what} {os.getpid()}\n")

    async def work() -> Mapping[str, Any]:
        say("begun")
        try:
            await asyncio.sleep(work_s)
        except asyncio.CancelledError:
            say("cancelled")
            raise
        say("ended")
        return {}

    timers = Timers(
        [Timer(NAME, EVERY_S, work)],
        database=database,
        single_flight=SingleFlight(database),
        clock=system_clock,
        log=make_log(sys.stderr, "json"),
        metrics=TimerMetrics(CollectorRegistry()),
    )
    async with timers.running():
        print("running", flush=True)
        await asyncio.sleep(LIVES_S_MAX)


def main(url: str, lines: str, work_s: str) -> None:
    """Run until killed."""
    database = Database(url, clock=system_clock, threads=2, holders=1, wait_s_max=10.0)
    asyncio.run(_main(database, Path(lines), float(work_s)))


if __name__ == "__main__":
    main(*sys.argv[1:])
