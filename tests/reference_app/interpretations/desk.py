"""Interpretations in as many processes as a test wants, in front of a writer that a test holds up or breaks."""

import asyncio
import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, Table, select

from reference_app.accounts import store as account_store
from reference_app.accounts.store import NewUser
from reference_app.callers import Caller
from reference_app.database.engine import Database
from reference_app.idempotency.store import Bounds, FirstAnswer, Keyed
from reference_app.interpretations.generating import Writer
from reference_app.interpretations.once import Once
from reference_app.interpretations.prompt import Prompt
from reference_app.interpretations.reply import Written
from reference_app.interpretations.service import Asked, Interpretation, Interpretations
from reference_app.interpretations.tables import lunar_interpretations
from reference_app.logs import make_log
from reference_app.lunar_returns import store as return_store
from reference_app.lunar_returns.ephemeris import FixedEphemeris
from reference_app.lunar_returns.offered import OfferedReturns
from reference_app.lunar_returns.service import FIXED_CHART, LunarReturns
from reference_app.lunar_returns.tables import lunar_returns
from reference_app.single_flight.flights import SingleFlight
from reference_app.web.metrics import Metrics
from tests.reference_app.processes import Processes
from tests.reference_app.stage import START, OpenDatabase, SteppedClock

MODEL: Final = "claude-of-tests"
AT_ONCE: Final = 8
"""How many texts are written at a time in each process."""
WEEKS: Final = {f"week_{number}": f"Semaine {number} : une chose à la fois." for number in range(1, 5)}


async def until(condition: Callable[[], bool]) -> None:
    """Wait for it. A scenario's own bound ends a wait that is in vain."""
    while not condition():  # noqa: ASYNC110 - what is waited for sets no event
        await asyncio.sleep(0.01)


class StubWriter:
    """Writes a new text each time. Notes what it was asked; `go_on` lets it end, `failing` makes it fail."""

    model = MODEL

    def __init__(self) -> None:
        self.go_on = asyncio.Event()
        self.go_on.set()
        self.begun = asyncio.Event()
        self.failing: Exception | None = None
        self.resting: Exception | None = None
        self.asked: list[Prompt] = []

    def refuse_if_resting(self) -> None:
        """Refuse where a test wants it."""
        if self.resting:
            raise self.resting

    async def write(self, asked: Prompt) -> Written:
        """Write, or fail, once it may."""
        self.asked.append(asked)
        number = len(self.asked)
        self.begun.set()
        await self.go_on.wait()
        if self.failing:
            raise self.failing
        return Written(f"Texte {number} en {asked.lang}.", WEEKS if asked.subject == "full" else None, MODEL)

    async def close(self) -> None:
        """Do nothing."""


class Process:
    """One process: its interpretations, in front of a writer or of none."""

    def __init__(
        self,
        database: Database,
        clock: SteppedClock,
        writer: Writer | None,
        *,
        version: int = 2,
        reader_wait_s: float = 20.0,
    ) -> None:
        self.database = database
        self.flights = SingleFlight(database)
        self.metrics = Metrics()
        self._written = io.StringIO()
        self._log = make_log(self._written, "json")
        made = LunarReturns(
            database,
            self.flights.purpose("lunar_returns", at_once=2),
            FixedEphemeris(),
            clock,
            self.metrics,
            wait_s_max=20.0,
        )
        self.returns = OfferedReturns(made, clock, delay_ms=0)
        self.service = Interpretations(
            database,
            self.flights,
            writer,
            self.returns,
            clock,
            self.metrics,
            version=version,
            at_once=AT_ONCE,
            reader_wait_s=reader_wait_s,
            deadline_s=20.0,
            database_s_max=10.0,
        )

    async def reads(
        self, who: Caller, subject: str = "full", lang: str = "fr", month: str | None = None
    ) -> Interpretation:
        """Return what a reader is answered."""
        return await self.service.report(who, Asked(month=month, subject=subject, lang=lang), self._log)

    async def asks_anew(
        self, who: Caller, return_id: int, subject: str = "full", once: Once | None = None
    ) -> Interpretation:
        """Return what is written anew, in French."""
        return await self.service.regenerate(who, return_id, subject, "fr", self._log, once)

    def log(self, event: str) -> list[dict[str, Any]]:
        """Return the records of an event."""
        records = [json.loads(line) for line in self._written.getvalue().splitlines()]
        return [record for record in records if record["event"] == event]

    def figure(self, name: str, **labels: str) -> float:
        """Return a figure of the metrics; 0 where it is not shown."""
        shown = ",".join(f'{label}="{value}"' for label, value in sorted(labels.items()))
        start = f"{name}{{{shown}}} " if labels else f"{name} "
        lines = self.metrics.page().decode().splitlines()
        return next((float(line.removeprefix(start)) for line in lines if line.startswith(start)), 0.0)


class Desk(Processes[Process]):
    """Processes on one database, with one clock."""

    def __init__(self, open_database: OpenDatabase, clock: SteppedClock) -> None:
        super().__init__(open_database, clock)
        self.ada, self.grace = self.comes("ada"), self.comes("grace")

    def once(self, key: str, digest: str = "digest") -> Once:
        """Return a key of Ada's, whose answer is the text."""
        keyed = Keyed(self.ada.id, "/api/again", key, digest)
        bounds = Bounds(timedelta(days=1), 10)
        return Once(keyed, bounds, self.clock, lambda stored: FirstAnswer(201, stored.text))

    def comes(self, name: str) -> Caller:
        """Return somebody new who has a natal chart."""
        user = self.database.write_now(account_store.add, NewUser(f"{name}@b.example", "", START))
        self.database.write_now(return_store.put_chart, user.id, FIXED_CHART, START)
        return Caller(user.id, account_store.by_ids)

    def process(self, writer: Writer | None, **options: Any) -> Process:
        """Return one more process."""
        return self.begun(lambda database: Process(database, self.clock, writer, **options))

    def rows(self, table: Table = lunar_interpretations) -> list[dict[str, Any]]:
        """Return the rows of a table."""
        return self.database.read_now(_rows, table)

    def returns_of(self, who: Caller) -> list[int]:
        """Return the ids of somebody's returns."""
        return [row["id"] for row in self.rows(lunar_returns) if row["user_id"] == who.id]


def _rows(connection: Connection, table: Table) -> list[dict[str, Any]]:
    found = connection.execute(select(table).order_by(*table.primary_key)).mappings()
    return [dict(row) for row in found]
