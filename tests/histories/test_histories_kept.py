import json
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from fixtures.clients.api import Exchanges
from fixtures.generator.outcomes import Outcome
from fixtures.histories import operations, recording
from fixtures.histories.judging import judge_history
from fixtures.histories.operations import History
from fixtures.run_settings import parse
from fixtures.runner.telling import results_file as results
from fixtures.scenario.capabilities import Capabilities, Need
from fixtures.scenario.world import World
from fixtures.systems.lunar_returns import checks as lunar_checks
from fixtures.systems.lunar_returns import stampedes
from fixtures.targets.foreign import NoDatabase
from fixtures.targets.launch import Launch

if TYPE_CHECKING:
    from fixtures.generator.running import Load
    from fixtures.targets.launch import Server

TWICE = (("started", 0, 11), ("finished", 0, 12), ("started", 1, 13), ("finished", 1, 14))
BODY = '{"id": %d, "return_date": "2026-11-06T05:10:43Z"}'


def outcome(number: int, body: str, status: int = 200) -> Outcome:
    at_s, name = 10.0 + number, f"s-1-burst-{number}"
    return Outcome(number, "get", number, at_s, at_s + 10, status, body=body, request_id=name)


def record(history: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "file": "features/lunar_returns/one.feature",
        "line": 3,
        "name": "all at once",
        "exchanges": [],
        "server_log": [],
        "rerun": "behave",
        "history": history,
    }


def test_the_folder_of_a_failure_keeps_the_history(tmp_path: Path) -> None:
    """What was recorded of a burst is judged again from the file as it was judged before."""
    outcomes = [outcome(0, BODY % 1), outcome(1, BODY % 2)]
    asked = recording.of_burst(outcomes, kind="get_current", key_of=lambda _: "Ada")
    history = History("single_flight", tuple(asked))
    folder = tmp_path / results.write_failure(tmp_path, record(history.document()), {})
    kept = operations.read(folder / "history.jsonl")
    assert history == kept
    assert (judge_history(kept).verdict, judge_history(kept).first) == ("invalid", 1)


def test_without_history_there_is_no_file(tmp_path: Path) -> None:
    """Most scenarios do one thing after the other."""
    folder = tmp_path / results.write_failure(tmp_path, record(None), {})
    assert not (folder / "history.jsonl").exists()


def world_of(folder: Path, outcomes: list[Outcome], *events: str) -> World:
    """Return a world in which Ada got these answers at once, from a server that logged these events of requests."""
    settings = parse({})
    launch = Launch(target="inprocess", workers=1)
    world = World(settings, "s", folder, NoDatabase(), launch, Exchanges("s"), Capabilities(frozenset(Need)))
    world.outcomes = outcomes
    world.asked_by["s-1-burst"] = "Ada"
    world.bursts.append(cast("Load", SimpleNamespace(known=outcomes)))
    log = folder / "server.log"
    lines = [event.split() for event in events]
    records = [
        {"event": f"lunar_returns.{event}", "request_id": who, "timestamp": f"1970-01-01T00:00:{at}Z"}
        for event, who, at in lines
    ]
    log.write_text("".join(f"{json.dumps(each)}\n" for each in records), encoding="utf-8")
    world._servers.append(cast("Server", SimpleNamespace(log_path=log)))
    return world


def test_the_same_return_is_the_checkers_judgement(tmp_path: Path) -> None:
    """One return passes and gives its id; two say what was expected and got, and where to look."""
    assert lunar_checks.same_return(world_of(tmp_path, [outcome(0, BODY % 7), outcome(1, BODY % 7)]), 2) == 7
    with pytest.raises(AssertionError) as caught:
        lunar_checks.same_return(world_of(tmp_path, [outcome(0, BODY % 7), outcome(1, BODY % 8)]), 2)
    said = str(caught.value)
    assert "expected one return from one generation for each person" in said
    assert "got Ada: expected one result, got 2" in said
    assert "s-1-burst-1" in said
    assert "look 2 different answers" in said


def test_different_bodies_under_one_id_are_different(tmp_path: Path) -> None:
    """An id alone does not make two answers the same return."""
    outcomes = [outcome(0, BODY % 7), outcome(1, (BODY % 7).replace("2026", "2027"))]
    with pytest.raises(AssertionError, match="expected one result, got 2"):
        lunar_checks.same_return(world_of(tmp_path, outcomes), 2)


def test_the_same_return_made_twice_is_not_the_same(tmp_path: Path) -> None:
    """The log takes part: answers that agree do not excuse a second generation."""
    made = [f"generation_{what} s-1-burst-{who} {at}" for what, who, at in TWICE]
    with pytest.raises(AssertionError, match=r"expected one generation, got 2.*s-1-burst-1"):
        lunar_checks.same_return(world_of(tmp_path, [outcome(0, BODY % 7), outcome(1, BODY % 7)], *made), 2)


def test_a_generation_of_an_earlier_burst_counts_as_well(tmp_path: Path) -> None:
    """The history is the whole scenario's: the first burst's answers are compared with the second's."""
    world = world_of(tmp_path, [outcome(0, BODY % 7)])
    world.bursts.append(cast("Load", SimpleNamespace(known=[outcome(5, BODY % 8)])))
    with pytest.raises(AssertionError, match="expected one result, got 2"):
        lunar_checks.same_return(world, 1)


def test_rounds_are_counted_from_the_history(tmp_path: Path) -> None:
    """A round with an answer too few, or with no generation, is named."""
    made = [f"generation_{what} s-1-burst-{who} {at}" for what, who, at in TWICE[:2]]
    world = world_of(tmp_path, [outcome(0, BODY % 7), outcome(1, BODY % 7)], *made)
    world.rounds = ["Ada"]
    stampedes.made_once(world, 1, 2)
    with pytest.raises(AssertionError, match=r"rounds without exactly 3 answers: \{\}\n +got \{'Ada': 2\}"):
        stampedes.made_once(world, 1, 3)
    world.rounds = ["Ada", "Bo"]
    with pytest.raises(AssertionError, match="number of rounds"):
        stampedes.made_once(world, 1, 2)
    with pytest.raises(AssertionError, match="'Bo': 0"):
        stampedes.made_once(world, 2, 2)


def test_a_failure_keeps_its_history_and_says_why_it_has_no_database(tmp_path: Path) -> None:
    """The history is there where something overlapped; a scenario that used no database says so."""
    kept = world_of(tmp_path, [outcome(0, BODY % 7), outcome(1, BODY % 7)]).evidence_of_failure(tmp_path)
    assert [each["key"] for each in kept["history"]["operations"]] == ["Ada", "Ada"]
    assert "had not come to use a database" in (tmp_path / "database.txt").read_text(encoding="utf-8")
    assert world_of(tmp_path, []).evidence_of_failure(tmp_path) == {"history": None}
