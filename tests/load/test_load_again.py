"""A load that failed is judged again by the machine's slower phase; what is no matter of time stays failed."""

from typing import Any

from fixtures.measuring.limits import read
from load.engine.again import again
from load.engine.thresholds import FIGURES, Limits, Thresholds

NAME = "GET /"


def _result(**figures: float) -> dict[str, Any]:
    found = {"samples": 100.0, "failures": 0.0, "failures %": 0.0, "rate": 900.0, "mean": 1.0, "p95": 1.0}
    return {
        "generator": {"busy": 0.5, "offered": 1.0, "late_ms": {}, "ruler": 9_000.0, "workers": 1, "due": 0},
        "users": 1,
        "reasons": [],
        "verdict": "failed",
        "exit_code": 1,
        "names": {NAME: {**found, **figures}},
        "limits": [],
    }


def _limits(**limits: str) -> Thresholds:
    return Thresholds({NAME: Limits(tuple(read(limits.items(), FIGURES)))})


def test_the_slower_ruler_counts() -> None:
    """A rate that is missed says nothing of the server where the machine could not show twice of it."""
    limits = _limits(rate="at least 3000 /s")

    assert again(_result(), limits, 5_999)["exit_code"] == 5
    assert again(_result(), limits, 5_999)["generator"]["ruler"] == 5_999
    assert again(_result(), limits, 6_000)["exit_code"] == 1
    assert again(_result(), limits, 20_000)["generator"]["ruler"] == 9_000


def test_failures_stay_failures() -> None:
    """However slow the machine is."""
    assert again(_result(failures=1), _limits(failures="exactly 0"), 10)["exit_code"] == 1


def test_clients_that_wait_ask_as_often_as_they_are_answered() -> None:
    """A limit on times is one on a rate, where nothing follows a schedule: 1,000 in 100 ms are 10,000 /s."""
    missed = {**_result(p95=101.0), "users": 1_000}
    by_schedule = {**missed, "generator": {**missed["generator"], "late_ms": {"p95": 0.1}}}

    assert again(missed, _limits(p95="under 100 ms"), 19_999)["exit_code"] == 5
    assert again({**by_schedule}, _limits(p95="under 100 ms"), 8_000)["exit_code"] == 1
