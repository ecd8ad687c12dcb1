"""Keepa as a source, asked in a test, and the answers of the stub that stands for it."""

import io
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar
from urllib.parse import parse_qs, urlsplit

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from reference_app.logs import make_log
from reference_app.product_cache.keepa import KeepaSource
from reference_app.product_cache.query import DiscoverQuery
from reference_app.product_cache.sources import ProductSource
from reference_app.upstream.errors import UpstreamFailed
from reference_app.upstream.limits import Limits
from reference_app.upstream.metrics import UpstreamMetrics
from tests.reference_app.upstream.stub import Answers, Stub, run, says

KEY: Final = "k3y-that-nobody-may-see"
TOKENS: Final = {"tokensLeft": 90, "refillIn": 4_000, "refillRate": 5, "timestamp": 1_790_000_000_000}
ONE: Final = "B000000001"
TWO: Final = "B000000002"
QUERY: Final = DiscoverQuery(domain=1, max_results=3)

T = TypeVar("T")


class Bench:
    """A source, the stub that it asks, and what it logged."""

    def __init__(self, upstream: Stub) -> None:
        self.stub = upstream
        self.lines = io.StringIO()
        self.registry = CollectorRegistry()
        limits = Limits(deadline_s=5.0, back_off_s=0.01)
        metrics, log = UpstreamMetrics(self.registry), make_log(self.lines, "json")
        self.keepa = KeepaSource(KEY, limits=limits, metrics=metrics, log=log, base_url=upstream.url)
        self.source: ProductSource = self.keepa

    @property
    def parameters(self) -> dict[str, str]:
        """What was sent last, as parameters."""
        target = self.stub.heads[-1].split(" ")[1]
        return {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}

    async def failure(self, asking: Awaitable[object]) -> UpstreamFailed:
        """Return how it failed; the key is in nothing that was said of it."""
        with pytest.raises(UpstreamFailed) as caught:
            await asking
        said = f"{caught.value!r} {caught.value.because} {self.lines.getvalue()}"
        assert KEY not in said + generate_latest(self.registry).decode()
        return caught.value


def asking(*answers: Answers) -> Callable[[Callable[[Bench], Awaitable[T]]], T]:
    """Run a scenario with a stub that answers so."""

    def with_stub(scenario: Callable[[Bench], Awaitable[T]]) -> T:
        async def whole() -> T:
            async with Stub(*answers) as upstream:
                bench = Bench(upstream)
                try:
                    return await scenario(bench)
                finally:
                    await bench.source.close()

        return run(whole)

    return with_stub


def found(*asins: object, **more: Any) -> Answers:
    return says({**TOKENS, "asinList": list(asins), "totalResults": len(asins), **more})


def described(*products: object, **more: Any) -> Answers:
    return says({**TOKENS, "products": list(products), **more})


def figures(new: int = -1, rank: int = -1) -> list[int]:
    return [-1, new, -1, rank, -1]


def product(asin: str = ONE, title: str | None = "Ball", **stats: object) -> dict[str, Any]:
    said = {"current": figures(1_999, 1_200), "avg90": figures(2_450, 1_500), "salesRankDrops30": 41, **stats}
    return {"asin": asin, "title": title, "domainId": 1, "csv": None, "stats": said}
