"""Servers that do with each connection what a test of the generator wants."""

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable
from typing import Final

START_S_MAX: Final = 20.0
END_S_MAX: Final = 30.0
LATE_S: Final = 0.1
ANSWER: Final = b'HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{"a": 1}'

Handler = Callable[["Stage", asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Stage:
    """A server in a thread that does with each connection what a test says, and counts."""

    def __init__(self, handle: Handler) -> None:
        self.heads: list[bytes] = []
        self._handle = handle
        self._loop = asyncio.new_event_loop()
        self._up = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=1_024)
        self.port = int(self._listening.getsockname()[1])
        self._thread.start()
        assert self._up.wait(START_S_MAX)

    def close(self) -> None:
        """Stop serving."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(END_S_MAX)

    async def head(self, reader: asyncio.StreamReader) -> bytes:
        """Read and keep one request's head."""
        head = await reader.readuntil(b"\r\n\r\n")
        self.heads.append(head)
        return head

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._handle(self, reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def _serve(self) -> None:
        server = self._loop.run_until_complete(asyncio.start_server(self._accept, sock=self._listening))
        self._loop.call_soon(self._up.set)
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()


async def answer(stage: Stage, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while await stage.head(reader):
        writer.write(ANSWER)
        await writer.drain()


async def answer_late(stage: Stage, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while await stage.head(reader):
        await asyncio.sleep(LATE_S)
        writer.write(ANSWER)


async def answer_once(stage: Stage, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await stage.head(reader)
    writer.write(ANSWER)
    await writer.drain()


async def answer_backwards(stage: Stage, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    number = int((await stage.head(reader)).partition(b"X-Request-ID: b-")[2].split()[0])
    await asyncio.sleep((5 - number) * LATE_S)
    writer.write(ANSWER)
    await writer.drain()


async def say_no(stage: Stage, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await stage.head(reader)
    writer.write(b"HTTP/1.1 503 Unavailable\r\nContent-Length: 2\r\n\r\nno")
    await writer.drain()


async def hang_at_c(stage: Stage, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    if b"/c " not in await stage.head(reader):
        writer.write(ANSWER)
    await reader.read()


async def cut(stage: Stage, reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await stage.head(reader)


async def half(stage: Stage, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await stage.head(reader)
    writer.write(ANSWER[:-3])
    await writer.drain()


async def garble(stage: Stage, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await stage.head(reader)
    writer.write(b"220 mail.example ESMTP\r\n")
    await writer.drain()
    await reader.read()


async def hang(stage: Stage, reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await stage.head(reader)
    await reader.read()


async def refuse(_stage: Stage, _reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()
