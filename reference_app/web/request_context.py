"""Around each request: its id, its access line, its figures, and a problem answer for whatever it raises.

Pure ASGI and one layer: each layer, and each library's, costs every request a twentieth of its time
(docs/decisions/0010-one-layer-around-requests.md).
"""

import asyncio
import os
import time
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from types import MappingProxyType
from typing import Final

from prometheus_client import CollectorRegistry, Counter
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reference_app.errors import ServerStopped
from reference_app.logs import ACCESS, Log
from reference_app.web.metrics import Metrics
from reference_app.web.operations import Operation
from reference_app.web.problems import INTERNAL, Problems, refused_by_router
from reference_app.web.proxies import Proxies

ID_HEADER: Final = b"x-request-id"
REQUEST_ID_LENGTH_MAX: Final = 128
ID_BYTES: Final = 16
UNKNOWN_OUTCOME: Final = "http.outcome_unknown"
NO_ROUTE: Final = "none"
NOSNIFF: Final = (b"x-content-type-options", b"nosniff")
NOT_KEPT: Final = ((b"cache-control", b"no-store"), (b"vary", b"Authorization"))
"""On tokens and what belongs to a person: no cache keeps it, and none gives it to another."""
NOTHING: Final[dict[str, str]] = {}
"""No mapping that cannot be changed: that would take each request longer."""
Routes = AbstractSet[tuple[str, str]]
"""Methods with the templates of their paths."""
Operations = Mapping[tuple[str, str], Operation]
"""By method and the template of the path."""
NONE: Final[Operations] = MappingProxyType({})


class OutcomeMetrics:
    """How many answers left it open whether something was done."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.unknown = Counter(
            "http_outcomes_unknown",
            "Answers that leave it open whether something was done",
            ("route",),
            registry=registry,
        )


def new_request_id() -> str:
    """Return a fresh request id."""
    return os.urandom(ID_BYTES).hex()


def is_request_id(text: str) -> bool:
    """Whether a client's request id may be used: printable ASCII without blanks, at most 128 characters."""
    return (
        0 < len(text) <= REQUEST_ID_LENGTH_MAX and text.isascii() and text.isprintable() and " " not in text
    )


class RequestContext:
    """ASGI middleware that puts `log` and `request_id` into the request's state."""

    def __init__(
        self,
        app: ASGIApp,
        log: Log,
        metrics: Metrics,
        problems: Problems,
        private: Routes = frozenset(),
        proxies: Proxies | None = None,
        operations: Operations = NONE,
    ) -> None:
        self._app = app
        self._operations = operations
        self._private = private
        self._log = log
        self._metrics = metrics
        metrics.part(OutcomeMetrics)
        self._problems = problems
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _id_of(scope)
        said = {"scheme": scope["scheme"]} if self._proxies and self._proxies.name_client(scope) else NOTHING
        state = scope.setdefault("state", {})
        state["request_id"] = request_id
        state["log"] = self._log
        answer = _Answer(send, request_id, scope, self._private, self._metrics)
        try:
            await self._app(scope, receive, answer)
        except Exception as error:  # noqa: BLE001 - the last stop: everything becomes an answer and a log line
            await self._answer(error, scope, receive, answer)
        except asyncio.CancelledError:  # the server stops, and has waited for this long enough
            if not answer.status:
                await self._problems.answer(ServerStopped(), request_id)(scope, receive, answer)
        finally:
            answer.count()
            self._told(scope, request_id, answer.status, time.monotonic() - answer.begun_s, said)

    async def _answer(self, error: Exception, scope: Scope, receive: Receive, answer: "_Answer") -> None:
        request_id = scope["state"]["request_id"]
        if isinstance(error, HTTPException):
            await refused_by_router(error, request_id)(scope, receive, answer)
            return
        if isinstance(error, ClientDisconnect):
            # Nobody is there to be answered; the access line says so by its status 0.
            return
        if self._problems.of(type(error)) is INTERNAL:
            self._log.error("http.internal_error", request_id=request_id, exc_info=error)
        elif error.__cause__ is not None:
            cause = repr(error.__cause__)[:500]
            self._log.warning(
                "http.problem", request_id=request_id, problem=type(error).__name__, cause=cause
            )
        if answer.status:
            raise error
        find_out = self._find_out(scope)
        if find_out and self._problems.leaves_open(error):
            self._told_open(scope, error)
        await self._problems.answer(error, request_id, find_out)(scope, receive, answer)

    def _find_out(self, scope: Scope) -> str:
        """Return how this client learns whether what it asked was done; empty where it changes nothing."""
        route = scope.get("route")
        operation = None if route is None else self._operations.get((scope["method"], route.path))
        return "" if operation is None else operation.find_out(scope["headers"])

    def _told_open(self, scope: Scope, error: Exception) -> None:
        """Count and log an answer that leaves open whether something was done."""
        self._metrics.part(OutcomeMetrics).unknown.labels(scope["route"].path).inc()
        self._log.warning(
            UNKNOWN_OUTCOME, request_id=scope["state"]["request_id"],
            method=scope["method"], route=scope["route"].path, problem=type(error).__name__,
        )  # fmt: skip

    def _told(
        self, scope: Scope, request_id: str, status: int, duration_s: float, said: dict[str, str]
    ) -> None:
        client = scope.get("client")
        self._log.info(
            ACCESS, request_id=request_id,
            method=scope["method"], path=scope["path"], status=status, duration_ms=round(duration_s * 1_000, 1),
            client=client[0] if client else "", **said,
        )  # fmt: skip


class _Answer:
    """A `send` that adds what every answer bears and remembers the status; 0 until the answer has begun.

    Promises: a request is counted before the last of its answer is sent. Who has an answer finds it in the
    figures, also in those of another worker process.
    """

    def __init__(self, send: Send, request_id: str, scope: Scope, private: Routes, metrics: Metrics) -> None:
        self._send = send
        self._request_id = request_id
        self._scope = scope
        self._private = private
        self._metrics = metrics
        self._counted = False
        self.status = 0
        self.begun_s = time.monotonic()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = [*message["headers"], (ID_HEADER, self._request_id.encode()), NOSNIFF]
            route = self._scope.get("route")
            if route is not None and (self._scope["method"], route.path) in self._private:
                headers += NOT_KEPT
            message["headers"] = headers
        elif not message.get("more_body"):
            self.count()
        await self._send(message)

    def count(self) -> None:
        """Count the request and its time, once."""
        if self._counted:
            return
        self._counted = True
        route = self._scope.get("route")
        template = NO_ROUTE if route is None else route.path
        self._metrics.request(self._scope["method"], template, self.status, time.monotonic() - self.begun_s)


def _id_of(scope: Scope) -> str:
    """Return the client's id for the request if it may be used, else a new one."""
    for name, value in scope["headers"]:
        if name == ID_HEADER:
            sent = value.decode("latin-1")
            return sent if is_request_id(sent) else new_request_id()
    return new_request_id()
