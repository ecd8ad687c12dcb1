"""A burst leaves at once, and says of every request what became of it, whatever the server does."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, Final

import pytest

from fixtures.generator.burst import OneRequest, burst
from fixtures.generator.bursts import Burst, Outcome
from fixtures.generator.bursts import spec as spec_of
from fixtures.scenario.eventually import eventually
from fixtures.systems.lunar_returns.stub_server import NobodysServer
from fixtures.verdicts import Inconclusive

COUNT: Final = 300
TOGETHER_S_MAX: Final = 3.0
END_S_MAX: Final = 30.0
START_S_MAX: Final = 20.0
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


async def _answer(stage: Stage, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await stage.head(reader)
    writer.write(ANSWER)
    await writer.drain()
    await reader.read()


async def _cut(stage: Stage, reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await stage.head(reader)


async def _half(stage: Stage, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await stage.head(reader)
    writer.write(ANSWER[:-3])
    await writer.drain()


async def _garble(stage: Stage, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await stage.head(reader)
    writer.write(b"220 mail.example ESMTP\r\n")
    await writer.drain()
    await reader.read()


async def _hang(stage: Stage, reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await stage.head(reader)
    await reader.read()


async def _refuse(_stage: Stage, _reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


@pytest.fixture
def stage() -> Iterator[Callable[..., Stage]]:
    """Starts servers that behave as told, and stops them with the test."""
    with ExitStack() as stack:
        yield lambda handle: stack.enter_context(closing(Stage(handle)))


def test_all_are_connected_before_the_first_is_sent(
    stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every connection stands before the first byte leaves, and then all leave within moments."""
    events = _recorded(monkeypatch, "connection_made", "send")
    outcomes = _burst(stage(_answer).port, count=COUNT)
    assert events == ["connection_made"] * COUNT + ["send"] * COUNT
    sent = [outcome["sent_s"] for outcome in outcomes]
    assert max(sent) - min(sent) < TOGETHER_S_MAX
    assert {(outcome["status"], outcome["body"], outcome["error"]) for outcome in outcomes} == {
        (200, '{"a": 1}', "")
    }
    assert all(outcome["ended_s"] >= outcome["sent_s"] > 0 for outcome in outcomes)


def test_each_request_has_an_id_of_its_own(stage: Callable[..., Stage]) -> None:
    """The requests are numbered by their ids, and carry path and headers as they were asked for."""
    server = stage(_answer)
    outcomes = _burst(server.port, count=3, path="/x?y=1", headers={"X-Who": "Ad\xe4"})
    assert [outcome["request_id"] for outcome in outcomes] == ["b-0", "b-1", "b-2"]
    for number, head in enumerate(sorted(server.heads)):
        lines = head.decode("latin-1").split("\r\n")
        assert lines[0] == "GET /x?y=1 HTTP/1.1"
        assert {f"X-Request-ID: b-{number}", "X-Who: Ad\xe4", f"Host: 127.0.0.1:{server.port}"} <= set(lines)


@pytest.mark.parametrize(
    ("handle", "error"),
    [
        (_cut, "connection lost: "),
        (_half, "connection lost: "),
        (_garble, "not HTTP: "),
        (_hang, "no answer within 0.3 s"),
    ],
)
def test_what_went_wrong_is_said_of_each_request(
    stage: Callable[..., Stage], handle: Handler, error: str
) -> None:
    """A lost connection, half an answer, nonsense and silence are each reported, for each request."""
    outcomes = _burst(stage(handle).port, count=5, timeout_s=0.3 if handle is _hang else END_S_MAX)
    assert len(outcomes) == 5
    for outcome in outcomes:
        assert outcome["error"].startswith(error)
        assert outcome["ended_s"] >= outcome["sent_s"]
        assert outcome["body"] in ("", '{"a":')


def test_connections_that_are_cut_at_once_are_reported(stage: Callable[..., Stage]) -> None:
    """A server that drops connections before anything was sent gets each of them reported as lost."""
    outcomes = _burst(stage(_refuse).port, count=5)
    assert [outcome["error"].startswith("connection lost") for outcome in outcomes] == [True] * 5


