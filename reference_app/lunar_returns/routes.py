"""Lunar returns over HTTP."""

from collections.abc import Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from reference_app.lunar_returns.errors import (
    BirthInFuture,
    GenerationFailed,
    GenerationSuperseded,
    NoNatalChart,
    UserGone,
    WaitExhausted,
)
from reference_app.lunar_returns.months import Chart
from reference_app.lunar_returns.schemas import LunarReturn, NatalChart, Purged, TwelveMonths
from reference_app.lunar_returns.service import Caller, LunarReturns
from reference_app.settings import DEV_DELAY_MS_MAX, Settings
from reference_app.web.bad_input import BadField
from reference_app.web.bodies import answer, read_json
from reference_app.web.operations import Operation, caller_of, log_of

DELAY_HEADER: Final = "X-Dev-Delay-Ms"
OF_GENERATIONS: Final = (NoNatalChart, GenerationFailed, GenerationSuperseded, WaitExhausted)


def operations(returns: LunarReturns, settings: Settings) -> Sequence[Operation]:
    """Return the operations on natal charts and lunar returns; the purge only where it is allowed."""

    async def put_natal_chart(request: Request) -> Response:
        chart = await read_json(request, NatalChart)
        await returns.put_chart(
            caller_of(request).id, Chart(chart.birth_datetime, chart.latitude, chart.longitude)
        )
        return answer(chart)

    async def current_return(request: Request) -> Response:
        return answer(LunarReturn.of(await returns.current(_caller(request, settings))))

    async def rolling_returns(request: Request) -> Response:
        months = await returns.rolling(_caller(request, settings))
        return answer(TwelveMonths([LunarReturn.of(month) for month in months]))

    async def purge_returns(request: Request) -> Response:
        user_id = caller_of(request).id
        deleted, left = await returns.purge(user_id)
        return answer(Purged(deleted, left, user_id, request.state.request_id))

    listed = [
        Operation(
            method="PUT", path="/api/natal-chart", summary="Say when and where I was born",
            endpoint=put_natal_chart, takes=NatalChart, gives=NatalChart, raises=(BirthInFuture, UserGone),
            authenticated=True,
        ),
        Operation(
            method="GET", path="/api/lunar-returns/current", summary="My current lunar return",
            endpoint=current_return, gives=LunarReturn, raises=OF_GENERATIONS, authenticated=True,
        ),
        Operation(
            method="GET", path="/api/lunar-returns/rolling", summary="My twelve months of lunar returns",
            endpoint=rolling_returns, gives=TwelveMonths, raises=OF_GENERATIONS, authenticated=True,
        ),
    ]  # fmt: skip
    if settings.allow_dev_purge:
        listed.append(
            Operation(
                method="POST",
                path="/api/lunar-returns/dev/purge",
                summary="Delete my lunar returns",
                endpoint=purge_returns,
                gives=Purged,
                authenticated=True,
            )
        )
    return listed


def _caller(request: Request, settings: Settings) -> Caller:
    return Caller(
        user_id=caller_of(request).id,
        log=log_of(request).bind(user_id=caller_of(request).id),
        delay_ms=_delay_ms(request, settings),
    )


def _delay_ms(request: Request, settings: Settings) -> int:
    """Return by how much this request's generation is lengthened; the header counts in development only."""
    asked = request.headers.get(DELAY_HEADER)
    if asked is None or not settings.is_development:
        return settings.dev_delay_ms
    if not (asked.isascii() and asked.isdigit() and len(asked) <= len(str(DEV_DELAY_MS_MAX))):
        raise BadField(DELAY_HEADER, f"must be a number of milliseconds from 0 to {DEV_DELAY_MS_MAX}")
    if int(asked) > DEV_DELAY_MS_MAX:
        raise BadField(DELAY_HEADER, f"must be at most {DEV_DELAY_MS_MAX}")
    return int(asked)
