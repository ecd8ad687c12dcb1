"""What the product cache brings: three operations, commands, and a timer that removes what has expired."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from reference_app.product_cache.problems import PROBLEMS
from reference_app.product_cache.settings import ProductCacheSettings
from reference_app.system import Built, Context, System

if TYPE_CHECKING:
    from reference_app.product_cache.sources import ProductSource


def _build(context: Context) -> Built:
    from reference_app.product_cache import routes
    from reference_app.product_cache.choosing import source_of
    from reference_app.product_cache.service import ProductCache

    settings = context.settings.of(ProductCacheSettings)
    source = source_of(context)
    products = ProductCache(
        context.database,
        context.single_flight,
        source,
        context.clock,
        context.metrics,
        wait_s_max=settings.product_cache_wait_s,
    )
    return Built(operations=routes.operations(products), background=lambda: _closed_at_the_end(source))


@asynccontextmanager
async def _closed_at_the_end(source: "ProductSource") -> AsyncIterator[None]:
    try:
        yield
    finally:
        await source.close()


PRODUCT_CACHE = System(
    name="product_cache",
    build=_build,
    settings=ProductCacheSettings,
    problems=PROBLEMS,
)
