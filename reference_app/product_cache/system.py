"""What the product cache brings: three operations, commands, and a timer that removes what has expired."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from reference_app.product_cache import commands
from reference_app.product_cache.problems import PROBLEMS
from reference_app.product_cache.settings import ProductCacheSettings
from reference_app.system import Built, Context, System

if TYPE_CHECKING:
    from reference_app.background.timers import Timer
    from reference_app.product_cache.service import ProductCache
    from reference_app.product_cache.sources import ProductSource


CLEANUP = "cache_cleanup"


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
    return Built(
        operations=routes.operations(products),
        background=lambda: _closed_at_the_end(source),
        timers=_timers(settings, products),
        measure=products.measure,
    )


def _timers(settings: ProductCacheSettings, products: "ProductCache") -> list["Timer"]:
    """Return the timer that removes what has expired; none unless it is asked for."""
    from reference_app.background.timers import Timer

    every_s = settings.cache_cleanup_interval_s
    return [Timer(CLEANUP, every_s=float(every_s), work=products.clean_up)] if every_s else []


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
    add_commands=commands.add,
)
