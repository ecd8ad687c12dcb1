"""The rules of the product cache: what is served from it, and what is fetched once for all who ask.

Knows nothing of HTTP or SQL. A hit asks the upstream never; a miss asks it once, however many ask at once (PC-5).
"""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from reference_app.callers import Caller
from reference_app.clock import Clock
from reference_app.database.batches import Batches
from reference_app.database.engine import Database
from reference_app.errors import DatabaseUnavailable, NotAuthenticated
from reference_app.logs import Log
from reference_app.product_cache import stats_store, store
from reference_app.product_cache.cleaning import PURPOSES, CleanUp
from reference_app.product_cache.errors import FetchFailed, NoSuchProduct, ProductCacheError, WaitExhausted
from reference_app.product_cache.fetching import DISCOVERY, LOCK, SCORING, Scoring, Told, discovering
from reference_app.product_cache.metrics import CacheMetrics
from reference_app.product_cache.query import DiscoverQuery, discovery_key, scoring_key
from reference_app.product_cache.scoring import Score
from reference_app.product_cache.sources import ProductSource
from reference_app.product_cache.stats import CacheStats
from reference_app.product_cache.store import Discovery
from reference_app.product_cache.tables import CacheName
from reference_app.product_cache.unknown import MonotonicSeconds, Unknown
from reference_app.single_flight import old_locks
from reference_app.single_flight.flights import SingleFlight
from reference_app.single_flight.work import WaitTooLong
from reference_app.upstream.errors import UpstreamFailed
from reference_app.web.metrics import Metrics

FETCHES_AT_ONCE: Final = 32
"""How many queries are fetched at the same time in each process, and how many requests' scores."""
MEASURE_S_MAX: Final = 5.0
"""How long a scrape of the metrics waits for the database: less than it is itself waited for."""
ROUNDS_MAX: Final = 4
"""How often a request looks again because an entry expired, or was purged, while it fetched others."""


AskedHit = tuple[Caller, str]
"""Who asks, and for which key."""


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
        self._discoveries = single_flight.purpose(DISCOVERY, at_once=FETCHES_AT_ONCE)
        self._scores = single_flight.groups(SCORING, at_once=FETCHES_AT_ONCE)
        self._source = source
        self._clock = clock
        self._metrics = metrics
        self._figures = metrics.part(CacheMetrics)
        self._wait_s_max = wait_s_max
        self._unknown = Unknown(seconds)
        self._hits = Batches(self._hit, wait_s_max=wait_s_max)

    @property
    def source(self) -> str:
        """The name of who is asked."""
        return self._source.name

    async def discover(self, who: Caller, query: DiscoverQuery, log: Log) -> Discovered:
        """Return what was found for the query, by an earlier request or now.

        Raises:
            NotAuthenticated: the caller is gone.
            UpstreamFailed: it could not be fetched; nothing was stored.
            FetchFailed, WaitExhausted: the same, for reasons of ours.

        """
        key = discovery_key(self.source, query)
        found = await self._hits.one((who, key))
        self._figures.looked("discovery", hits=found is not None, misses=found is None)
        if found is not None:
            return Discovered(found, cache_hit=True)
        told = Told(DISCOVERY, log.bind(cache_key=key), self._metrics)
        work = discovering(self._source, query, key, self._clock, told)
        flight, _ = self._discoveries.join(work, on_busy=lambda: None)
        with self._metrics.waiting():
            try:
                flown = await self._discoveries.wait(flight, self._wait_s_max)
            except Exception as error:
                raise _as_ours(error) from error
        return Discovered(flown.result, cache_hit=False)

    async def score(self, who: Caller, domain: int, asins: Sequence[str], log: Log) -> Scored:
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
                    who.joined(store.hit_scores), [keys[asin] for asin in asked], self._clock
                )
            except store.Incomplete as incomplete:
                missing = {asin: keys[asin] for asin in asked if keys[asin] not in incomplete.found}
                await self._fetch(domain, missing, done, log)
                continue
            self._figures.looked("scoring", hits=len(found))
            done.hits = {each.asin for each in found.values()}
            done.scores |= {each.asin: each for each in found.values()}
            return done
        raise FetchFailed

    async def _hit(self, asked: Sequence[AskedHit]) -> Sequence[Discovery | Exception | None]:
        return await self._database.write_each(_hit_all, asked, self._clock)

    async def clean_up(self) -> Mapping[str, int]:
        """Remove what has expired; return how many entries of each cache that were."""
        removed = await CleanUp(self._clock).run(self._database)
        await self._database.in_thread(lambda: old_locks.forget(self._database, PURPOSES))
        return removed

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

    async def _fetch(self, domain: int, missing: Mapping[str, str], done: Scored, log: Log) -> None:
        """Add the missing scores, or that there is no such product; each is made once for all who ask."""
        await self._database.write(store.count_misses, "scoring", len(missing))
        self._figures.looked("scoring", misses=len(missing))
        scoring = Scoring(self._source, domain, self._clock, Told(SCORING, log, self._metrics))
        with self._metrics.waiting():
            outcomes = await self._scores.outcomes(scoring.work(missing.values()), self._wait_s_max)
        failed: dict[str, Exception] = {}
        for asin, key in missing.items():
            outcome = outcomes[LOCK + key]
            if isinstance(outcome, NoSuchProduct):
                done.unknown.add(asin)
                self._unknown.add(key)
            elif isinstance(outcome, Exception):
                failed[asin] = outcome
            else:
                done.scores[asin] = outcome
        if failed:
            raise _with_missing(failed)


def _hit_all(connection: Any, asked: Sequence[AskedHit], clock: Clock) -> list[Discovery | Exception | None]:
    """Look the callers up, and hit what those ask for who are there."""
    Caller.look_up_all(connection, [caller for caller, _ in asked])
    hits = iter(store.hit_discoveries(connection, [key for caller, key in asked if caller.is_known], clock))
    return [next(hits) if caller.is_known else NotAuthenticated() for caller, _ in asked]


def _with_missing(failed: Mapping[str, Exception]) -> Exception:
    """Return what the first of them failed with, and which products could not be had."""
    cause = next(iter(failed.values()))
    error = _as_ours(cause)
    if not isinstance(error, (UpstreamFailed, ProductCacheError)):
        return error
    said = type(error)(f"{error} Missing: {', '.join(failed)}.")
    said.retry_after_s = error.retry_after_s
    said.__cause__ = cause
    return said


def _as_ours(error: Exception) -> Exception:
    """Return what a failed fetch means to those who asked."""
    if isinstance(error, WaitTooLong):
        return WaitExhausted()
    if isinstance(error, (UpstreamFailed, ProductCacheError, DatabaseUnavailable)):
        return error
    return FetchFailed()
