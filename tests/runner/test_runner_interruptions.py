"""Ctrl-C and SIGTERM: the run stops, cleans up, and says what it did not run."""

from __future__ import annotations

import signal
import subprocess
from typing import TYPE_CHECKING

import pytest

from fixtures.runner.interruptions import Interruptions, TimeLimitReached

if TYPE_CHECKING:
    from tests.runner.conftest import Ended, Project

READY = "ready to be stopped"
# The descriptor is used, for behave captures sys.stdout while a step runs. It sleeps in short pieces, for
# Python sees a signal that comes just before a sleep only after it.
WAIT = f"import os, time; os.write(1, b'{READY}\\n'); any(time.sleep(0.05) for _ in range(12_000))"
HOOKS = """
def after_scenario(context, scenario): open('cleaned', 'a').write(scenario.name)
def after_all(context): open('ended', 'w')
"""


def run_until_ready(project: Project) -> subprocess.Popen[str]:
    """Start behave, and return once it says that it waits."""
    process = project.start()
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == READY:
            return process
    raise AssertionError(project.end(process).stderr)


def stopped(project: Project, number: signal.Signals) -> Ended:
    with run_until_ready(project) as process:
        process.send_signal(number)
        return project.end(process)


@pytest.fixture
def waiting(project: Project) -> Project:
    project.steps(f'@when("I wait")\ndef _(context): {WAIT}\n')
    project.scenarios(
        "  Scenario: first\n    Then it answers\n"
        "  Scenario: waits\n    When I wait\n    Then it answers\n"
        "  Scenario: last\n    Then it answers\n"
    )
    project.write("features/more.feature", "Feature: More\n  Scenario: more\n    Then it answers\n")
    project.write("environment.py", HOOKS)
    return project


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_writes_what_it_knows(waiting: Project, number: signal.Signals) -> None:
    """What passed stays passed, the rest is untested, hooks have run, and the code is 1."""
    ended = stopped(waiting, number)
    assert ended.code == 1
    assert ended.verdicts == {"first": "passed", "waits": "untested", "last": "untested", "more": "untested"}
    assert ended.scenario("waits")["reason"] == "the run was interrupted"
    assert ended.results["errors"] == [
        {"where": "interrupted", "message": "the run was stopped before its end"}
    ]
    assert (waiting.folder / "cleaned").read_text() == "firstwaits"
    assert (waiting.folder / "ended").exists()
    assert ended.lines[-1] == "verdict: failed (exit 1)"
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("hook", "verdict"), [("before_all(context)", "untested"), ("before_scenario(context, it)", "untested")]
)
def test_a_run_can_be_stopped_in_a_hook(waiting: Project, hook: str, verdict: str) -> None:
    """Nothing runs after the hook but clean-up."""
    waiting.write("environment.py", f"{HOOKS}def {hook}: {WAIT}\n")
    ended = stopped(waiting, signal.SIGINT)
    assert ended.code == 1
    assert {verdict} == set(ended.verdicts.values())
    assert (waiting.folder / "ended").exists()


def test_a_clean_up_is_not_stopped(waiting: Project) -> None:
    """A stop during after_scenario lets it end, the scenario keeps its verdict, and no other runs."""
    hook = (
        "import os, signal\n"
        "def after_scenario(context, scenario):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    open('cleaned', 'a').write(scenario.name)\n"
    )
    waiting.write("environment.py", hook)
    ended = waiting.run()
    assert ended.code == 1
    assert ended.verdicts == {"first": "passed", "waits": "untested", "last": "untested", "more": "untested"}
    assert (waiting.folder / "cleaned").read_text() == "first"


def test_a_second_interrupt_ends_at_once(waiting: Project) -> None:
    """Who presses Ctrl-C twice does not want to wait for clean-up."""
    hook = f"def after_scenario(context, scenario):\n    if scenario.name == 'waits':\n        {WAIT}\n"
    waiting.write("environment.py", hook)
    with run_until_ready(waiting) as process:
        process.send_signal(signal.SIGINT)
        assert process.stdout is not None
        assert next(line.strip() for line in process.stdout if line.strip() == READY) == READY
        process.send_signal(signal.SIGINT)
        ended = waiting.end(process)
    assert ended.code == 1
    assert "stopped twice" in ended.stderr


def test_what_arrives_outside_user_code_waits_for_it() -> None:
    """A signal that comes while the runner itself works is raised in the next step or hook."""
    gate = Interruptions()
    gate.arrive(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt), gate.user_code(stoppable=True):
        raise AssertionError("not reached")
    assert gate.depth == 0


def test_a_stop_waits_while_something_cleans_up() -> None:
    """Clean-up is left by a time limit, never by a stop."""
    gate = Interruptions()
    with gate.user_code(stoppable=False):
        gate.arrive(KeyboardInterrupt())
        with pytest.raises(TimeLimitReached):
            gate.arrive(TimeLimitReached())
    with pytest.raises(KeyboardInterrupt), gate.user_code(stoppable=True):
        pass


def test_a_time_limit_is_not_handed_on_to_the_next_scenario() -> None:
    """A limit that was reached too late to be raised is forgotten with its scenario, a stop is not."""
    gate = Interruptions()
    gate.arrive(TimeLimitReached())
    gate.forget_time_limit()
    with gate.user_code(stoppable=True):
        pass
    gate.arrive(KeyboardInterrupt())
    gate.arrive(TimeLimitReached())
    gate.forget_time_limit()
    with pytest.raises(KeyboardInterrupt), gate.user_code(stoppable=True):
        pass
