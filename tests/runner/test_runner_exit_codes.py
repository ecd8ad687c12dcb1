"""One exit code, one meaning: each scenario of a tiny project ends as docs/exit-codes.md says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.runner.conftest import Project


def test_everything_proven_is_0(project: Project) -> None:
    """All scenarios passed: 0, and the last line says so."""
    ended = project.run()
    assert ended.code == 0
    assert ended.verdicts == {"one question": "passed", "another question": "passed"}
    assert ended.lines[-1] == "verdict: passed (exit 0)"


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("--tags=@secnd", "no scenario has the tag @secnd: did you mean 'second'?"),
        ("--tags=@first and @second", "no scenario matches the tags ( first and second )"),
        ("--name=a third question", "no scenario's name matches 'a third question'"),
    ],
)
def test_a_selection_that_matches_nothing_is_3(project: Project, argument: str, expected: str) -> None:
    """Behave alone ends with 0 here; the results say that nothing ran."""
    ended = project.run(argument)
    assert ended.code == 3
    assert expected in ended.results["errors"][0]["message"]
    assert tuple(ended.results[key] for key in ("verdict", "exit_code", "selection")) == (
        "untested",
        3,
        "some",
    )
    assert ended.lines[-1] == "verdict: untested (exit 3)"


def test_a_scenario_without_steps_is_3(project: Project) -> None:
    """Behave alone passes it."""
    project.scenarios("  Scenario: empty\n  Scenario: full\n    Then it answers\n")
    ended = project.run()
    assert ended.code == 3
    assert ended.verdicts == {"empty": "untested", "full": "passed"}
    assert ended.scenario("empty")["reason"] == "the scenario has no steps"


def test_a_scenario_that_asserts_nothing_is_3(project: Project) -> None:
    """Without a Then that ran, nothing was proven."""
    project.scenarios("  Scenario: idle\n    Given a server\n    When I ask\n")
    ended = project.run("--name=idle")
    assert ended.code == 3
    assert ended.scenario("idle")["reason"] == "asserts nothing: no Then step ran"


def test_an_outline_without_rows_is_3(project: Project) -> None:
    """Behave alone does not notice it."""
    project.scenarios("  Scenario Outline: rows\n    Then it answers <a> for 1\n    Examples:\n      | a |\n")
    ended = project.run()
    assert ended.code == 3
    assert ended.scenario("rows")["reason"] == "the outline has no rows"


def test_fewer_scenarios_than_the_floor_is_3(project: Project) -> None:
    """A whole run that lost scenarios is not green."""
    project.option("scenarios_min = 3")
    ended = project.run()
    assert ended.code == 3
    assert ended.results["errors"] == [
        {
            "where": "floor",
            "message": "2 scenarios were executed, and the project has at least 3 (scenarios_min)",
        }
    ]


@pytest.mark.parametrize("argument", ["features/answers.feature", "--tags=@first", "--name=one question"])
def test_the_floor_is_for_whole_runs(project: Project, argument: str) -> None:
    """A run with path, tag or name may be small."""
    project.option("scenarios_min = 3")
    assert project.run(argument).code == 0


def test_a_step_that_returns_something_is_1(project: Project) -> None:
    """Behave alone drops what a step returns, and passes it."""
    values = ["False", "True", "0", "'no'"]
    keywords = ["given", "when", "then"]
    scenarios = [(keyword, number) for keyword in keywords for number in range(len(values))]
    project.scenarios(
        "".join(
            f"  Scenario: {keyword} {number}\n    {keyword.title()} I return {number}\n    Then it answers\n"
            for keyword, number in scenarios
        )
    )
    returns = f"def _(context, number): return [{', '.join(values)}][number]\n"
    project.steps("".join(f'@{keyword}("I return {{number:d}}")\n{returns}' for keyword in keywords))
    ended = project.run()
    assert (ended.code, len(ended.verdicts)) == (1, len(scenarios))
    for keyword, number in scenarios:
        message = ended.scenario(f"{keyword} {number}")["failure"]["message"]
        assert f"the step returned {values[number]}" in message


def test_a_step_that_exits_is_1(project: Project) -> None:
    """sys.exit(0) in a step must not end the run as a success."""
    project.scenarios("  Scenario: one\n    When I leave\n  Scenario: two\n    Then it answers\n")
    project.steps('@when("I leave")\ndef _(context): raise SystemExit(0)\n')
    ended = project.run()
    assert ended.code == 1
    assert ended.verdicts == {"one": "failed", "two": "passed"}


def test_an_undefined_step_is_1_with_a_guess_and_a_snippet(project: Project) -> None:
    """The nearest known sentence is named, and behave's snippet shown."""
    project.scenarios("  Scenario: one\n    When I aks\n    Then it answers\n")
    ended = project.run()
    assert ended.code == 1
    assert "did you mean 'I ask'?" in ended.scenario("one")["failure"]["message"]
    assert "@when(u'I aks')" in ended.stderr
    assert ended.lines[-1] == "verdict: failed (exit 1)"


