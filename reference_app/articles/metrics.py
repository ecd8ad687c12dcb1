"""What is measured of articles: events for whose types there was no room to be counted apart."""

from typing import Final

from prometheus_client import CollectorRegistry, Counter

from reference_app.articles.state import TYPES_MAX
from reference_app.logs import Log
from reference_app.web.metrics import Metrics

FULL: Final = "event_types_full"


class TypesMetrics:
    """How many events were kept whose types are counted together with others."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.together = Counter(
            "events_of_uncounted_types", "Events kept for whose types no room was left", registry=registry
        )


class CountedTogether:
    """Counts such events, and logs the first one: it says that room has run out."""

    def __init__(self, log: Log, metrics: Metrics) -> None:
        self._log = log
        self._together = metrics.part(TypesMetrics).together
        self._is_said = False

    def noticed(self) -> None:
        """Note one."""
        self._together.inc()
        if not self._is_said:
            self._is_said = True
            self._log.warning(FULL, types=TYPES_MAX, note="further types of events are counted together")
