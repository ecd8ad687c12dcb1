"""Interpretations over HTTP."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from reference_app.clock import Clock
from reference_app.errors import DatabaseUnavailable
from reference_app.idempotency.errors import BadKey, KeyUsedOtherwise
from reference_app.idempotency.keys import KEY_IF_ANY, answered, first_answer, keyed_if_any
from reference_app.idempotency.store import Bounds
from reference_app.interpretations.errors import (
    ClaudeAPIError,
    ClaudeOff,
    InvalidLunarReturnError,
    StillWriting,
)
from reference_app.interpretations.once import AnsweredBefore, Once
from reference_app.interpretations.schemas import AskedAgain, AskedReport, Regenerated, Report, Statistics
from reference_app.interpretations.service import Asked, Interpretations
from reference_app.web.bodies import answer, read_json
from reference_app.web.operations import Operation, caller_of, log_of


def operations(interpretations: Interpretations, keys: Bounds, clock: Clock) -> Sequence[Operation]:
    """Return the operations on interpretations; keys of requests are known within these bounds."""
    serve = _Endpoints(interpretations, keys, clock)
    return (
        Operation(
            method="POST", path="/api/lunar-returns/current/report", summary="A report of my lunar return",
            endpoint=serve.report, takes=AskedReport, gives=Report,
            raises=(InvalidLunarReturnError, DatabaseUnavailable, *interpretations.failures_of_returns),
            who="user", joins=True,
        ),
        Operation(
            method="POST", path="/api/lunar/interpretation/regenerate", summary="Have a text written anew",
            endpoint=serve.regenerate, status=201, takes=AskedAgain, gives=Regenerated, parameters=(KEY_IF_ANY,),
            raises=(
                InvalidLunarReturnError, ClaudeOff, ClaudeAPIError, StillWriting, DatabaseUnavailable,
                KeyUsedOtherwise, BadKey,
            ),
            who="user", joins=True,
            if_unknown="Ask for the report: the time of its text says whether it was written anew.",
        ),
        Operation(
            method="GET", path="/api/lunar/interpretation/metadata", summary="What was written for me",
            endpoint=serve.metadata, gives=Statistics, raises=(DatabaseUnavailable,), who="user", joins=True,
        ),
    )  # fmt: skip


class _Endpoints:
    """HTTP in, HTTP out."""

    def __init__(self, interpretations: Interpretations, keys: Bounds, clock: Clock) -> None:
        self._interpretations = interpretations
        self._keys = keys
        self._clock = clock

    async def report(self, request: Request) -> Response:
        body = await read_json(request, AskedReport)
        asked = Asked(month=body.month, subject=body.subject, lang=body.lang)
        found = await self._interpretations.report(caller_of(request), asked, log_of(request))
        return answer(Report.of(found, body.subject, body.lang))

    async def regenerate(self, request: Request) -> Response:
        body = await read_json(request, AskedAgain)
        asked = (caller_of(request), body.lunar_return_id, body.subject, body.lang, log_of(request))
        keyed = keyed_if_any(request, body)
        if keyed is None:
            return answer(Regenerated.of(await self._interpretations.regenerate(*asked)), 201)
        once = Once(keyed, self._keys, self._clock, lambda stored: first_answer(201, Regenerated.of(stored)))
        try:
            found = await self._interpretations.regenerate(*asked, once)
        except AnsweredBefore as before:
            return answered(before.first)
        return answered(await self._interpretations.kept(once, found))

    async def metadata(self, request: Request) -> Response:
        who = caller_of(request)
        return answer(Statistics.of(who.id, await self._interpretations.totals(who)))
