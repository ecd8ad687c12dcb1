"""`-D jobs=N` when something breaks: nothing is lost, nothing is told twice, and no process stays behind."""

from __future__ import annotations

import os
import re
import signal
from typing import TYPE_CHECKING, Any

import pytest

from fixtures.scenario.eventually import eventually
from tests.runner.jobs import ENDED, PASSING, shared

if TYPE_CHECKING:
    from tests.runner.conftest import Project

GONE_S_MAX = 20
WAITING = "".join(f"  Scenario: waits {n}\n    When I wait\n    Then it answers\n" for n in range(3))


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_killed_process_takes_one_scenario_with_it(project: Project) -> None:
    """Its scenario is untested with the reason, another process runs the rest, and the run ends with 1."""
    shared(project, "  Scenario: dies\n    When the process is killed\n    Then it answers\n" + PASSING)
    ended = project.run("-Djobs=2")
    assert ended.code == 1
    assert ended.verdicts == {"dies": "untested"} | dict.fromkeys(("s0", "s1", "s2", "s3"), "passed")
    (error,) = ended.results["errors"]
    assert re.fullmatch(r"job [12]", error["where"])
    assert error["message"] == "the process was killed by SIGKILL"
    assert ended.scenario("dies")["reason"] == f"{error['where']}: {error['message']}"


def test_when_every_process_is_lost_the_rest_is_untested(project: Project) -> None:
    """Nobody is left to run it, and the reason says why."""
    dies = "".join(
        f"  Scenario: d{n}\n    When the process is killed\n    Then it answers\n" for n in range(3)
    )
    ended = shared(project, dies).run("-Djobs=2")
    assert (1, {"untested"}) == (ended.code, set(ended.verdicts.values()))
    assert ended.scenario("d2")["reason"].endswith("the process was killed by SIGKILL")


def test_a_process_that_hangs_is_ended_and_the_others_go_on(project: Project) -> None:
    """The scenario fails at its time limit, and its stacks are on the run's stderr."""
    project.option("watchdog_grace_s = 0.5")
    hangs = "  @timeout.0.5\n  Scenario: hangs\n    When I hang\n    Then it answers\n"
    shared(project, hangs + PASSING)
    project.write(
        "steps/hanging.py",
        "import time\nfrom behave import when\n@when('I hang')\ndef _(context):\n"
        "    for _ in range(10_000):\n        try: time.sleep(600)\n        except BaseException: pass\n",
    )
    ended = project.run("-Djobs=2")
    assert ended.verdicts == {"hangs": "failed"} | dict.fromkeys(("s0", "s1", "s2", "s3"), "passed")
    assert ended.results["errors"] == []
    assert "steps/hanging.py" in ended.stderr


@pytest.mark.parametrize(
    ("hook", "where", "verdict"),
    [
        ("before_all(context)", "before_all", "untested"),
        ("after_all(context)", "after_all", "passed"),
        ("before_feature(context, it)", "before_feature of features/answers.feature:1", "untested"),
    ],
)
def test_the_same_error_of_two_processes_is_one(
    project: Project, hook: str, where: str, verdict: str
) -> None:
    """A hook that fails in every process is told once, and is the reason of what it kept from running."""
    project.write("environment.py", f"def {hook}: raise ValueError('no luck')\n")
    ended = shared(project).run("-Djobs=2")
    assert ended.code == 1
    assert ended.results["errors"] == [{"where": where, "message": "ValueError: no luck"}]
    assert set(ended.verdicts.values()) == {verdict}
    assert ("never started" in ended.scenario("s3")["reason"], bool(ended.scenario("s3")["reason"])) == (
        False,
        verdict == "untested",
    )


def test_stop_and_abort_hold_for_every_process(project: Project) -> None:
    """After a failure with --stop, and after an abort, no process begins another scenario."""
    project.write("environment.py", ENDED)
    waits = "  Scenario: waits\n    When a process has ended\n    Then it answers\n"
    shared(project, "  Scenario: bad\n    Then it answers 1 for 2\n" + waits + PASSING)
    ended = project.run("-Djobs=2", "--stop")
    assert (ended.code, ended.verdicts["bad"]) == (1, "failed")
    assert ended.scenario("s0")["reason"] == "the run stopped at its first failure (--stop)"
    aborts = "def after_scenario(context, it):\n    if it.name == 'bad': context.abort('disk full')\n"
    project.write("environment.py", ENDED + aborts)
    for mark in project.folder.glob("ended-*"):
        mark.unlink()
    ended = project.run("-Djobs=2")
    assert ended.results["errors"] == [{"where": "the run was aborted", "message": "disk full"}]
    assert ended.scenario("s0")["reason"] == "the run was aborted: disk full"


def start_waiting(project: Project) -> tuple[Any, list[int]]:
    """Start a run whose two processes wait; return it and their process numbers."""
    hook = "def after_scenario(context, it): open(f'cleaned-{it.name[-1]}', 'w').close()\n"
    project.write("environment.py", ENDED + hook)
    process = shared(project, WAITING).start("-Djobs=2", TMPDIR=str(project.folder))
    assert process.stdout is not None
    ready = 0
    for line in process.stdout:
        ready += line.strip() == "ready to be stopped"
        if ready == 2:
            return process, [int(path.name.split("-")[1]) for path in project.folder.glob("waits-*")]
    raise AssertionError(project.end(process).stderr)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_lets_its_processes_end_in_order(project: Project, number: signal.Signals) -> None:
    """Hooks of scenarios and of the run are called, nothing new begins, and the results say so."""
    process, pids = start_waiting(project)
    with process:
        process.send_signal(number)
        ended = project.end(process)
    assert ended.code == 1
    assert {each["reason"] for each in ended.results["scenarios"]} == {"the run was interrupted"}
    assert [error["where"] for error in ended.results["errors"]] == ["interrupted"]
    assert {path.name for path in project.folder.glob("cleaned-*")} == {"cleaned-0", "cleaned-1"}
    assert {path.name for path in project.folder.glob("ended-*")} == {f"ended-{pid}" for pid in pids}
    assert ended.lines[-1] == "verdict: failed (exit 1)"
    assert [pid for pid in pids if is_alive(pid)] == []
    assert list(project.folder.glob("touchstone-*")) == []


def test_a_killed_run_leaves_no_process(project: Project) -> None:
    """Its processes notice that it is gone, clean up, and end."""
    process, pids = start_waiting(project)
    with process:
        process.kill()
        project.end(process)
    eventually(
        lambda: not any(is_alive(pid) for pid in pids), within_s=GONE_S_MAX, what="no process of the run"
    )
    assert {path.name for path in project.folder.glob("ended-*")} == {f"ended-{pid}" for pid in pids}
