"""The rules of interpretations: an answer always, from the best level there is, and one generation (LI-1, LI-2).

Levels: 1. what Claude wrote before; 2. Claude; 3. a template of the database; 4. a built-in text. Only what Claude
wrote is stored, so after a fallback the next request tries again. Knows nothing of HTTP or SQL.
"""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from reference_app.callers import Caller
from reference_app.clock import Clock
from reference_app.database.engine import Database
from reference_app.errors import AppError, DatabaseUnavailable, NotAuthenticated, OutcomeUnknown
from reference_app.idempotency.store import FirstAnswer
from reference_app.interpretations import store
from reference_app.interpretations.errors import (
    ClaudeAPIError,
    ClaudeOff,
    InvalidLunarReturnError,
    LunarInterpretationError,
    StillWriting,
)
from reference_app.interpretations.falling_back import FIRST_VERSION, fall_back, read_beforehand
from reference_app.interpretations.generating import AGAIN, FIRST, Writer, Writing, because
from reference_app.interpretations.hitting import Hits, Wanted
from reference_app.interpretations.metrics import (
    CLAUDE,
    DB_TEMPORAL,
    LEVELS,
    InterpretationMetrics,
    MigrationInfo,
)
from reference_app.interpretations.once import Once
from reference_app.interpretations.store import V2, Key, Made, Stored, Totals
from reference_app.logs import Log
from reference_app.returns import Return, Returns
from reference_app.single_flight import old_locks
from reference_app.single_flight.flights import Flights, SingleFlight
from reference_app.single_flight.work import AsyncWork, WaitTooLong
from reference_app.upstream.errors import UpstreamFailed
from reference_app.web.metrics import Metrics

MEASURE_S_MAX: Final = 5.0
"""How long a scrape of the metrics waits for the database."""
WAITING_MAX: Final = 64
"""How many texts may wait for Claude in each process, of each kind: their readers have left by then."""
FORGET_EVERY_S: Final = 3_600.0
GOES_ON_S: Final = 5.0
"""How much longer than Claude's deadline who asked for a new text waits: for it to be stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a reader asks for: of which month, None for the current one; about what; in which language."""

    month: str | None
    subject: str
    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpretation:
    """A text about a return, and where it comes from."""

    of: Return
    text: str
    weekly_advice: dict[str, str] | None
    source: str
    model: str | None
    version: int
    written_at: datetime


