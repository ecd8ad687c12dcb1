"""What is measured of timers, by the process that ran them."""

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram

from reference_app.background.store import FAILED, FINISHED

LOST: Final = "lost"
"""The runner was too slow or was stopped, and somebody else runs the timer."""


class TimerMetrics:
    """The figures of all timers of one app: `Metrics.part(TimerMetrics)`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._runs = Counter(
            "timed_runs", "Runs of timers by what became of them", ("timer", "outcome"), registry=registry
        )
        self._seconds = Histogram("timed_run_seconds", "Time of a run", ("timer",), registry=registry)

    def begin(self, timer: str) -> None:
        """Show every figure of this timer as 0."""
        for outcome in (FINISHED, FAILED, LOST):
            self._runs.labels(timer, outcome)
        self._seconds.labels(timer)

    def ran(self, timer: str, outcome: str, took_s: float) -> None:
        """Count one run that was noted."""
        self._runs.labels(timer, outcome).inc()
        self._seconds.labels(timer).observe(took_s)

    def lost(self, timer: str) -> None:
        """Count one run whose lease was lost."""
        self._runs.labels(timer, LOST).inc()
