"""Where a message ends, and that what was taken is answered: uvicorn's protocol, closed where it guesses.

Promises: client and server agree on the end of each message, or the connection ends. What the server does not
speak is refused before it is run (`CONNECT`, other versions, transfer codings but `chunked`, no `Host` or several),
or ignored with the body read to its end (`Upgrade`). A request that was taken is answered though the client sends
no more, or sends garbage behind it: a refusal waits for the answers that come before it, and nothing is read after.

It bounds nothing: `reference_app.web.limits` does (docs/decisions/0039-where-a-message-ends.md).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

import httptools
import msgspec
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from reference_app.web.problem import Problem
from reference_app.web.problems import MEDIA_TYPE, details
from reference_app.web.refusals import told_in

NOT_HTTP: Final = Problem(400, "not-http", when="the bytes are no HTTP request")
CUT_OFF: Final = Problem(400, "cut-off", when="the client ended its side before the request was whole")
WRONG_HOST: Final = Problem(400, "wrong-host", when="no `Host`, several, or one that names no host")
NOT_SPOKEN: Final = Problem(501, "not-spoken", when="`CONNECT`, or a transfer coding other than `chunked`")
WRONG_VERSION: Final = Problem(505, "wrong-version", when="neither HTTP/1.1 nor HTTP/1.0")
REFUSED: Final = (NOT_HTTP, CUT_OFF, WRONG_HOST, NOT_SPOKEN, WRONG_VERSION)
"""For what a head or the bytes behind it are refused here."""

VERSIONS: Final = ("1.1", "1.0")
HOST: Final = re.compile(rb"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~!$&'()*+,;=%-]*)(:[0-9]{0,5})?")
BLANKS: Final = b" \t"
WATCHED: Final = frozenset({b"host", b"transfer-encoding"})
_taken: Final[list[tuple[bytes, bytes]]] = []
"""The `Host` line that was found right last."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Why a request is not taken. No exception: what it knows of where it was raised would keep its connection."""

    problem: Problem
    detail: str


class _Stop(Exception):
    """The parser reads nothing more."""


class FramedProtocol(HttpToolsProtocol):
    """uvicorn's protocol, strict about the ends of messages, and faithful to what it has taken."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parser = httptools.HttpRequestParser(self)  # without the leniency that uvicorn asks for
        self._in_head = True
        self._has_begun = False
        """Whether a byte of the message that is read now has come."""
        self._is_deaf = False
        """Whether nothing is read any more: what comes is no request of this connection."""
        self._is_last = False
        """Whether the connection ends when all that was taken is answered."""
        self._last_words = b""
        self._upgrades = False
        self._not_taken: NotTaken | None = None
        self._running: RequestResponseCycle | None = None
        """The request that is being served; `cycle` is the last one that was taken."""

    def connection_lost(self, exc: Exception | None) -> None:
        """Have the request that is being served know it, too, where others wait behind it."""
        if self._running is not None:
            self._running.disconnected = True
            self._running.message_event.set()
        super().connection_lost(exc)
        self._fall_apart()

    def data_received(self, data: bytes) -> None:
        """Feed what arrived to the parser."""
        self._unset_keepalive_if_required()
        if self._is_deaf:
            return
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            self._ignore_upgrade(data[upgrade.args[0] :])
        except httptools.HttpParserError:
            if self._is_deaf:  # bytes behind a request that was the last one by its own words
                return
            wrong = self._not_taken or NotTaken(NOT_HTTP, "Invalid HTTP request received.")
            self._refuse(wrong.problem, wrong.detail)

    def eof_received(self) -> bool:  # type: ignore[override]
        """Note that the client sends no more; return whether something is still to be written to it."""
        if self._has_begun and not self._is_deaf:
            self._refuse(CUT_OFF, "The connection ended before the request was whole.")
        self._is_deaf = self._is_last = True
        return self.transport.is_closing() or not self._is_idle()

    def on_message_begin(self) -> None:
        """Begin the head of a message."""
        self._has_begun = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Take the request, or stop the parser."""
        upgrades = self.parser.should_upgrade()
        not_taken = _not_taken(self.parser, self.headers, upgrades)
        if not_taken is None and (self.pipeline or self._is_deaf):
            not_taken = self._too_many_wait()
        if not_taken is not None:
            self._not_taken = not_taken
            raise _Stop
        super().on_headers_complete()
        self._in_head = False
        self._upgrades = upgrades
        # Trailers go to a list that nobody reads: they are no headers of the request.
        self.headers = []

    def on_message_complete(self) -> None:
        """End the message, unless the parser has left its body out because of an `Upgrade`."""
        if self._upgrades:
            return
        super().on_message_complete()
        self._in_head = True
        self._has_begun = False
        if not self.cycle.keep_alive:
            self._is_deaf = True

    def on_response_complete(self) -> None:
        """Go on with what waits behind; at the end of the last answer say what is wrong with the rest."""
        if self._is_last and not self.pipeline:
            self.server_state.total_requests += 1
            self._end()
        else:
            super().on_response_complete()
        if self.transport.is_closing():
            self._closes()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._running = cycle
        super()._start_asgi_task(cycle, app)

    def _too_many_wait(self) -> NotTaken | None:
        """Return why nothing more is taken while others wait, or behind the last request; None where it is."""
        return NotTaken(NOT_HTTP, "The connection ends with the request before.") if self._is_deaf else None

    def _closes(self) -> None:
        """Note that the connection ends when the client has read what is written."""

    def _fall_apart(self) -> None:
        """Let go of what holds this protocol in its turn.

        Garbage is collected rarely: the remains of thousands of connections would pile up until then, and what was
        free below them would not go back to the system (SV-8).
        """
        for cycle in (self.cycle, self._running, *(waiting for waiting, _ in self.pipeline)):
            if cycle is not None:
                cycle.on_response = _nothing
        self._running = None
        self.cycle = None  # type: ignore[assignment]
        self.pipeline.clear()

    def _ignore_upgrade(self, rest: bytes) -> None:
        """Read on behind the head with a parser that knows of the body's length, and not of the upgrade."""
        self._upgrades = False
        self.parser = httptools.HttpRequestParser(_BehindHead(self))
        self.parser.feed_data(_framing_of(self.scope["headers"]))
        FramedProtocol.data_received(self, rest)

    def _refuse(self, problem: Problem, detail: str) -> None:
        """Say what is wrong with the message that is read now, after all that came before it; then end."""
        told_in(self.app_state, problem, detail, self.client)
        self._is_deaf = self._is_last = True
        if self._in_head:
            self._last_words = _written(problem, detail)
            if self._is_idle():
                self._end()
        elif self.pipeline and self.pipeline[0][0] is self.cycle:
            # What has arrived in part waits behind others: it never begins, and they are answered.
            self.pipeline.popleft()
            self._last_words = _written(problem, detail)
        else:
            if not self.cycle.response_started:
                self._last_words = _written(problem, detail)
            self._end()

    def _is_idle(self) -> bool:
        """Whether nothing that was taken is still to be answered."""
        return self.cycle is None or self.cycle.response_complete

    def _end(self) -> None:
        self._unset_keepalive_if_required()
        if not self.transport.is_closing():
            self.transport.write(self._last_words)
            self.transport.close()
            self._closes()


