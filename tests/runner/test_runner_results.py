"""What a run writes: results, folders of failures, reports, JUnit."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fixtures.runner.telling import results_file as results

if TYPE_CHECKING:
    from tests.runner.conftest import Project

REPORTS = """
import pathlib, sys
print("made", *sys.argv[1:])
with open("calls", "a") as calls: print(*sys.argv[1:], file=calls)
pathlib.Path("reports/out/index.html").write_text("page")
"""


def out(project: Project) -> Path:
    return project.folder / "reports" / "out"


def test_the_fields_are_those_of_the_schema(project: Project) -> None:
    """A whole run says when, how long, with what, and what it found."""
    found = project.run("-Dseed=9").results
    assert {
        key: found[key] for key in ("schema", "project", "command", "selection", "verdict", "exit_code")
    } == {
        "schema": 1,
        "project": "touchstone",
        "command": "behave -Dseed=9",
        "selection": "all",
        "verdict": "passed",
        "exit_code": 0,
    }
    assert found["counts"] == {
        "passed": 2,
        "failed": 0,
        "inconclusive": 0,
        "inapplicable": 0,
        "untested": 0,
    }
    assert datetime.fromisoformat(found["started_at"]).utcoffset() is not None
    assert found["duration_s"] > 0
    assert (found["errors"], found["systems"], found["requirements"]) == ([], [], [])


def test_a_scenario_is_told_in_full(project: Project) -> None:
    """Titles, descriptions, tags, steps with tables, and times are in its record."""
    project.requirements()
    project.write(
        "features/corner_shop/selling.feature",
        "@SH-1\nFeature: Selling\n  For buyers.\n  Rule: It sells\n    To all.\n"
        "    @other\n    Scenario: one\n"
        "      Given a server\n        | name | age |\n        | Ann  | 7   |\n      Then it answers\n",
    )
    record = project.run().scenario("one")
    expected: dict[str, Any] = {
        "id": "features/corner_shop/selling.feature:7",
        "file": "features/corner_shop/selling.feature",
        "line": 7,
        "system": "corner-shop",
        "language": "en",
        "feature": "Selling",
        "rule": "It sells",
        "name": "one",
        "feature_description": "For buyers.",
        "rule_description": "To all.",
        "tags": ["SH-1", "other"],
        "requirements": ["SH-1"],
        "axes": {"target": "inprocess", "database": "sqlite", "workers": 1},
        "verdict": "passed",
        "reason": "",
        "failure": None,
        "exchanges": [],
        "server_log": [],
        "folder": "",
    }
    assert {key: record[key] for key in expected} == expected
    assert record["steps"][0]["table"] == [["name", "age"], ["Ann", "7"]]
    assert [step["keyword"] for step in record["steps"]] == ["Given", "Then"]
    assert record["duration_s"] >= sum(step["duration_s"] for step in record["steps"])


def test_a_french_feature_is_of_its_system(project: Project) -> None:
    """The folder of an edition in another language is no system."""
    project.write(
        "features/fr/corner_shop/vente.feature",
        "# language: fr\nFonctionnalité: Vente\n"
        "  Règle: Elle vend\n    Scénario: un\n      Alors it answers\n",
    )
    record = project.run().scenario("un")
    assert [record[key] for key in ("system", "language", "rule", "verdict")] == [
        "corner-shop",
        "fr",
        "Elle vend",
        "passed",
    ]


def test_requirements_are_judged_by_their_scenarios(project: Project) -> None:
    """Every requirement is listed, with its words, verdict and scenarios."""
    project.requirements()
    project.scenarios(
        "  @SH-1\n  Scenario: a\n    Then it answers\n  @SH-1\n  Scenario: b\n    Then it answers 1 for 2\n"
    )
    found = project.run().results
    assert found["systems"] == [{"system": "shop", "title": {"en": "The shop", "fr": "La boutique"}}]
    told = [
        (each["id"], each["status"], each["verdict"], each["scenarios"]) for each in found["requirements"]
    ]
    assert told == [
        ("SH-1", "agreed", "failed", ["features/answers.feature:3", "features/answers.feature:6"]),
        ("SH-2", "planned", "untested", []),
    ]


def test_evidence_is_taken_before_the_hook_that_cleans_up(project: Project) -> None:
    """Axes and measurements are kept always, exchanges and log, bounded, where something went wrong."""
    project.world()
    project.scenarios("  Scenario: good\n    Then it answers\n  Scenario: bad\n    Then it answers 1 for 2\n")
    ended = project.run()
    good, bad = ended.scenario("good"), ended.scenario("bad")
    assert good["axes"] == bad["axes"] == {"target": "process", "database": "sqlite", "workers": 2}
    assert good["evidence"][0]["rows"] == [["started", 1]]
    assert (good["exchanges"], good["server_log"]) == ([], [])
    assert [exchange["elapsed_s"] for exchange in bad["exchanges"]] == list(range(10, 30))
    assert (len(bad["server_log"]), bad["server_log"][-1]) == (200, "line 299")


def test_credentials_are_blanked_out(project: Project) -> None:
    """Neither results nor failure folders nor output show what a header or password field held."""
    project.world()
    project.scenarios("  Scenario: bad\n    Then it answers 1 for 2\n")
    ended = project.run()
    written = "".join(path.read_text() for path in out(project).rglob("*") if path.is_file())
    for secret in ("abcdefghij", "hush"):
        assert secret not in written + ended.stdout


def test_evidence_that_cannot_be_had_fails_the_scenario(project: Project) -> None:
    """A scenario whose evidence is lost is not proven."""
    project.world("def broken(self): raise ValueError('gone')\nWorld.evidence = broken\n")
    ended = project.run()
    assert ended.code == 1
    assert ended.scenario("one question")["failure"]["where"] == "world.evidence()"


def test_a_failure_has_a_folder(project: Project) -> None:
    """Exchanges, log, settings and the command to run it again stand together."""
    project.world()
    project.scenarios("  Scenario: it is, sadly, bad!\n    Then it answers 1 for 2\n")
    record = project.run("-Dseed=5").scenario("it is, sadly, bad!")
    assert record["folder"] == "failures/answers-2-it-is-sadly-bad"
    folder = out(project) / record["folder"]
    assert len(json.loads((folder / "exchanges.json").read_text())) == 20
    assert (folder / "server.log").read_text().splitlines()[-1] == "line 299"
    assert json.loads((folder / "settings.json").read_text())["seed"] == 5
    assert (folder / "rerun.txt").read_text() == f"{record['rerun']}\n"


def test_an_earlier_run_is_cleared_away(project: Project) -> None:
    """Its results stay as previous.json; its failures and reports would be taken for this run's."""
    project.scenarios("  Scenario: bad\n    Then it answers 1 for 2\n")
    project.run()
    for name in ("index.html", "summary.md", "junit/old.xml"):
        project.write(f"reports/out/{name}", "old")
    project.scenarios("  Scenario: good\n    Then it answers\n")
    assert project.run().code == 0
    assert sorted(path.name for path in out(project).iterdir()) == ["previous.json", "results.json"]
    assert json.loads((out(project) / "previous.json").read_text())["verdict"] == "failed"


