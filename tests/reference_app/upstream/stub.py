"""A small upstream on loopback that answers as it is told, request by request, and counts; and what asks it."""

import asyncio
import gzip
import io
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, Self, TypeVar

from prometheus_client import CollectorRegistry

from reference_app.logs import make_log
from reference_app.upstream.calls import Upstream
from reference_app.upstream.limits import Limits
from reference_app.upstream.metrics import UpstreamMetrics
from reference_app.upstream.wire import Wire

WITHIN_S: Final = 20.0
"""A scenario that takes longer is broken."""
DRIP_EVERY_S: Final = 0.05
PIECE: Final = b" " * 65_536
HEAD: Final = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"

T = TypeVar("T")
Answers = Callable[[asyncio.StreamWriter], Awaitable[None]]


def says(body: object = None, status: int = 200, **headers: str) -> Answers:
    """Answer with this status and body, as JSON unless it is bytes; `retry_after="2"` is a header."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()

    async def answer(writer: asyncio.StreamWriter) -> None:
        lines = [f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items()]
        head = f"HTTP/1.1 {status} Said\r\nContent-Length: {len(content)}\r\nConnection: close\r\n"
        writer.write(head.encode() + "".join(lines).encode() + b"\r\n" + content)

    return answer


def packed(body: bytes) -> Answers:
    """Answer with this body, packed by gzip."""
    return says(gzip.compress(body), content_encoding="gzip")


async def hangs(_writer: asyncio.StreamWriter) -> None:
    """Answer nothing."""
    await asyncio.sleep(WITHIN_S)


async def hangs_in_the_body(writer: asyncio.StreamWriter) -> None:
    """Answer the head, and nothing more."""
    writer.write(HEAD + b"Content-Length: 100\r\n\r\n[")
    await hangs(writer)


async def drips(writer: asyncio.StreamWriter) -> None:
    """Answer a byte at a time, so that no read ever takes long."""
    writer.write(HEAD + b"Content-Length: 100000\r\n\r\n")
    for _ in range(round(WITHIN_S / DRIP_EVERY_S)):
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(DRIP_EVERY_S)


async def drips_a_head(writer: asyncio.StreamWriter) -> None:
    """Answer a head that does not end, a byte at a time."""
    writer.write(HEAD + b"X-Long: ")
    for _ in range(round(WITHIN_S / DRIP_EVERY_S)):
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(DRIP_EVERY_S)


async def cuts(writer: asyncio.StreamWriter) -> None:
    """Answer half of what was announced."""
    writer.write(HEAD + b"Content-Length: 100\r\n\r\n[1, 2")


async def cuts_a_chunk(writer: asyncio.StreamWriter) -> None:
    """Answer a chunk, and not the end of it."""
    writer.write(HEAD + b"Transfer-Encoding: chunked\r\n\r\n10\r\n[1, 2")


async def leaves(_writer: asyncio.StreamWriter) -> None:
    """Close the connection without a word."""


async def mumbles(writer: asyncio.StreamWriter) -> None:
    """Answer something that is no HTTP."""
    writer.write(b"\x16\x03\x01 what?\r\n\r\n")


class Floods:
    """Answers blanks without end, chunked, and counts how many were taken."""

    def __init__(self) -> None:
        self.sent = 0

    async def __call__(self, writer: asyncio.StreamWriter) -> None:
        """Send until nobody takes any more."""
        writer.write(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        for _ in range(4_000):  # 250 MB
            writer.write(b"%x\r\n%b\r\n" % (len(PIECE), PIECE))
            self.sent += len(PIECE)
            await writer.drain()


class Held:
    """Answers `1` once it is let go, and knows how many wait for that."""

    def __init__(self) -> None:
        self.go_on = asyncio.Event()
        self.now = 0
        self.most = 0
        self._changed = asyncio.Condition()

    async def __call__(self, writer: asyncio.StreamWriter) -> None:
        """Wait, and answer."""
        async with self._changed:
            self.now += 1
            self.most = max(self.most, self.now)
            self._changed.notify_all()
        try:
            async with asyncio.timeout(WITHIN_S):
                await self.go_on.wait()
            await says(1)(writer)
        finally:
            self.now -= 1

    async def until(self, number: int) -> None:
        """Wait until so many wait at the same time."""
        async with asyncio.timeout(WITHIN_S), self._changed:
            await self._changed.wait_for(lambda: self.now >= number)


class Stub:
    """Answers its first request with the first answer, and so on; with the last one from then on."""

    def __init__(self, *answers: Answers) -> None:
        self.answers = list(answers)
        self.heads: list[str] = []
        self.bodies: list[bytes] = []
        self._server: asyncio.Server | None = None
        self._serving: set[asyncio.Task[None]] = set()
        self._is_asked = asyncio.Event()
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        assert self._server
        self._server.close()
        for task in self._serving:
            task.cancel()
        if self._serving:
            await asyncio.wait(self._serving, timeout=WITHIN_S)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def asked(self) -> int:
        """How often it was asked."""
        return len(self.heads)

    async def until_asked(self) -> None:
        """Wait for the first request."""
        async with asyncio.timeout(WITHIN_S):
            await self._is_asked.wait()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)
        with suppress(ConnectionError, asyncio.CancelledError, asyncio.IncompleteReadError):
            await self._answer(reader, writer)
        writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        answer = self.answers[min(self.asked, len(self.answers) - 1)]
        self.heads.append(head)
        self._is_asked.set()
        length = next(
            (int(line[15:]) for line in head.splitlines() if line.lower().startswith("content-length:")), 0
        )
        self.bodies.append(await reader.readexactly(length))
        await answer(writer)
        await writer.drain()


class Asking:
    """An upstream that asks a stub, with what it logs and measures."""

    def __init__(self, url: str, now_s: Callable[[], float] | None = None, **limits: Any) -> None:
        self.lines = io.StringIO()
        self.registry = CollectorRegistry()
        bounds = Limits(**{"deadline_s": 5.0, "back_off_s": 0.01, **limits})
        log = make_log(self.lines, "json")
        clock = {} if now_s is None else {"now_s": now_s}
        self.upstream = Upstream("toys", bounds, UpstreamMetrics(self.registry), log, **clock)
        self.wire = Wire(url, bounds)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.wire.close()

    async def ask(self, kind: Any = object) -> Any:
        """Ask once."""
        return await self.upstream.call(lambda: self.wire.get_json("/toys", {"key": "hidden"}, kind))

    def count(self, figure: str, **labels: str) -> float | None:
        """Return a figure."""
        return self.registry.get_sample_value(figure, {"upstream": "toys", **labels})

    def outcome(self, outcome: str) -> float | None:
        """Return how many calls ended so."""
        return self.count("upstream_calls_total", outcome=outcome)

    def log(self) -> list[dict[str, Any]]:
        """Return the records."""
        return [json.loads(line) for line in self.lines.getvalue().splitlines()]


def run(scenario: Callable[[], Awaitable[T]]) -> T:
    """Run it, within bounds."""

    async def bounded() -> T:
        async with asyncio.timeout(WITHIN_S):
            return await scenario()

    return asyncio.run(bounded())
