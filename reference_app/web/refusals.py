"""What is refused before an app sees it: counted by its kind, and one line in the log.

Such a request has no route and no id, so it is in neither the access lines nor the figures by route. The app hands
this to the protocol through the state of its lifespan, for a worker's protocol knows nothing else of its app.
"""

from typing import Final

from prometheus_client import CollectorRegistry, Counter

from reference_app.logs import Log
from reference_app.web.metrics import Metrics
from reference_app.web.problem import Problem

STATE_KEY: Final = "refusals"
REFUSED: Final = "http.refused"


class RefusalMetrics:
    """How many requests were refused before an app saw them."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.refused = Counter(
            "http_refused", "Requests refused before an app saw them", ("problem",), registry=registry
        )


class Refusals:
    """Counts and logs them."""

    def __init__(self, log: Log, metrics: Metrics) -> None:
        self._log = log
        self._refused = metrics.part(RefusalMetrics).refused

    def told(self, problem: Problem, detail: str, client: tuple[str, int] | None) -> None:
        """Note one, by the last part of its type, and who was refused."""
        self._refused.labels(problem.slug).inc()
        peer = client[0] if client else ""
        self._log.warning(REFUSED, problem=problem.slug, status=problem.status, detail=detail, peer=peer)
