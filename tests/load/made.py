"""Runs that are made up: pieces, merged ones and results, without locust."""

from typing import Any

from fixtures.measuring.histograms import Times
from fixtures.measuring.limits import Conditions, read
from load.engine.document import document
from load.engine.judging import Circumstances, figures_of, judge
from load.engine.merging import Merged
from load.engine.recording import Piece
from load.engine.thresholds import FIGURES, Limits, Thresholds


class Clock:
    """A clock that is set."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        """Return the time that it is set to."""
        return self.now_s


def piece(
    name: str, took_ms: list[float], *, age_s: float = 0.5, errors: dict[str, int] | None = None
) -> Piece:
    """Return what one process measured of a name in one second."""
    times = Times()
    times.record_ms(took_ms)
    return Piece(name, age_s, times.encoded(), len(took_ms), errors or {})


def merged(seconds: list[list[Piece]]) -> Merged:
    """Return a run of so many seconds, each with its pieces."""
    clock = Clock()
    run = Merged(clock)
    for pieces in seconds:
        clock.now_s += 1
        run.add(each._replace(age_s=1.0) for each in pieces)
    run.stop()
    return run


def thresholds(**named: dict[str, str]) -> Thresholds:
    """Return limits of names, whose blanks are underlines here."""
    return Thresholds(
        {
            name.replace("_", " "): Limits(tuple(read(rows.items(), FIGURES)), "AR-4")
            for name, rows in named.items()
        }
    )


def result(run: Merged, limits: Thresholds, *, is_over: bool = True) -> dict[str, Any]:
    """Return the result of a run with a generator that did nothing wrong."""
    names = dict(run.names())
    figures = {name: figures_of(named, run.passed_s) for name, named in names.items()}
    verdict = judge(figures, limits, Circumstances(Conditions(4, 0.0, 0.2), {}))
    generator = {"busy": 0.2, "workers": 1, "due": 0, "offered": 1.0, "late_ms": {}, "ruler": 0.0}
    facts = {
        "profile": "stub",
        "host": "http://127.0.0.1:8000",
        "users": 4,
        "ended": "2026-11-29T22:00:00+00:00",
        "generator": generator,
    }
    return document(names, figures, run, verdict, facts, is_over=is_over)
