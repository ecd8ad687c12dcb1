"""What a server says of itself: alive, ready, its figures, its API."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, text
from starlette.requests import Request
from starlette.responses import Response

from reference_app.database.engine import Database
from reference_app.errors import DatabaseUnavailable
from reference_app.web import metrics as metrics_module
from reference_app.web.bodies import answer
from reference_app.web.metrics import Metrics
from reference_app.web.operations import Operation

PROBE: Final = "/livez"
"""Answered even while there are more connections than are served: a flood must not look like a dead server."""
STOPPING: Final = "stopping"
"""In the state of a request: set, and true, where the server has been told to stop."""
Trouble = Callable[[], Awaitable[str]]
"""Says why a system cannot keep anything at the moment, in a few words; empty when it can."""


Measure = Callable[[], Awaitable[None]]
"""Brings figures up to date; it does not fail, and has a bound of its own on how long it takes."""


class Health(msgspec.Struct, frozen=True):
    """Whether the server lives, or is ready."""

    status: str


def operations(
    database: Database,
    metrics: Metrics,
    others_ready: Callable[[], bool],
    troubles: Sequence[Trouble],
    measures: Sequence[Measure],
    api: Callable[[], bytes],
) -> Sequence[Operation]:
    """Return the operations by which a server speaks of itself."""

    async def health(_request: Request) -> Response:
        return answer(Health("ok"))

    async def livez(_request: Request) -> Response:
        return answer(Health("ok"))

    async def ready(request: Request) -> Response:
        if request.scope["state"].get(STOPPING):
            return answer(Health("stopping"), 503)
        said = await _trouble(database, troubles) or ("" if others_ready() else "workers starting")
        return answer(Health(said), 503) if said else answer(Health("ready"))

    async def metrics_page(_request: Request) -> Response:
        for measure in measures:
            await measure()
        return Response(metrics.page(), media_type=metrics_module.MEDIA_TYPE)

    async def openapi(_request: Request) -> Response:
        return Response(api(), media_type="application/json")

    not_ready = {
        503: "The server stops, or the database, a worker or something else that is needed is not ready."
    }
    return (
        Operation(method="GET", path="/health", summary="Whether the process lives", endpoint=health, gives=Health),
        Operation(
            method="GET", path=PROBE, summary="Whether the process lives, however many connections there are",
            endpoint=livez, gives=Health,
        ),
        Operation(
            method="GET", path="/ready", summary="Whether every worker can serve", endpoint=ready,
            gives=Health, also=not_ready,
        ),
        Operation(
            method="GET", path="/metrics", summary="Figures for Prometheus", endpoint=metrics_page,
            gives_text="text/plain",
        ),
        Operation(
            method="GET", path="/openapi.json", summary="This API, described", endpoint=openapi,
            gives_text="application/json",
        ),
    )  # fmt: skip


async def _trouble(database: Database, troubles: Sequence[Trouble]) -> str:
    """Return what keeps this process from serving all that it has; empty where nothing does."""
    try:
        await database.read(_answers)
    except DatabaseUnavailable:
        return "database unavailable"
    for trouble in troubles:
        if said := await trouble():
            return said
    return ""


def _answers(connection: Connection) -> None:
    connection.execute(text("SELECT 1"))
