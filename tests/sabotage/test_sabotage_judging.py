"""Caught means an assertion in a Then, by whom it should be and by nobody else."""

from typing import Any

import pytest

from fixtures.sabotage.fault import Fault
from fixtures.sabotage.judging import Finding, judge_fault


class Breaks(Fault):
    """It breaks."""

    system = "lunar-returns"
    must_fail = ("LR-1", "LR-2")
    may_fail = ("LR-3",)


def scenario(requirement: str, *steps: tuple[str, str], trace: str = "") -> dict[str, Any]:
    """A scenario whose steps are (keyword, verdict)."""
    failed = any(verdict == "failed" for _, verdict in steps)
    return {
        "name": f"a case of {requirement}",
        "requirements": [requirement],
        "verdict": "failed" if failed else "passed",
        "steps": [{"keyword": keyword, "verdict": verdict} for keyword, verdict in steps],
        "failure": {"where": "", "message": "expected 1 got 2", "trace": trace} if failed else None,
    }


def caught(requirement: str, **more: str) -> dict[str, Any]:
    return scenario(requirement, ("Given", "passed"), ("Then", "passed"), ("And", "failed"), **more)


def green(requirement: str) -> dict[str, Any]:
    return scenario(requirement, ("Given", "passed"), ("Then", "passed"))


def judged(*scenarios: dict[str, Any], reached: bool = True, exit_code: int = 1) -> Finding:
    verdicts: dict[str, list[str]] = {}
    for each in scenarios:
        verdicts.setdefault(each["requirements"][0], []).append(each["verdict"])
    results = {
        "exit_code": exit_code,
        "scenarios": scenarios,
        "requirements": [
            {"id": name, "verdict": "failed" if "failed" in found else found[0], "scenarios": found}
            for name, found in verdicts.items()
        ],
    }
    return judge_fault(Breaks(), results, reached=reached, duration_s=1.0)


def test_a_fault_is_caught_when_each_requirement_that_must_fail_has_a_then_that_failed() -> None:
    """The finding names the scenario that noticed, once a requirement."""
    found = judged(green("LR-1"), caught("LR-1"), caught("LR-1"), caught("LR-2"), caught("LR-3"))
    assert (found.outcome, found.why) == ("caught", "")
    assert [each.requirement for each in found.caught_by] == ["LR-1", "LR-2"]
    assert found.caught_by[0].message == "expected 1 got 2"
    assert found.requirements == {"LR-1": "failed", "LR-2": "failed", "LR-3": "failed"}


def test_a_requirement_that_stays_green_misses_the_fault() -> None:
    """One of two is not enough."""
    found = judged(caught("LR-1"), green("LR-2"))
    assert (found.outcome, found.why) == ("missed", "no Then of LR-2 failed")


@pytest.mark.parametrize(
    "broken",
    [
        scenario("LR-2", ("Given", "failed"), ("Then", "untested")),
        scenario("LR-2", ("Given", "passed"), ("When", "failed"), ("Then", "untested")),
        caught("LR-2", trace="KeyError"),
    ],
    ids=["in a Given", "in a When", "an error, no assertion"],
)
def test_a_scenario_that_breaks_down_before_its_then_proves_nothing(broken: dict[str, Any]) -> None:
    """A fault that crashes everything would otherwise count as caught by everybody."""
    assert judged(caught("LR-1"), broken).outcome == "missed"


def test_a_requirement_that_the_fault_does_not_name_must_stay_green() -> None:
    """Red all over says nothing about what is broken."""
    found = judged(caught("LR-1"), caught("LR-2"), scenario("LR-4", ("Given", "failed")))
    assert (found.outcome, found.why) == ("collateral", "LR-4 failed too, which the fault does not name")


def test_a_fault_whose_code_never_ran_is_not_caught() -> None:
    """Whatever turned red, it was not this fault."""
    assert judged(caught("LR-1"), caught("LR-2"), reached=False).outcome == "not_reached"


@pytest.mark.parametrize("exit_code", [3, 4, 64])
def test_a_server_that_never_got_ready_catches_nothing(exit_code: int) -> None:
    """A fault that keeps the server from starting is a mistake of ours."""
    assert judged(caught("LR-1"), caught("LR-2"), exit_code=exit_code).outcome == "not_booted"


def test_a_run_without_results_is_inconclusive_and_says_why() -> None:
    """The run was killed, or hung: that is no mistake of the fault, and nobody has caught it."""
    found = judge_fault(Breaks(), {}, reached=True, duration_s=1.0, lost="the run did not end within 900 s")
    assert (found.outcome, found.why) == ("inconclusive", "the run did not end within 900 s")


def test_what_kept_the_server_from_starting_is_said() -> None:
    """A fault whose patch point is gone is mended by whoever reads the line."""
    results = {"exit_code": 4, "errors": [{"where": "before_all", "message": "PatchPointGone: it is gone"}]}
    found = judge_fault(Breaks(), results, reached=False, duration_s=1.0)
    assert found.why == "the broken server never got ready: PatchPointGone: it is gone"


@pytest.mark.parametrize("exit_code", [0, 3, 5])
def test_inconclusive_scenarios_leave_it_open(exit_code: int) -> None:
    """A machine too slow to tell is no proof either way; that nothing else ran makes it no server that failed."""
    undecided = [
        {**green(name), "verdict": "inconclusive", "reason": "too slow"} for name in ("LR-1", "LR-2")
    ]
    found = judged(*undecided, exit_code=exit_code)
    assert (found.outcome, found.why) == ("inconclusive", "LR-1, LR-2: too slow")
    assert judged(*undecided, reached=False, exit_code=3).outcome == "not_booted"
