"""The product cache in as many processes as a test wants, in front of a source that a test holds up or breaks."""

import asyncio
import io
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, insert, select

from reference_app.callers import Caller
from reference_app.database.engine import Database
from reference_app.logs import make_log
from reference_app.product_cache.query import DiscoverQuery
from reference_app.product_cache.service import ProductCache
from reference_app.product_cache.sources import Product
from reference_app.product_cache.tables import (
    CACHES,
    CacheName,
    product_cache_counters,
    product_discovery_cache,
)
from reference_app.single_flight.flights import SingleFlight
from reference_app.web.metrics import Metrics
from tests.reference_app.processes import Processes
from tests.reference_app.stage import START, SteppedClock
from tests.reference_app.toys import ToyUser

QUERY: Final = DiscoverQuery(domain=1, category=283155)
ASINS: Final = ("B000000001", "B000000002", "B000000003")
NOT_THERE: Final = "B00000XXXX"
WAIT_S_MAX: Final = 20.0
SECOND: Final = timedelta(seconds=1)
LOG: Final = make_log(io.StringIO(), "json")


class Source:
    """Knows all products but `NOT_THERE`. Notes its calls; `go_on` lets them end, `failing` makes them fail."""

    name: Final = "stub"

    def __init__(self) -> None:
        self.go_on = asyncio.Event()
        self.go_on.set()
        self.begun = asyncio.Event()
        self._finding, self._describing = asyncio.Event(), asyncio.Event()
        self.failing: Exception | None = None
        self.queries: list[DiscoverQuery] = []
        self.asked: list[list[str]] = []
        self.found = list(ASINS)

    async def find(self, query: DiscoverQuery) -> list[str]:
        """Find the same for every query."""
        self.queries.append(query)
        self._finding.set()
        found = list(self.found)
        await self._answered()
        return found

    async def products(self, domain: int, asins: Sequence[str]) -> Mapping[str, Product]:
        """Describe products, each by its number."""
        assert domain == 1
        self.asked.append(sorted(asins))
        self._describing.set()
        await self._answered()
        return {asin: product_of(asin) for asin in asins if asin != NOT_THERE}

    async def both_begun(self) -> None:
        """Return once it was asked to find and to describe."""
        await self._finding.wait()
        await self._describing.wait()

    async def close(self) -> None:
        """Do nothing."""

    async def _answered(self) -> None:
        self.begun.set()
        await self.go_on.wait()
        if self.failing:
            raise self.failing


SOMEBODY: Final = Caller(1, lambda _connection, _ids: {}, ToyUser(1, is_admin=False))


class Process:
    """One process: its cache, in front of a source."""

    def __init__(self, database: Database, clock: SteppedClock, source: Source, seconds: Any) -> None:
        self.database = database
        self.flights = SingleFlight(database)
        self.cache = ProductCache(
            database, self.flights, source, clock, Metrics(), wait_s_max=WAIT_S_MAX, seconds=seconds
        )

    async def discovers(self, query: DiscoverQuery = QUERY) -> tuple[list[str], bool]:
        """Return what was found, and whether it came out of the cache."""
        discovered = await self.cache.discover(SOMEBODY, query, LOG)
        return discovered.found.asins, discovered.cache_hit

    async def scores(self, *asins: str) -> dict[str, bool | None]:
        """Return for each product whether its score came out of the cache; None where it does not exist."""
        scored = await self.cache.score(SOMEBODY, 1, asins, LOG)
        return {asin: None if asin in scored.unknown else asin in scored.hits for asin in asins}


class Shop(Processes[Process]):
    """Processes on one database, with one clock."""

    def process(self, source: Source) -> Process:
        """Return one more process."""
        return self.begun(
            lambda database: Process(database, self.clock, source, lambda: self.clock.ticks() / 1e9)
        )

    def entries(self, cache: CacheName) -> dict[str, Mapping[str, Any]]:
        """Return the rows of a cache by their keys."""
        return {row["cache_key"]: row for row in self.database.read_now(_rows, CACHES[cache])}

    def counted(self, cache: CacheName) -> tuple[int, int]:
        """Return how many hits and misses were counted."""
        rows = [row for row in self.database.read_now(_rows, product_cache_counters) if row["cache"] == cache]
        return sum(row["hits"] for row in rows), sum(row["misses"] for row in rows)


def product_of(asin: str) -> Product:
    """Return a product that is the dearer and the slower the higher its number is."""
    number = int(asin[-3:], 36) + 1
    price = Decimal(number)
    return Product(
        asin=asin, title=f"No. {number}", price=price, average_price_90=price * 2, bsr=number * 1_000
    )


def put_discovery(connection: Connection, /, key: str, expires_at: datetime, **values: Any) -> None:
    """Store an entry by hand."""
    row = {"cache_key": key, "asins": [], "created_at": START, "expires_at": expires_at, **values}
    connection.execute(insert(product_discovery_cache).values(row))


def _rows(connection: Connection, table: Any) -> list[Mapping[str, Any]]:
    return [dict(row) for row in connection.execute(select(table)).mappings()]
