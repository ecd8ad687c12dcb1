import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fixtures.histories import operations, recording
from fixtures.histories.judging import CHECKERS, judge_history
from fixtures.histories.operations import History, HistoryError, Operation

DONE = Operation("Ada-1", "add", "shop", {"sku": "é\ud800"}, [1, None], 10.0, 10.5, ok=True)
OPEN = Operation("Ada-2", "add", "shop", None, None, 11.0, None, ok=False)
LINE = '{"client": "a", "kind": "add", "key": "k", "request": 1, "answer": 1, "invoked_s": 2, %s}\n'


@dataclass
class Outcome:
    """One request of a burst."""

    request_id: str
    status: int = 200
    body: str = '{"id": 7}'
    error: str = ""
    due_s: float = 1.0
    ended_s: float = 2.0

    @property
    def json(self) -> Any:
        """The body, parsed."""
        return json.loads(self.body)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    """Open operations and odd texts come back as they were."""
    history = History("single_flight", (DONE, OPEN))
    operations.write(tmp_path / "history.jsonl", history)
    assert history == operations.read(tmp_path / "history.jsonl")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "empty"),
        ("[]\n", ":1: names no checker"),
        ('{"checker": 3}\n', ":1: names no checker"),
        ("{\n", ":1: not JSON"),
        ('{"checker": "counter"}\nnull\n', ":2: not an operation"),
        ('{"checker": "counter"}\n{"client": "a"}\n', ":2: not an operation"),
        ('{"checker": "counter"}\n' + LINE % '"completed_s": 1, "ok": true', "completed_s is before"),
        ('{"checker": "counter"}\n' + LINE % '"completed_s": NaN, "ok": true', "not finite"),
        ('{"checker": "counter"}\n' + LINE % '"completed_s": null, "ok": true', "an open operation"),
        ('{"checker": "counter"}\n' + LINE % '"completed_s": "x", "ok": true', "completed_s"),
    ],
)
def test_what_is_no_history_is_refused_in_one_line(text: str, expected: str, tmp_path: Path) -> None:
    """The line says which file, which line and why."""
    path = tmp_path / "history.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(HistoryError) as caught:
        operations.read(path)
    assert str(path) in str(caught.value)
    assert expected in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """So is one that is not UTF-8."""
    (tmp_path / "bytes").write_bytes(b"\xff")
    for name in ("missing", "bytes"):
        with pytest.raises(HistoryError, match=name):
            operations.read(tmp_path / name)


def test_a_misspelt_checker_is_corrected() -> None:
    """The message says which one was meant."""
    with pytest.raises(HistoryError, match="did you mean counter"):
        judge_history(History("conter", ()))


@pytest.mark.parametrize("checker", CHECKERS)
def test_an_empty_history_proves_nothing(checker: str) -> None:
    """No checker calls it valid."""
    assert judge_history(History(checker, ())).verdict == "unknown"


def test_a_burst_becomes_operations() -> None:
    """An answer keeps its id, a refusal its status, a lost one stays open; different bodies differ."""
    outcomes = [
        Outcome("b-0"),
        Outcome("b-1", body='{"id": 7, "month": "2026-01"}'),
        Outcome("b-2", status=503),
        Outcome("b-3", status=200, error="connection lost: closed"),
        Outcome("b-4", ended_s=0.5),
    ]
    found = recording.of_burst(outcomes, kind="get_current", key_of=key_of)
    assert [each.ok for each in found] == [True, True, False, False, True]
    assert [each.completed_s for each in found] == [2.0, 2.0, 2.0, None, 1.0]
    assert (found[0].key, found[1].key) == ("Ada", "Bo")
    assert str(found[0].answer).startswith("id 7, digest ")
    assert found[0].answer != found[1].answer
    assert found[0].answer == found[4].answer
    assert (found[2].answer, found[3].answer) == (503, None)


def test_the_log_tells_of_generations() -> None:
    """Those of other requests are passed over, an unfinished one is open, and one request may try twice."""
    records = [
        {
            "event": f"lunar_returns.generation_{what}",
            "request_id": who,
            "timestamp": f"2026-01-01T00:00:0{at}Z",
        }
        for what, who, at in (
            ("started", "b-0", 1),
            ("started", "b-1", 2),
            ("finished", "b-0", 3),
            ("started", "other", 4),
            ("started", "b-0", 5),
            ("finished", "b-0", 7),
        )
    ]
    found = recording.of_log(records, key_of)
    assert [(each.key, each.ok, each.is_open) for each in found] == [
        ("Ada", True, False),
        ("Bo", False, True),
        ("Ada", True, False),
    ]
    assert [found[0].completed_s, found[2].completed_s] == [found[0].invoked_s + 2, found[2].invoked_s + 2]


def key_of(request_id: str) -> str:
    return {"b-0": "Ada", "b-1": "Bo"}.get(request_id, "")