def test_an_exception_keeps_its_trace_and_an_assertion_does_not(project: Project) -> None:
    """A trace shows the project's lines, by their path inside it; a bare assert shows its own line."""
    project.scenarios("  Scenario: error\n    When I divide\n  Scenario: bare\n    Then I assert\n")
    project.steps(
        '@when("I divide")\ndef _(context): 1 / 0\n@then("I assert")\ndef _(context):\n    assert 1 == 2\n'
    )
    ended = project.run()
    error, bare = ended.scenario("error")["failure"], ended.scenario("bare")["failure"]
    assert error["message"] == "ZeroDivisionError: division by zero"
    assert 'File "steps/more_steps.py"' in error["trace"]
    assert str(project.folder) not in error["trace"]
    assert "behave" not in error["trace"]
    assert (bare["message"], bare["trace"]) == ("steps/more_steps.py:10: assert 1 == 2", "")


def test_reports_are_made_of_the_results(project: Project) -> None:
    """The module that makes reports is called once, and the last line names the page."""
    project.reports("fake_reports")
    project.write("fake_reports.py", REPORTS)
    ended = project.run()
    assert (ended.code, ended.lines[-1]) == (0, "report: reports/out/index.html")
    assert (project.folder / "calls").read_text() == "build reports/out/results.json\n"
    assert "made" not in ended.stdout


