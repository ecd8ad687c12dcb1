"""A run beside an earlier one: what got worse, by how much, and how much of that is noise.

The rule: each run is cut into quarters, and a figure's noise is how far the best and the worst of the four lie
apart, as a share of the figure of the whole run. A figure got worse when it is worse by more than the noise of both
runs together, and by more than 5 %. It is shown, and does not change the verdict: limits do.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from fixtures.measuring.histograms import Times
from load.engine.merging import Bucket, Named

SCHEMA: Final = 1
"""Of a result's file: a file of another one has other parts."""
COMPARED: Final = ("p50", "p95", "p99", "mean", "rate")
PARTS: Final = 4
CHANGE_MIN: Final = 0.05
"""A change of less than this share is none, however quiet the runs were."""


class BaselineError(Exception):
    """An earlier result cannot be used."""


@dataclass(frozen=True)
class Change:
    """A figure of a name, then and now."""

    name: str
    figure: str
    then: float
    now: float
    noise: float
    """The noise of both runs, as a share."""

    @property
    def change(self) -> float:
        """By how much it is worse, as a share of what it was; below 0 where it is better."""
        by = (self.now - self.then) / self.then
        return -by if self.figure == "rate" else by

    @property
    def verdict(self) -> str:
        """`worse`, `better`, or `same` where the difference is within the noise."""
        if abs(self.change) <= max(self.noise, CHANGE_MIN):
            return "same"
        return "worse" if self.change > 0 else "better"


def read(path: Path, profile: str) -> dict[str, Any]:
    """Return an earlier result. Raises BaselineError for a file that is none, or is of another profile."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BaselineError(f"{path}: {error}") from error
    if not isinstance(found, dict) or found.get("profile") != profile or found.get("schema") != SCHEMA:
        raise BaselineError(f"{path} is no result of the profile {profile!r}")
    return found


def compare(now: Mapping[str, Any], then: Mapping[str, Any]) -> list[Change]:
    """Return how the figures of the names that both runs have differ."""
    return [
        Change(
            name,
            figure,
            then["names"][name][figure],
            figures[figure],
            _both(figures, then["names"][name], figure),
        )
        for name, figures in now["names"].items()
        if name in then["names"]
        for figure in COMPARED
        if then["names"][name][figure] > 0
    ]


def noise(named: Named, width_s: float, passed_s: float) -> dict[str, float]:
    """Return the noise of each figure of a run: how far its quarters lie apart, as a share of the whole."""
    quarters = _quarters(named.buckets, width_s, passed_s)
    figures = [_figures(quarter, passed_s / PARTS) for quarter in quarters if quarter.encoded]
    whole = _figures(Bucket([named.times.encoded()], named.good), passed_s)
    return {
        figure: _spread([each[figure] for each in figures]) / whole[figure] if whole[figure] else 0.0
        for figure in COMPARED
    }


def _quarters(buckets: Mapping[int, Bucket], width_s: float, passed_s: float) -> list[Bucket]:
    quarters = [Bucket() for _ in range(PARTS)]
    for number, bucket in buckets.items():
        part = int((number + 0.5) * width_s / max(passed_s, width_s) * PARTS)
        quarters[min(part, PARTS - 1)].add(bucket)
    return quarters


def _figures(bucket: Bucket, lasted_s: float) -> dict[str, float]:
    times = Times(bucket.encoded)
    p50, p95, p99 = times.percentiles_ms(50, 95, 99)
    return {
        "p50": p50,
        "p95": p95,
        "p99": p99,
        "mean": times.mean_ms,
        "rate": bucket.good / max(lasted_s, 0.001),
    }


def _spread(values: Iterable[float]) -> float:
    known = list(values)
    return max(known) - min(known) if known else 0.0


def _both(now: Mapping[str, Any], then: Mapping[str, Any], figure: str) -> float:
    return float(now["noise"].get(figure, 0.0)) + float(then.get("noise", {}).get(figure, 0.0))