class Interpretations:
    """Texts about lunar returns."""

    def __init__(
        self,
        database: Database,
        single_flight: SingleFlight,
        writer: Writer | None,
        returns: Returns,
        clock: Clock,
        metrics: Metrics,
        *,
        version: int,
        at_once: int,
        reader_wait_s: float,
        deadline_s: float,
        database_s_max: float,
    ) -> None:
        """Serve one version of the texts.

        Args:
            database: where they are kept.
            single_flight: of this process.
            writer: Claude; None where it is off.
            returns: finds what the texts are about.
            clock: what *now* is.
            metrics: of the app.
            version: which version; of the first one nothing is generated.
            at_once: how many generations at the same time, of each kind.
            reader_wait_s: how long a reader waits for a generation.
            deadline_s: how long a generation may take.
            database_s_max: how long a request waits for the database.

        """
        self._database = database
        self._returns = returns
        self._clock = clock
        self._metrics = metrics
        self._figures = metrics.part(InterpretationMetrics)
        self._info = MigrationInfo()
        metrics.at_scrape(self._info)
        read_beforehand()
        self._version = version
        self._hits = Hits(database, returns, wait_s_max=database_s_max)
        self._first = single_flight.purpose(FIRST, at_once=at_once, waiting_max=WAITING_MAX)
        self._again = single_flight.purpose(AGAIN, at_once=at_once, waiting_max=WAITING_MAX)
        self._forgot_s = float("-inf")
        self._reader_wait_s = reader_wait_s
        self._regenerate_wait_s = deadline_s + GOES_ON_S
        writes = writer is not None and version > FIRST_VERSION
        self._writing = Writing(writer, returns, clock, metrics) if writer is not None and writes else None

    @property
    def failures_of_returns(self) -> Sequence[type[AppError]]:
        """With what a report may end because the return could not be made."""
        return self._returns.failures

    async def report(self, who: Caller, asked: Asked, log: Log) -> Interpretation:
        """Return a text about the return of a month, from the best level there is; the current return is made.

        Raises:
            InvalidLunarReturnError: there is no return of that month, or it went while Claude wrote.
            NotAuthenticated: the user is gone.
            AppError: one of `failures_of_returns`.

        """
        begun_s = time.monotonic()
        found, stored = await self._looked(who, asked, log)
        key = Key(found.id, asked.subject, asked.lang, self._version)
        if stored is not None:
            self._figures.hit(key.subject, key.version, time.monotonic() - begun_s)
            return _shown(found, stored, key, DB_TEMPORAL)
        try:
            stored = await self._written(who, found, key, log, begun_s)
        except (InvalidLunarReturnError, NotAuthenticated):
            await self._database.read(who.look_up)
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is: there is an answer
            return await self._fallen_back(who, found, key, log, begun_s, error)
        return _shown(found, stored, key, CLAUDE)

    async def regenerate(
        self, who: Caller, return_id: int, subject: str, lang: str, log: Log, once: Once | None = None
    ) -> Interpretation:
        """Have a text written anew, and return it; it takes the place of the one that is stored.

        Raises:
            AnsweredBefore: it was written for this key already.
            OutcomeUnknown: the database was lost; the text may be stored.
            InvalidLunarReturnError: the user has no such return.
            ClaudeOff: Claude is not asked here.
            StillWriting: it takes too long; what comes of it is stored.
            ClaudeAPIError: Claude wrote nothing. In each case the text that is stored stays.

        """
        key = Key(return_id, subject, lang, self._version)
        look = who.joined(store.look_again)
        found, seen = await self._database.read(look, self._returns, who.id, key)
        if found is None:
            raise InvalidLunarReturnError
        if self._writing is None:
            raise ClaudeOff
        if once is not None:
            # After the look: who has seen a text has seen its key.
            await self._database.read(once.check)
        work = self._writing.again(who.id, found, key, seen, log, once)
        try:
            self._writing.writer.refuse_if_resting()
            stored = await self._flown(self._again, work, self._regenerate_wait_s)
        except InvalidLunarReturnError:
            await self._database.read(who.look_up)
            raise
        except Exception as error:
            raise _as_ours(error) from error
        return _shown(found, stored, key, CLAUDE)

    async def kept(self, once: Once, found: Interpretation) -> FirstAnswer:
        """Return the first answer to the key under which a text was asked for that another request had begun."""
        stored = Stored(found.text, found.weekly_advice, found.model or "", found.written_at, 0)
        return await self._database.write(once.keep, stored)

    async def totals(self, who: Caller) -> list[Totals]:
        """Return what Claude wrote for the user, added up by source and model."""
        return await self._database.read(who.joined(store.totals), who.id)

    async def measure(self) -> None:
        """Show in the metrics how many templates there are, or that it cannot be seen."""
        try:
            async with asyncio.timeout(MEASURE_S_MAX):
                found = await self._database.read(store.migration)
        except (TimeoutError, DatabaseUnavailable):
            self._info.show_nothing()
        else:
            date = f"{found.migrated_at:%Y-%m-%d}" if found.migrated_at else "unknown"
            self._info.show(V2, found.templates, date)

    async def _looked(self, who: Caller, asked: Asked, log: Log) -> tuple[Return, Stored | None]:
        """Return the return and what is stored of it; the current return is made where there is none."""
        wanted = Wanted(who.id, asked.month, (asked.subject, asked.lang, self._version))
        found, stored = await self._hits.one(who, wanted)
        if found is None and asked.month is None:
            await self._returns.make_current(who, log)
            found, stored = await self._hits.one(who, wanted)
        if found is None:
            raise InvalidLunarReturnError
        return found, stored

    async def _written(self, who: Caller, found: Return, key: Key, log: Log, begun_s: float) -> Stored:
        """Return what Claude writes, now or in a flight that has begun."""
        if self._writing is None:
            raise ClaudeOff
        self._writing.writer.refuse_if_resting()
        wait_s = max(0.0, begun_s + self._reader_wait_s - time.monotonic())
        return await self._flown(self._first, self._writing.first(who.id, found, key, log), wait_s)

    async def _flown(self, flights: Flights, work: AsyncWork[Stored, Made], wait_s: float) -> Stored:
        flight, _ = flights.join(work, on_busy=lambda: None)
        with self._metrics.waiting():
            flown = await flights.wait(flight, wait_s)
        if flown.made:
            await self._forget_locks()
        return flown.result

    async def _forget_locks(self) -> None:
        """Forget the locks of texts that were written long ago, now and then: each text has one."""
        if time.monotonic() - self._forgot_s < FORGET_EVERY_S:
            return
        self._forgot_s = time.monotonic()
        # What is not forgotten now is forgotten next time.
        with suppress(DatabaseUnavailable):
            await self._database.in_thread(lambda: old_locks.forget(self._database, (FIRST, AGAIN)))

    async def _fallen_back(
        self, who: Caller, found: Return, key: Key, log: Log, begun_s: float, why: Exception
    ) -> Interpretation:
        of = (key.subject, key.lang, key.version)
        fallback = await fall_back(
            self._database, found.moon_sign, found.moon_house, found.lunar_ascendant, of
        )
        duration_s = time.monotonic() - begun_s
        said = log.bind(lunar_return_id=found.id, user_id=who.id, subject=key.subject)
        said.warning("lunar_interpretation_fallback", fallback_level=LEVELS[fallback.source], **because(why))
        said.info(
            "lunar_interpretation_generated",
            source=fallback.source,
            model_used=fallback.model,
            duration_ms=round(duration_s * 1_000),
        )
        self._figures.generated(fallback.source, fallback.model, key.subject, key.version, duration_s)
        return Interpretation(
            of=found,
            text=fallback.text,
            weekly_advice=fallback.weekly_advice,
            source=fallback.source,
            model=fallback.model,
            version=key.version,
            written_at=self._clock(),
        )


def _shown(found: Return, stored: Stored, key: Key, source: str) -> Interpretation:
    return Interpretation(
        of=found,
        text=stored.text,
        weekly_advice=stored.weekly_advice,
        source=source,
        model=stored.model,
        version=key.version,
        written_at=stored.written_at,
    )


def _as_ours(error: Exception) -> Exception:
    """Return what a failed generation means to who asked for a new text."""
    if isinstance(error, WaitTooLong):
        return StillWriting()
    if isinstance(error, DatabaseUnavailable):
        return OutcomeUnknown()
    if isinstance(error, LunarInterpretationError):
        return error
    return ClaudeAPIError(retry_after_s=error.retry_after_s if isinstance(error, UpstreamFailed) else None)
