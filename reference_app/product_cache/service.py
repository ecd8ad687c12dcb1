"""The rules of the product cache: what is served from it, and what is fetched once for all who ask.

Knows nothing of HTTP or SQL. A hit asks the upstream never; a miss asks it once, however many ask at once (PC-5).
"""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from reference_app.clock import Clock
from reference_app.database.engine import Database
from reference_app.errors import DatabaseUnavailable
from reference_app.logs import Log
from reference_app.product_cache import stats_store, store
from reference_app.product_cache.cleaning import CleanUp
from reference_app.product_cache.errors import FetchFailed, NoSuchProduct, ProductCacheError, WaitExhausted
from reference_app.product_cache.gathering import Gathering
from reference_app.product_cache.metrics import CacheMetrics
from reference_app.product_cache.query import DiscoverQuery, discovery_key, scoring_key
from reference_app.product_cache.scoring import Score, score
from reference_app.product_cache.sources import ProductSource
from reference_app.product_cache.stats import CacheStats
from reference_app.product_cache.store import Discovery
from reference_app.product_cache.tables import CacheName
from reference_app.product_cache.unknown import MonotonicSeconds, Unknown
from reference_app.single_flight.flights import Flights, SingleFlight, WaitTooLong
from reference_app.single_flight.work import AsyncWork, Moment
from reference_app.upstream.errors import FAILURES, UpstreamFailed
from reference_app.web.metrics import Metrics

DISCOVERY: Final = "product_discovery"
SCORING: Final = "product_scoring"
"""Under these names fetches have their flights, their locks and their figures."""
DISCOVERIES_AT_ONCE: Final = 32
SCORES_AT_ONCE: Final = 1_000
"""Ten full requests. They get their turns in the order in which they came, and so a request's products never wait
for each other in a circle, as long as one request's fit."""
MEASURE_S_MAX: Final = 5.0
"""How long a scrape of the metrics waits for the database: less than it is itself waited for."""
ROUNDS_MAX: Final = 4
"""How often a request looks again because an entry expired, or was purged, while it fetched others."""


@dataclass(frozen=True, slots=True)
class Discovered:
    """What was found for a query."""

    found: Discovery
    cache_hit: bool


@dataclass(slots=True)
class Scored:
    """Scores by ASIN, which of them came out of the cache, and products that do not exist."""

    scores: dict[str, Score] = field(default_factory=dict)
    hits: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)