def test_junit_goes_where_behave_was_told(project: Project) -> None:
    """--junit with its folder makes our files, for behave's own hide hook errors and times of rules."""
    project.reports("fake_reports")
    project.write("fake_reports.py", REPORTS)
    assert project.run("--junit", "--junit-directory", "xml").code == 0
    calls = (project.folder / "calls").read_text().splitlines()
    assert calls == ["build reports/out/results.json", "junit reports/out/results.json xml"]
    assert not (project.folder / "xml").exists()


@pytest.mark.parametrize(
    ("failing", "code", "verdict"),
    [("", 5, "inconclusive"), ("  Scenario: b\n    Then it answers 1 for 2\n", 1, "failed")],
)
def test_a_report_that_cannot_be_made_is_no_success(
    project: Project, failing: str, code: int, verdict: str
) -> None:
    """0 becomes 5, a failure stays one, and one line says why, in the results too."""
    project.reports("fake_reports")
    project.write("fake_reports.py", "raise SystemExit('no template')")
    project.scenarios(f"  Scenario: a\n    Then it answers\n{failing}")
    ended = project.run()
    assert (ended.code, ended.results["exit_code"], ended.results["verdict"]) == (code, code, verdict)
    assert "error: the report could not be made: no template" in ended.lines
    assert f"verdict: {verdict} (exit {code})" == ended.lines[-1]


def test_the_place_of_results_and_requirements_can_be_chosen(project: Project) -> None:
    """[tool.touchstone] names other folders."""
    project.requirements("needs")
    project.option('out = "made/here"\nrequirements = "needs"')
    assert project.run().code == 0
    found = json.loads((project.folder / "made/here/results.json").read_text())
    assert [each["id"] for each in found["requirements"]] == ["SH-1", "SH-2"]


def test_a_folder_that_cannot_be_written_is_a_usage_error(project: Project) -> None:
    """A file where the folder should be is told in one line."""
    project.write("reports", "a file")
    ended = project.run()
    assert (ended.code, len(ended.stderr.splitlines())) == (64, 1)
    assert ended.stderr.startswith("behave: cannot write to reports/out: ")


def test_results_are_written_in_one_piece(tmp_path: Path) -> None:
    """Odd values become texts, a lone surrogate is no error, and no part is left behind."""
    results.write(tmp_path, {"at": datetime(2026, 1, 2), "body": "\ud800"})  # noqa: DTZ001
    assert [path.name for path in tmp_path.iterdir()] == ["results.json"]
    assert json.loads((tmp_path / "results.json").read_text())["body"] == "\ud800"


@pytest.mark.slow
def test_our_own_reports_read_what_the_runner_writes(project: Project) -> None:
    """The reports of this project accept results with every kind of verdict."""
    project.reports("reports")
    project.requirements()
    project.world("def after_all(context): raise ValueError('no luck')\n")
    project.scenarios(
        "  @SH-1\n  Scenario: good\n    Then it answers\n  Scenario: bad\n    Then it answers 1 for 2\n"
        "  Scenario: unsure\n    When it breaks\n  Scenario: empty\n"
    )
    project.steps('@when("it breaks")\ndef _(context): raise Inconclusive("too slow")\n')
    ended = project.run("--junit", "--junit-directory", "xml")
    assert ended.code == 1
    assert [error["where"] for error in ended.results["errors"]] == ["after_all"]
    assert (out(project) / "index.html").exists()
    assert list((project.folder / "xml").glob("*.xml"))
