"""Errors of hooks and clean-ups end in the results, with what was raised and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.runner.conftest import Project

ERROR = "ValueError: no luck"


def hook(name: str, parameters: str) -> str:
    return f"def {name}({parameters}): raise ValueError('no luck')\n"


@pytest.mark.parametrize(
    ("name", "parameters", "where", "verdicts"),
    [
        ("before_all", "context", "before_all", ["untested", "untested"]),
        ("after_all", "context", "after_all", ["passed", "passed"]),
        (
            "before_feature",
            "context, feature",
            "before_feature of features/answers.feature:2",
            ["untested"] * 2,
        ),
        ("after_feature", "context, feature", "after_feature of features/answers.feature:2", ["passed"] * 2),
        ("before_rule", "context, rule", "before_rule of features/answers.feature:3", ["untested"] * 2),
    ],
)
def test_a_hook_outside_scenarios_is_an_error_of_the_run(
    project: Project, name: str, parameters: str, where: str, verdicts: list[str]
) -> None:
    """It ends with 1, is named in `errors`, and is not told as an abort by the user."""
    project.write("environment.py", hook(name, parameters))
    ended = project.run()
    assert ended.code == 1
    assert [{"where": where, "message": ERROR}] == ended.results["errors"]
    assert verdicts == list(ended.verdicts.values())
    assert f"error: {where}: {ERROR}" in ended.lines
    assert "ABORTED" not in ended.stdout + ended.stderr
    assert "By user" not in ended.stdout + ended.stderr


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("before_scenario", "context, scenario"),
        ("after_scenario", "context, scenario"),
        ("before_tag", "context, tag"),
        ("before_step", "context, step"),
        ("after_step", "context, step"),
    ],
)
def test_a_hook_of_a_scenario_is_its_failure(project: Project, name: str, parameters: str) -> None:
    """The scenario fails where the hook failed, and the run ends with 1."""
    project.write("environment.py", hook(name, parameters))
    ended = project.run()
    assert ended.code == 1
    failure = ended.scenario("one question")["failure"]
    assert (name, ERROR) == (failure["where"], failure["message"].splitlines()[0])
    assert "no luck" in failure["trace"]


def test_a_clean_up_that_fails_fails_its_scenario(project: Project) -> None:
    """The clean-up is named, and those registered before it still run."""
    project.write(
        "environment.py",
        "def before_scenario(context, scenario):\n"
        "    def leave_mark(): open('mark', 'w').close()\n"
        "    def break_down(): raise ValueError('no luck')\n"
        "    context.add_cleanup(leave_mark)\n"
        "    context.add_cleanup(break_down)\n",
    )
    ended = project.run()
    assert ended.code == 1
    failure = ended.scenario("one question")["failure"]
    assert (failure["where"], failure["message"]) == ("clean-up break_down", ERROR)
    assert (project.folder / "mark").exists()


def test_a_clean_up_of_the_run_that_fails_is_an_error(project: Project) -> None:
    """What before_all registered is cleaned up at the end, and its failure is not lost."""
    project.write(
        "environment.py",
        "def before_all(context):\n"
        "    def break_down(): raise ValueError('no luck')\n"
        "    context.add_cleanup(break_down)\n",
    )
    ended = project.run()
    assert ended.code == 1
    assert ended.results["errors"] == [{"where": "clean-up break_down", "message": ERROR}]
    assert "Traceback" not in ended.stdout


def test_the_first_cause_comes_first(project: Project) -> None:
    """A failed step stays the failure when the hook after it fails as well."""
    project.scenarios("  Scenario: one\n    Then it answers 1 for 2\n")
    project.write("environment.py", hook("after_scenario", "context, scenario"))
    failure = project.run().scenario("one")["failure"]
    assert failure["where"] == "Then it answers 1 for 2"
    assert failure["message"].endswith(f"also, in after_scenario: {ERROR}")


@pytest.mark.parametrize(
    ("name", "verdict", "code"),
    [
        ("before_scenario", "inapplicable", 3),
        ("before_feature", "inapplicable", 3),
        ("after_scenario", "failed", 1),
    ],
)
def test_a_hook_can_say_inapplicable(project: Project, name: str, verdict: str, code: int) -> None:
    """Before a scenario it skips what it belongs to; afterwards it is too late and an error."""
    project.write(
        "environment.py",
        "from fixtures.verdicts import Inapplicable\n"
        f"def {name}(context, it): raise Inapplicable('one worker only')\n",
    )
    ended = project.run()
    assert (code, [verdict] * 2) == (ended.code, list(ended.verdicts.values()))
    assert "one worker only" in ended.scenario("one question")["reason"]


@pytest.mark.parametrize(("error", "code"), [("TargetNotReady", 4), ("Inconclusive", 5)])
@pytest.mark.parametrize("name", ["before_all", "before_scenario"])
def test_a_server_that_is_not_ready_is_no_failure(project: Project, name: str, error: str, code: int) -> None:
    """A hook that finds no server ends with 4, one that finds an assumption broken with 5."""
    project.write(
        "environment.py",
        f"from fixtures.verdicts import {error}\n"
        f"def {name}(context, *more): raise {error}('no answer in 30 s')\n",
    )
    ended = project.run()
    assert (code, "inconclusive") == (ended.code, ended.results["verdict"])
    assert "no answer in 30 s" in ended.stdout


def test_a_scenario_skipped_by_a_hook_is_untested(project: Project) -> None:
    """Skipping without saying inapplicable is a gap."""
    project.write("environment.py", "def before_scenario(context, scenario): scenario.skip('later')\n")
    ended = project.run()
    assert ended.code == 3
    assert ended.scenario("one question")["reason"] == "skipped by a hook or step: later"


def test_a_context_can_abort_the_run(project: Project) -> None:
    """The reason is told, and nothing after it counts as run."""
    project.write("environment.py", "def after_scenario(context, scenario): context.abort('disk full')\n")
    ended = project.run()
    assert ended.code == 1
    assert ended.results["errors"] == [{"where": "the run was aborted", "message": "disk full"}]
