"""What a scenario that failed leaves besides what every scenario leaves."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fixtures.histories import operations
from fixtures.histories.judging import judge_history
from tests.foreign.conftest import Checkout

if TYPE_CHECKING:
    from tests.runner.conftest import Ended, Project

KEEPING = """
import pathlib
def of_failure(self, folder):
    with open("calls", "a") as calls: print(folder, file=calls)
    (folder / "database.sqlite3").write_text("copied")
    return {"history": {"checker": "single_flight", "operations": []}}
World.evidence_of_failure = of_failure
"""
BAD = "  Scenario: bad\n    Then it answers 1 for 2\n"
GOOD = "  Scenario: good\n    Then it answers\n"

FAILING = """Feature: A promise that nobody made
  It is here to fail.

  Rule: Ten requests make two generations

    @LR-2
    Scenario: ten requests at once
      Given Ada has a natal chart
      When Ada asks for the current return 10 times at once
      Then 2 generations ran for Ada

    @LR-2
    Scenario: ten requests at once, somewhere else
      Given Ada has a natal chart
      When Ada asks for the current return 10 times at once
      Then 2 generations ran for Ada
"""


def folder_of(ended: Ended, name: str) -> Path:
    return ended.folder / "reports" / "out" / str(ended.scenario(name)["folder"])


@pytest.mark.parametrize("jobs", [(), ("-Djobs=2",)])
def test_a_failure_is_asked_for_more_and_a_success_is_not(project: Project, jobs: tuple[str, ...]) -> None:
    """The world puts what it likes into the very folder that the record names, also in a part of a run."""
    project.world(KEEPING)
    project.scenarios(
        GOOD + BAD + BAD.replace("bad", "unsure").replace("Then it answers 1 for 2", "When it breaks")
    )
    project.steps('@when("it breaks")\ndef _(context): raise Inconclusive("too slow")\n')
    ended = project.run(*jobs)
    assert ended.verdicts == {"good": "passed", "bad": "failed", "unsure": "inconclusive"}
    assert len((ended.folder / "calls").read_text().splitlines()) == 2
    for name in ("bad", "unsure"):
        folder = folder_of(ended, name)
        assert (folder / "database.sqlite3").read_text() == "copied"
        assert (folder / "history.jsonl").read_text() == '{"checker": "single_flight"}\n'
        assert (folder / "rerun.txt").exists()
        assert not (folder / "database.txt").exists()


def test_a_failure_without_a_database_says_so(project: Project) -> None:
    """A world that keeps none, or one that is gone when the hook after it fails: a line stands in its place."""
    project.world("def after_scenario(context, scenario): raise ValueError('late')\n")
    project.scenarios(BAD + GOOD)
    ended = project.run()
    for name in ("bad", "good"):
        said = (folder_of(ended, name) / "database.txt").read_text()
        assert said == "No copy of the database: it was gone when the scenario failed, or there was none.\n"


def test_evidence_of_a_failure_that_cannot_be_had_is_told_beside_it(project: Project) -> None:
    """The step stays the cause, and what every scenario leaves is there all the same."""
    project.world("def broken(self, folder): raise ValueError('gone')\nWorld.evidence_of_failure = broken\n")
    project.scenarios(BAD)
    record = project.run().scenario("bad")
    assert record["failure"]["where"] == "Then it answers 1 for 2"
    assert "also, in world.evidence_of_failure(): ValueError: gone" in record["failure"]["message"]
    assert len(record["exchanges"]) == 20


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_real_failure_leaves_everything(tmp_path: Path, jobs: str) -> None:
    """History, log, settings, the command, and the database as it was: twelve months, made once."""
    checkout = Checkout(tmp_path)
    (tmp_path / "features" / "lunar_returns" / "failing_on_purpose.feature").write_text(
        FAILING, encoding="utf-8"
    )
    ended = checkout.behave("-D", f"jobs={jobs}", "features/lunar_returns/failing_on_purpose.feature")
    assert ended.code == 1, ended.said[-3_000:]
    for record in ended.results["scenarios"]:
        folder = tmp_path / "reports" / "out" / record["folder"]
        history = operations.read(folder / "history.jsonl")
        assert (judge_history(history).verdict, len(history.operations)) == (
            "valid",
            len(("chart", "generation")) + 10,
        )
        settings = json.loads((folder / "settings.json").read_text())
        assert settings["seed"] == ended.results["settings"]["seed"]
        assert (folder / "rerun.txt").read_text() == f"{record['rerun']}\n"
        assert "generation_finished" in (folder / "server.log").read_text()
        with closing(sqlite3.connect(f"file:{folder / 'database.sqlite3'}?mode=ro", uri=True)) as copy:
            assert copy.execute("SELECT COUNT(*), COUNT(DISTINCT month) FROM lunar_returns").fetchall() == [
                (12, 12)
            ]
