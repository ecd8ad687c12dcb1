"""The verdict on a load: each limit of each name, and what they come to.

What it promises, in the terms of `fixtures.measuring.limits`:

- failures that are too many are the server's failure, always;
- a time or a rate that is missed is the server's failure, unless the machine or the generator could not keep up:
  then it is inconclusive;
- a load that was to follow a schedule and did not is inconclusive, even where all limits hold: what was promised at
  that rate was not tried. So is one of which a worker was lost;
- too few samples are inconclusive, and a name with limits that was never asked for is untested.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from fixtures.measuring.limits import (
    OFFERED_MIN,
    Conditions,
    Limit,
    could_not_keep_up,
    needed,
)
from load.engine.merging import Named
from load.engine.thresholds import FIGURES, SAMPLES, Limits, Thresholds

PASSED, FAILED, INCONCLUSIVE, UNTESTED = "passed", "failed", "inconclusive", "untested"
EXIT_CODES: Final = {PASSED: 0, FAILED: 1, UNTESTED: 3, INCONCLUSIVE: 5}
PRECEDENCE: Final = (FAILED, INCONCLUSIVE, UNTESTED, PASSED)
PERCENTILES: Final = {"p50": 50.0, "p95": 95.0, "p99": 99.0, "max": 100.0}


@dataclass(frozen=True)
class Row:
    """One limit, and what was found."""

    name: str
    figure: str
    limit: str
    found: str
    verdict: str
    why: str
    requirement: str


@dataclass(frozen=True)
class Verdict:
    """What a load comes to."""

    verdict: str
    rows: tuple[Row, ...]
    reasons: tuple[str, ...]
    """Why it is not simply passed, beside what the rows say."""

    @property
    def exit_code(self) -> int:
        """The code of docs/exit-codes.md."""
        return EXIT_CODES[self.verdict]


@dataclass(frozen=True)
class Circumstances:
    """What is to be known of a run besides its figures."""

    conditions: Conditions
    late_ms: Mapping[str, float]
    """By how much arrivals left late by the generator's own doing, by percentile; empty without a schedule."""
    doubts: tuple[str, ...] = ()
    """Why nothing that this run shows is certain, such as a worker that was lost."""


def figures_of(named: Named, passed_s: float) -> dict[str, float]:
    """Return all figures of a name: times in milliseconds, failures in percent, good answers a second."""
    times = named.times.percentiles_ms(*PERCENTILES.values())
    return {
        "samples": named.samples,
        "failures": named.failures,
        "failures %": 100 * named.failures / max(1, named.samples),
        "rate": named.good / passed_s if passed_s > 0 else 0.0,
        "mean": named.times.mean_ms,
        **dict(zip(PERCENTILES, times, strict=True)),
    }


def judge(
    found: Mapping[str, Mapping[str, float]], thresholds: Thresholds, circumstances: Circumstances
) -> Verdict:
    """Return the verdict on the figures of each name (`figures_of`)."""
    names = [name for name in thresholds.named if name not in found] + list(found)
    rows = [row for name in names for row in _rows(name, found.get(name), thresholds.of(name), circumstances)]
    reasons = list(circumstances.doubts)
    offered = circumstances.conditions.offered
    if offered < OFFERED_MIN:
        reasons.append(could_not_keep_up(0, replace(circumstances.conditions, generator_cpu=0.0)))
    verdicts = {row.verdict for row in rows} | ({INCONCLUSIVE} if reasons else set())
    if not any(figures["samples"] for figures in found.values()):
        reasons.append("no request was made")
        # A worker that never came, or that was lost, is the better reason why there is none.
        verdicts = {UNTESTED} | ({INCONCLUSIVE} if circumstances.doubts else set())
    return Verdict(next(each for each in PRECEDENCE if each in verdicts), tuple(rows), tuple(reasons))


def _rows(
    name: str, found: Mapping[str, float] | None, limits: Limits, circumstances: Circumstances
) -> Iterable[Row]:
    for limit in limits.rows:
        if not found or not found["samples"]:
            yield Row(name, limit.figure, str(limit), "", UNTESTED, "no request was made", limits.requirement)
            continue
        value = found["failures %" if limit.figure == "failures" and limit.unit == "%" else limit.figure]
        verdict, why = _judged(limit, value, limits.rows, circumstances)
        yield Row(name, limit.figure, str(limit), shown(value, limit.unit), verdict, why, limits.requirement)


def _judged(
    limit: Limit, value: float, rows: Sequence[Limit], circumstances: Circumstances
) -> tuple[str, str]:
    if limit.holds(value):
        return PASSED, ""
    if FIGURES[limit.figure].is_count:
        return FAILED, ""
    if limit.figure == SAMPLES:
        return INCONCLUSIVE, "there are too few for the other figures to mean something"
    doubt = _doubt(limit, value, rows, circumstances)
    return (INCONCLUSIVE, doubt) if doubt else (FAILED, "")


def _doubt(limit: Limit, value: float, rows: Sequence[Limit], circumstances: Circumstances) -> str:
    if circumstances.doubts:
        return circumstances.doubts[0]
    conditions = circumstances.conditions
    # Where clients wait for their answers, a limit on times is one on their rate; by a schedule it is not.
    asked = [row for row in rows if row.figure == "rate"] if circumstances.late_ms else rows
    # Without a ruler the machine is not doubted.
    doubt = could_not_keep_up(
        needed(asked, conditions.clients, FIGURES) if conditions.ruler else 0, conditions
    )
    late_ms = circumstances.late_ms.get(limit.figure, 0.0)
    if not doubt and late_ms and limit.holds(value - late_ms):
        return f"the generator itself was late by {late_ms:,.1f} ms at {limit.figure}"
    return doubt


def shown(value: float, unit: str) -> str:
    """Return a figure with its unit, as a table has it."""
    digits = 0 if unit in {"", "/s"} else 3 if unit == "%" else 1
    return f"{value:,.{digits}f} {unit}".rstrip()
