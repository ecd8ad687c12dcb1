"""Keepa as a source of products: its product finder, its product request, and the tokens that both cost.

    GET /query?key=…&domain=1&selection={"current_SALES_lte":50000,…}   → {"asinList":[…], tokens}
    GET /product?key=…&domain=1&asin=B00…,B01…&stats=90&history=0       → {"products":[…], tokens}

Every answer says how many tokens are left (`tokensLeft`), when the next come (`refillIn`, milliseconds), and how
many a minute (`refillRate`). Keepa serves while there is one, whatever the request costs, so the balance may be
below zero. What was said last is remembered: while the tokens are known to be spent no call is made, and
`UpstreamBusy` says when to ask again. A refusal because of spent tokens (429) is waited for where that fits in the
deadline.

Numbers are whole, negative where Keepa knows none; money is in the smallest unit of the shop's currency.

The key is a parameter of every address: it is in no error and no log. What Keepa sends that has another shape is
`UpstreamMalformed`, and nothing of it is returned.
"""

import json
import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, Final

import msgspec

from reference_app.logs import Log
from reference_app.product_cache.query import DiscoverQuery
from reference_app.product_cache.sources import ASINS_AT_ONCE_MAX, TITLE_LENGTH_MAX, Product
from reference_app.upstream.calls import Upstream
from reference_app.upstream.limits import Limits
from reference_app.upstream.metrics import UpstreamMetrics
from reference_app.upstream.wire import Wire

NAME: Final = "keepa"
KEEPA_URL: Final = "https://api.keepa.com"
STATS_DAYS: Final = 90
NEW: Final = 1
SALES: Final = 3
"""Where a list of Keepa's has the price of a new one, and the rank among best sellers."""
PER_PAGE_MIN: Final = 50
"""The finder refuses to return fewer."""
DECIMALS: Final = 2
DECIMALS_OF_DOMAIN: Final[Mapping[int, int]] = {5: 0}
"""Yen have none."""
REFILL_EVERY_S: Final = 60.0
TOKENS_ENOUGH: Final = 1

Asin = Annotated[str, msgspec.Meta(pattern="^[A-Z0-9]{10}$")]
Figure = Annotated[int, msgspec.Meta(ge=-(2**31), lt=2**31)]
Figures = Annotated[list[Figure], msgspec.Meta(min_length=SALES + 1)]


class Tokens(msgspec.Struct, frozen=True, rename="camel"):
    """What each answer says of the tokens, a refusal too."""

    tokens_left: int | None = None
    refill_in: float | None = None
    """Milliseconds."""
    refill_rate: float | None = None
    """A minute."""

    @property
    def wait_s(self) -> float | None:
        """In how many seconds there is a token again; 0 where there is one, None where that is not said."""
        if self.tokens_left is not None and self.tokens_left >= TOKENS_ENOUGH:
            return 0.0
        if self.refill_in is None:
            return None
        missing = TOKENS_ENOUGH - (self.tokens_left or 0)
        refills = math.ceil(missing / self.refill_rate) if self.refill_rate and self.refill_rate > 0 else 1
        return self.refill_in / 1_000 + (refills - 1) * REFILL_EVERY_S


class Found(Tokens, frozen=True, kw_only=True, rename="camel"):
    """What the finder answers."""

    asin_list: list[Asin]


class Stats(msgspec.Struct, frozen=True, rename="camel"):
    """What a product's `stats` say: by kind of price, negative where Keepa knows none."""

    current: Figures
    avg90: Figures
    sales_rank_drops30: Figure = -1


class Described(msgspec.Struct, frozen=True):
    """One product; of an ASIN that nobody has Keepa describes one of which it knows nothing."""

    asin: Asin
    title: str | None = None
    stats: Stats | None = None


class Products(Tokens, frozen=True, kw_only=True, rename="camel"):
    """What the product request answers."""

    products: list[Described]


