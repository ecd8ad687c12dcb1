"""What is wrong before the first scenario: exit code 64, one line, no traceback."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from fixtures.runner.time_limits import limit_s_of
from fixtures.verdicts import UsageError
from tests.runner.conftest import Project

if TYPE_CHECKING:
    from pathlib import Path

    from tests.runner.conftest import Ended


def refused(ended: Ended) -> str:
    """The one line of a refusal."""
    assert ended.code == 64
    assert "Traceback" not in ended.stdout + ended.stderr
    lines = ended.stderr.splitlines()
    assert len(lines) == 1, ended.stderr
    return lines[0]


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        (
            "features/anwsers.feature",
            "no such file or folder: 'features/anwsers.feature': did you mean 'features/answers.feature'?",
        ),
        ("featurs", "no such file or folder: 'featurs': did you mean 'features'?"),
        ("features/answers.feature:900", "features/answers.feature:900: the file has 12 lines only"),
        ("environment.py", "'environment.py' is no feature file: its name does not end in .feature"),
        (
            "-Dtargt=process",
            (
                "unknown setting 'targt': did you mean 'target'? "
                "Known: target, target_database, target_auth, allow, deviations, database, workers, jobs, "
                "order, seed, shard, rerun, inconclusive, sabotage, out"
            ),
        ),
        (
            "-Drerun=failed",
            "rerun=failed needs the results of an earlier run: reports/out/results.json is not there",
        ),
        ("-j4", "-j and --jobs belong to other runners: use -D jobs=4"),
        ("--jobs=40", "-j and --jobs belong to other runners: use -D jobs=8"),
    ],
)
def test_a_wrong_argument_is_refused(project: Project, argument: str, expected: str) -> None:
    """Each wrong argument gets one line that says what is wrong."""
    assert f"behave: {expected}" == refused(project.run(argument))


def test_gherkin_that_cannot_be_read_names_its_line(project: Project) -> None:
    """A parse error names file and line, by the path that the user knows."""
    project.write(
        "features/broken.feature", "Feature: Broken\n  Scenario: one\n    Given a server\n  nonsense\n"
    )
    line = refused(project.run())
    assert line.startswith("behave: features/broken.feature:4: not valid Gherkin: ")
    assert str(project.folder) not in line


def test_a_feature_that_is_not_text_is_named(project: Project) -> None:
    """Bytes that are no UTF-8 are refused with the place."""
    (project.folder / "features/latin.feature").write_bytes(b"Feature: caf\xe9\n")
    assert refused(project.run()) == "behave: features/latin.feature: not UTF-8 at byte 12"


BROKEN_MODULES = {
    "\nimport nowhere_to_be_found\n": "2: ModuleNotFoundError: No module named 'nowhere_to_be_found'",
    "def broken(:\n": "1: SyntaxError: ",
    "\n\n1 / 0\n": "3: ZeroDivisionError: division by zero",
    "import sys\nsys.exit(0)\n": "2: SystemExit: 0",
}


@pytest.mark.parametrize("file", ["steps/more.py", "environment.py"])
def test_a_module_that_cannot_be_loaded_names_its_line(tmp_path: Path, file: str) -> None:
    """A step module or environment.py that fails on import is told with file, line and cause."""
    projects = [Project(tmp_path / str(number)) for number in range(len(BROKEN_MODULES))]
    for project, text in zip(projects, BROKEN_MODULES, strict=True):
        project.write(file, text)
    processes = [project.start() for project in projects]
    for project, process, expected in zip(projects, processes, BROKEN_MODULES.values(), strict=True):
        line = refused(project.end(process))
        assert f"cannot be loaded: {file}:{expected}" in line
        assert line.endswith("(the traceback: --verbose)")


def test_the_traceback_of_a_broken_module_is_one_option_away(project: Project) -> None:
    """With --verbose the traceback is shown as well, and the code stays 64."""
    project.write("steps/more.py", "1 / 0\n")
    ended = project.run("--verbose")
    assert ended.code == 64
    assert "Traceback" in ended.stderr


def test_the_same_step_twice_is_refused(project: Project) -> None:
    """An ambiguous step definition is no reason for a traceback."""
    project.steps('@when("I ask")\ndef _(context): pass\n')
    assert "AmbiguousStep" in refused(project.run())


def test_a_time_limit_is_a_number_of_seconds(project: Project) -> None:
    """A limit that cannot be is refused before anything runs, with its place."""
    project.scenarios("  @timeout.abc\n  Scenario: one\n    Then it answers\n")
    assert refused(project.run()).startswith(
        "behave: features/answers.feature:3: @timeout.abc is no time limit"
    )


@pytest.mark.parametrize("limit", ["", "0", "-3", "nan", "inf", "99999"])
def test_a_time_limit_is_above_0_and_bounded(limit: str) -> None:
    """What would never end a scenario, or end it before it begins, is no limit."""
    statement = SimpleNamespace(tags=[f"timeout.{limit}"], filename="a.feature", line=3)
    with pytest.raises(UsageError, match=f"a.feature:3: @timeout.{limit} is no time limit"):
        limit_s_of(statement)


def test_an_option_of_the_project_is_guessed(project: Project) -> None:
    """A misspelt floor would be no floor, so unknown options are refused."""
    project.option("scenario_min = 3")
    assert "'scenario_min': did you mean 'scenarios_min'?" in refused(project.run())


def test_a_bad_tag_expression_stays_with_behave(project: Project) -> None:
    """Behave reads tag expressions before any runner exists, and ends with 1."""
    assert project.run("--tags=(a and").code == 1


def test_a_refused_run_leaves_the_last_results_alone(project: Project) -> None:
    """Results are replaced by a run only, not by a mistake in its command."""
    first = project.run().results
    refused(project.run("-Dnonsense=1"))
    assert first == project.run("-Dnonsense=1").results


def test_a_list_of_scenarios_can_be_given(project: Project) -> None:
    """`@list.txt` runs what it names; a name in it that does not exist is refused."""
    project.write("list.txt", "features/answers.feature:10\n")
    assert list(project.run("@list.txt").verdicts) == ["another question"]
    project.write("list.txt", "features/nowhere.feature\n")
    assert "no such file or folder: 'features/nowhere.feature'" in refused(project.run("@list.txt"))
    assert "is no feature file" in refused(project.run("list.txt"))


def test_a_project_without_steps_is_refused(project: Project) -> None:
    """A folder that belongs to no project is told, and not by an absolute path."""
    (project.folder / "steps/steps.py").unlink()
    (project.folder / "steps").rmdir()
    (project.folder / "environment.py").unlink()
    line = refused(project.run())
    assert line.startswith("behave: No steps directory in ")
    assert str(project.folder) not in line
