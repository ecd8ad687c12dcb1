"""The names of what failed, at the end of `make test`."""

import json
from functools import partial
from pathlib import Path

import pytest

from tests import failures, stages
from tests.fixtures.test_plain_text import COMMANDS, commands_in

PYTEST_XML = """<testsuites><testsuite tests="3" failures="1" errors="1" skipped="0">
<testcase classname="tests.test_one" name="test_that_passes"/>
<testcase classname="tests.test_one" name="test_that_fails"><failure message="1 is&#10; not 2"/></testcase>
<testcase classname="tests.test_two" name="test_without_a_fixture"><error message="failed on setup"/></testcase>
</testsuite></testsuites>"""


def results_json(*verdicts: str) -> str:
    """What behave's run writes, of it what is read here."""
    scenarios = [
        {"file": "features/a.feature", "line": line, "name": "a write", "verdict": verdict, "reason": "503"}
        for line, verdict in enumerate(verdicts, 1)
    ]
    return json.dumps(
        {"counts": dict.fromkeys(("passed", "failed", "untested", "inconclusive"), 1), "scenarios": scenarios}
    )


def test_the_end_of_a_run_names_what_failed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Below the table, above the last line, on the terminal and in the summary; what passed is not there."""
    xml, results, summary = tmp_path / "pytest.xml", tmp_path / "results.json", tmp_path / "summary.txt"
    writes = (
        f"open({str(path)!r}, 'w').write({text!r})"
        for path, text in (
            (xml, PYTEST_XML),
            (results, results_json("passed", "failed", "untested", "inapplicable")),
        )
    )
    unit, features = (("python", "-c", f"{each}; raise SystemExit(1)") for each in writes)
    code = stages.main(
        (
            stages.Stage(
                "unit", unit, partial(stages.pytest_counts, xml), xml, partial(failures.of_pytest, xml)
            ),
            stages.Stage(
                "features",
                features,
                partial(stages.feature_counts, results),
                results,
                partial(failures.of_features, results),
            ),
        ),
        summary,
    )

    assert code == 1
    written = summary.read_text(encoding="utf-8")
    assert capsys.readouterr().out.endswith(written)
    assert written.splitlines()[4:] == [
        "",
        "unit: tests.test_one::test_that_fails: 1 is not 2",
        "unit: tests.test_two::test_without_a_fixture: failed on setup",
        "features: features/a.feature:2 a write: 503",
        "features: features/a.feature:3 a write: 503",
        "",
        "2 passed, 4 failed",
    ]


def test_the_stages_of_tests_and_features_name_what_failed() -> None:
    """Where nothing was written there are no names, and no error."""
    for stage in (stages.unit(), stages.features("features")):
        assert stage.names is not failures.nothing
    assert list(failures.of_pytest(Path("nowhere"))) == list(failures.of_features(Path("nowhere"))) == []


def test_a_long_list_is_cut_and_says_so() -> None:
    """A run in which everything failed still ends with its counts in sight."""
    lines = failures.shown("unit", [f"test_{number}" for number in range(20)])
    assert len(lines) == failures.SHOWN_MAX + 1
    assert lines[-1] == "unit: and 12 more, see above"


def test_the_names_command_no_ci_system() -> None:
    """A message is one line without commands, and of a bounded length."""
    (line,) = failures.shown("unit", ["\n".join(COMMANDS) * 20])
    assert commands_in(line) == []
    assert len(line) <= failures.CHARACTERS_MAX + 1
