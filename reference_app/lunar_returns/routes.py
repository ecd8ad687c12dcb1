"""Lunar returns over HTTP."""

from collections.abc import Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from reference_app.lunar_returns.errors import OF_GENERATIONS, BirthInFuture, UserGone
from reference_app.lunar_returns.months import Chart
from reference_app.lunar_returns.schemas import LunarReturn, NatalChart, Purged, TwelveMonths
from reference_app.lunar_returns.service import Asking, LunarReturns
from reference_app.lunar_returns.settings import DEV_DELAY_MS_MAX, LunarReturnsSettings
from reference_app.web.bad_input import BadField
from reference_app.web.bodies import answer, read_json
from reference_app.web.operations import Operation, caller_of, log_of

DELAY_HEADER: Final = "X-Dev-Delay-Ms"


def operations(returns: LunarReturns, settings: LunarReturnsSettings) -> Sequence[Operation]:
    """Return the operations on natal charts and lunar returns; the purge only where it is allowed."""
    serve = _Endpoints(returns, settings)
    listed = [
        Operation(
            method="PUT", path="/api/natal-chart", summary="Say when and where I was born",
            endpoint=serve.put_natal_chart, takes=NatalChart, gives=NatalChart,
            raises=(BirthInFuture, UserGone), who="user", joins=True,
        ),
        Operation(
            method="GET", path="/api/lunar-returns/current", summary="My current lunar return",
            endpoint=serve.current_return, gives=LunarReturn, raises=OF_GENERATIONS, who="user", joins=True,
        ),
        Operation(
            method="GET", path="/api/lunar-returns/rolling", summary="My twelve months of lunar returns",
            endpoint=serve.rolling_returns, gives=TwelveMonths, raises=OF_GENERATIONS, who="user", joins=True,
        ),
    ]  # fmt: skip
    if settings.allow_dev_purge:
        listed.append(
            Operation(
                method="POST", path="/api/lunar-returns/dev/purge", summary="Delete my lunar returns",
                endpoint=serve.purge_returns, gives=Purged, who="user", joins=True,
            )
        )  # fmt: skip
    return listed


class _Endpoints:
    """HTTP in, HTTP out."""

    def __init__(self, returns: LunarReturns, settings: LunarReturnsSettings) -> None:
        self._returns = returns
        self._settings = settings

    async def put_natal_chart(self, request: Request) -> Response:
        chart = await read_json(request, NatalChart)
        born = Chart(chart.birth_datetime, chart.latitude, chart.longitude)
        await self._returns.put_chart(caller_of(request), born)
        return answer(chart)

    async def current_return(self, request: Request) -> Response:
        return answer(LunarReturn.of(await self._returns.current(self._asking(request))))

    async def rolling_returns(self, request: Request) -> Response:
        months = await self._returns.rolling(self._asking(request))
        return answer(TwelveMonths([LunarReturn.of(month) for month in months]))

    async def purge_returns(self, request: Request) -> Response:
        who = caller_of(request)
        deleted, left = await self._returns.purge(who)
        return answer(Purged(deleted, left, who.id, request.state.request_id))

    def _asking(self, request: Request) -> Asking:
        who = caller_of(request)
        log = log_of(request).bind(user_id=who.id)
        return Asking(who, log, delay_ms=_delay_ms(request, self._settings))


def _delay_ms(request: Request, settings: LunarReturnsSettings) -> int:
    """Return by how much this request's generation is lengthened; the header counts in development only."""
    asked = request.headers.get(DELAY_HEADER)
    if asked is None or not settings.is_development:
        return settings.dev_delay_ms
    if not (asked.isascii() and asked.isdigit() and len(asked) <= len(str(DEV_DELAY_MS_MAX))):
        raise BadField(DELAY_HEADER, f"must be a number of milliseconds from 0 to {DEV_DELAY_MS_MAX}")
    if int(asked) > DEV_DELAY_MS_MAX:
        raise BadField(DELAY_HEADER, f"must be at most {DEV_DELAY_MS_MAX}")
    return int(asked)
