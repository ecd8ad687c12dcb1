from pathlib import Path
from typing import Any

import pytest

from fixtures import lunar_checks
from fixtures.clients.bursts import Outcome
from fixtures.histories import operations, recording
from fixtures.histories.judging import judge
from fixtures.histories.operations import History
from fixtures.runner import results

BODY = '{"id": %d, "return_date": "2026-11-06T05:10:43Z"}'


def outcome(number: int, body: str, status: int = 200) -> Outcome:
    return Outcome(f"s-1-burst-{number}", status, body, "", 10.0 + number, 20.0 + number)


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
    asked = recording.of_burst([outcome(0, BODY % 1), outcome(1, BODY % 2)], kind="get_current")
    history = History("single_flight", tuple(asked))
    folder = tmp_path / results.write_failure(tmp_path, record(history.document()), {})
    kept = operations.read(folder / "history.jsonl")
    assert history == kept
    assert (judge(kept).verdict, judge(kept).first) == ("invalid", 1)


def test_without_history_there_is_no_file(tmp_path: Path) -> None:
    """Most scenarios do one thing after the other."""
    folder = tmp_path / results.write_failure(tmp_path, record(None), {})
    assert not (folder / "history.jsonl").exists()


def test_the_same_return_is_the_checkers_judgement() -> None:
    """One return passes and gives its id; two say what was expected and got, and where to look."""
    assert lunar_checks.same_return([outcome(0, BODY % 7), outcome(1, BODY % 7)], 2) == 7
    with pytest.raises(AssertionError) as caught:
        lunar_checks.same_return([outcome(0, BODY % 7), outcome(1, BODY % 8)], 2)
    said = str(caught.value)
    assert "expected one return in all answers" in said
    assert "got all requests: expected one result, got 2" in said
    assert "s-1-burst-1" in said


def test_different_bodies_under_one_id_are_different() -> None:
    """An id alone does not make two answers the same return."""
    with pytest.raises(AssertionError, match="got 2"):
        lunar_checks.same_return([outcome(0, BODY % 7), outcome(1, BODY % 7 + " ")], 2)
