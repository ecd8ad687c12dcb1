"""What is refused before an app sees it, or for a bound on all: counted by its kind, and one line in the log.

Such a request has no route and no id, so it is in neither the access lines nor the figures by route. The app hands
this to the protocol through the state of its lifespan, for a worker's protocol knows nothing else of its app.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from prometheus_client import CollectorRegistry, Counter

from reference_app.logs import Log
from reference_app.web.metrics import Metrics
from reference_app.web.problem import Problem

STATE_KEY: Final = "refusals"
REFUSED: Final = "http.refused"
LINE_EVERY_S: Final = 0.1


def told_in(state: Mapping[str, Any], problem: Problem, detail: str, client: tuple[str, int] | None) -> None:
    """Note a refusal with the app whose lifespan made this state; nothing where it keeps none."""
    refusals: Refusals | None = state.get(STATE_KEY)
    if refusals is not None:
        refusals.told(problem, detail, client)


class RefusalMetrics:
    """How many requests were refused before an app saw them."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.refused = Counter(
            "http_refused", "Requests refused before an app saw them", ("problem",), registry=registry
        )


@dataclass(slots=True)
class _Since:
    """When a kind was logged last, and how many there were since then that have no line."""

    line_s: float
    without_line: int = 0


class Refusals:
    """Counts them all, and logs one of a kind each tenth of a second: a flood must not fill the disk."""

    def __init__(self, log: Log, metrics: Metrics) -> None:
        self._log = log
        self._refused = metrics.part(RefusalMetrics).refused
        self._since: dict[str, _Since] = {}

    def told(self, problem: Problem, detail: str, client: tuple[str, int] | None) -> None:
        """Note one, by the last part of its type, and who was refused."""
        self._refused.labels(problem.slug).inc()
        now_s = time.monotonic()
        since = self._since.setdefault(problem.slug, _Since(-LINE_EVERY_S))
        if now_s < since.line_s + LINE_EVERY_S:
            since.without_line += 1
            return
        peer = client[0] if client else ""
        self._log.warning(
            REFUSED, problem=problem.slug, status=problem.status, detail=detail, peer=peer,
            without_line=since.without_line,
        )  # fmt: skip
        self._since[problem.slug] = _Since(now_s)
