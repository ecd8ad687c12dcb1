"""The product cache over HTTP."""

from collections.abc import Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from reference_app.product_cache.errors import FetchFailed, WaitExhausted
from reference_app.product_cache.schemas import (
    BothCaches,
    Discover,
    DiscoveredProducts,
    OneCache,
    ScoredProducts,
    ToScore,
    domain_of,
)
from reference_app.product_cache.service import ProductCache
from reference_app.upstream.errors import FAILURES
from reference_app.web.bodies import answer, read_json
from reference_app.web.operations import Operation, caller_of, log_of

USUAL_DOMAIN: Final = 1
OF_FETCHES: Final = (*FAILURES, FetchFailed, WaitExhausted)


def operations(products: ProductCache) -> Sequence[Operation]:
    """Return the operations on products and their cache."""
    serve = _Endpoints(products)
    return (
        Operation(
            method="POST", path="/api/v1/products/discover", summary="Find products",
            endpoint=serve.discover_products, takes=Discover, gives=DiscoveredProducts, raises=OF_FETCHES,
            who="user", joins=True,
        ),
        Operation(
            method="POST", path="/api/v1/products/score", summary="Score products",
            endpoint=serve.score_products, takes=ToScore, gives=ScoredProducts, raises=OF_FETCHES, who="user",
            joins=True,
        ),
        Operation(
            method="GET", path="/api/v1/cache/stats", summary="How the caches of products are doing",
            endpoint=serve.get_cache_stats, gives=BothCaches, who="user",
        ),
    )  # fmt: skip


class _Endpoints:
    """HTTP in, HTTP out."""

    def __init__(self, products: ProductCache) -> None:
        self._products = products

    async def discover_products(self, request: Request) -> Response:
        query = (await read_json(request, Discover)).query()
        discovered = await self._products.discover(caller_of(request), query, log_of(request))
        return answer(DiscoveredProducts.of(discovered, query, self._products.source))

    async def score_products(self, request: Request) -> Response:
        asked = await read_json(request, ToScore)
        domain = USUAL_DOMAIN if asked.domain is None else domain_of(asked.domain)
        asins = list(dict.fromkeys(asked.asins))
        scored = await self._products.score(caller_of(request), domain, asins, log_of(request))
        return answer(ScoredProducts.of(asins, scored))

    async def get_cache_stats(self, request: Request) -> Response:
        del request
        stats = await self._products.stats()
        return answer(BothCaches(OneCache.of(stats["discovery"]), OneCache.of(stats["scoring"])))
