"""Time limits: a scenario that hangs fails, and the run goes on or ends, but never stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.runner.conftest import Project

if TYPE_CHECKING:
    from tests.runner.conftest import Ended

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
LIMIT = "took longer than its time limit of 1 s"


NEXT = "  Scenario: next\n    Then it answers\n"
SLOW = "  @timeout.1\n  Scenario: slow\n"
HANGING_HOOK = """
import time
def {name}(context, scenario):
    if scenario.name == 'slow': time.sleep(600)
"""
HANGING_CLEAN_UP = """
import time
def before_scenario(context, scenario):
    def leave_mark(): open('mark', 'w').close()
    def hang(): time.sleep(600)
    context.add_cleanup(leave_mark)
    context.add_cleanup(hang)
"""
FEATURES = {
    "I sleep": f"Feature: A\n{SLOW}    When I sleep\n{NEXT}",
    "I catch every error": f"Feature: A\n{SLOW}    When I catch every error\n{NEXT}",
    "own tag": "@timeout.600\nFeature: A\n  @timeout.1\n  Scenario: slow\n    When I sleep\n",
    "tag of the feature": "@timeout.1\nFeature: A\n  Scenario: slow\n    When I sleep\n",
    "tag of examples": (
        "Feature: A\n  @timeout.600\n  Scenario Outline: slow\n    When <what>\n"
        "    @timeout.1\n    Examples: slow ones\n      | what    |\n      | I sleep |\n"
    ),
    "before_scenario": f"Feature: A\n{SLOW}    Then it answers\n{NEXT}",
    "after_scenario": f"Feature: A\n{SLOW}    Then it answers\n{NEXT}",
    "clean-up": f"Feature: A\n{SLOW}    Then it answers\n",
    "stuck": (
        "Feature: A\n  Scenario: first\n    Then it answers\n"
        "  @timeout.1\n  Scenario: stuck\n    When I catch everything\n"
        "  Scenario: last\n    Then it answers\n"
    ),
    "every thread stopped": "Feature: A\n  @timeout.1\n  Scenario: stuck\n    When I hold the interpreter\n",
}
ENDED_SOON = ("stuck", "every thread stopped")
ENVIRONMENTS = {
    "before_scenario": HANGING_HOOK.format(name="before_scenario"),
    "after_scenario": HANGING_HOOK.format(name="after_scenario"),
    "clean-up": HANGING_CLEAN_UP,
}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ended]:
    """A run of each of FEATURES. They mostly wait for a time limit, so they wait together."""
    projects = {name: Project(tmp_path_factory.mktemp("slow")) for name in FEATURES}
    for name, project in projects.items():
        project.steps(SLEEP)
        if name in ENDED_SOON:
            project.option("watchdog_grace_s = 0.5")
        project.write("features/answers.feature", FEATURES[name])
        project.write("environment.py", ENVIRONMENTS.get(name, ""))
    processes = {name: project.start() for name, project in projects.items()}
    return {name: projects[name].end(process) for name, process in processes.items()}


@pytest.mark.parametrize("sentence", ["I sleep", "I catch every error"])
def test_a_scenario_over_its_limit_fails_and_the_next_one_runs(runs: dict[str, Ended], sentence: str) -> None:
    """The failure says the limit and where it was reached; a step that retries cannot swallow it."""
    ended = runs[sentence]
    assert ended.code == 1
    assert ended.verdicts == {"slow": "failed", "next": "passed"}
    failure = ended.scenario("slow")["failure"]
    assert (f"When {sentence}", True) == (failure["where"], LIMIT in failure["message"])
    assert "time.sleep(600)" in failure["trace"]
    assert "the stacks of all threads" in ended.stderr
    assert "interrupted" not in ended.stdout


@pytest.mark.parametrize("place", ["own tag", "tag of the feature", "tag of examples"])
def test_the_nearest_limit_wins(runs: dict[str, Ended], place: str) -> None:
    """A scenario's own tag comes before its feature's, which holds for all; that of examples is nearest."""
    (record,) = runs[place].results["scenarios"]
    assert LIMIT in record["reason"]


@pytest.mark.parametrize("name", ["before_scenario", "after_scenario"])
def test_hooks_count(runs: dict[str, Ended], name: str) -> None:
    """A hook that hangs is left like a step, and the hook after it still runs."""
    ended = runs[name]
    assert ended.verdicts == {"slow": "failed", "next": "passed"}
    assert (name, True) == (
        ended.scenario("slow")["failure"]["where"],
        LIMIT in ended.scenario("slow")["reason"],
    )


def test_clean_ups_count_and_the_others_still_run(runs: dict[str, Ended]) -> None:
    """A clean-up that hangs is left, and those registered before it are called."""
    ended = runs["clean-up"]
    assert ended.scenario("slow")["failure"]["where"] == "clean-up hang"
    assert (ended.folder / "mark").exists()


def test_a_scenario_that_cannot_be_left_ends_the_process(runs: dict[str, Ended]) -> None:
    """The watchdog ends it with 1, after the stacks and with results in which the rest is untested."""
    ended = runs["stuck"]
    assert ended.code == 1
    assert ended.verdicts == {"first": "passed", "stuck": "failed", "last": "untested"}
    assert "did not end within 0.5 s more: the process is ended" in ended.scenario("stuck")["reason"]
    assert "steps/more_steps.py" in ended.stderr
    assert ended.lines[-1] == "verdict: failed (exit 1)"


def test_code_that_stops_every_thread_ends_the_process(runs: dict[str, Ended]) -> None:
    """Even where no Python can run any more, the process ends with 1 and its stacks."""
    ended = runs["every thread stopped"]
    assert ended.code == 1
    assert "steps/more_steps.py" in ended.stderr
