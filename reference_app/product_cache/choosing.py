"""Who is asked for products: Keepa with a key; without one the catalogue in development, and elsewhere nobody."""

from collections.abc import Mapping, Sequence
from typing import Final

from reference_app.product_cache import keepa
from reference_app.product_cache.catalogue import CatalogueSource
from reference_app.product_cache.keepa import KeepaSource
from reference_app.product_cache.query import DiscoverQuery
from reference_app.product_cache.settings import ProductCacheSettings
from reference_app.product_cache.sources import Product, ProductSource
from reference_app.system import Context
from reference_app.upstream.errors import UpstreamNotConfigured
from reference_app.upstream.limits import Limits
from reference_app.upstream.metrics import UpstreamMetrics


class NobodySource:
    """Keepa without a key: what is cached of it is served, and everything else fails."""

    name: Final = keepa.NAME

    async def find(self, query: DiscoverQuery) -> list[str]:
        """Raise UpstreamNotConfigured."""
        del query
        raise UpstreamNotConfigured

    async def products(self, domain: int, asins: Sequence[str]) -> Mapping[str, Product]:
        """Raise UpstreamNotConfigured."""
        del domain, asins
        raise UpstreamNotConfigured

    async def close(self) -> None:
        """Do nothing: nothing is open."""


def source_of(context: Context) -> ProductSource:
    """Return what this server asks for products, or what was given in its place."""
    given = context.part(ProductSource)  # type: ignore[type-abstract] # nothing is made of it
    if given is not None:
        return given
    settings = context.settings.of(ProductCacheSettings)
    if settings.keepa_api_key:
        return KeepaSource(
            settings.keepa_api_key,
            limits=_limits(settings),
            metrics=context.metrics.part(UpstreamMetrics),
            log=context.log,
            base_url=settings.keepa_base_url,
        )
    return CatalogueSource() if settings.is_development else NobodySource()


def _limits(settings: ProductCacheSettings) -> Limits:
    return Limits(
        deadline_s=settings.keepa_deadline_s,
        tries=settings.keepa_tries,
        calls_max=settings.keepa_calls_max,
        failures_before_open=settings.keepa_failures_max,
        open_s=settings.keepa_rest_s,
    )
