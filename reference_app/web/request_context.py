"""Around each request: its log, its access line, its figures, and a problem answer for whatever it raises.

Pure ASGI, since one `BaseHTTPMiddleware` costs three quarters of the throughput. Stands inside
asgi-correlation-id's middleware, which has given the request its id.
"""

import time
from typing import Final
from uuid import uuid4

from asgi_correlation_id import correlation_id
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reference_app.logs import Log
from reference_app.web.metrics import Metrics
from reference_app.web.problems import INTERNAL, problem_of, problem_response

REQUEST_ID_LENGTH_MAX: Final = 128
NO_ROUTE: Final = "none"


def new_request_id() -> str:
    """Return a fresh request id."""
    return uuid4().hex


def is_request_id(text: str) -> bool:
    """Whether a client's request id may be used: printable ASCII without blanks, at most 128 characters."""
    return len(text) <= REQUEST_ID_LENGTH_MAX and text.isascii() and text.isprintable() and " " not in text


class RequestContext:
    """ASGI middleware that puts `log` and `request_id` into the request's state."""

    def __init__(self, app: ASGIApp, log: Log, metrics: Metrics) -> None:
        self._app = app
        self._log = log
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = correlation_id.get() or ""
        state = scope.setdefault("state", {})
        state["request_id"] = request_id
        state["log"] = self._log.bind(request_id=request_id)
        sent = _Status(send)
        started_s = time.monotonic()
        try:
            await self._app(scope, receive, sent)
        except Exception as error:  # noqa: BLE001 - the last stop: everything becomes an answer and a log line
            await self._answer(error, scope, receive, sent)
        finally:
            self._told(scope, sent.status, time.monotonic() - started_s)

    async def _answer(self, error: Exception, scope: Scope, receive: Receive, sent: "_Status") -> None:
        log: Log = scope["state"]["log"]
        if isinstance(error, ClientDisconnect):
            # Nobody is there to be answered; the access line says so by its status 0.
            return
        if problem_of(error) is INTERNAL:
            log.error("http.internal_error", exc_info=error)
        elif error.__cause__ is not None:
            log.warning("http.problem", problem=type(error).__name__, cause=repr(error.__cause__)[:500])
        if sent.status:
            raise error
        await problem_response(error, scope["state"]["request_id"])(scope, receive, sent)

    def _told(self, scope: Scope, status: int, duration_s: float) -> None:
        route = scope.get("route")
        template = getattr(route, "path", NO_ROUTE)
        self._metrics.request(scope["method"], template, status, duration_s)
        log: Log = scope["state"]["log"]
        log.info(
            "http.request",
            method=scope["method"], path=scope["path"], status=status, duration_ms=round(duration_s * 1_000, 1),
        )  # fmt: skip


class _Status:
    """A `send` that remembers the status; 0 until the answer has begun."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        await self._send(message)
