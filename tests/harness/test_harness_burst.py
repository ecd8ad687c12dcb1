"""The generator: a burst leaves at once, a load keeps its rate, and each request's end is told, come what may."""

import asyncio
import errno
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, closing
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from msgspec.structs import replace

from fixtures.generator import plain
from fixtures.generator.connection import Connection
from fixtures.generator.outcomes import Outcome, Writer, read
from fixtures.generator.requests import Head, Request
from fixtures.generator.rounds import NotTakenError, send
from fixtures.generator.running import REFUSED, Load
from fixtures.generator.senders import Sender
from fixtures.generator.spec import Part, Spec
from fixtures.scenario.eventually import eventually
from fixtures.systems.lunar_returns.stub_server import NobodysServer
from fixtures.verdicts import Inconclusive

COUNT: Final = 300
TOGETHER_S_MAX: Final = 3.0
END_S_MAX: Final = 30.0
START_S_MAX: Final = 20.0
LATE_S: Final = 0.1
SLOW_S: Final = 0.0001
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
    while await stage.head(reader):
        writer.write(ANSWER)
        await writer.drain()


async def _answer_late(stage: Stage, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while await stage.head(reader):
        await asyncio.sleep(LATE_S)
        writer.write(ANSWER)


async def _answer_once(stage: Stage, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await stage.head(reader)
    writer.write(ANSWER)
    await writer.drain()


async def _answer_backwards(stage: Stage, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    number = int((await stage.head(reader)).partition(b"X-Request-ID: b-")[2].split()[0])
    await asyncio.sleep((5 - number) * LATE_S)
    writer.write(ANSWER)
    await writer.drain()


async def _say_no(stage: Stage, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await stage.head(reader)
    writer.write(b"HTTP/1.1 503 Unavailable\r\nContent-Length: 2\r\n\r\nno")
    await writer.drain()


async def _hang_at_c(stage: Stage, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    if b"/c " not in await stage.head(reader):
        writer.write(ANSWER)
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


@pytest.fixture
def generate(tmp_path: Path) -> "Generate":
    """Sends parts of a load from this process, and returns what became of the requests."""
    return Generate(tmp_path / "result.jsonl")


class Generate:
    """The generator in this process; `senders` are those of its latest load."""

    def __init__(self, result: Path) -> None:
        self.senders: list[Sender] = []
        self._result = result

    def __call__(self, port: int, *parts: Part) -> list[Outcome]:
        """Send one round of these parts."""
        spec = Spec("127.0.0.1", port, [list(parts)])
        with self._result.open("wb") as file:
            self.senders = asyncio.run(send(spec, Writer(file), lambda: None))
        return read(self._result)[0]


@pytest.mark.parametrize("sends", ["at once", "closed", "open"])
def test_all_are_connected_before_the_first_is_sent(
    stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch, generate: Generate, sends: Any
) -> None:
    """Every connection stands before the first byte leaves, in a burst as in any load."""
    events = _recorded(monkeypatch, "connection_made", "send")
    part = replace(_burst(COUNT), sends=sends, rate=COUNT / 0.1, duration_s=END_S_MAX)
    outcomes = generate(stage(_answer).port, part)
    assert events == ["connection_made"] * COUNT + ["send"] * COUNT
    assert {(outcome.status, outcome.body, outcome.error) for outcome in outcomes} == {(200, '{"a": 1}', "")}
    assert all(outcome.ended_s >= outcome.due_s > 0 for outcome in outcomes)


def test_a_burst_leaves_within_moments(stage: Callable[..., Stage], generate: Generate) -> None:
    """All requests are written in one loop; before the first answer is there the last one has left."""
    outcomes = generate(stage(_answer).port, _burst(COUNT))
    sent_s = [outcome.due_s for outcome in outcomes]
    assert len(outcomes) == COUNT
    assert max(sent_s) - min(sent_s) < TOGETHER_S_MAX
    assert max(sent_s) <= min(outcome.ended_s for outcome in outcomes)


def test_a_burst_waits_for_the_other_parts_connections(
    stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch, generate: Generate
) -> None:
    """A burst and a load are sent by the same generator, in one round too: behind the same barrier."""
    events = _recorded(monkeypatch, "connection_made", "send")
    reads = plain.reads("/load", clients=8, duration_s=0.2)
    outcomes = generate(stage(_answer).port, reads, _burst(COUNT))
    assert events[: COUNT + 8] == ["connection_made"] * (COUNT + 8)
    assert "connection_made" not in events[COUNT + 8 :]
    burst = [outcome for outcome in outcomes if outcome.request_id]
    assert [outcome.request_id for outcome in burst] == [f"b-{number}" for number in range(COUNT)]
    assert {outcome.is_good for outcome in outcomes} == {True}


def test_a_burst_is_told_in_the_order_of_sending(stage: Callable[..., Stage], generate: Generate) -> None:
    """Who was answered last stands where his request left."""
    outcomes = generate(stage(_answer_backwards).port, _burst(5))
    assert [outcome.request_id for outcome in outcomes] == [f"b-{number}" for number in range(5)]
    ends = [outcome.ended_s for outcome in outcomes]
    assert ends == sorted(ends, reverse=True)


def test_parts_of_a_round_run_at_the_same_time(stage: Callable[..., Stage], generate: Generate) -> None:
    """While one part sends, so does the other."""
    parts = [plain.reads("/", clients=1, duration_s=5 * LATE_S) for _ in range(2)]
    outcomes = generate(stage(_answer).port, *parts)
    first, second = ([each for each in outcomes if each.client == client] for client in (0, 1))
    assert first[0].due_s < second[-1].ended_s
    assert second[0].due_s < first[-1].ended_s


def test_an_open_load_keeps_its_rate(stage: Callable[..., Stage], generate: Generate) -> None:
    """Requests are due at even times, whether or not the ones before are answered, and are timed from then."""
    part = replace(_burst(5), sends="open", rate=100.0, count=20, duration_s=END_S_MAX)
    outcomes = sorted(generate(stage(_answer_late).port, part), key=lambda outcome: outcome.due_s)
    due_s = [outcome.due_s - outcomes[0].due_s for outcome in outcomes]
    assert due_s == pytest.approx([number / 100 for number in range(20)], abs=1e-4)
    # Five clients wait 0.1 s each, so the last requests leave late, and have waited since they were due.
    assert max(outcome.waited_s for outcome in outcomes) > 2 * LATE_S
    assert generate.senders[0].offered == 1.0


def test_a_generator_that_did_not_offer_the_rate_says_so(
    stage: Callable[..., Stage], generate: Generate
) -> None:
    """What could not be sent in time, for want of time on this side, is measured: half the rate, or less."""
    part = replace(_burst(1), sends="open", rate=1_000_000.0, count=4_000, duration_s=0.01)
    part = replace(part, options={"path": "/", "slow_s": SLOW_S}, requests=__name__)
    generate(stage(_answer).port, part)
    assert generate.senders[0].offered < 0.5


def test_a_closed_load_waits_for_its_answers(stage: Callable[..., Stage], generate: Generate) -> None:
    """A client sends the next request when it has the answer, as many as were asked for."""
    part = replace(_burst(2), sends="closed", count=10, duration_s=END_S_MAX)
    outcomes = generate(stage(_answer).port, part)
    assert len(outcomes) == 10
    for client in (0, 1):
        own = [outcome for outcome in outcomes if outcome.client == client]
        assert all(one.ended_s <= following.due_s for one, following in pairwise(own))


def test_clients_that_the_server_sends_away_are_counted(
    stage: Callable[..., Stage], generate: Generate
) -> None:
    """A load whose connections are ended before its time says how many; of a burst each client sends once."""
    reads = plain.reads("/", clients=3, duration_s=END_S_MAX)
    outcomes = generate(stage(_answer_once).port, reads)
    assert (sum(outcome.is_good for outcome in outcomes), generate.senders[0].left) == (3, 3)
    generate(stage(_answer_once).port, _burst(3))
    assert generate.senders[0].left == 0


def test_a_connection_that_was_lost_while_idle_is_told(
    stage: Callable[..., Stage], generate: Generate
) -> None:
    """A request that is due on a connection that is gone gets no answer, and nobody waits for one."""
    part = replace(_burst(1), sends="open", rate=5.0, count=2, duration_s=END_S_MAX, answer_s=END_S_MAX)
    started_s = time.monotonic()
    outcomes = generate(stage(_answer_once).port, part)
    assert [outcome.status for outcome in outcomes] == [200, 0]
    assert outcomes[1].error.startswith("connection lost: ")
    assert time.monotonic() - started_s < END_S_MAX / 2


def test_each_request_has_an_id_of_its_own(stage: Callable[..., Stage], generate: Generate) -> None:
    """The requests are numbered by their ids, and carry path and headers as they were asked for."""
    server = stage(_answer)
    outcomes = generate(server.port, plain.burst("/x?y=1", 3, headers={"X-Who": "Ad\xe4"}, prefix="b"))
    assert [outcome.request_id for outcome in outcomes] == ["b-0", "b-1", "b-2"]
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
    stage: Callable[..., Stage], generate: Generate, handle: Handler, error: str
) -> None:
    """A lost connection, half an answer, nonsense and silence are each reported, for each request."""
    burst = replace(_burst(5), answer_s=0.3 if handle is _hang else END_S_MAX)
    outcomes = generate(stage(handle).port, burst)
    assert len(outcomes) == 5
    for outcome in outcomes:
        assert outcome.error.startswith(error)
        assert (outcome.status, outcome.is_good) == (0, False)
        assert outcome.ended_s >= outcome.due_s
        assert outcome.body in ("", '{"a":')


def test_connections_that_are_cut_at_once_are_reported(
    stage: Callable[..., Stage], generate: Generate
) -> None:
    """A server that drops connections before anything was sent gets each of them reported as lost."""
    outcomes = generate(stage(_refuse).port, _burst(5))
    assert [outcome.error.startswith("connection lost") for outcome in outcomes] == [True] * 5


def test_a_refusal_is_no_good_answer(stage: Callable[..., Stage], generate: Generate) -> None:
    """An answer other than 2xx is not good, has no error, and how it begins is kept where bodies are not."""
    reads = replace(plain.reads("/", clients=1, duration_s=END_S_MAX), count=1)
    [outcome] = generate(stage(_say_no).port, reads)
    assert (outcome.status, outcome.is_good, outcome.error, outcome.reason) == (503, False, "", "no")


def test_loads_run_as_child_processes(stage: Callable[..., Stage], tmp_path: Path) -> None:
    """The sender is a process of its own; its outcomes come back as values, with waiting times and JSON."""
    server = stage(_answer)
    load = _child(f"http://127.0.0.1:{server.port}", tmp_path)
    sent = load.connected().ended()
    assert [outcome.request_id for outcome in sent.outcomes] == ["b-0", "b-1", "b-2"]
    assert [outcome.json for outcome in sent.outcomes] == [{"a": 1}] * 3
    assert all(0 <= outcome.waited_s < END_S_MAX for outcome in sent.outcomes)
    assert (sent.clients, sent.left, sent.offered) == (3, 0, 1.0)
    assert 0 < sent.generator_cpu < 1
    assert load.known == sent.outcomes


def test_bursts_in_a_row_are_one_process(stage: Callable[..., Stage], tmp_path: Path) -> None:
    """One child sends all rounds, each over connections of its own, and none before the last one has ended."""
    rounds = [[plain.burst("/", 4, headers={}, prefix=f"r{number}")] for number in range(10)]
    server = stage(_answer)
    outcomes = Load(f"http://127.0.0.1:{server.port}", rounds, tmp_path, "rounds").ended().outcomes
    assert [outcome.request_id for outcome in outcomes] == [f"r{n}-{k}" for n in range(10) for k in range(4)]
    ends = [max(each.ended_s for each in outcomes[first : first + 4]) for first in range(0, 40, 4)]
    starts = [min(each.due_s for each in outcomes[first : first + 4]) for first in range(0, 40, 4)]
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))
    assert len(list(tmp_path.glob("*.spec.json"))) == 1


def test_a_burst_that_could_not_be_sent_proves_nothing(tmp_path: Path) -> None:
    """Where nobody listens the burst is inconclusive, and says why: a missing server is no finding."""
    nobodys = NobodysServer()
    with pytest.raises(Inconclusive, match=r"could not be sent \(exit 3\): 3 connections were not taken"):
        _child(nobodys.base_url, tmp_path).ended()
    nobodys.end()


def test_a_server_that_does_not_take_the_clients_has_failed(tmp_path: Path) -> None:
    """Whoever asks whether all clients are connected learns that the server did not take them."""
    nobodys = NobodysServer()
    with pytest.raises(AssertionError, match=r"expected 3 connections\n +got 3 connections were not taken"):
        _child(nobodys.base_url, tmp_path).connected()
    nobodys.end()


def test_what_is_missing_on_our_side_is_no_failure_of_the_server(
    stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch, generate: Generate
) -> None:
    """No more files to open is the sender's trouble; a connection that is refused is the server's."""

    async def create_connection(_self: Any, *_: Any) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    port = stage(_answer).port
    with monkeypatch.context() as patched:
        patched.setattr(asyncio.BaseEventLoop, "create_connection", create_connection)
        with pytest.raises(OSError, match="Too many open files"):
            generate(port, _burst(1))
    nobodys = NobodysServer()
    with pytest.raises(NotTakenError):
        generate(int(nobodys.base_url.rpartition(":")[2]), _burst(1))
    nobodys.end()


def test_a_burst_can_be_ended_before_its_time(stage: Callable[..., Stage], tmp_path: Path) -> None:
    """A sender whose scenario is over is ended, and whoever asks for its outcomes learns that there are none."""
    sent = _child(f"http://127.0.0.1:{stage(_hang).port}", tmp_path)
    sent.end()
    with pytest.raises(Inconclusive):
        sent.ended()


def test_a_burst_that_is_cut_short_tells_of_what_ended(stage: Callable[..., Stage], tmp_path: Path) -> None:
    """Of several bursts in a row, those before the one that hangs are known, also when the sender is ended."""
    rounds = [[plain.burst(f"/{prefix}", 2, headers={}, prefix=prefix)] for prefix in ("b", "c")]
    sent = Load(f"http://127.0.0.1:{stage(_hang_at_c).port}", rounds, tmp_path, "cut")
    eventually(lambda: sent.known, within_s=END_S_MAX, what="the first burst's outcomes")
    sent.end()
    assert [outcome.request_id for outcome in sent.known] == ["b-0", "b-1"]
    with pytest.raises(Inconclusive):
        sent.ended()


@pytest.mark.parametrize("torn", [b"", b"[0,", b'{"cpu":0.1,"le'])
def test_half_a_line_is_not_read(tmp_path: Path, torn: bytes) -> None:
    """A file that breaks off holds what was written whole, and no word of the generator's own."""
    path = tmp_path / "result.jsonl"
    assert read(path) == ([], None)
    path.write_bytes(b'[0,"get",0,1.0,2.0,200]\n' + torn)
    assert read(path) == ([Outcome(0, "get", 0, 1.0, 2.0, 200)], None)


def test_the_command_writes_its_outcomes(stage: Callable[..., Stage], tmp_path: Path) -> None:
    """`python -m fixtures.generator` reads a spec and writes one outcome a request."""
    for port, code, statuses in ((stage(_answer).port, 0, [200, 200]), (1, REFUSED, [])):
        spec, result = tmp_path / "spec.json", tmp_path / "result.jsonl"
        spec.write_bytes(msgspec.json.encode(Spec("127.0.0.1", port, [[_burst(2)]])))
        command = [sys.executable, "-m", "fixtures.generator", str(spec), str(result)]
        ended = subprocess.run(command, env=os.environ, timeout=END_S_MAX, check=False, capture_output=True)
        assert (ended.returncode, [outcome.status for outcome in read(result)[0]]) == (code, statuses)


def test_a_body_that_is_no_json_is_none() -> None:
    """An outcome's JSON is None where there is none, so that a check can say what it got."""
    assert Outcome(0, "get", 0, 1.0, 2.0, 502, body="<html>").json is None


def requests(part: Part, head: Head) -> Iterator[Request]:
    """Make requests as a part wants them that names this module: slowly."""
    for request in plain.requests(part, head):
        time.sleep(part.options["slow_s"])
        yield request


found: Final = plain.found


def _recorded(monkeypatch: pytest.MonkeyPatch, *names: str) -> list[str]:
    """Return a list that fills with the names of these methods of a request as they are called."""
    called: list[str] = []

    def recording(name: str) -> Callable[..., Any]:
        method = getattr(Connection, name)

        def record(*arguments: Any) -> Any:
            called.append(name)
            return method(*arguments)

        return record

    for name in names:
        monkeypatch.setattr(Connection, name, recording(name))
    return called


def _child(base_url: str, folder: Path) -> Load:
    return Load(base_url, [[_burst(3)]], folder, "b")


def _burst(count: int) -> Part:
    return plain.burst("/x", count, headers={}, prefix="b")