class _BehindHead:
    """What a parser calls that is fed a head once more: nothing for this head, and then the protocol."""

    def __init__(self, protocol: FramedProtocol) -> None:
        self._protocol = protocol
        self._is_behind = False
        self.on_body = protocol.on_body
        self.on_message_complete = protocol.on_message_complete

    def on_message_begin(self) -> None:
        if self._is_behind:
            self._protocol.on_message_begin()

    def on_url(self, url: bytes) -> None:
        if self._is_behind:
            self._protocol.on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._is_behind:
            self._protocol.on_header(name, value)

    def on_headers_complete(self) -> None:
        if self._is_behind:
            self._protocol.on_headers_complete()
        self._is_behind = True


def _nothing() -> None:
    """Do nothing at the end of an answer: its connection has ended before."""


def _not_taken(
    parser: httptools.HttpRequestParser,
    headers: list[tuple[bytes, bytes]],
    upgrades: bool,  # noqa: FBT001 - what the parser says of them
) -> NotTaken | None:
    """Return why a request with this head is not taken; None where it is."""
    version = parser.get_http_version()
    framing = [header for header in headers if header[0] in WATCHED]
    if version == "1.1" and not upgrades and len(framing) == 1 and framing[0] in _taken:
        return None  # as nearly all of them: each look at a head takes a request's time
    return _wrong_in(parser, framing, version)


def _wrong_in(
    parser: httptools.HttpRequestParser, framing: list[tuple[bytes, bytes]], version: str
) -> NotTaken | None:
    if version not in VERSIONS:
        return NotTaken(WRONG_VERSION, "Only HTTP/1.1 and HTTP/1.0 are spoken here.")
    hosts = [value for name, value in framing if name == b"host"]
    codings = [value for name, value in framing if name == b"transfer-encoding"]
    if len(hosts) > 1 or not (hosts or version == "1.0"):
        return NotTaken(WRONG_HOST, f"One Host header is wanted, and there are {len(hosts)}.")
    if hosts and not _is_host(hosts[0]):
        return NotTaken(WRONG_HOST, "The Host header names no host.")
    if codings and ([each.strip(BLANKS).lower() for each in codings] != [b"chunked"] or version == "1.0"):
        return NotTaken(NOT_SPOKEN, "The only transfer coding here is chunked, once, in HTTP/1.1.")
    if parser.get_method() == b"CONNECT":
        return NotTaken(NOT_SPOKEN, "There is no tunnel here.")
    return None


def _is_host(value: bytes) -> bool:
    """Whether this is a host; the last one that was is remembered, for most requests name the same."""
    if not HOST.fullmatch(value.strip(BLANKS)):
        return False
    _taken[:] = [(b"host", value)]
    return True


def _framing_of(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Return a head that says of the body what these headers say, and nothing else."""
    lines = [
        b"%b: %b\r\n" % (name, value)
        for name, value in headers
        if name in (b"content-length", b"transfer-encoding")
    ]
    return b"POST / HTTP/1.1\r\n%b\r\n" % b"".join(lines)


def _written(problem: Problem, detail: str) -> bytes:
    """Return a whole answer, behind which the connection ends."""
    body = msgspec.json.encode(details(problem, detail, ""))
    again = f"retry-after: {problem.retry_after_s}\r\n" if problem.retry_after_s is not None else ""
    head = (
        f"HTTP/1.1 {problem.status} {HTTPStatus(problem.status).phrase}\r\ncontent-type: {MEDIA_TYPE}\r\n{again}"
        f"content-length: {len(body)}\r\nx-content-type-options: nosniff\r\nconnection: close\r\n\r\n"
    )
    return head.encode("ascii") + body
