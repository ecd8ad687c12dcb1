"""Time limits: a scenario that hangs fails, and the run goes on or ends, but never stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.runner.conftest import Project

SLEEP = """
@when("I sleep")
def _(context): time.sleep(600)

@when("I catch every error")
def _(context):
    for _ in range(10_000):
        try: time.sleep(600)
        except Exception: pass

@when("I catch everything")
def _(context):
    for _ in range(10_000):
        try: time.sleep(600)
        except BaseException: pass

@when("I hold the interpreter")
def _(context):
    import ctypes
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
    ctypes.PyDLL(None).sleep(600)
"""
LIMIT = "took longer than its time limit of 1.5 s"


@pytest.fixture
def slow(project: Project) -> Project:
    project.steps(SLEEP)
    return project


@pytest.fixture
def soon_ended(slow: Project) -> Project:
    slow.option("watchdog_grace_s = 1")
    return slow


@pytest.mark.parametrize("sentence", ["I sleep", "I catch every error"])
def test_a_scenario_over_its_limit_fails_and_the_next_one_runs(slow: Project, sentence: str) -> None:
    """The failure says the limit and where it was reached; a step that retries cannot swallow it."""
    slow.scenarios(
        f"  @timeout.1.5\n  Scenario: slow\n    When {sentence}\n  Scenario: next\n    Then it answers\n"
    )
    ended = slow.run()
    assert ended.code == 1
    assert ended.verdicts == {"slow": "failed", "next": "passed"}
    failure = ended.scenario("slow")["failure"]
    assert (f"When {sentence}", True) == (failure["where"], LIMIT in failure["message"])
    assert "time.sleep(600)" in failure["trace"]
    assert "the stacks of all threads" in ended.stderr
    assert "interrupted" not in ended.stdout


@pytest.mark.parametrize(
    ("tags", "expected"),
    [("@timeout.600", "@timeout.1.5"), ("@timeout.1.5", "")],
)
def test_the_nearest_limit_wins(slow: Project, tags: str, expected: str) -> None:
    """A scenario's own tag comes before its feature's, and a feature's holds for its scenarios."""
    scenario = f"  {expected}\n  Scenario: slow\n    When I sleep\n"
    slow.write("features/answers.feature", f"{tags}\nFeature: Answers\n{scenario}")
    assert LIMIT in slow.run().scenario("slow")["reason"]


def test_a_row_may_have_its_own_limit(slow: Project) -> None:
    """The tag of examples is nearer than the outline's."""
    slow.scenarios(
        "  @timeout.600\n  Scenario Outline: row\n    When <what>\n"
        "    @timeout.1.5\n    Examples: slow ones\n      | what    |\n      | I sleep |\n"
    )
    (record,) = slow.run().results["scenarios"]
    assert LIMIT in record["reason"]


@pytest.mark.parametrize("name", ["before_scenario", "after_scenario"])
def test_hooks_count(slow: Project, name: str) -> None:
    """A hook that hangs is left like a step, and the hook after it still runs."""
    slow.scenarios(
        "  @timeout.1.5\n  Scenario: slow\n    Then it answers\n  Scenario: next\n    Then it answers\n"
    )
    slow.write(
        "environment.py",
        f"import time\ndef {name}(context, scenario):\n    if scenario.name == 'slow': time.sleep(600)\n",
    )
    ended = slow.run()
    assert ended.verdicts == {"slow": "failed", "next": "passed"}
    assert (name, True) == (
        ended.scenario("slow")["failure"]["where"],
        LIMIT in ended.scenario("slow")["reason"],
    )


def test_clean_ups_count_and_the_others_still_run(slow: Project) -> None:
    """A clean-up that hangs is left, and those registered before it are called."""
    slow.scenarios("  @timeout.1.5\n  Scenario: slow\n    Then it answers\n")
    slow.write(
        "environment.py",
        "import time\ndef before_scenario(context, scenario):\n"
        "    def leave_mark(): open('mark', 'w').close()\n"
        "    def hang(): time.sleep(600)\n"
        "    context.add_cleanup(leave_mark)\n    context.add_cleanup(hang)\n",
    )
    ended = slow.run()
    assert ended.scenario("slow")["failure"]["where"] == "clean-up hang"
    assert (slow.folder / "mark").exists()


def test_a_scenario_that_cannot_be_left_ends_the_process(soon_ended: Project) -> None:
    """The watchdog ends it with 1, after the stacks and with results in which the rest is untested."""
    soon_ended.scenarios(
        "  Scenario: first\n    Then it answers\n"
        "  @timeout.1.5\n  Scenario: stuck\n    When I catch everything\n"
        "  Scenario: last\n    Then it answers\n"
    )
    ended = soon_ended.run()
    assert ended.code == 1
    assert ended.verdicts == {"first": "passed", "stuck": "failed", "last": "untested"}
    assert "did not end within 1 s more: the process is ended" in ended.scenario("stuck")["reason"]
    assert "steps/more_steps.py" in ended.stderr
    assert ended.lines[-1] == "verdict: failed (exit 1)"


def test_code_that_stops_every_thread_ends_the_process(soon_ended: Project) -> None:
    """Even where no Python can run any more, the process ends with 1 and its stacks."""
    soon_ended.scenarios("  @timeout.1.5\n  Scenario: stuck\n    When I hold the interpreter\n")
    ended = soon_ended.run()
    assert ended.code == 1
    assert "steps/more_steps.py" in ended.stderr
