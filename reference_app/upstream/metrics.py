"""What is measured of upstreams. Labels hold an upstream's name and our own words, never what it said."""

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from reference_app.upstream.errors import FAILURES

OK: Final = "ok"
CANCELLED: Final = "cancelled"
BROKEN: Final = "broken"
"""What was to be done with the answer broke on our side."""
OUTCOMES: Final = (OK, CANCELLED, BROKEN, *(kind.kind for kind in FAILURES))
SECONDS_BUCKETS: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 30.0, 60.0)


class UpstreamMetrics:
    """The figures of all upstreams of one app: `Metrics.part(UpstreamMetrics)`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.calls = Counter(
            "upstream_calls", "Calls by what became of them", ("upstream", "outcome"), registry=registry
        )
        self.retries = Counter(
            "upstream_retries", "Tries after the first of a call", ("upstream",), registry=registry
        )
        self.seconds = Histogram(
            "upstream_seconds", "Time of a call that was tried, with its waits", ("upstream",),
            buckets=SECONDS_BUCKETS, registry=registry,
        )  # fmt: skip
        self.breaker_open = Gauge(
            "upstream_breaker_open", "Processes whose breaker is open", ("upstream",),
            registry=registry, multiprocess_mode="livesum",
        )  # fmt: skip
        self.waiting = Gauge(
            "upstream_calls_waiting", "Calls that wait for a place", ("upstream",),
            registry=registry, multiprocess_mode="livesum",
        )  # fmt: skip

    def begin(self, upstream: str) -> None:
        """Show every figure of this upstream as 0, so that its first failure is an increase."""
        for outcome in OUTCOMES:
            self.calls.labels(upstream, outcome)
        self.retries.labels(upstream)
        self.seconds.labels(upstream)
        self.breaker_open.labels(upstream).set(0)
        self.waiting.labels(upstream).set(0)
