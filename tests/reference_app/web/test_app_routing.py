"""A route that is looked up is the one that the router would have found."""

import asyncio
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, Router

from reference_app.web.routing import Direct


def _saying(text: str) -> Any:
    async def endpoint(request: Request) -> Response:
        return PlainTextResponse(f"{text} {request.scope['route'].path} {request.path_params}")

    return endpoint


ROUTER = Router(
    [
        Route("/toys/{name}", _saying("one")),
        Route("/toys/first", _saying("shadowed")),
        Route("/toys", _saying("all")),
        Route("/toys", _saying("made"), methods=["POST"]),
    ],
    redirect_slashes=False,
)


def _answer(app: Any, method: str, path: str, root_path: str = "") -> tuple[int, bytes]:
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "root_path": root_path, "headers": []}
    asyncio.run(app(scope, receive, send))
    return sent[0]["status"], sent[1]["body"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE", "get"])
@pytest.mark.parametrize("path", ["/toys", "/toys/first", "/toys/other", "/toys/", "/TOYS", "", "//toys"])
def test_direct_answers_as_the_router_does(method: str, path: str) -> None:
    """Paths with and without parameters, those that another route hides, methods and paths that are not there."""
    assert _answer(Direct(ROUTER), method, path) == _answer(ROUTER, method, path)


def test_a_path_below_another_is_the_routers() -> None:
    """Where the app is mounted somewhere, the router knows by which part of the path."""
    assert _answer(Direct(ROUTER), "GET", "/x/toys", "/x") == _answer(ROUTER, "GET", "/x/toys", "/x")
