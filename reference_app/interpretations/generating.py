"""One generation: what Claude is asked about a return, and what is kept of the answer. Work that is done once.

Nothing is held while Claude thinks but a lease; the work ends within Claude's own deadline.
"""

import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, Protocol

from reference_app.clock import Clock
from reference_app.errors import AppError
from reference_app.interpretations import store
from reference_app.interpretations.errors import ClaudeAPIError, InvalidLunarReturnError, StillWriting
from reference_app.interpretations.metrics import CLAUDE, InterpretationMetrics
from reference_app.interpretations.once import Once
from reference_app.interpretations.prompt import Prompt
from reference_app.interpretations.reply import BadReply, Written
from reference_app.interpretations.store import Key, Made, Stored
from reference_app.logs import Log
from reference_app.returns import Return, Returns
from reference_app.single_flight.work import AsyncWork, Moment, TooMuchUnderWay, WaitTooLong
from reference_app.upstream.errors import FAILURES, UpstreamFailed, UpstreamFull
from reference_app.web.metrics import Metrics

FIRST: Final = "interpretations"
"""Under this name texts are written that are not there yet."""
AGAIN: Final = "interpretations_again"
"""And under this name, those that are asked for anew."""
UNKNOWN: Final = "unknown"


class Writer(Protocol):
    """Claude, or what stands in for it. One object serves one server, and many calls at once."""

    @property
    def model(self) -> str:
        """The model that writes."""

    def refuse_if_resting(self) -> None:
        """Raise UpstreamFailed at once where a call would, without asking."""

    async def write(self, asked: Prompt) -> Written:
        """Return what Claude writes. Raises UpstreamFailed or BadReply."""

    async def close(self) -> None:
        """Let go of what is open. No call may follow."""


class Writing:
    """What generations need besides what they are of."""

    def __init__(self, writer: Writer, returns: Returns, clock: Clock, metrics: Metrics) -> None:
        self.writer = writer
        self.returns = returns
        self.clock = clock
        self.metrics = metrics
        self.figures = metrics.part(InterpretationMetrics)

    def first(self, user_id: int, found: Return, key: Key, log: Log) -> AsyncWork[Stored, Made]:
        """Return the work of writing a text that is not there yet."""
        look = partial(store.find, key=key)
        return self._work(FIRST, str(key), user_id, found, key, log, look=look, put=store.add)

    def again(
        self, user_id: int, found: Return, key: Key, seen: int, log: Log, once: Once | None = None
    ) -> AsyncWork[Stored, Made]:
        """Return the work of writing a text anew that had been written `seen` times when it was asked for.

        Who asks when it has been written again asks for another: so `seen` is part of the key. `once` is kept with
        the text.
        """
        look = partial(store.find_again, key=key, seen=seen)

        def put(connection: Any, *arguments: Any) -> Stored:
            stored = store.replace(connection, *arguments)
            if once is not None:
                once.keep(connection, stored)
            return stored

        return self._work(AGAIN, f"{key}:{seen}", user_id, found, key, log, look=look, put=put)

    def _work(
        self,
        purpose: str,
        once: str,
        user_id: int,
        found: Return,
        key: Key,
        log: Log,
        *,
        look: Callable[[Any], Stored | None],
        put: Callable[..., Stored],
    ) -> AsyncWork[Stored, Made]:
        generation = Generation(self, purpose, user_id, found, key, log)
        return AsyncWork(
            key=f"{purpose}:{once}",
            look=look,
            make=generation.make,
            store=lambda connection, made: put(connection, self.returns, user_id, key, made, self.clock()),
            told=generation.told,
            errors=(*FAILURES, BadReply, InvalidLunarReturnError),
        )


class Generation:
    """Made by awaiting Claude; told in the log of the request that started it."""

    def __init__(
        self, writing: Writing, purpose: str, user_id: int, found: Return, key: Key, log: Log
    ) -> None:
        self._writing = writing
        self._purpose = purpose
        self._found = found
        self._key = key
        self._log = log.bind(lunar_return_id=key.return_id, user_id=user_id, subject=key.subject)
        self._started_s = 0.0

    async def make(self) -> Made:
        """Have Claude write."""
        writer, key = self._writing.writer, self._key
        prompt = Prompt(key.lang, key.subject, facts(self._found))
        with self._writing.figures.generating():
            begun_s = time.monotonic()
            written = await writer.write(prompt)
        return Made(
            text=written.text,
            weekly_advice=written.weekly_advice,
            model=written.model,
            input_json=prompt.input_json(writer.model),
            generation_ms=round((time.monotonic() - begun_s) * 1_000),
        )

    def told(self, moment: Moment, made: Made | None = None) -> None:
        """Say in the log what happened, and count it."""
        if moment is Moment.STARTED:
            self._started_s = time.monotonic()
        elif moment is Moment.FINISHED and made is not None:
            self._finished(made)
        elif moment is Moment.FAILED:
            error = sys.exception()
            assert isinstance(error, Exception), "heard where it is handled"
            self._log.warning("lunar_interpretation_failed", **because(error))
            self._count("failed")
        elif moment is Moment.LOST:
            self._log.warning("lunar_interpretation_failed", kind="lost")
            self._count("lost")

    def _finished(self, made: Made) -> None:
        key, duration_s = self._key, made.generation_ms / 1_000
        self._writing.figures.generated(CLAUDE, made.model, key.subject, key.version, duration_s)
        self._log.info(
            "lunar_interpretation_generated",
            source=CLAUDE,
            model_used=made.model,
            duration_ms=made.generation_ms,
        )
        self._count("finished")

    def _count(self, outcome: str) -> None:
        self._writing.metrics.generation(self._purpose, outcome, time.monotonic() - self._started_s)


def facts(found: Return) -> Mapping[str, Any]:
    """Return what Claude is given to know of a return: nothing that says whose it is."""
    return {
        "month": found.month,
        "return_date": found.return_date.isoformat(),
        "moon_sign": found.moon_sign,
        "moon_house": found.moon_house,
        "lunar_ascendant": found.lunar_ascendant,
        "aspects": [dict(each) for each in found.aspects],
    }


def kind_of(error: Exception) -> str:
    """Return one word for why there is no text of Claude's, for logs."""
    if isinstance(error, UpstreamFailed | ClaudeAPIError):
        return error.kind
    if isinstance(error, WaitTooLong):
        return StillWriting.kind
    if isinstance(error, TooMuchUnderWay):
        return UpstreamFull.kind
    return type(error).__name__ if isinstance(error, AppError) else UNKNOWN


def because(error: Exception) -> dict[str, Any]:
    """Return what a log is to say of it: its kind, and of a bug of ours where it is."""
    kind = kind_of(error)
    return {"kind": kind, "exc_info": error} if kind == UNKNOWN else {"kind": kind}
