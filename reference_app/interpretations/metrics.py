"""What is measured of interpretations: the names, labels and buckets of the source's section 5.1.

A generation is counted once, when it has ended well; a hit, a template and a built-in text each time they answer.
So the durations of `claude` are of generations, and all others of answers.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric

BUCKETS_S: Final = (0.05, 0.1, 0.5, 1, 2, 5, 10, 30)
DB_TEMPORAL: Final = "db_temporal"
CLAUDE: Final = "claude"
DB_TEMPLATE: Final = "db_template"
HARDCODED: Final = "hardcoded"
LEVELS: Final = {DB_TEMPLATE: "template", HARDCODED: "hardcoded"}
"""What a fallback is called, by the source of the answer."""
NO_MODEL: Final = "none"


class InterpretationMetrics:
    """The figures of interpretations: `Metrics.part(InterpretationMetrics)`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._generated = Counter(
            "lunar_interpretation_generated", "Texts written, or answered in their place",
            ("source", "model", "subject", "version"), registry=registry,
        )  # fmt: skip
        self._hits = Counter(
            "lunar_interpretation_cache_hit", "Answers out of what Claude wrote before",
            ("subject", "version"), registry=registry,
        )  # fmt: skip
        self._fallbacks = Counter(
            "lunar_interpretation_fallback", "Answers that Claude has not written",
            ("fallback_level",), registry=registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "lunar_interpretation_duration_seconds", "Time to write, or to answer without",
            ("source", "subject"), buckets=BUCKETS_S, registry=registry,
        )  # fmt: skip
        self._active = Gauge(
            "lunar_active_generations",
            "Generations under way",
            registry=registry,
            multiprocess_mode="livesum",
        )
        for level in LEVELS.values():
            self._fallbacks.labels(level)

    def generated(
        self, source: str, model: str | None, subject: str, version: int, duration_s: float
    ) -> None:
        """Count a text that was written, or a fallback."""
        self._generated.labels(source, model or NO_MODEL, subject, str(version)).inc()
        self._seconds.labels(source, subject).observe(duration_s)
        if source in LEVELS:
            self._fallbacks.labels(LEVELS[source]).inc()

    def hit(self, subject: str, version: int, duration_s: float) -> None:
        """Count an answer out of the database."""
        self._hits.labels(subject, str(version)).inc()
        self._seconds.labels(DB_TEMPORAL, subject).observe(duration_s)

    @contextmanager
    def generating(self) -> Iterator[None]:
        """Show a generation as active for as long as the block lasts, however it ends."""
        self._active.inc()
        try:
            yield
        finally:
            self._active.dec()


class MigrationInfo:
    """Shows `lunar_migration_info`: made anew at each scrape, since the count stands in a label."""

    def __init__(self) -> None:
        self._labels: tuple[str, str, str] | None = None

    def show(self, version: str, templates_count: int, migration_date: str) -> None:
        """Show these from now on."""
        self._labels = (version, str(templates_count), migration_date)

    def show_nothing(self) -> None:
        """Show that it is not known."""
        self._labels = None

    def collect(self) -> list[Metric]:
        """Return the figure, for a page."""
        info = GaugeMetricFamily(
            "lunar_migration_info",
            "1; the labels say which version the tables are of, and how many templates there are",
            labels=("version", "templates_count", "migration_date"),
        )
        if self._labels is not None:
            info.add_metric(self._labels, 1)
        return [info]
