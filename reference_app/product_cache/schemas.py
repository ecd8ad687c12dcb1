"""What the product cache sends and takes over the wire. Prices are numbers of at most two decimals."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Final

from msgspec import Meta, Struct

from reference_app.product_cache.query import RESULTS, DiscoverQuery
from reference_app.product_cache.scoring import Recommendation, Score
from reference_app.product_cache.service import Discovered, Scored
from reference_app.product_cache.stats import ALERTS, CacheStats
from reference_app.web.bad_input import BadField

RESULTS_MAX: Final = 500
ASINS_MAX: Final = 100
NO_DOMAIN: Final = 7
"""Of Keepa's numbers of marketplaces, which go from 1 to 12, the one that is none any more."""

# Whole numbers may be written with decimals that are zero: 10.0 is 10 (PC-6).
Domain = Annotated[float, Meta(ge=1, le=12, multiple_of=1, description="A marketplace, by Keepa's number")]
Whole = Annotated[float, Meta(ge=1, le=2**53 - 1, multiple_of=1)]
Rank = Annotated[float, Meta(ge=1, le=1_000_000_000, multiple_of=1)]
Price = Annotated[float, Meta(ge=0, le=10_000_000, description="With at most two decimals")]
Results = Annotated[float, Meta(ge=1, le=RESULTS_MAX, multiple_of=1)]
Asin = Annotated[str, Meta(pattern=r"^[A-Z0-9]{10}$(?!\n)", description="A product's number at Amazon")]


class Discover(Struct, frozen=True, forbid_unknown_fields=True):
    """Which products are looked for; what is absent or null is no bound."""

    domain: Domain
    category: Whole | None = None
    bsr_min: Rank | None = None
    bsr_max: Rank | None = None
    price_min: Price | None = None
    price_max: Price | None = None
    max_results: Results | None = None

    def query(self) -> DiscoverQuery:
        """Return the query. Raises BadField: a price has more decimals, or a bound is below the other."""
        asked = DiscoverQuery(
            domain=domain_of(self.domain),
            category=_whole(self.category),
            bsr_min=_whole(self.bsr_min),
            bsr_max=_whole(self.bsr_max),
            price_min=_price("price_min", self.price_min),
            price_max=_price("price_max", self.price_max),
            max_results=_whole(self.max_results) or RESULTS,
        )
        _ordered("bsr", asked.bsr_min, asked.bsr_max)
        _ordered("price", asked.price_min, asked.price_max)
        return asked


class DiscoveredProducts(Struct, frozen=True):
    """What was found, where it comes from, and until when the same is answered."""

    asins: list[str]
    count: int
    cache_hit: bool
    cache_key: str
    expires_at: datetime
    source: str
    query: dict[str, int | float]

    @classmethod
    def of(cls, discovered: Discovered, query: DiscoverQuery, source: str) -> "DiscoveredProducts":
        """Return it as it goes over the wire."""
        found = discovered.found
        return cls(
            asins=found.asins,
            count=len(found.asins),
            cache_hit=discovered.cache_hit,
            cache_key=found.cache_key,
            expires_at=found.expires_at,
            source=source,
            query=query.filters,
        )


class ToScore(Struct, frozen=True, forbid_unknown_fields=True):
    """Products to be scored; one that is named twice is scored once."""

    asins: Annotated[list[Asin], Meta(min_length=1, max_length=ASINS_MAX)]
    domain: Domain | None = None


class ScoredProduct(Struct, frozen=True):
    """A product with its score; `price` and `roi_percent` are null where there is no price to reckon with."""

    asin: str
    title: str | None
    price: float | None
    bsr: int | None
    roi_percent: float | None
    velocity_score: float
    recommendation: Recommendation
    cache_hit: bool

    @classmethod
    def of(cls, score: Score, *, cache_hit: bool) -> "ScoredProduct":
        """Return it as it goes over the wire."""
        return cls(
            asin=score.asin,
            title=score.title,
            price=_number(score.price),
            bsr=score.bsr,
            roi_percent=_number(score.roi_percent),
            velocity_score=float(score.velocity_score),
            recommendation=score.recommendation,
            cache_hit=cache_hit,
        )


class ScoredProducts(Struct, frozen=True):
    """Scores in the order of the request, and products that do not exist."""

    products: list[ScoredProduct]
    total_count: int
    unknown: list[str]

    @classmethod
    def of(cls, asked: Sequence[str], scored: Scored) -> "ScoredProducts":
        """Return them as they go over the wire."""
        products = [
            ScoredProduct.of(scored.scores[asin], cache_hit=asin in scored.hits)
            for asin in asked
            if asin in scored.scores
        ]
        return cls(products, len(products), [asin for asin in asked if asin in scored.unknown])


class ReusedEntry(Struct, frozen=True):
    """An entry, and how often it was hit."""

    cache_key: str
    hit_count: int
    created_at: datetime


class CacheAlert(Struct, frozen=True):
    """Something about a cache that an operator should look at."""

    alert: str
    message: str


class OneCache(Struct, frozen=True):
    """How a cache is doing; averages and ratios are null where there is nothing to divide by."""

    entries: int
    total_hits: int
    avg_reuse: float | None
    expired_entries: int
    table_size_bytes: int | None
    hit_ratio: float | None
    most_reused: list[ReusedEntry]
    alerts: list[CacheAlert]

    @classmethod
    def of(cls, stats: CacheStats) -> "OneCache":
        """Return it as it goes over the wire."""
        return cls(
            entries=stats.entries,
            total_hits=stats.total_hits,
            avg_reuse=stats.avg_reuse,
            expired_entries=stats.expired_entries,
            table_size_bytes=stats.table_size_bytes,
            hit_ratio=stats.hit_ratio,
            most_reused=[
                ReusedEntry(each.cache_key, each.hit_count, each.created_at) for each in stats.most_reused
            ],
            alerts=[CacheAlert(alert, ALERTS[alert]) for alert in stats.alerts],
        )


class BothCaches(Struct, frozen=True):
    """How the caches are doing."""

    discovery: OneCache
    scoring: OneCache


def domain_of(said: float) -> int:
    """Return the domain. Raises BadField: there is no such marketplace."""
    if said == NO_DOMAIN:
        raise BadField("domain", f"{NO_DOMAIN} is no marketplace")
    return int(said)


def _whole(said: float | None) -> int | None:
    return None if said is None else int(said)


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _price(field: str, said: float | None) -> Decimal | None:
    if said is None:
        return None
    price = Decimal(str(said))
    if price != round(price, 2):
        raise BadField(field, "has more than two decimals")
    return price


def _ordered(of: str, low: int | Decimal | None, high: int | Decimal | None) -> None:
    if low is not None and high is not None and low > high:
        raise BadField(f"{of}_max", f"is below {of}_min")
