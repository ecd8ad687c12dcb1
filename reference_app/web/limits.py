"""How large and how slow a request may be.

Heads are held by the protocol (uvicorn hands a request to the app only once its head is whole, and bounds
neither size nor time): 431 and 408. Bodies are held by an ASGI middleware, counted as they stream: 413, 408.
Both close the connection, for what is left of the request can no longer be told from the next one.
"""

import asyncio
import time
from http import HTTPStatus
from typing import Any, Final

import msgspec
import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from reference_app.web.bad_input import BodyTooLarge, BodyTooSlow
from reference_app.web.problems import MEDIA_TYPE, Problem, details

HEAD_TOO_LARGE: Final = Problem(431, "head-too-large")
HEAD_TOO_SLOW: Final = Problem(408, "head-too-slow")
NOT_HTTP: Final = Problem(400, "not-http")


class LimitedConfig(uvicorn.Config):
    """uvicorn's settings, with the bounds on a request's head. Goes to workers, so it must pickle."""

    def __init__(self, *args: Any, head_bytes_max: int, head_s_max: float, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "http": LimitedProtocol})
        self.head_bytes_max = head_bytes_max
        self.head_s_max = head_s_max


class LimitedProtocol(HttpToolsProtocol):
    """uvicorn's protocol, with bounds on the head of each request."""

    config: LimitedConfig

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._head_bytes_left = self.config.head_bytes_max
        self._in_head = True
        self._head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to time the first head, which must come even if nothing does."""
        super().connection_made(transport)
        self._start_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop timing."""
        self._stop_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Feed what arrived to the parser, no more of a head than is allowed."""
        while data and not self.transport.is_closing():
            if not self._in_head:
                super().data_received(data)
                return
            part, data = data[: self._head_bytes_left], data[self._head_bytes_left :]
            self._head_bytes_left -= len(part)
            super().data_received(part)
            if self._in_head and self._head_bytes_left <= 0 and not self.transport.is_closing():
                self._refuse(
                    HEAD_TOO_LARGE, f"The request's head is over {self.config.head_bytes_max} bytes."
                )

    def on_message_begin(self) -> None:
        """Begin to time the head of a later request on the same connection."""
        super().on_message_begin()
        if self._head_timer is None:
            self._start_timer()

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._stop_timer()
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The next byte begins another head."""
        super().on_message_complete()
        self._in_head = True
        self._head_bytes_left = self.config.head_bytes_max

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP as a problem, like everything else."""
        self._refuse(NOT_HTTP, msg)

    def _start_timer(self) -> None:
        self._head_timer = self.loop.call_later(self.config.head_s_max, self._too_slow)

    def _stop_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _too_slow(self) -> None:
        self._head_timer = None
        if not self.transport.is_closing():
            self._refuse(HEAD_TOO_SLOW, f"The request's head took longer than {self.config.head_s_max:g} s.")

    def _refuse(self, problem: Problem, detail: str) -> None:
        if self.cycle is None or self.cycle.response_complete:
            body = msgspec.json.encode(details(problem, detail, ""))
            head = (
                f"HTTP/1.1 {problem.status} {HTTPStatus(problem.status).phrase}\r\ncontent-type: {MEDIA_TYPE}\r\n"
                f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
            )
            self.transport.write(head.encode("ascii") + body)
        self.transport.close()


class BodyLimits:
    """ASGI middleware: a body has at most so many bytes and arrives within so many seconds."""

    def __init__(self, app: ASGIApp, bytes_max: int, s_max: float) -> None:
        self._app = app
        self._bytes_max = bytes_max
        self._s_max = s_max

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request with a `receive` that counts and times."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await self._app(scope, _Counted(receive, self._bytes_max, self._s_max), send)


class _Counted:
    """A `receive` that raises when the body is too large or too slow."""

    def __init__(self, receive: Receive, bytes_max: int, s_max: float) -> None:
        self._receive = receive
        self._bytes_max = bytes_max
        self._s_max = s_max
        self._bytes = 0
        self._more = True
        self._deadline = time.monotonic() + s_max

    async def __call__(self) -> Message:
        if not self._more:
            return await self._receive()
        try:
            async with asyncio.timeout(self._deadline - time.monotonic()):
                message = await self._receive()
        except TimeoutError:
            raise BodyTooSlow(f"The body did not arrive within {self._s_max:g} s.") from None
        self._bytes += len(message.get("body", b""))
        self._more = message.get("more_body", False)
        if self._bytes > self._bytes_max:
            raise BodyTooLarge(f"The body is over {self._bytes_max} bytes.")
        return message
