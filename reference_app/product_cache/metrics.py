"""What is measured of the product cache: looks into it as they happen, and how it is doing at each scrape."""

import math
from collections.abc import Mapping
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge

from reference_app.product_cache.stats import ALERTS, CacheStats
from reference_app.product_cache.tables import CACHES, CacheName

HIT: Final = "hit"
MISS: Final = "miss"


class CacheMetrics:
    """The figures of both caches: `Metrics.part(CacheMetrics)`.

    The gauges are of what the database holds, the same for all workers: the latest that any of them read counts.
    """

    def __init__(self, registry: CollectorRegistry) -> None:
        self._looks = Counter(
            "product_cache_looks", "Entries asked for, by whether they were there", ("cache", "outcome"),
            registry=registry,
        )  # fmt: skip
        self._gauges = {
            name: Gauge(
                f"product_cache_{name}", said, ("cache",), registry=registry, multiprocess_mode="mostrecent"
            )
            for name, said in (
                ("entries", "Entries"),
                ("expired_entries", "Entries that have expired and were not removed"),
                ("total_hits", "Hits of the entries that are there"),
                ("avg_reuse", "Hits an entry"),
                ("hit_ratio", "Hits ÷ hits and misses, since counting began"),
                ("table_size_bytes", "The table with its indexes"),
            )
        }
        self._alert = Gauge(
            "product_cache_alert", "1 where an operator should look at the cache", ("cache", "alert"),
            registry=registry, multiprocess_mode="mostrecent",
        )  # fmt: skip
        for cache in CACHES:
            for outcome in (HIT, MISS):
                self._looks.labels(cache, outcome)

    def looked(self, cache: CacheName, *, hits: int = 0, misses: int = 0) -> None:
        """Count entries that were asked for."""
        self._looks.labels(cache, HIT).inc(hits)
        self._looks.labels(cache, MISS).inc(misses)

    def show(self, stats: Mapping[CacheName, CacheStats]) -> None:
        """Show how the caches are doing."""
        for cache, found in stats.items():
            for name, gauge in self._gauges.items():
                value = getattr(found, name)
                gauge.labels(cache).set(math.nan if value is None else value)
            for alert in ALERTS:
                self._alert.labels(cache, alert).set(alert in found.alerts)

    def show_nothing(self) -> None:
        """Show that it is not known how the caches are doing."""
        for cache in CACHES:
            for gauge in self._gauges.values():
                gauge.labels(cache).set(math.nan)
            for alert in ALERTS:
                self._alert.labels(cache, alert).set(math.nan)
