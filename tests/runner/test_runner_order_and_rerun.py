"""The order of scenarios, and running again what failed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.runner.conftest import Ended, Project

MANY = "".join(f"  Scenario: s{number}\n    Then it answers\n" for number in range(8))


def names(ended: Ended) -> list[str]:
    return [record["name"] for record in ended.results["scenarios"]]


@pytest.fixture
def many(project: Project) -> Project:
    project.scenarios(MANY)
    rows = "".join(f"      | r{number} |\n" for number in range(6))
    project.write(
        "features/rules.feature",
        "Feature: Rules\n  Rule: One\n    Scenario: o1\n      Then it answers\n"
        "    Scenario: o2\n      Then it answers\n  Rule: Two\n    Scenario Outline: <row>\n"
        f"      Then it answers\n    Examples:\n      | row |\n{rows}",
    )
    return project


def test_the_same_seed_gives_the_same_order(many: Project) -> None:
    """A shuffled run can be repeated, and another seed is another order of the same scenarios."""
    listed = many.run()
    first, again, other = (many.run("-Dorder=random", f"-Dseed={seed}") for seed in (7, 7, 8))
    assert names(first) == names(again)
    assert names(first) != names(other)
    assert names(first) != names(listed)
    assert sorted(names(first)) == sorted(names(other)) == sorted(names(listed))


def test_a_rule_stays_together(many: Project) -> None:
    """Shuffling goes by feature, by rule and by scenario, and never mixes two of them."""
    rules = [record["rule"] for record in many.run("-Dorder=random", "-Dseed=3").results["scenarios"]]
    changes = sum(before != after for before, after in pairwise(rules))
    assert changes == 2


def test_a_drawn_seed_is_told(many: Project) -> None:
    """The seed stands at the start, at the end, in the results and in the line that runs a scenario again."""
    ended = many.run("-Dorder=random")
    seed = ended.results["settings"]["seed"]
    assert ended.lines.count(f"order: random, seed {seed}") == 2
    assert ended.lines[1] == f"order: random, seed {seed}"
    assert (
        ended.scenario("s1")["rerun"] == f"behave features/answers.feature:4 -D order=random -D seed={seed}"
    )


def test_an_ordinary_run_does_not_speak_of_seeds(project: Project) -> None:
    """The seed matters in output only when it made the order."""
    ended = project.run()
    assert "seed" not in ended.stdout
    assert isinstance(ended.results["settings"]["seed"], int)


def test_hooks_read_the_same_seed(project: Project) -> None:
    """Whoever reads the settings in environment.py gets the seed of the results."""
    project.write(
        "environment.py",
        "from fixtures.run_settings import parse\n"
        "def before_all(context): open('seed', 'w').write(str(parse(context.config.userdata).seed))\n",
    )
    ended = project.run()
    assert int((project.folder / "seed").read_text()) == ended.results["settings"]["seed"]


def test_what_failed_is_run_again_until_it_passes(project: Project) -> None:
    """Only failed and inconclusive scenarios run, and when none is left the run says so with 3."""
    project.scenarios(
        "  Scenario: good\n    Then it answers\n"
        "  Scenario: bad\n    Then it answers 1 for 2\n"
        "  Scenario Outline: row\n    Then it answers <got> for 2\n    Examples:\n"
        "      | got |\n      | 2 |\n      | 3 |\n"
    )
    project.write("features/other.feature", "Feature: Other\n  Scenario: other\n    Then it answers\n")
    assert project.run().verdicts["row (got = 3)"] == "failed"
    again = project.run("-Drerun=failed")
    assert (again.code, again.verdicts) == (1, {"bad": "failed", "row (got = 3)": "failed"})
    assert again.results["selection"] == "some"
    # An edit that moves lines does not lose the scenarios.
    text = (project.folder / "features/answers.feature").read_text()
    project.write(
        "features/answers.feature", "\n\n" + text.replace("1 for 2", "2 for 2").replace("3 |", "2 |")
    )
    fixed = project.run("-Drerun=failed")
    assert (fixed.code, fixed.verdicts) == (0, {"bad": "passed"})
    done = project.run("-Drerun=failed")
    assert done.code == 3
    assert done.stderr == "behave: nothing to run again: nothing failed in the last run\n"
    assert done.results == fixed.results


def test_a_rerun_says_when_the_failed_scenarios_are_gone(project: Project) -> None:
    """A scenario that was renamed cannot be run again."""
    project.scenarios("  Scenario: bad\n    Then it answers 1 for 2\n")
    project.run()
    project.scenarios("  Scenario: better\n    Then it answers\n")
    ended = project.run("-Drerun=failed")
    assert (ended.code, ended.stderr) == (
        3,
        "behave: nothing to run again: what failed before is gone, or not among these scenarios\n",
    )


def test_a_rerun_line_keeps_settings_and_tags(project: Project) -> None:
    """What was typed is needed again, the rerun itself is not."""
    project.scenarios("  @wip @a\n  Scenario: bad\n    Then it answers 1 for 2\n")
    ended = project.run("--tags=@wip and @a", "-Dtarget=process", "-Dseed=4")
    expected = "behave features/answers.feature:3 '--tags=@wip and @a' -D target=process -D seed=4"
    assert ended.scenario("bad")["rerun"] == expected
    assert f"run it again: {expected}" in ended.stdout


def test_results_that_are_none_are_refused(project: Project) -> None:
    """A rerun from a file that is no results file is a usage error."""
    project.write("reports/out/results.json", "{}")
    ended = project.run("-Drerun=failed")
    assert (ended.code, len(ended.stderr.splitlines())) == (64, 1)


def test_a_file_that_is_named_twice_runs_once(project: Project) -> None:
    """Overlapping paths do not count scenarios twice."""
    project.write("features/more.feature", "Feature: More\n  Scenario: more\n    Then it answers\n")
    ended = project.run("features/answers.feature", "features/more.feature", "features/answers.feature")
    assert sorted(ended.verdicts) == sorted(names(ended))
    assert len(names(ended)) == 3
