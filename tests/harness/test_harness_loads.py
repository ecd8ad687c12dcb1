"""A load keeps its rate or waits for its answers, and tells what became of each request and of the generator."""

import asyncio
import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from msgspec.structs import replace

from fixtures.generator import plain
from fixtures.generator.outcomes import Outcome, read
from fixtures.generator.rounds import NotTakenError
from fixtures.generator.running import REFUSED
from fixtures.generator.spec import Spec
from fixtures.systems.lunar_returns.stub_server import NobodysServer
from tests.harness import generating
from tests.harness.answering import (
    END_S_MAX,
    LATE_S,
    Stage,
    answer,
    answer_late,
    answer_once,
    say_no,
)
from tests.harness.generating import Generate, burst_of, load_of

SLOW_S: Final = 0.0001


def test_parts_of_a_round_run_at_the_same_time(stage: Callable[..., Stage], generate: Generate) -> None:
    """While one part sends, so does the other."""
    parts = [plain.reads("/", clients=1, duration_s=5 * LATE_S) for _ in range(2)]
    outcomes = generate(stage(answer).port, *parts)
    first, second = ([each for each in outcomes if each.client == client] for client in (0, 1))
    assert first[0].due_s < second[-1].ended_s
    assert second[0].due_s < first[-1].ended_s


def test_an_open_load_keeps_its_rate(stage: Callable[..., Stage], generate: Generate) -> None:
    """Requests are due at even times, whether or not the ones before are answered, and are timed from then."""
    part = replace(burst_of(5), sends="open", rate=100.0, count=20, duration_s=END_S_MAX)
    outcomes = sorted(generate(stage(answer_late).port, part), key=lambda outcome: outcome.due_s)
    due_s = [outcome.due_s - outcomes[0].due_s for outcome in outcomes]
    assert due_s == pytest.approx([number / 100 for number in range(20)], abs=1e-4)
    # Five clients wait 0.1 s each, so the last requests leave late, and have waited since they were due.
    assert max(outcome.waited_s for outcome in outcomes) > 2 * LATE_S
    assert generate.senders[0].offered == 1.0


def test_a_generator_that_did_not_offer_the_rate_says_so(
    stage: Callable[..., Stage], generate: Generate
) -> None:
    """What could not be sent in time, for want of time on this side, is measured: half the rate, or less."""
    part = replace(burst_of(1), sends="open", rate=1_000_000.0, count=4_000, duration_s=0.01)
    part = replace(part, options={"path": "/", "slow_s": SLOW_S}, requests=generating.__name__)
    generate(stage(answer).port, part)
    assert generate.senders[0].offered < 0.5


def test_a_closed_load_waits_for_its_answers(stage: Callable[..., Stage], generate: Generate) -> None:
    """A client sends the next request when it has the answer, as many as were asked for."""
    part = replace(burst_of(2), sends="closed", count=10, duration_s=END_S_MAX)
    outcomes = generate(stage(answer).port, part)
    assert len(outcomes) == 10
    for client in (0, 1):
        own = [outcome for outcome in outcomes if outcome.client == client]
        assert all(one.ended_s <= following.due_s for one, following in pairwise(own))


def test_clients_that_the_server_sends_away_are_counted(
    stage: Callable[..., Stage], generate: Generate
) -> None:
    """A load whose connections are ended before its time says how many; of a burst each client sends once."""
    reads = plain.reads("/", clients=3, duration_s=END_S_MAX)
    outcomes = generate(stage(answer_once).port, reads)
    assert (sum(outcome.is_good for outcome in outcomes), generate.senders[0].left) == (3, 3)
    generate(stage(answer_once).port, burst_of(3))
    assert generate.senders[0].left == 0


def test_a_connection_that_was_lost_while_idle_is_told(
    stage: Callable[..., Stage], generate: Generate
) -> None:
    """A request that is due on a connection that is gone gets no answer, and nobody waits for one."""
    part = replace(burst_of(1), sends="open", rate=5.0, count=2, duration_s=END_S_MAX, answer_s=END_S_MAX)
    started_s = time.monotonic()
    outcomes = generate(stage(answer_once).port, part)
    assert [outcome.status for outcome in outcomes] == [200, 0]
    assert outcomes[1].error.startswith("connection lost: ")
    assert time.monotonic() - started_s < END_S_MAX / 2


