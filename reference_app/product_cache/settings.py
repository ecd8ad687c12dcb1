"""What can be set of the product cache."""

from typing import Annotated

from pydantic import Field

from reference_app.settings import Seconds, SystemSettings


class ProductCacheSettings(SystemSettings):
    """Who is asked for products, how long a request waits for that, and when expired entries are removed."""

    product_cache_wait_s: Seconds = 30.0
    """How long a request waits for products that are being fetched; longer is 503."""
    cache_cleanup_interval_s: Annotated[int, Field(ge=1, le=30 * 86_400)] | None = None
    """After how many seconds expired entries are removed again, by one of all servers on the database; without one,
    no server does it."""
