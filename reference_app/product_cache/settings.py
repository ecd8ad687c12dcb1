"""What can be set of the product cache."""

from typing import Annotated, Final

from pydantic import Field

from reference_app.settings import Seconds, SystemSettings, UpstreamAddress

KEEPA_URL: Final = "https://api.keepa.com"


class ProductCacheSettings(SystemSettings):
    """Who is asked for products, within which bounds, and when expired entries are removed."""

    keepa_api_key: str = Field(default="", repr=False)
    """The key with which Keepa is asked for products. Without one, development asks a built-in catalogue, and any
    other server answers 503 to what is not cached.
    """
    keepa_base_url: UpstreamAddress = KEEPA_URL
    """Where Keepa is; `http://` on this machine only."""
    keepa_deadline_s: Annotated[float, Field(gt=0, le=60)] = 10.0
    """How long asking Keepa may take, with all tries and waits; longer is 503."""
    keepa_tries: Annotated[int, Field(ge=1, le=10)] = 3
    """How often a call is tried, if it fails in a way that may pass."""
    keepa_calls_max: Annotated[int, Field(ge=1, le=64)] = 8
    """Calls at the same time, in each process."""
    keepa_failures_max: Annotated[int, Field(ge=1, le=1_000)] = 5
    """After so many failures in a row Keepa is left alone for `KEEPA_REST_S`."""
    keepa_rest_s: Seconds = 10.0
    """How many seconds Keepa is left alone; then one call tries it."""
    product_cache_wait_s: Seconds = 30.0
    """How long a request waits for products that are being fetched; longer is 503."""
    cache_cleanup_interval_s: Annotated[int, Field(ge=0, le=30 * 86_400)] = 0
    """Every so many seconds expired entries are removed, by one of all servers on the database; 0 for never."""

    def refusals(self) -> list[str]:
        """Refuse a key that cannot be sent."""
        key = self.keepa_api_key
        return (
            [] if key.isascii() and key.isprintable() else ["KEEPA_API_KEY holds more than printable ASCII."]
        )
