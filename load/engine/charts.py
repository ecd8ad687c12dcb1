"""Figures of a load over time, laid out for a drawing: latency by percentile, and the rate.

The layout is plain numbers; the template draws it. Latency has a logarithmic axis, so that a stall and what is
usual are both seen. Each figure's limit is a dashed line, and an earlier run a faint one.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

HEIGHT: Final = 240.0
TOP: Final = 12.0
BOTTOM: Final = 26.0
LEFT: Final = 62.0
RIGHT: Final = 40.0
LABEL_HEIGHT: Final = 14.0
POINTS_MAX: Final = 150
WIDTHS: Final = {"wide": 720.0, "narrow": 340.0}
LATENCY: Final = ("p50", "p95", "p99")
LATENCY_MIN_MS: Final = 0.1
Series = Sequence[float | None]


@dataclass(frozen=True)
class Line:
    """A figure over time: the points of each stretch that has no gap, and where its name stands."""

    figure: str
    stretches: tuple[str, ...]
    label_y: float
    is_earlier: bool = False


@dataclass(frozen=True)
class Chart:
    """One drawing, in its own units."""

    width: float
    lines: tuple[Line, ...]
    limits: tuple[tuple[str, float], ...]
    """Figure and height of each limit."""
    ticks_x: tuple[tuple[float, str], ...]
    ticks_y: tuple[tuple[float, str], ...]
    height: float = HEIGHT
    left: float = LEFT

    @property
    def right(self) -> float:
        """Where the axis of time ends."""
        return self.width - RIGHT

    @property
    def bottom(self) -> float:
        """Where the axis of time lies."""
        return self.height - BOTTOM


def latency(
    named: Mapping[str, Any], earlier: Mapping[str, Any] | None, limits: Mapping[str, float], width: float
) -> Chart:
    """Return the percentiles of a name over time; `limits` are milliseconds by figure."""
    values = [value for figure in LATENCY for value in _values(named, earlier, figure)] + list(
        limits.values()
    )
    lowest = math.floor(math.log10(max(min(values, default=1.0), LATENCY_MIN_MS)))
    highest = max(math.ceil(math.log10(max(max(values, default=1.0), LATENCY_MIN_MS))), lowest + 1)

    def at(value: float) -> float:
        share = (math.log10(max(value, LATENCY_MIN_MS)) - lowest) / (highest - lowest)
        return _height(share)

    ticks = [(at(10.0**power), f"{10.0**power:,g} ms") for power in range(lowest, highest + 1)]
    return _chart(named, earlier, LATENCY, limits, width, at, ticks)


def rate(
    named: Mapping[str, Any], earlier: Mapping[str, Any] | None, limits: Mapping[str, float], width: float
) -> Chart:
    """Return the good answers a second of a name over time; `limits` are rates by figure."""
    values = [*_values(named, earlier, "rate"), *limits.values()]
    step = _round_step(max([*values, 1.0]) * 1.05 / 4)
    highest = step * max(1, math.ceil(max([*values, 1.0]) / step))

    def at(value: float) -> float:
        return _height(value / highest)

    ticks = [(at(step * number), f"{step * number:,g} /s") for number in range(round(highest / step) + 1)]
    return _chart(named, earlier, ("rate",), limits, width, at, ticks)


def _chart(
    named: Mapping[str, Any],
    earlier: Mapping[str, Any] | None,
    figures: Sequence[str],
    limits: Mapping[str, float],
    width: float,
    at: Any,
    ticks_y: Sequence[tuple[float, str]],
) -> Chart:
    lasted_s = max([_lasted_s(named), *([_lasted_s(earlier)] if earlier else [])])
    track = width - LEFT - RIGHT
    runs = [*([(earlier, True)] if earlier else []), (named, False)]
    lines = [
        _line(run["series"], figure, lasted_s, track, at, is_earlier=is_earlier)
        for run, is_earlier in runs
        for figure in figures
    ]
    return Chart(
        width,
        tuple(_apart(lines)),
        tuple((figure, at(value)) for figure, value in limits.items() if figure in figures),
        tuple((LEFT + track * part / 4, f"{lasted_s * part / 4:,.3g} s") for part in range(0, 5, 2)),
        tuple(ticks_y),
    )


def _line(
    series: Mapping[str, Any], figure: str, lasted_s: float, track: float, at: Any, *, is_earlier: bool
) -> Line:
    values, width_s = _thinned(series[figure], series["width_s"])
    stretches: list[list[str]] = [[]]
    last_y = at(0)
    for number, value in enumerate(values):
        if value is None:
            stretches.append([])
            continue
        last_y = at(value)
        x = LEFT + track * min((number + 0.5) * width_s / lasted_s, 1.0)
        stretches[-1].append(f"{x:.1f},{last_y:.1f}")
    return Line(figure, tuple(" ".join(each) for each in stretches if each), last_y, is_earlier)


def _thinned(values: Series, width_s: float) -> tuple[list[float | None], float]:
    """Return at most POINTS_MAX values, each the worst of those that it stands for, and how long one is."""
    by = max(1, math.ceil(len(values) / POINTS_MAX))
    groups = [
        [value for value in values[start : start + by] if value is not None]
        for start in range(0, len(values), by)
    ]
    return [max(group) if group else None for group in groups], width_s * by


def _apart(lines: Iterable[Line]) -> list[Line]:
    """Return the lines with names that do not lie over each other, top to bottom."""
    placed: list[Line] = []
    free_y = TOP
    for line in sorted(lines, key=lambda each: (each.is_earlier, each.label_y)):
        y = line.label_y if line.is_earlier else max(line.label_y, free_y)
        free_y = free_y if line.is_earlier else y + LABEL_HEIGHT
        placed.append(Line(line.figure, line.stretches, y, line.is_earlier))
    return placed


def _values(named: Mapping[str, Any], earlier: Mapping[str, Any] | None, figure: str) -> list[float]:
    runs = [named, *([earlier] if earlier else [])]
    return [value for run in runs for value in run["series"][figure] if value]


def _lasted_s(named: Mapping[str, Any]) -> float:
    return max(len(named["series"]["rate"]) * float(named["series"]["width_s"]), 0.001)


def _height(share: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - min(max(share, 0.0), 1.0))


def _round_step(least: float) -> float:
    """Return the least of 1, 2 and 5 times a power of ten that is not below `least`."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= least)
