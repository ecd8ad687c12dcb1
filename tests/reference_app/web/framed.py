"""Bytes given to the server's protocol without a socket, and to an independent parser: which messages each sees."""

import asyncio
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

import h11
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from reference_app.web.limits import LimitedConfig, LimitedProtocol

TURNS: Final = 4
"""So many turns of the loop let an app read a body and answer it."""
BLANKS: Final = re.compile(rb"^(\S+) +")
ABSOLUTE: Final = re.compile(rb"^[A-Za-z]+://[^/?]*")
"""What a target names before its path, which the server leaves out."""


@dataclass(frozen=True, slots=True)
class Message:
    """One request as a parser understands it."""

    method: bytes
    target: bytes
    body: bytes


@dataclass(slots=True)
class Seen:
    """What became of bytes."""

    messages: list[Message] = field(default_factory=list)
    """The requests whose end was reached, in order."""
    refused: bool = False
    """Whether something was refused."""
    written: bytes = b""


class Wire(asyncio.Transport):
    """A transport that keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.closing = False

    def get_extra_info(self, _name: str, default: Any = None) -> Any:
        """Know nothing of the socket."""
        return default

    def write(self, data: Any) -> None:
        """Keep the bytes."""
        if not self.closing:
            self.written += bytes(data)

    def is_closing(self) -> bool:
        """Whether nothing is written any more."""
        return self.closing

    def close(self) -> None:
        """Write nothing any more."""
        self.closing = True

    def get_write_buffer_size(self) -> int:
        """Hold nothing back."""
        return 0

    def abort(self) -> None:
        """Write nothing any more."""
        self.closing = True

    def pause_reading(self) -> None:
        """Nothing: the bytes are here already."""

    def resume_reading(self) -> None:
        """Nothing."""


@cache
def config() -> LimitedConfig:
    """Return what a protocol is made from; its app is set for each connection."""
    made = LimitedConfig(
        _nobody, head_bytes_max=65_536, head_s_max=60, body_bytes_max=65_536, body_s_max=60, pipelined_max=32,
        answers_bytes_max=268_435_456, write_s_max=30, shutdown_s_max=45, lame_duck_s=0,
        log_config=None, lifespan="off", ws="none", access_log=False,
    )  # fmt: skip
    made.load()
    return made


async def of_server(pieces: Iterable[bytes], kind: type[HttpToolsProtocol] = LimitedProtocol) -> Seen:
    """Give the pieces to a protocol, and the end of the client's side; return what its app was given."""
    seen, wire = Seen(), Wire()
    protocol = kind(config(), ServerState(), {})
    protocol.app = _recorder(seen)
    protocol.connection_made(wire)
    for piece in pieces:
        if wire.closing:
            break
        protocol.data_received(piece)
        await _turns(seen)
    stays: Any = None if wire.closing else protocol.eof_received()  # type: ignore[func-returns-value]
    wire.closing = wire.closing or not stays
    await _turns(seen)
    protocol.connection_lost(None)
    await _turns(seen)
    seen.written = wire.written
    seen.refused = any(b"HTTP/1.1 %d " % status in wire.written for status in (400, 408, 413, 431, 501, 505))
    return seen


def of_h11(pieces: Iterable[bytes]) -> Seen:
    """Return what h11 understands of the same bytes.

    It gets each message on a connection of its own, without what RFC 9112 lets servers skip (2.2, 3): empty lines
    before it, and blanks too many in its first line.
    """
    seen, left = Seen(), b"".join(pieces)
    while left := BLANKS.sub(rb"\1 ", left.lstrip(b"\r\n")):
        connection = h11.Connection(h11.SERVER, max_incomplete_event_size=1_000_000)
        connection.receive_data(left)
        connection.receive_data(b"")
        try:
            message = _next(connection)
        except h11.RemoteProtocolError:
            seen.refused = True
            break
        if message is None:
            break
        seen.messages.append(message)
        if connection.their_state is h11.MUST_CLOSE:
            break
        left = connection.trailing_data[0]
    return seen


def _next(connection: h11.Connection) -> Message | None:
    head, body = None, b""
    while True:
        event = connection.next_event()
        if isinstance(event, h11.Request):
            head = event
        elif isinstance(event, h11.Data):
            body += bytes(event.data)
        elif isinstance(event, h11.EndOfMessage) and head is not None:
            return Message(head.method, ABSOLUTE.sub(b"", head.target), body)
        else:
            return None


async def _turns(seen: Seen) -> None:
    before = -1
    while before != len(seen.messages):
        before = len(seen.messages)
        for _ in range(TURNS):
            await asyncio.sleep(0)


def _recorder(seen: Seen) -> Any:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        body = b""
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message["body"]
            if not message["more_body"]:
                break
        query = b"?" + scope["query_string"] if scope["query_string"] else b""
        seen.messages.append(Message(scope["method"].encode(), scope["raw_path"] + query, body))
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})

    return app


async def _nobody(_scope: Any, _receive: Any, _send: Any) -> None:
    raise AssertionError("each connection has an app of its own")
