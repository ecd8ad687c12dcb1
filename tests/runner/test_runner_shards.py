"""`-D shard=K/N`: shares of the scenarios that several machines run."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.runner.conftest import Ended, Project

PASSING = "    Scenario: {name}\n      Then it answers\n"


@pytest.fixture
def two_files(project: Project) -> Project:
    """Eleven scenarios: a rule with one that must be alone, six rows, and four in another file."""
    rows = "".join(f"        | r{number} |\n" for number in range(6))
    project.write(
        "features/answers.feature",
        "Feature: Answers\n  Rule: One\n    @alone\n" + PASSING.format(name="alone") + "  Rule: Two\n"
        "    Scenario Outline: <row>\n      Then it answers\n      Examples:\n        | row |\n" + rows,
    )
    project.write(
        "features/more.feature",
        "Feature: More\n  @few\n  Rule: Three\n" + "".join(PASSING.format(name=f"m{n}") for n in range(4)),
    )
    return project


def names(ended: Ended) -> list[str]:
    return [record["name"] for record in ended.results["scenarios"]]


@pytest.mark.parametrize("options", [(), ("-Djobs=2",), ("-Dorder=random",)])
def test_shards_have_every_scenario_once(two_files: Project, options: tuple[str, ...]) -> None:
    """Also in parallel, and with the orders of three different seeds."""
    shards = [two_files.run(f"-Dshard={number}/3", *options) for number in (1, 2, 3)]
    whole = names(two_files.run())

    assert [ended.code for ended in shards] == [0, 0, 0], shards[0].stdout
    assert Counter(whole) == Counter(name for ended in shards for name in names(ended))
    assert sorted(len(names(ended)) for ended in shards) == [3, 4, 4]


def test_neighbours_go_to_different_shards(two_files: Project) -> None:
    """Scenarios of one file, which often cost the same, are dealt out in turn."""
    assert names(two_files.run("-Dshard=2/3")) == ["r0", "r3", "m0", "m3"]


def test_tags_and_paths_are_dealt_out_too(two_files: Project) -> None:
    """A share is a share of what was chosen."""
    by_tag = [names(two_files.run("--tags=@few", f"-Dshard={number}/2")) for number in (1, 2)]
    by_path = [names(two_files.run("features/more.feature", f"-Dshard={number}/2")) for number in (1, 2)]
    assert by_tag == by_path == [["m0", "m2"], ["m1", "m3"]]


def test_a_shard_says_so_and_is_not_held_to_the_floor(two_files: Project) -> None:
    """Its results name it, and are those of some scenarios, however many the whole project must have."""
    two_files.option("scenarios_min = 11")
    ended = two_files.run("-Dshard=1/3")

    assert ended.code == 0, ended.stdout
    assert "shard: 1/3, 4 scenarios" in ended.lines
    assert (ended.results["selection"], ended.results["settings"]["shard"]) == ("shard", "1/3")
    assert two_files.run().results["settings"]["shard"] == ""


def test_the_only_shard_is_the_whole(two_files: Project) -> None:
    """`1/1` leaves nothing out."""
    assert len(names(two_files.run("-Dshard=1/1"))) == 11


def test_a_shard_to_which_nothing_falls_proves_nothing(two_files: Project) -> None:
    """It ends with 3, and says how many shards there can be; the others go on as ever."""
    empty = two_files.run("--tags=@few", "-Dshard=5/5")

    assert empty.code == 3
    assert "error: nothing ran: nothing falls to shard 5/5: 4 scenarios make 4 shards at most" in empty.lines
    assert two_files.run("--tags=@few", "-Dshard=4/5").code == 0


def test_a_tag_that_nothing_has_is_told_as_ever(two_files: Project) -> None:
    """A shard of nothing blames the tag, not the shard."""
    ended = two_files.run("--tags=@fwe", "-Dshard=1/2")
    assert ended.code == 3
    assert "no scenario has the tag @fwe: did you mean 'few'?" in ended.stdout


def test_the_rerun_line_leaves_the_shard_out(two_files: Project) -> None:
    """One scenario alone would fall to the first shard."""
    two_files.scenarios(
        "  Scenario: good\n    Then it answers\n  Scenario: bad\n    Then it answers 1 for 2\n"
    )
    ended = two_files.run("-Dshard=2/2", "-Dseed=4", "features/answers.feature")
    assert (ended.code, names(ended)) == (1, ["bad"])
    assert ended.scenario("bad")["rerun"] == "behave features/answers.feature:4 -D seed=4"


def test_a_shard_that_cannot_be_ends_with_64(project: Project) -> None:
    """It is told in one line, and nothing runs."""
    ended = project.run("-Dshard=4/3")
    assert (ended.code, len(ended.stderr.splitlines()), ended.results_text) == (64, 1, "")
