"""What is measured, for Prometheus.

One registry an app, so that apps in one process do not mix. With several workers prometheus-client keeps its
figures in files (`PROMETHEUS_MULTIPROC_DIR`, set and emptied by `reference_app.serving` before this is
imported), and a scrape of any worker gives the sum. Labels hold route templates, never ids of users.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
FOLDER_VARIABLE: Final = "PROMETHEUS_MULTIPROC_DIR"
REQUEST_BUCKETS_S: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

Part = TypeVar("Part")


class Metrics:
    """The figures of one app: those of every server, and the parts that others bring."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._parts: dict[Any, Any] = {}
        self._at_scrape: list[Collector] = []
        self._children: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        self._requests = Counter(
            "http_requests", "Requests answered", ("method", "route", "status"), registry=self._registry
        )
        self._request_s = Histogram(
            "http_request_duration_seconds", "Time to answer", ("method", "route"),
            buckets=REQUEST_BUCKETS_S, registry=self._registry,
        )  # fmt: skip
        self._generations = Counter(
            "generations",
            "Generations by what became of them",
            ("purpose", "outcome"),
            registry=self._registry,
        )
        self._generation_s = Histogram(
            "generation_duration_seconds", "Time under the lock", ("purpose",), registry=self._registry
        )
        self._waiting = Gauge(
            "generation_waiters", "Requests that wait for a generation",
            registry=self._registry, multiprocess_mode="livesum",
        )  # fmt: skip

        self._lines_lost = Counter(
            "log_lines_lost", "Lines of the log that nobody took in time, or no disk", registry=self._registry
        )

    def part(self, make: Callable[[CollectorRegistry], Part]) -> Part:
        """Return the figures that `make` makes in this app's registry, always the same ones."""
        if make not in self._parts:
            self._parts[make] = make(self._registry)
        return cast("Part", self._parts[make])

    def at_scrape(self, collector: Collector) -> None:
        """Have figures on each page that are made for it: in this process, whatever others have counted."""
        self._at_scrape.append(collector)
        self._registry.register(collector)

    def request(self, method: str, route: str, status: int, duration_s: float) -> None:
        """Count one answered request."""
        key = (method, route, status)
        found = self._children.get(key)
        if found is None:
            # A look-up by labels takes a lock and checks them; there are few, for routes are templates.
            found = self._requests.labels(method, route, str(status)), self._request_s.labels(method, route)
            self._children[key] = found
        found[0].inc()
        found[1].observe(duration_s)

    def generation(self, purpose: str, outcome: str, duration_s: float) -> None:
        """Count one generation: `finished`, `failed` or `lost`."""
        self._generations.labels(purpose, outcome).inc()
        self._generation_s.labels(purpose).observe(duration_s)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Count one request as waiting, for as long as the block lasts."""
        self._waiting.inc()
        try:
            yield
        finally:
            self._waiting.dec()

    def lines_lost(self, count: int) -> None:
        """Count lines of the log that were lost."""
        self._lines_lost.inc(count)

    def page(self) -> bytes:
        """Return the figures of all workers as Prometheus text."""
        folder = os.environ.get(FOLDER_VARIABLE)
        if not folder:
            return generate_latest(self._registry)
        _forget_dead(Path(folder))
        registry = CollectorRegistry()
        MultiProcessCollector(registry, path=folder)  # type: ignore[no-untyped-call]
        for collector in self._at_scrape:
            registry.register(collector)
        return generate_latest(registry)


def _forget_dead(folder: Path) -> None:
    """Drop the live gauges of workers that are gone; a killed worker cannot do so itself."""
    for path in folder.glob("gauge_live*_*.db"):
        pid = int(path.stem.rpartition("_")[2])
        if not Path(f"/proc/{pid}").exists():
            mark_process_dead(pid, path=str(folder))  # type: ignore[no-untyped-call]