class KeepaSource:
    """Keepa, asked with one key. Used from one event loop."""

    def __init__(
        self, key: str, *, limits: Limits, metrics: UpstreamMetrics, log: Log, base_url: str = KEEPA_URL
    ) -> None:
        """Ask nothing yet; `base_url` begins with `https://`, or with `http://` in tests."""
        self._key = key
        self._wire = Wire(base_url, limits, wait_s_in=_wait_s_in)
        self._upstream = Upstream(NAME, limits, metrics, log)

    @property
    def name(self) -> str:
        """What answers say they come from."""
        return NAME

    async def find(self, query: DiscoverQuery) -> list[str]:
        """Ask the product finder. As `ProductSource.find`."""
        parameters: dict[str, str | int] = {
            "key": self._key,
            "domain": query.domain,
            "selection": json.dumps(selection(query), separators=(",", ":")),
        }
        found = await self._upstream.call(lambda: self._wire.get_json("/query", parameters, Found))
        self._note(found)
        return list(dict.fromkeys(found.asin_list))[: query.max_results]

    async def products(self, domain: int, asins: Sequence[str]) -> Mapping[str, Product]:
        """Ask for products. As `ProductSource.products`."""
        assert 0 < len(asins) <= ASINS_AT_ONCE_MAX
        parameters: dict[str, str | int] = {
            "key": self._key,
            "domain": domain,
            "asin": ",".join(asins),
            "stats": STATS_DAYS,
            # Without it the answer has all prices of years, hundreds of kilobytes a product.
            "history": 0,
        }
        answered = await self._upstream.call(lambda: self._wire.get_json("/product", parameters, Products))
        self._note(answered)
        wanted = set(asins)
        described = (_product(each, domain) for each in answered.products if each.asin in wanted)
        return {product.asin: product for product in described if product is not None}

    async def close(self) -> None:
        """Close the connections."""
        await self._wire.close()

    def _note(self, tokens: Tokens) -> None:
        """Remember what an answer said of the tokens."""
        wait_s = tokens.wait_s
        if wait_s == 0.0:
            self._upstream.not_busy()
        elif wait_s is not None and tokens.tokens_left is not None:
            self._upstream.busy_for(wait_s)


def selection(query: DiscoverQuery) -> dict[str, Any]:
    """Return what the finder calls this query; best ranks first, so that `max_results` cuts off the worst."""
    bounds: dict[str, Any] = {
        "current_SALES_gte": query.bsr_min,
        "current_SALES_lte": query.bsr_max,
        "current_NEW_gte": _units(query.price_min, query.domain),
        "current_NEW_lte": _units(query.price_max, query.domain),
        "categories_include": None if query.category is None else [query.category],
    }
    return {
        **{name: bound for name, bound in bounds.items() if bound is not None},
        "sort": [["current_SALES", "asc"]],
        "productType": [0],
        "page": 0,
        "perPage": max(PER_PAGE_MIN, query.max_results),
    }


def _wait_s_in(refusal: bytes) -> float | None:
    """Return in how many seconds there are tokens again, as the body of a refusal says it; it may hold anything."""
    try:
        wait_s = msgspec.json.decode(refusal, type=Tokens).wait_s
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    return wait_s or None


def _product(described: Described, domain: int) -> Product | None:
    """Return what is said of a product; None if that is nothing."""
    title = "".join(each for each in described.title or "" if each.isprintable()).strip()[:TITLE_LENGTH_MAX]
    stats = described.stats
    known = Product(
        asin=described.asin,
        title=title or None,
        price=_money(stats.current[NEW], domain) if stats else None,
        average_price_90=_money(stats.avg90[NEW], domain) if stats else None,
        bsr=_rank(stats.current[SALES]) if stats else None,
        bsr_average_90=_rank(stats.avg90[SALES]) if stats else None,
        sales_rank_drops_30=_known(stats.sales_rank_drops30) if stats else None,
    )
    return None if known == Product(asin=described.asin) else known


def _known(number: int) -> int | None:
    return number if number >= 0 else None


def _rank(number: int) -> int | None:
    return number if number > 0 else None


def _money(units: int, domain: int) -> Decimal | None:
    return None if units < 0 else Decimal(units).scaleb(-DECIMALS_OF_DOMAIN.get(domain, DECIMALS))


def _units(amount: Decimal | None, domain: int) -> int | None:
    """Return an amount in the smallest unit; what is finer than that, which no price has, is cut off."""
    return None if amount is None else int(amount.scaleb(DECIMALS_OF_DOMAIN.get(domain, DECIMALS)))
