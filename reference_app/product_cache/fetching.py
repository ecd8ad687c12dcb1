"""What is done when the cache has no answer: ask the source, score, store. Each is work that is done once for all.

A score is a piece of a group: the products that a request is missing are asked for by one call, and each of them is
made once, also where others ask for it at the same time.
"""

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from reference_app.clock import Clock
from reference_app.errors import AppError
from reference_app.logs import Log
from reference_app.product_cache import store
from reference_app.product_cache.cleaning import PURPOSES
from reference_app.product_cache.errors import NoSuchProduct
from reference_app.product_cache.query import DiscoverQuery
from reference_app.product_cache.scoring import Score, score
from reference_app.product_cache.sources import ProductSource
from reference_app.product_cache.store import Discovery
from reference_app.single_flight.groups import GroupWork
from reference_app.single_flight.work import AsyncWork, Moment
from reference_app.upstream.errors import FAILURES
from reference_app.web.metrics import Metrics

DISCOVERY, SCORING = PURPOSES
LOCK: Final = f"{SCORING}:"
"""With what the lock begins under which an entry is scored; its key follows."""


class Told:
    """Hears what happens to fetches, says it in the log of the request that started them, and counts it."""

    def __init__(self, purpose: str, log: Log, metrics: Metrics) -> None:
        self._purpose = purpose
        self._log = log
        self._metrics = metrics
        self._started_s = 0.0

    def __call__(self, moment: Moment, about: object = None) -> None:
        """Take note of a moment, of all keys in `about` where it is a list."""
        if moment is Moment.STARTED:
            self._started_s = time.monotonic()
        elif moment is not Moment.RELEASED:
            outcome = moment.name.lower()
            entries = len(about) if isinstance(about, list) and self._purpose == SCORING else 1
            say = self._log.info if moment is Moment.FINISHED else self._log.warning
            say(f"product_cache.fetch_{outcome}", purpose=self._purpose, entries=entries)
            self._metrics.generation(self._purpose, outcome, time.monotonic() - self._started_s)


def discovering(
    source: ProductSource, query: DiscoverQuery, key: str, clock: Clock, told: Told
) -> AsyncWork[Discovery, list[str]]:
    """Return the work of finding what a query asks for, and keeping it under `key`."""
    return AsyncWork(
        key=f"{DISCOVERY}:{key}",
        look=partial(store.find_discovery, key=key, clock=clock),
        make=partial(source.find, query),
        store=lambda connection, asins: store.put_discovery(connection, key, query, asins, clock),
        told=told,
        errors=FAILURES,
    )


class Scoring:
    """The work of scoring products of a marketplace."""

    def __init__(self, source: ProductSource, domain: int, clock: Clock, told: Told) -> None:
        self._source = source
        self._domain = domain
        self._clock = clock
        self._told = told

    def work(self, keys: Iterable[str]) -> GroupWork[Score, Score]:
        """Return the work of making the entries of these keys; one that has no product fails by `NoSuchProduct`."""
        return GroupWork(
            keys=[LOCK + key for key in keys],
            look=self._look,
            make=self._make,
            store=self._store,
            told=self._told,
            errors=(*FAILURES, NoSuchProduct),
        )

    def _look(self, connection: Any, locks: Collection[str]) -> dict[str, Score]:
        keys = [lock.removeprefix(LOCK) for lock in locks]
        return {LOCK + key: each for key, each in store.find_scores(connection, keys, self._clock).items()}

    async def _make(self, locks: Sequence[str]) -> dict[str, Score | AppError]:
        asins = {lock: lock.rpartition(":")[2] for lock in locks}
        products = await self._source.products(self._domain, list(asins.values()))
        return {
            lock: score(products[asin]) if asin in products else NoSuchProduct()
            for lock, asin in asins.items()
        }

    def _store(self, connection: Any, made: Mapping[str, Score]) -> Mapping[str, Score]:
        entries = {lock.removeprefix(LOCK): each for lock, each in made.items()}
        store.put_scores(connection, entries, self._clock)
        return made
