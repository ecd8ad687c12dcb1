"""A burst leaves at once, and says of every request what became of it, whatever the server does."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from msgspec.structs import replace

from fixtures.generator import plain
from fixtures.generator.running import Load
from fixtures.scenario.eventually import eventually
from fixtures.systems.lunar_returns.stub_server import NobodysServer
from fixtures.verdicts import Inconclusive
from tests.harness.answering import (
    END_S_MAX,
    Handler,
    Stage,
    answer,
    answer_backwards,
    cut,
    garble,
    half,
    hang,
    hang_at_c,
    refuse,
)
from tests.harness.generating import Generate, burst_of, load_of, recorded

COUNT: Final = 300
TOGETHER_S_MAX: Final = 3.0


@pytest.mark.parametrize("sends", ["at once", "closed", "open"])
def test_all_are_connected_before_the_first_is_sent(
    stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch, generate: Generate, sends: Any
) -> None:
    """Every connection stands before the first byte leaves, in a burst as in any load."""
    events = recorded(monkeypatch, "connection_made", "send")
    part = replace(burst_of(COUNT), sends=sends, rate=COUNT / 0.1, duration_s=END_S_MAX)
    outcomes = generate(stage(answer).port, part)
    assert events == ["connection_made"] * COUNT + ["send"] * COUNT
    assert {(outcome.status, outcome.body, outcome.error) for outcome in outcomes} == {(200, '{"a": 1}', "")}
    assert all(outcome.ended_s >= outcome.due_s > 0 for outcome in outcomes)


def test_a_burst_leaves_within_moments(stage: Callable[..., Stage], generate: Generate) -> None:
    """All requests are written in one loop; before the first answer is there the last one has left."""
    outcomes = generate(stage(answer).port, burst_of(COUNT))
    sent_s = [outcome.due_s for outcome in outcomes]
    assert len(outcomes) == COUNT
    assert max(sent_s) - min(sent_s) < TOGETHER_S_MAX
    assert max(sent_s) <= min(outcome.ended_s for outcome in outcomes)


def test_a_burst_waits_for_the_other_parts_connections(
    stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch, generate: Generate
) -> None:
    """A burst and a load are sent by the same generator, in one round too: behind the same barrier."""
    events = recorded(monkeypatch, "connection_made", "send")
    reads = plain.reads("/load", clients=8, duration_s=0.2)
    outcomes = generate(stage(answer).port, reads, burst_of(COUNT))
    assert events[: COUNT + 8] == ["connection_made"] * (COUNT + 8)
    assert "connection_made" not in events[COUNT + 8 :]
    burst = [outcome for outcome in outcomes if outcome.request_id]
    assert [outcome.request_id for outcome in burst] == [f"b-{number}" for number in range(COUNT)]
    assert {outcome.is_good for outcome in outcomes} == {True}


def test_a_burst_is_told_in_the_order_of_sending(stage: Callable[..., Stage], generate: Generate) -> None:
    """Who was answered last stands where his request left."""
    outcomes = generate(stage(answer_backwards).port, burst_of(5))
    assert [outcome.request_id for outcome in outcomes] == [f"b-{number}" for number in range(5)]
    ends = [outcome.ended_s for outcome in outcomes]
    assert ends == sorted(ends, reverse=True)


def test_each_request_has_an_id_of_its_own(stage: Callable[..., Stage], generate: Generate) -> None:
    """The requests are numbered by their ids, and carry path and headers as they were asked for."""
    server = stage(answer)
    outcomes = generate(server.port, plain.burst("/x?y=1", 3, headers={"X-Who": "Ad\xe4"}, prefix="b"))
    assert [outcome.request_id for outcome in outcomes] == ["b-0", "b-1", "b-2"]
    for number, head in enumerate(sorted(server.heads)):
        lines = head.decode("latin-1").split("\r\n")
        assert lines[0] == "GET /x?y=1 HTTP/1.1"
        assert {f"X-Request-ID: b-{number}", "X-Who: Ad\xe4", f"Host: 127.0.0.1:{server.port}"} <= set(lines)


@pytest.mark.parametrize(
    ("handle", "error"),
    [
        (cut, "connection lost: "),
        (half, "connection lost: "),
        (garble, "not HTTP: "),
        (hang, "no answer within 0.3 s"),
    ],
)
def test_what_went_wrong_is_said_of_each_request(
    stage: Callable[..., Stage], generate: Generate, handle: Handler, error: str
) -> None:
    """A lost connection, half an answer, nonsense and silence are each reported, for each request."""
    burst = replace(burst_of(5), answer_s=0.3 if handle is hang else END_S_MAX)
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
    outcomes = generate(stage(refuse).port, burst_of(5))
    assert [outcome.error.startswith("connection lost") for outcome in outcomes] == [True] * 5


def test_bursts_in_a_row_are_one_process(stage: Callable[..., Stage], tmp_path: Path) -> None:
    """One child sends all rounds, each over connections of its own, and none before the last one has ended."""
    rounds = [[plain.burst("/", 4, headers={}, prefix=f"r{number}")] for number in range(10)]
    server = stage(answer)
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
        load_of(nobodys.base_url, tmp_path).ended()
    nobodys.end()


def test_a_burst_can_be_ended_before_its_time(stage: Callable[..., Stage], tmp_path: Path) -> None:
    """A sender whose scenario is over is ended, and whoever asks for its outcomes learns that there are none."""
    sent = load_of(f"http://127.0.0.1:{stage(hang).port}", tmp_path)
    sent.end()
    with pytest.raises(Inconclusive):
        sent.ended()


def test_a_burst_that_is_cut_short_tells_of_what_ended(stage: Callable[..., Stage], tmp_path: Path) -> None:
    """Of several bursts in a row, those before the one that hangs are known, also when the sender is ended."""
    rounds = [[plain.burst(f"/{prefix}", 2, headers={}, prefix=prefix)] for prefix in ("b", "c")]
    sent = Load(f"http://127.0.0.1:{stage(hang_at_c).port}", rounds, tmp_path, "cut")
    eventually(lambda: sent.known, within_s=END_S_MAX, what="the first burst's outcomes")
    sent.end()
    assert [outcome.request_id for outcome in sent.known] == ["b-0", "b-1"]
    with pytest.raises(Inconclusive):
        sent.ended()