def test_a_step_that_is_not_written_yet_is_not_passed(project: Project) -> None:
    """Behave alone passes a pending step under @wip."""
    project.scenarios("  @wip\n  Scenario: one\n    When it is pending\n    Then it answers\n")
    project.steps(
        "from behave.api.pending_step import StepNotImplementedError\n"
        '@when("it is pending")\ndef _(context): raise StepNotImplementedError("soon")\n'
    )
    ended = project.run("--tags=@wip")
    assert ended.code == 3
    assert ended.scenario("one")["reason"] == "not written yet: When it is pending"


VERDICT_STEPS = """
@when("the {name} breaks")
def _(context, name):
    errors = {"generator": Inconclusive, "server": TargetNotReady, "scope": Inapplicable}
    raise errors[name](f"{name} says no")
"""
SCENARIOS = {
    "passed": "  Scenario: p\n    Then it answers\n",
    "failed": "  Scenario: f\n    Then it answers 1 for 2\n",
    "inconclusive": "  Scenario: i\n    When the generator breaks\n    Then it answers\n",
    "not ready": "  Scenario: n\n    When the server breaks\n    Then it answers\n",
    "inapplicable": "  Scenario: a\n    When the scope breaks\n    Then it answers\n",
    "untested": "  Scenario: u\n",
}


@pytest.mark.parametrize(
    ("kinds", "options", "code", "verdict"),
    [
        ("passed inapplicable", "", 0, "passed"),
        ("inapplicable", "", 3, "untested"),
        ("passed inconclusive", "", 5, "inconclusive"),
        ("passed inconclusive", "-Dinconclusive=allow", 0, "passed"),
        ("inconclusive", "-Dinconclusive=allow", 3, "untested"),
        ("passed inconclusive untested", "", 5, "inconclusive"),
        ("passed inconclusive failed", "", 1, "failed"),
        ("failed untested", "", 1, "failed"),
        ("passed failed not_ready", "", 4, "inconclusive"),
        ("passed not_ready", "-Dinconclusive=allow", 4, "inconclusive"),
    ],
)
def test_the_code_is_the_one_that_tells_most(
    project: Project, kinds: str, options: str, code: int, verdict: str
) -> None:
    """4 comes before 1, that before 5, that before 3; inapplicable scenarios are counted apart."""
    names = [kind.replace("_", " ") for kind in kinds.split()]
    project.scenarios("".join(SCENARIOS[name] for name in names))
    project.steps(VERDICT_STEPS)
    ended = project.run(*options.split())
    assert (code, verdict) == (ended.code, ended.results["verdict"])
    assert code == ended.results["exit_code"]
    expected = {"p": "passed", "f": "failed", "i": "inconclusive", "n": "inconclusive", "a": "inapplicable"}
    assert {name: expected.get(name, "untested") for name in ended.verdicts} == ended.verdicts


def test_what_is_passed_over_is_said(project: Project) -> None:
    """An allowed inconclusive scenario is in the output and in the counts."""
    project.scenarios(SCENARIOS["passed"] + SCENARIOS["inconclusive"])
    project.steps(VERDICT_STEPS)
    ended = project.run("-Dinconclusive=allow")
    assert "passed over: 1 inconclusive (inconclusive=allow)" in ended.lines
    assert ended.results["counts"]["inconclusive"] == 1


def test_an_inapplicable_step_skips_the_rest(project: Project) -> None:
    """The reason is kept, and --stop does not take it for a failure."""
    project.scenarios(SCENARIOS["inapplicable"] + SCENARIOS["passed"])
    project.steps(VERDICT_STEPS)
    ended = project.run("--stop")
    assert ended.code == 0
    assert ended.scenario("a")["reason"] == "scope says no"
    assert [step["verdict"] for step in ended.scenario("a")["steps"]] == ["untested", "untested"]


def test_inapplicable_inside_another_step_is_not_silent(project: Project) -> None:
    """A step that runs steps cannot skip its scenario, so it fails."""
    project.scenarios("  Scenario: one\n    When I do it by steps\n    Then it answers\n")
    project.steps(
        VERDICT_STEPS
        + '\n@when("I do it by steps")\ndef _(context): context.execute_steps("When the scope breaks")\n'
    )
    ended = project.run()
    assert (ended.code, ended.verdicts) == (1, {"one": "failed"})


def test_stop_still_stops(project: Project) -> None:
    """After the first failure nothing runs, and the rest is untested with the reason."""
    project.scenarios(SCENARIOS["failed"] + SCENARIOS["passed"])
    project.write("features/later.feature", "Feature: Later\n  Scenario: l\n    Then it answers\n")
    ended = project.run("--stop")
    assert ended.code == 1
    assert ended.verdicts == {"f": "failed", "p": "untested", "l": "untested"}
    assert ended.scenario("l")["reason"] == "the run stopped at its first failure (--stop)"


@pytest.mark.parametrize(("sentence", "code"), [("it answers", 0), ("it answrs", 1)])
def test_a_dry_run_writes_nothing(project: Project, sentence: str, code: int) -> None:
    """It ends as behave's own does, without results and without a floor."""
    project.option("scenarios_min = 9")
    project.scenarios(f"  Scenario: one\n    Then {sentence}\n")
    ended = project.run("--dry-run", "--junit")
    assert code == ended.code
    assert not (project.folder / "reports").exists()
