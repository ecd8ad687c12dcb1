"""A request is in the figures once it is answered (SV-4)."""

import asyncio
import io
from typing import Any, Final

import pytest

from reference_app.logs import make_log
from reference_app.web.metrics import Metrics
from reference_app.web.problems import Problems
from reference_app.web.request_context import RequestContext

START: Final = {"type": "http.response.start", "status": 200, "headers": []}
WHOLE: Final = ({"type": "http.response.body", "body": b"a toy"},)
PIECES: Final = (
    {"type": "http.response.body", "body": b"a ", "more_body": True},
    {"type": "http.response.body", "body": b"toy"},
)


class _Route:
    path = "/toys"


def _counted(metrics: Metrics, status: int) -> bool:
    return (
        f'http_requests_total{{method="GET",route="/toys",status="{status}"}} 1.0' in metrics.page().decode()
    )


def _serve(metrics: Metrics, messages: Any) -> list[bool]:
    """Answer with these messages, and return whether the request was counted as each was sent."""
    counted = []

    async def app(scope: Any, _receive: Any, send: Any) -> None:
        scope["route"] = _Route
        for message in messages:
            if isinstance(message, Exception):
                raise message
            await send(message)

    async def send(message: Any) -> None:
        counted.append(_counted(metrics, message.get("status", 200)))

    async def receive() -> Any:
        raise AssertionError("nothing is read")

    context = RequestContext(app, make_log(io.StringIO(), "json"), metrics, Problems())
    asyncio.run(context({"type": "http", "method": "GET", "path": "/toys", "headers": []}, receive, send))
    return counted


@pytest.mark.parametrize(
    ("bodies", "counted"), [(WHOLE, [False, True]), (PIECES, [False, False, True])], ids=["whole", "pieces"]
)
def test_an_answer_is_counted_before_the_last_of_it_is_sent(bodies: Any, counted: list[bool]) -> None:
    """Another worker process may be asked for its figures as soon as somebody has the answer."""
    metrics = Metrics()
    assert _serve(metrics, [START, *bodies]) == counted
    assert _counted(metrics, 200)


def test_a_request_without_a_whole_answer_is_counted_once() -> None:
    """By the status that was begun."""
    metrics = Metrics()
    with pytest.raises(ValueError, match="torn"):
        _serve(metrics, [START, PIECES[0], ValueError("torn")])
    assert _counted(metrics, 200)