def test_a_refusal_is_no_good_answer(stage: Callable[..., Stage], generate: Generate) -> None:
    """An answer other than 2xx is not good, has no error, and how it begins is kept where bodies are not."""
    reads = replace(plain.reads("/", clients=1, duration_s=END_S_MAX), count=1)
    [outcome] = generate(stage(say_no).port, reads)
    assert (outcome.status, outcome.is_good, outcome.error, outcome.reason) == (503, False, "", "no")


def test_loads_run_as_child_processes(stage: Callable[..., Stage], tmp_path: Path) -> None:
    """The sender is a process of its own; its outcomes come back as values, with waiting times and JSON."""
    server = stage(answer)
    load = load_of(f"http://127.0.0.1:{server.port}", tmp_path)
    sent = load.connected().ended()
    assert [outcome.request_id for outcome in sent.outcomes] == ["b-0", "b-1", "b-2"]
    assert [outcome.json for outcome in sent.outcomes] == [{"a": 1}] * 3
    assert all(0 <= outcome.waited_s < END_S_MAX for outcome in sent.outcomes)
    assert (sent.clients, sent.left, sent.offered) == (3, 0, 1.0)
    assert 0 < sent.generator_cpu < 1
    assert load.known == sent.outcomes


def test_a_server_that_does_not_take_the_clients_has_failed(tmp_path: Path) -> None:
    """Whoever asks whether all clients are connected learns that the server did not take them."""
    nobodys = NobodysServer()
    with pytest.raises(AssertionError, match=r"expected 3 connections\n +got 3 connections were not taken"):
        load_of(nobodys.base_url, tmp_path).connected()
    nobodys.end()


def test_what_is_missing_on_our_side_is_no_failure_of_the_server(
    stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch, generate: Generate
) -> None:
    """No more files to open is the sender's trouble; a connection that is refused is the server's."""

    async def create_connection(_self: Any, *_: Any) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    port = stage(answer).port
    with monkeypatch.context() as patched:
        patched.setattr(asyncio.BaseEventLoop, "create_connection", create_connection)
        with pytest.raises(OSError, match="Too many open files"):
            generate(port, burst_of(1))
    nobodys = NobodysServer()
    with pytest.raises(NotTakenError):
        generate(int(nobodys.base_url.rpartition(":")[2]), burst_of(1))
    nobodys.end()


@pytest.mark.parametrize("torn", [b"", b"[0,", b'{"cpu":0.1,"le'])
def test_half_a_line_is_not_read(tmp_path: Path, torn: bytes) -> None:
    """A file that breaks off holds what was written whole, and no word of the generator's own."""
    path = tmp_path / "result.jsonl"
    assert read(path) == ([], None)
    path.write_bytes(b'[0,"get",0,1.0,2.0,200]\n' + torn)
    assert read(path) == ([Outcome(0, "get", 0, 1.0, 2.0, 200)], None)


def test_the_command_writes_its_outcomes(stage: Callable[..., Stage], tmp_path: Path) -> None:
    """`python -m fixtures.generator` reads a spec and writes one outcome a request."""
    for port, code, statuses in ((stage(answer).port, 0, [200, 200]), (1, REFUSED, [])):
        spec, result = tmp_path / "spec.json", tmp_path / "result.jsonl"
        spec.write_bytes(msgspec.json.encode(Spec("127.0.0.1", port, [[burst_of(2)]])))
        command = [sys.executable, "-m", "fixtures.generator", str(spec), str(result)]
        ended = subprocess.run(command, env=os.environ, timeout=END_S_MAX, check=False, capture_output=True)
        assert (ended.returncode, [outcome.status for outcome in read(result)[0]]) == (code, statuses)


def test_a_body_that_is_no_json_is_none() -> None:
    """An outcome's JSON is None where there is none, so that a check can say what it got."""
    assert Outcome(0, "get", 0, 1.0, 2.0, 502, body="<html>").json is None
