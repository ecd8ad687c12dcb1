"""What is seen on the terminal and in the log of a CI job."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from fixtures.runner.telling.terminal import CRUMB

if TYPE_CHECKING:
    from tests.runner.conftest import Project

READ_BYTES_MAX = 65_536


def on_terminal(project: Project, **variables: str) -> str:
    """Run behave on a terminal of its own, and return what it wrote there."""
    leader, follower = pty.openpty()
    environment = project.environment(**{"TERM": "xterm", **variables})
    with subprocess.Popen(
        [str(project.behave)],
        cwd=project.folder,
        env=environment,
        stdin=follower,
        stdout=follower,
        stderr=follower,
    ) as process:
        os.close(follower)
        written = b""
        while True:
            try:
                read = os.read(leader, READ_BYTES_MAX)
            except OSError:  # Linux says so when the last writer has closed the terminal.
                break
            if not read:
                break
            written += read
        process.wait()
    os.close(leader)
    return written.decode()


def test_a_scenario_is_one_line(project: Project) -> None:
    """Feature titles are headings; rule, scenario, verdict and time stand in one line."""
    ended = project.run()
    shown = [re.sub(r"\d+\.\d\d s", "0.00 s", line) for line in ended.lines[1:]]
    assert shown == [
        "Answers  (features/answers.feature)",
        f"  ✓ passed         0.00 s  Every question is answered {CRUMB} one question",
        f"  ✓ passed         0.00 s  Every question is answered {CRUMB} another question",
        "2 scenarios: 2 passed",
        "verdict: passed (exit 0)",
    ]
    assert ended.stderr == ""


def test_a_failure_is_told_at_once_and_in_full(project: Project) -> None:
    """Steps, expected and got, the last exchange, the log, the folder, the command: in this order."""
    project.world()
    project.scenarios(
        "  Scenario: bad\n    Given a server\n    Then it answers 1 for 2\n    And it answers\n"
        "  Scenario: next\n    Then it answers\n"
    )
    lines = [line.strip() for line in project.run("-Dseed=5").lines]
    start = lines.index("✓ Given a server")
    assert lines[start : start + 8] == [
        "✓ Given a server",
        "✗ Then it answers 1 for 2",
        "expected 2",
        "got      1",
        "last exchange: GET http://127.0.0.1/x -> no answer in 29.000 s",
        'sent: {"password": "(blanked)"}',
        "the server's log, last 10 of 200 lines:",
        "line 290",
    ]
    end = lines.index("line 299")
    assert lines[end + 1 : end + 3] == [
        "folder: reports/out/failures/answers-2-bad",
        "run it again: behave features/answers.feature:2 -D seed=5",
    ]
    assert "next" in lines[end + 3]


def test_requirements_are_a_table(project: Project) -> None:
    """A row says words, verdict and scenarios; what nobody built yet is planned, not untested."""
    project.requirements()
    project.scenarios("  @SH-1\n  Scenario: a\n    Then it answers\n")
    lines = [" ".join(line.split()) for line in project.run().lines]
    start = lines.index("requirement words verdict scenarios time")
    assert lines[start + 1] == "The shop"
    assert lines[start + 2].startswith("SH-1 It sells. ✓ passed 1/1 ")
    assert lines[start + 3] == "SH-2 It delivers. planned - -"


def test_a_selection_shows_its_own_requirements_only(project: Project) -> None:
    """Running one scenario does not list every requirement as untested."""
    project.requirements()
    project.scenarios("  @SH-1\n  Scenario: a\n    Then it answers\n")
    ended = project.run("--name=a")
    assert "SH-1" in ended.stdout
    assert "SH-2" not in ended.stdout


def test_a_file_gets_no_colours(project: Project) -> None:
    """Without a terminal there is no escape sequence, whatever a message holds."""
    project.scenarios("  Scenario: bad\n    Then I paint\n")
    project.steps('@then("I paint")\ndef _(context): raise AssertionError("\\x1b[31mred\\x1b[0m\\r\\x07")\n')
    ended = project.run()
    assert "\x1b" not in ended.stdout
    assert "\x07" not in ended.stdout
    assert "red" in ended.stdout


def test_a_terminal_shows_what_runs_and_colours(project: Project) -> None:
    """The running scenario is shown and overwritten, and verdicts have colours."""
    shown = on_terminal(project)
    assert f"… Answers {CRUMB} one question" in shown
    assert "\x1b[32m✓ passed" in shown


def test_no_color_is_respected(project: Project) -> None:
    """NO_COLOR means no escape sequences, also on a terminal."""
    shown = on_terminal(project, NO_COLOR="1")
    assert "✓ passed" in shown
    assert "\x1b" not in shown


def test_an_ascii_output_is_no_error(project: Project) -> None:
    """Where signs cannot be written, plain ones stand in for them."""
    ended = project.run(PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert (ended.code, ended.lines[-1]) == (0, "verdict: passed (exit 0)")
    assert "  + passed" in ended.stdout


def test_another_formatter_gets_the_end_as_well(project: Project) -> None:
    """Counts and verdict do not depend on the formatter."""
    ended = project.run("-f", "plain")
    assert ended.lines[-2:] == ["2 scenarios: 2 passed", "verdict: passed (exit 0)"]


def test_a_note_says_when_the_target_changes(project: Project) -> None:
    """Two workers need a child process, which is said before the first scenario."""
    ended = project.run("-Dworkers=2")
    assert ended.lines[1] == "note: workers=2 needs processes: the server is a child process (target=process)"
    assert ended.results["settings"]["target"] == "process"


def test_github_gets_annotations(project: Project) -> None:
    """A failure is a workflow command with file and line; elsewhere none is printed."""
    project.scenarios("  Scenario: 100%, bad\n    Then it answers 1 for 2\n")
    assert "::error" not in project.run().stdout
    (line,) = [line for line in project.run("-Dseed=5", GITHUB_ACTIONS="true").lines if line.startswith("::")]
    assert line == (
        "::error file=features/answers.feature,line=2,title=100%25%2C bad::"
        "Then it answers 1 for 2%0Aexpected 2%0Agot      1%0Abehave features/answers.feature:2 -D seed=5"
    )


def test_python_m_behave_is_the_same(project: Project) -> None:
    """The runner is found by the project's name, however behave is started."""
    done = subprocess.run(
        [str(project.behave.parent / "python"), "-m", "behave", "--tags=@nowhere"],
        cwd=project.folder,
        env=project.environment(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 3


def test_what_failed_is_listed_again_at_the_end(project: Project) -> None:
    """Who reads the last lines only sees which scenarios failed, and why, the failed ones first."""
    project.scenarios(
        "  Scenario: unsure\n    When it breaks\n  Scenario: bad\n    Then it answers 1 for 2\n"
    )
    project.steps('@when("it breaks")\ndef _(context): raise Inconclusive("too slow")\n')
    ended = project.run()
    assert ended.lines[-4:] == [
        "2 scenarios: 1 failed, 1 inconclusive",
        "failed: features/answers.feature:4 bad: expected 2 got 1",
        "inconclusive: features/answers.feature:2 unsure: too slow",
        "verdict: failed (exit 1)",
    ]


@pytest.mark.parametrize(("expected", "code"), [(1, 0), (2, 1)])
def test_a_run_outlives_whoever_reads_what_it_prints(project: Project, expected: int, code: int) -> None:
    """`behave | head` ends as `behave` does, with the same report."""
    project.scenarios(
        f"  Scenario: slow\n    When it takes a while\n    Then it answers 1 for {expected}\n"
        "  Scenario: after it\n    Then it answers 1 for 1\n"
    )
    project.steps('@when("it takes a while")\ndef _(context): time.sleep(0.5)\n')
    with project.start() as process:
        assert process.stdout
        process.stdout.readline()
        process.stdout.close()
        code_found, said = process.wait(60), process.stderr.read() if process.stderr else ""
    results = json.loads((project.folder / "reports/out/results.json").read_text())
    assert (code_found, results["counts"]["passed"], said) == (code, 2 - code, "")


def test_a_catalogue_whose_reader_leaves_is_no_error(project: Project) -> None:
    """`behave --steps-catalog | head` is how long lists are looked at."""
    with project.start("--steps-catalog") as process:
        assert process.stdout
        process.stdout.readline()
        process.stdout.close()
        assert (process.wait(60), process.stderr.read() if process.stderr else "") == (0, "")