def test_bursts_run_as_child_processes(stage: Callable[..., Stage], tmp_path: Path) -> None:
    """The sender is a process of its own; its outcomes come back as values, with waiting times and JSON."""
    server = stage(_answer)
    sent = _child(f"http://127.0.0.1:{server.port}", tmp_path)
    outcomes = sent.outcomes()
    assert [outcome.request_id for outcome in outcomes] == ["b-0", "b-1", "b-2"]
    assert [outcome.json for outcome in outcomes] == [{"a": 1}] * 3
    assert all(0 <= outcome.waited_s < END_S_MAX for outcome in outcomes)


def test_a_burst_that_could_not_be_sent_proves_nothing(tmp_path: Path) -> None:
    """Where nobody listens the burst is inconclusive, and says why: a missing server is no finding."""
    nobodys = NobodysServer()
    with pytest.raises(Inconclusive, match="could not be sent"):
        _child(nobodys.base_url, tmp_path).outcomes()
    nobodys.end()


def test_a_burst_can_be_ended_before_its_time(stage: Callable[..., Stage], tmp_path: Path) -> None:
    """A sender whose scenario is over is ended, and whoever asks for its outcomes learns that there are none."""
    sent = _child(f"http://127.0.0.1:{stage(_hang).port}", tmp_path)
    sent.end()
    with pytest.raises(Inconclusive):
        sent.outcomes()


def test_a_burst_that_is_cut_short_tells_of_what_ended(stage: Callable[..., Stage], tmp_path: Path) -> None:
    """Of several bursts in a row, those before the one that hangs are known, also when the sender is ended."""
    specs = [
        spec_of(f"http://127.0.0.1:{stage(handle).port}", "/x", count=2, headers={}, prefix=prefix)
        for prefix, handle in (("b", _answer), ("c", _hang))
    ]
    sent = Burst(specs, tmp_path)
    eventually(lambda: sent.ended, within_s=END_S_MAX, what="the first burst's outcomes")
    sent.end()
    assert [outcome.request_id for outcome in sent.ended] == ["b-0", "b-1"]
    with pytest.raises(Inconclusive):
        sent.outcomes()


def test_the_command_writes_its_outcomes(stage: Callable[..., Stage], tmp_path: Path) -> None:
    """`python -m fixtures.generator.burst` reads a spec and writes one outcome a request."""
    spec, result = tmp_path / "spec.json", tmp_path / "result.json"
    spec.write_text(json.dumps([_spec(stage(_answer).port, count=2)]), encoding="utf-8")
    command = [sys.executable, "-m", "fixtures.generator.burst", str(spec), str(result)]
    ended = subprocess.run(command, env=os.environ, timeout=END_S_MAX, check=False)
    found = [Outcome(**outcome) for outcome in json.loads(result.read_text(encoding="utf-8"))]
    assert (ended.returncode, [outcome.status for outcome in found]) == (0, [200, 200])


def test_a_body_that_is_no_json_is_none() -> None:
    """An outcome's JSON is None where there is none, so that a check can say what it got."""
    now_s = time.time()
    assert Outcome("b-0", 502, "<html>", "", now_s, now_s + 1).json is None


def _recorded(monkeypatch: pytest.MonkeyPatch, *names: str) -> list[str]:
    """Return a list that fills with the names of these methods of a request as they are called."""
    called: list[str] = []

    def recording(name: str) -> Callable[..., Any]:
        method = getattr(OneRequest, name)

        def record(*arguments: Any) -> Any:
            called.append(name)
            return method(*arguments)

        return record

    for name in names:
        monkeypatch.setattr(OneRequest, name, recording(name))
    return called


def _child(base_url: str, folder: Path) -> Burst:
    return Burst([spec_of(base_url, "/x", count=3, headers={}, prefix="b")], folder)


def _burst(port: int, **options: Any) -> list[dict[str, Any]]:
    return asyncio.run(burst(_spec(port, **options)))


def _spec(port: int, **options: Any) -> dict[str, Any]:
    return {
        "host": "127.0.0.1", "port": port, "method": "GET", "path": "/", "headers": {},
        "prefix": "b", "timeout_s": END_S_MAX, **options,
    }  # fmt: skip
