"""Work for a client that may leave: what nobody waits for any more is cancelled.

A server is not told so otherwise: the request goes on, and its answer is written to nobody. For work that is dear,
and of which nothing is lost when it is given up.

A client that closes its connection says no more than one that only sends nothing more (half-closed), and waits. It
is asked: with `100 Continue`, over which every client of HTTP/1.1 reads, and which a closed connection cannot take.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Final, TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.types import Scope

from reference_app.web.framing import FramedProtocol

LOOKS_MAX: Final = 8
"""A protocol may say again that there is no more body."""
ASKS: Final = "touchstone.asks"
"""The extension of ASGI by which work has its client asked."""
ASK_EVERY_S: Final = 0.1
ASKED_MAX: Final = 100
STILL_THERE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"
NEWEST: Final = "1.1"
"""Clients of an older version know no answer before the answer."""

T = TypeVar("T")


class AskingProtocol(FramedProtocol):
    """The framed protocol, which asks a client that sends no more whether it is there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._extensions: dict[str, Callable[[Scope | None], None]] = {ASKS: self._ask_of}
        self._asked_of: Scope | None = None
        self._asked = 0
        self._ended = False
        """Whether the client sends no more."""

    def on_headers_complete(self) -> None:
        """Let the request's work ask."""
        self.scope["extensions"] = self._extensions  # type: ignore[typeddict-item]
        super().on_headers_complete()

    def _fall_apart(self) -> None:
        """Ask no more."""
        super()._fall_apart()
        # the dictionary itself, which the scopes of requests hold as well
        self._extensions.clear()
        self._asked_of = None

    def eof_received(self) -> bool:  # type: ignore[override]
        """Begin to ask, if the work that is under way wants it."""
        stays = super().eof_received()
        self._ended = True
        self._ask_soon()
        return stays

    def _ask_of(self, scope: Scope | None) -> None:
        """Ask while the request of this scope is served; None for no longer."""
        self._asked_of, self._asked = scope, 0
        if self._ended:
            self._ask_soon()

    def _ask(self) -> None:
        running, scope = self._running, self._asked_of
        if scope is None or running is None or running.scope is not scope or running.response_started:
            return
        if self.transport.is_closing() or scope["http_version"] != NEWEST or self._asked >= ASKED_MAX:
            return
        self._asked += 1
        self.transport.write(STILL_THERE)
        self._ask_soon()

    def _ask_soon(self) -> None:
        if self._asked_of is not None:
            self.loop.call_later(ASK_EVERY_S, self._ask)


async def while_there(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """Return what the work comes to; its body must have been read.

    Raises:
        ClientDisconnect: the client has left; the work was cancelled.

    """
    ask = request.scope.get("extensions", {}).get(ASKS, _nobody)
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_left(request))
    ask(request.scope)
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not working.done() and leaving.result():
            raise ClientDisconnect
        return await working
    finally:
        ask(None)
        leaving.cancel()
        if not working.done():
            working.cancel()
            await asyncio.wait((working,))


async def _left(request: Request) -> bool:
    """Return True once the client has left; False where it cannot be known."""
    for _ in range(LOOKS_MAX):
        if (await request.receive())["type"] == "http.disconnect":
            return True
    return False


def _nobody(_scope: Scope | None) -> None:
    """Ask nobody: there is no protocol of ours."""
