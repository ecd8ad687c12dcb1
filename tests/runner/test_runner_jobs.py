"""`-D jobs=N`: the same findings as with one process, sooner."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from fixtures.runner.sharing.job import Lines
from fixtures.runner.sharing.work_list import WorkList
from tests.runner.conftest import Ended, Project
from tests.runner.jobs import ENDED, PASSING, shared

if TYPE_CHECKING:
    from pathlib import Path

MIXED = """
  Scenario: fails
    Given a server
    Then it answers 1 for 2
  Scenario: passes
    Then it answers
    And no variable tells of jobs
  Scenario: unsure
    When the generator breaks
    Then it answers
  Scenario: empty
  Scenario Outline: row
    Then it answers <got> for 2
    Examples:
      | got |
      | 2   |
      | 3   |
  Scenario Outline: no rows
    Then it answers <got> for 2
    Examples:
      | got |
"""
MORE = """
Feature: More
  Rule: Not everywhere
    @SH-1
    Scenario: does not apply
      When the scope breaks
      Then it answers
    @SH-1
    Scenario: undefined
      When I aks
      Then it answers
"""


def findings(ended: Ended) -> list[dict[str, Any]]:
    """The records without their times."""
    records = ended.results["scenarios"]
    for record in records:
        record.update(started_at="", duration_s=0)
        for step in record["steps"]:
            step["duration_s"] = 0
    return list(records)


def blocks(ended: Ended) -> list[list[str]]:
    """The lines of each failure, from its title to the command that runs it again, without times."""
    text = re.sub(r"\d+\.\d\d s", "0.00 s", ended.stdout)
    return sorted(
        block.splitlines()
        for block in re.findall(r"^  [✗?] .*?run it again: .*?$", text, re.DOTALL | re.MULTILINE)
    )


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Ended]:
    """The same project, run by one process and by two."""

    def ended(jobs: int) -> Ended:
        project = shared(Project(tmp_path_factory.mktemp("jobs")), MIXED)
        project.write("features/more.feature", MORE)
        project.requirements()
        project.reports("reports")
        project.world(ENDED)
        return project.run(
            f"-Djobs={jobs}", "-Dseed=5", "--junit", "--junit-directory=xml", GITHUB_ACTIONS="true"
        )

    return {jobs: ended(jobs) for jobs in (1, 2)}


def test_two_jobs_find_what_one_finds(pair: dict[int, Ended]) -> None:
    """Exit code, counts, requirements and every record, in the listed order, are the same."""
    one, two = pair[1], pair[2]
    assert (1, one.code) == (two.code, two.code)
    assert findings(one) == findings(two)
    for part in ("counts", "requirements", "errors", "verdict", "selection"):
        assert one.results[part] == two.results[part]
    assert two.results["settings"]["jobs"] == 2
    assert "jobs" not in two.scenario("fails")["rerun"]


def test_every_failure_is_shown_whole(pair: dict[int, Ended]) -> None:
    """The lines of a failure are those of a run by one process, and no other line stands between them."""
    assert blocks(pair[1]) == blocks(pair[2])
    assert len(blocks(pair[2])) == 4


@pytest.mark.parametrize(
    "part", ["requirement  words", "verdict: ", "USING RUNNER", "9 scenarios", "::error file", "::warning"]
)
def test_what_is_said_of_the_run_is_said_once(pair: dict[int, Ended], part: str) -> None:
    """Processes print no tables, verdicts or annotations of their own."""
    lines = [line for line in pair[1].lines if line.startswith(part)]
    assert lines
    assert lines == [line for line in pair[2].lines if line.startswith(part)]


def test_snippets_and_reports_are_made_once(pair: dict[int, Ended]) -> None:
    """An undefined step gets its snippet, and the report is made of all findings."""
    assert pair[2].stderr == pair[1].stderr
    assert pair[2].stderr.count("@when(u'I aks')") == 1
    assert pair[2].lines[-1] == "report: reports/out/index.html"


def test_the_files_are_those_of_one_process(pair: dict[int, Ended]) -> None:
    """Folders of failures and JUnit files stand where one process puts them, and nothing else does."""
    one, two = (
        {path.relative_to(ended.folder).as_posix() for path in ended.folder.rglob("*.*")}
        - {path.name for path in ended.folder.glob("ended-*")}
        for ended in pair.values()
    )
    assert one == two
    assert "reports/out/failures/answers-3-fails/rerun.txt" in two
    assert any(name.startswith("xml/") for name in two)


def test_scenarios_of_one_feature_run_at_the_same_time(project: Project) -> None:
    """Two scenarios that wait for each other both pass, which one process could not do."""
    meets = "    When I meet another\n    Then it answers\n"
    shared(project, f"  Scenario: a\n{meets}  Scenario: b\n{meets}")
    ended = project.run("-Djobs=2")
    assert (ended.code, ended.verdicts) == (0, {"a": "passed", "b": "passed"})


@pytest.mark.parametrize(
    ("scenarios", "code"),
    [
        ("  Scenario: a\n  Scenario: b\n", 3),
        ("  Scenario: a\n    When the server breaks\n  Scenario: b\n    Then it answers\n", 4),
        ("  Scenario: a\n    When the generator breaks\n  Scenario: b\n    Then it answers\n", 5),
    ],
)
def test_the_exit_code_is_that_of_all_processes(project: Project, scenarios: str, code: int) -> None:
    """What one process finds is told by the run."""
    assert code == shared(project, scenarios).run("-Djobs=2").code


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["-Djobs=0"], "jobs='0' is not allowed: it is a whole number from 1 to 8"),
        (
            ["-Djobs=2", "-fplain"],
            (
                "the formatter 'plain' cannot show scenarios that run in other processes: "
                "leave out jobs, or -f plain"
            ),
        ),
        (["-Djobs=2", "features/anwsers.feature"], "no such file or folder: 'features/anwsers.feature'"),
    ],
)
def test_a_wrong_command_is_refused_before_any_process_starts(
    project: Project, arguments: list[str], expected: str
) -> None:
    """One line, said once, and 64."""
    project.write("environment.py", ENDED)
    ended = project.run(*arguments)
    assert ended.code == 64
    assert ended.stderr.startswith(f"behave: {expected}")
    assert ended.stderr.count("\n") == 1
    assert not list(project.folder.glob("ended-*"))


def test_no_more_processes_start_than_there_are_scenarios(project: Project) -> None:
    """A job without a scenario would be started for nothing, and so would the hooks of a feature."""
    hook = "def before_feature(context, it): open(f'feature-{it.name}-{os.getpid()}', 'w').close()\n"
    project.write("environment.py", ENDED + hook)
    shared(project, "  Scenario: one\n    Then it answers\n")
    project.write("features/more.feature", "Feature: More\n  Scenario: more\n    Then it answers\n")
    assert project.run("-Djobs=8").code == 0
    assert len(list(project.folder.glob("ended-*"))) == 2
    assert len(list(project.folder.glob("feature-*"))) == 2
    assert project.run("-Djobs=8", "features/more.feature").code == 0
    assert len(list(project.folder.glob("ended-*"))) == 3


def test_what_asserts_a_rate_runs_alone(project: Project) -> None:
    """A scenario tagged @alone begins when all others have ended, and is listed where it stands."""
    alone = "  @alone\n  Scenario: alone\n    Then it answers\n"
    records = shared(project, alone + PASSING).run("-Djobs=2").results["scenarios"]
    assert [record["name"] for record in records] == ["alone", "s0", "s1", "s2", "s3"]
    assert records[0]["started_at"] > max(record["started_at"] for record in records[1:])


def test_what_a_process_prints_is_printed(project: Project) -> None:
    """What hooks of the run print is seen, also by an output that cannot write each letter of it."""
    project.write("environment.py", "import os\ndef after_all(context): os.write(1, 'café\\n'.encode())\n")
    ended = shared(project).run("-Djobs=2", PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert (ended.code, ended.lines.count("caf?")) == (0, 2)


def test_a_shuffled_run_has_the_order_of_its_seed(project: Project) -> None:
    """The same seed lists scenarios in the same order, however many processes run them."""
    shared(project)
    arguments = ("-Dorder=random", "-Dseed=7")
    one, two = project.run(*arguments), project.run(*arguments, "-Djobs=2")
    assert list(one.verdicts) == list(two.verdicts) != sorted(one.verdicts)
    assert one.scenario("s2")["rerun"] == two.scenario("s2")["rerun"]


def test_what_failed_is_run_again_by_two_processes(project: Project) -> None:
    """What is to run again is chosen once, by the run itself."""
    bad = "".join(f"  Scenario: b{n}\n    Then it answers 1 for 2\n" for n in range(2))
    shared(project, bad + PASSING).run("-Djobs=2")
    assert project.run("-Djobs=2", "-Drerun=failed").verdicts == {"b0": "failed", "b1": "failed"}


def test_a_dry_run_takes_no_notice_of_jobs(project: Project) -> None:
    """It runs nothing, so there is nothing to share out."""
    ended = project.run("--dry-run", "-Djobs=2", "-fplain")
    assert (ended.code, (project.folder / "reports").exists()) == (0, False)


def test_the_variable_of_a_part_is_not_for_users(project: Project) -> None:
    """A variable that is left over from elsewhere is told, not obeyed."""
    ended = project.run(TOUCHSTONE_PART=str(project.folder))
    assert (ended.code, ended.stderr.count("\n")) == (64, 1)
    assert "TOUCHSTONE_PART is not for users" in ended.stderr


def test_a_scenario_is_taken_once(tmp_path: Path) -> None:
    """Two processes never get the same one, the one that has it keeps it, and a closed list gives nothing."""
    first, second = WorkList(tmp_path / "work"), WorkList(tmp_path / "work")
    first.fill(["a.feature:1", "a.feature:2"])
    assert [first.take("a.feature:1"), second.take("a.feature:1"), first.take("a.feature:1")] == [
        True,
        False,
        True,
    ]
    assert not first.take("b.feature:1")
    first.close()
    second.close()
    assert (second.is_closed, second.take("a.feature:2")) == (True, False)


def test_a_line_is_read_when_it_is_whole(tmp_path: Path) -> None:
    """What a killed process left half-written is no line."""
    path = tmp_path / "lines"
    lines = Lines(path)
    assert lines.read() == []
    path.write_bytes("é\nhal".encode())
    assert lines.read() == ["é"]
    path.write_bytes("é\nhalf\n\n".encode())
    assert lines.read() == ["half", ""]
