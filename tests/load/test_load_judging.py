from pathlib import Path

import pytest

from fixtures.measuring.limits import Conditions
from load.engine import comparing, table
from load.engine.errors import BODY, CONNECTION, STATUS, UnexpectedStatus, kind_of
from load.engine.judging import Circumstances, judge
from load.engine.merging import BUCKETS_MAX, Merged
from load.engine.recording import Recorder
from load.engine.thresholds import ThresholdsError, load
from tests.load.made import Clock, merged, piece, result, thresholds

FINE = Circumstances(Conditions(4, 0.0, 0.2), {})
FIGURES = {
    "samples": 1_000,
    "failures": 0,
    "failures %": 0.0,
    "rate": 100,
    "mean": 5,
    "p50": 5,
    "p95": 10,
    "p99": 30,
}
LIMITS = thresholds(GET_x={"p99": "under 20 ms", "failures": "exactly 0"})


def test_a_second_ends_in_its_piece_and_is_taken_once() -> None:
    """Requests of two seconds are two pieces, which say how old they are."""
    clock = Clock()
    recorder = Recorder(clock)
    recorder.good("GET", "x", 1.0)
    clock.now_s += 1.25
    recorder.bad("GET", "x", 2.0, STATUS, is_answered=True)
    recorder.bad("GET", "x", 2.0, CONNECTION, is_answered=False)
    first, second = recorder.take()
    assert (first.good, first.errors, first.age_s) == (1, {}, 1.25)
    assert (second.good, second.errors, second.age_s) == (0, {STATUS: 1, CONNECTION: 1}, 0.25)
    assert recorder.take() == []


def test_a_run_of_hours_keeps_a_bounded_number_of_buckets() -> None:
    """Buckets grow wider; nothing is lost of what they hold."""
    clock = Clock()
    run = Merged(clock)
    for _ in range(3 * BUCKETS_MAX):
        clock.now_s += 1
        run.add([piece("GET x", [1.0, 2.0], age_s=1.0)])
    ((_, whole), (_, named)) = run.names()
    assert len(named.buckets) <= BUCKETS_MAX
    assert sum(bucket.good for bucket in named.buckets.values()) == whole.samples == 6 * BUCKETS_MAX


def test_what_was_measured_before_a_reset_is_dropped() -> None:
    """A report that comes in late from before the start does not count."""
    clock = Clock()
    run = Merged(clock)
    run.add([piece("GET x", [1.0], age_s=5.0)])
    assert list(run.names()) == []


@pytest.mark.parametrize(
    ("found", "circumstances", "verdict"),
    [
        ({}, FINE, "failed"),
        ({"p99": 19.0}, FINE, "passed"),
        ({"failures": 1}, Circumstances(Conditions(4, 0.0, 1.0), {}), "failed"),
        ({}, Circumstances(Conditions(4, 0.0, 0.95), {}), "inconclusive"),
        ({}, Circumstances(Conditions(4, 500.0, 0.2), {}), "inconclusive"),
        ({}, Circumstances(Conditions(4, 0.0, 0.2), {"p99": 12.0}), "inconclusive"),
        ({}, Circumstances(Conditions(4, 0.0, 0.2), {"p99": 8.0}), "failed"),
        ({"p99": 19.0}, Circumstances(Conditions(4, 0.0, 0.2, offered=0.9), {}), "inconclusive"),
        (
            {"p99": 19.0},
            Circumstances(Conditions(4, 0.0, 0.2), {}, ("1 of 2 workers were lost",)),
            "inconclusive",
        ),
        ({"p99": 19.0}, Circumstances(Conditions(4, 0.0, 1.0), {}), "passed"),
        ({"samples": 0}, FINE, "untested"),
    ],
    ids=[
        "a time too long",
        "all kept",
        "a failure, however busy the generator",
        "a busy generator",
        "a slow machine",
        "a generator late by more than the excess",
        "a generator late by less",
        "a rate that was not offered",
        "a lost worker",
        "all kept by a busy generator",
        "no request",
    ],
)
def test_whose_failure_it_is(found: dict[str, float], circumstances: Circumstances, verdict: str) -> None:
    """Counts are always the server's; times are not when the generator or the machine could not keep up."""
    assert judge({"GET x": {**FIGURES, **found}}, LIMITS, circumstances).verdict == verdict


def test_too_few_samples_are_inconclusive_and_a_name_that_was_not_asked_for_untested() -> None:
    """Neither is green, and neither is the server's failure."""
    few = judge({"GET x": {**FIGURES, "samples": 10}}, thresholds(GET_x={"samples": "at least 500"}), FINE)
    other = judge({"GET y": FIGURES}, LIMITS, FINE)
    assert (few.exit_code, other.exit_code) == (5, 3)


def test_a_name_without_limits_may_have_no_failures() -> None:
    """What nobody limited is not left out."""
    assert judge({"GET y": {**FIGURES, "failures": 1}}, thresholds(), FINE).exit_code == 1


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (OSError(), 0, CONNECTION),
        (ConnectionResetError(), 200, CONNECTION),
        (ValueError("cut"), 503, STATUS),
        (UnexpectedStatus(200, 201), 200, STATUS),
        (ValueError("no id"), 200, BODY),
    ],
)
def test_kinds_of_errors(error: Exception, status: int, kind: str) -> None:
    """No answer, or half of one, is of the connection; of the rest the status comes first."""
    assert kind_of(error, status) == kind


def test_limits_are_read_in_the_words_of_features(tmp_path: Path) -> None:
    """A figure that there is not, a limit that is none, and a profile without limits are refused."""
    path = tmp_path / "thresholds.toml"
    path.write_text(
        '[a."GET x"]\np95 = "under 20 ms"\n[b."GET x"]\nage = "under 1 ms"\n[c."GET x"]\np95 = 20\n'
    )
    rows = load(path, "a").of("GET x").rows
    assert [str(row) for row in rows] == ["failures exactly 0", "p95 under 20 ms"]
    for profile in ("b", "c", "d"):
        with pytest.raises(ThresholdsError):
            load(path, profile)


def test_a_change_within_the_noise_is_none() -> None:
    """A run whose quarters lie far apart shows no small change; a quiet one does."""
    quiet, slower = ([[piece("GET x", [took_ms] * 50)]] * 8 for took_ms in (10.0, 13.0))
    noisy = [[piece("GET x", [took_ms] * 50)] for took_ms in (5.0, 10.0, 15.0, 20.0)] * 2
    results = [result(merged(seconds), thresholds()) for seconds in (quiet, slower, noisy)]
    told = {
        each.figure: each.verdict
        for each in comparing.compare(results[1], results[0])
        if each.name == "GET x"
    }
    assert told == {"p50": "worse", "p95": "worse", "p99": "worse", "mean": "worse", "rate": "same"}
    assert all(
        each.verdict == "same" for each in comparing.compare(results[1], results[2]) if each.figure != "p99"
    )


def test_the_table_names_what_was_missed() -> None:
    """A limit that is missed stands with what was found and its requirement."""
    run = merged([[piece("GET x", [30.0] * 10)], [piece("GET x", [30.0] * 10, errors={BODY: 2})]])
    lines = table.lines(result(run, LIMITS))
    cells = [" ".join(line.split()) for line in lines]
    assert "GET x p99 under 20 ms 30.0 ms failed AR-4" in cells
    assert any("2 body" in line for line in lines)
    assert lines[-1] == "verdict: failed (exit 1)"
