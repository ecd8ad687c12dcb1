import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fixtures.verdicts import Verdict
from reports.loading import ResultsError, load
from reports.results import VERDICTS, Results

Document = dict[str, Any]
Write = Callable[[Document], Path]
Read = Callable[[Document], Results]


def refusal(path: Path) -> str:
    with pytest.raises(ResultsError) as caught:
        load(path)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_whole_run_is_read(read: Read, sample: Document) -> None:
    """Scenarios, requirements and errors arrive as they were written."""
    results = read(sample)
    assert len(sample["scenarios"]) == len(results.scenarios)
    assert len(sample["requirements"]) == len(results.requirements)
    assert results.scenarios[3].exchanges[1].response is None


@pytest.mark.parametrize(
    ("name", "odd"),
    [
        ("evidence", [{"title": "T", "headings": ["h"], "rows": [[{"a": "dict"}]]}]),
        ("exchanges", [{"request": "none"}]),
        ("server_log", [5]),
        ("history", {"checker": 1, "operations": []}),
    ],
)
def test_evidence_that_cannot_be_read_costs_no_report(
    read: Read, green: Document, name: str, odd: object
) -> None:
    """It is left out and said; everything else is shown."""
    green["scenarios"][0][name] = odd
    results = read(green)
    assert len(results.scenarios) == len(green["scenarios"])
    assert [each.message.split(",")[0] for each in results.errors] == [
        f"{name} of {green['scenarios'][0]['id']} is left out"
    ]


def test_unknown_fields_are_ignored(read: Read, green: Document) -> None:
    """A field that a later version adds does not disturb this one."""
    green["merged_from"] = ["a", "b"]
    green["scenarios"][0]["mood"] = "calm"
    assert read(green).verdict == "passed"


def test_the_verdicts_are_those_of_the_harness() -> None:
    """The reports name the same verdicts as the harness, though they do not import it."""
    assert [verdict.value for verdict in Verdict] == list(VERDICTS)


def test_a_missing_file_gets_a_suggestion(write: Write, green: Document) -> None:
    """A misspelt name is answered with the name that was meant."""
    path = write(green)
    assert f"did you mean {path}?" in refusal(path.with_name("result.json"))


def test_a_folder_gets_a_suggestion(write: Write, green: Document) -> None:
    """The folder of the results is answered with the file that was meant."""
    path = write(green)
    assert f"did you mean {path}?" in refusal(path.parent)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[]", "no `schema`"),
        ("{}", "no `schema`"),
        ('{"schema": 2}', "schema 2 is not the supported one, 1"),
        ('{"schema": 1}', "missing required field"),
        ("[" * 100_000, "not JSON"),
        ("1" * 10_000, "not JSON"),
    ],
)
def test_what_is_no_results_file_is_refused(tmp_path: Path, content: str, expected: str) -> None:
    """Whatever the content, the answer is one line that says what is wrong."""
    path = tmp_path / "results.json"
    path.write_text(content, encoding="utf-8")
    assert expected in refusal(path)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    """A file that is not UTF-8 is refused with the place."""
    path = tmp_path / "results.json"
    path.write_bytes(b'{"schema": \xff}')
    assert "not UTF-8 at byte 11" in refusal(path)


@pytest.mark.parametrize("duration", ["1e999", "NaN", "-1", '"1"', "null"])
def test_a_duration_that_is_none_is_refused(write: Write, green: Document, duration: str) -> None:
    """Endless, negative and missing durations are refused with the field's place."""
    path = write(green)
    text = path.read_text(encoding="utf-8").replace('"duration_s": 0.25', f'"duration_s": {duration}', 1)
    path.write_text(text, encoding="utf-8")
    assert "$.scenarios[0].duration_s" in refusal(path)


def test_an_unknown_verdict_is_refused(write: Write, green: Document) -> None:
    """A verdict that this version does not know is not guessed at."""
    green["scenarios"][1]["verdict"] = "splendid"
    assert "$.scenarios[1].verdict" in refusal(write(green))


def test_counts_that_contradict_the_scenarios_are_refused(write: Write, green: Document) -> None:
    """A file that claims more than its scenarios show makes no report."""
    green["counts"]["passed"] = 3
    assert "counts.passed is 3, but 2 scenarios are" in refusal(write(green))


def test_a_requirement_with_lost_evidence_is_refused(write: Write, green: Document) -> None:
    """A requirement that names a scenario which is not in the file makes no report."""
    green["requirements"][0]["scenarios"].append("features/gone.feature:1")
    assert "LR-1 names features/gone.feature:1" in refusal(write(green))


def test_texts_are_cleaned(read: Read, write: Write, green: Document) -> None:
    """Colours are gone, control characters visible, lone surrogates replaced."""
    green["scenarios"][0]["name"] = "\x1b[31mred\x1b[0m nul\x00 bell\x07 half\ud800"
    assert json.loads(write(green).read_text(encoding="utf-8"))["scenarios"][0]["name"].endswith("\ud800")
    assert read(green).scenarios[0].name == "red nul␀ bell␇ half�"
