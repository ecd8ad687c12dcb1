"""What the product cache brings: three operations, commands, and a timer that removes what has expired."""

from reference_app.product_cache.problems import PROBLEMS
from reference_app.product_cache.settings import ProductCacheSettings
from reference_app.system import Built, Context, System


def _build(context: Context) -> Built:
    from reference_app.product_cache import routes
    from reference_app.product_cache.catalogue import CatalogueSource
    from reference_app.product_cache.service import ProductCache
    from reference_app.product_cache.sources import ProductSource

    settings = context.settings.of(ProductCacheSettings)
    given = context.part(ProductSource)  # type: ignore[type-abstract] # nothing is made of it
    products = ProductCache(
        context.database,
        context.single_flight,
        given or CatalogueSource(),
        context.clock,
        context.metrics,
        wait_s_max=settings.product_cache_wait_s,
    )
    return Built(operations=routes.operations(products))


PRODUCT_CACHE = System(
    name="product_cache",
    build=_build,
    settings=ProductCacheSettings,
    problems=PROBLEMS,
)