class ProductCache:
    """Products that are found and scored, at most once for as long as an answer is worth."""

    def __init__(
        self,
        database: Database,
        single_flight: SingleFlight,
        source: ProductSource,
        clock: Clock,
        metrics: Metrics,
        *,
        wait_s_max: float,
        seconds: MonotonicSeconds = time.monotonic,
    ) -> None:
        """Fetch from `source`; a request waits `wait_s_max` seconds for that."""
        self._database = database
        self._discoveries = single_flight.purpose(DISCOVERY, at_once=DISCOVERIES_AT_ONCE)
        self._scores = single_flight.purpose(SCORING, at_once=SCORES_AT_ONCE)
        self._source = source
        self._clock = clock
        self._metrics = metrics
        self._wait_s_max = wait_s_max
        self._unknown = Unknown(seconds)
        self._figures = metrics.part(CacheMetrics)

    @property
    def source(self) -> str:
        """The name of who is asked."""
        return self._source.name

    async def discover(self, query: DiscoverQuery, log: Log) -> Discovered:
        """Return what was found for the query, by an earlier request or now.

        Raises:
            UpstreamFailed: it could not be fetched; nothing was stored.
            FetchFailed, WaitExhausted: the same, for reasons of ours.

        """
        key = discovery_key(self.source, query)
        found = await self._database.write(store.hit_discovery, key, self._clock)
        self._figures.looked("discovery", hits=found is not None, misses=found is None)
        if found is not None:
            return Discovered(found, cache_hit=True)
        work = AsyncWork(
            key=f"{DISCOVERY}:{key}",
            look=partial(store.find_discovery, key=key, clock=self._clock),
            make=lambda: self._source.find(query),
            store=lambda connection, asins: store.put_discovery(connection, key, query, asins, self._clock),
            told=_Told(DISCOVERY, log.bind(cache_key=key), self._metrics),
            errors=FAILURES,
        )
        flight, _ = self._discoveries.join(work, lambda: None)
        with self._metrics.waiting():
            return Discovered(await self._landed(self._discoveries, flight), cache_hit=False)

    async def score(self, domain: int, asins: Sequence[str], log: Log) -> Scored:
        """Return the scores of these products, of each once however often it is asked for.

        Raises:
            UpstreamFailed: some are not cached and could not be fetched; the message says which. Nothing of them
                was stored, and no hit was counted of the others.
            FetchFailed, WaitExhausted: the same, for reasons of ours.

        """
        keys = {asin: scoring_key(self.source, domain, asin) for asin in asins}
        done = Scored(unknown={asin for asin, key in keys.items() if key in self._unknown})
        for _ in range(ROUNDS_MAX):
            asked = [asin for asin in keys if asin not in done.scores and asin not in done.unknown]
            try:
                found = await self._database.write(
                    store.hit_scores, [keys[asin] for asin in asked], self._clock
                )
            except store.Incomplete as incomplete:
                missing = [asin for asin in asked if keys[asin] not in incomplete.found]
                await self._database.write(store.count_misses, "scoring", len(missing))
                self._figures.looked("scoring", misses=len(missing))
                await self._fetch(domain, {asin: keys[asin] for asin in missing}, done, log)
                continue
            self._figures.looked("scoring", hits=len(found))
            done.hits = {each.asin for each in found.values()}
            done.scores |= {each.asin: each for each in found.values()}
            return done
        raise FetchFailed

    async def clean_up(self) -> Mapping[str, int]:
        """Remove what has expired; return how many entries of each cache that were."""
        return dict(await CleanUp(self._clock).run(self._database))

    async def measure(self) -> None:
        """Show in the metrics how the caches are doing, or that it cannot be seen."""
        try:
            async with asyncio.timeout(MEASURE_S_MAX):
                self._figures.show(await self.stats())
        except (TimeoutError, DatabaseUnavailable):
            self._figures.show_nothing()

    async def stats(self) -> dict[CacheName, CacheStats]:
        """Return how each cache is doing."""
        return await self._database.read(stats_store.stats, self._clock)

    async def _fetch(self, domain: int, missing: dict[str, str], done: Scored, log: Log) -> None:
        """Add the missing scores, or that there is no such product; each is made once for all who ask."""
        gathering = Gathering(partial(self._source.products, domain))
        flights = []
        for asin, key in missing.items():
            without = partial(gathering.without, asin)
            flight, started = self._scores.join(self._scoring(asin, key, gathering, log), without)
            flights.append(flight)
            if started:
                gathering.expect(asin)
                flight.add_done_callback(lambda _, without=without: without())
        gathering.all_expected()
        with self._metrics.waiting():
            ended = await asyncio.gather(
                *(self._landed(self._scores, flight) for flight in flights), return_exceptions=True
            )
        failed: dict[str, BaseException] = {}
        for asin, result in zip(missing, ended, strict=True):
            if isinstance(result, NoSuchProduct):
                done.unknown.add(asin)
                self._unknown.add(missing[asin])
            elif isinstance(result, BaseException):
                failed[asin] = result
            else:
                done.scores[asin] = result
        if failed:
            raise _with_missing(failed)

    def _scoring(self, asin: str, key: str, gathering: Gathering, log: Log) -> AsyncWork[Score, Score]:
        async def make() -> Score:
            product = await gathering.product(asin)
            if product is None:
                raise NoSuchProduct
            return score(product)

        return AsyncWork(
            key=f"{SCORING}:{key}",
            look=partial(store.find_score, key=key, clock=self._clock),
            make=make,
            store=lambda connection, made: store.put_score(connection, key, made, self._clock),
            told=_Told(SCORING, log.bind(cache_key=key), self._metrics),
            errors=(*FAILURES, NoSuchProduct),
        )

    async def _landed(self, flights: Flights, flight: Any) -> Any:
        """Return what the flight has brought. Raises what it failed with, as who asked may hear it."""
        try:
            return (await flights.wait(flight, self._wait_s_max)).result
        except Exception as error:
            raise _as_ours(error) from error


class _Told:
    """Hears what happens to a fetch, says it in the log of the request that started it, and counts it."""

    def __init__(self, purpose: str, log: Log, metrics: Metrics) -> None:
        self._purpose = purpose
        self._log = log
        self._metrics = metrics
        self._started_s = 0.0

    def __call__(self, moment: Moment, made: object = None) -> None:
        del made
        if moment is Moment.STARTED:
            self._started_s = time.monotonic()
        elif moment is not Moment.RELEASED:
            outcome = moment.name.lower()
            say = self._log.info if moment is Moment.FINISHED else self._log.warning
            say(f"product_cache.fetch_{outcome}", purpose=self._purpose)
            self._metrics.generation(self._purpose, outcome, time.monotonic() - self._started_s)


def _with_missing(failed: dict[str, BaseException]) -> BaseException:
    """Return what the first of them failed with, and which products could not be had."""
    error = next(iter(failed.values()))
    if not isinstance(error, (UpstreamFailed, ProductCacheError, DatabaseUnavailable)):
        return error
    said = type(error)(f"{error} Missing: {', '.join(failed)}.")
    said.retry_after_s = error.retry_after_s
    said.__cause__ = error
    return said


def _as_ours(error: Exception) -> Exception:
    """Return what a failed flight means to those who asked."""
    if isinstance(error, WaitTooLong):
        return WaitExhausted()
    if isinstance(error, (UpstreamFailed, ProductCacheError, DatabaseUnavailable)):
        return error
    return FetchFailed()
