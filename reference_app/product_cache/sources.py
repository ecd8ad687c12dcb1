"""Where products come from: what each source of them promises, and what is known of a product.

Money is in the currency of the domain's shop. Nothing here knows a wire or a key.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Protocol

from reference_app.product_cache.query import DiscoverQuery

ASINS_AT_ONCE_MAX: Final = 100
"""How many products a source is asked for in one call."""
TITLE_LENGTH_MAX: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What a source says of one product at the moment. None is what it does not know."""

    asin: str
    title: str | None = None
    """Printable, of 1 to `TITLE_LENGTH_MAX` characters."""
    price: Decimal | None = None
    """What a new one costs now, with the decimals of the shop's currency."""
    average_price_90: Decimal | None = None
    """What a new one cost on average in the last 90 days."""
    bsr: int | None = None
    """The rank among best sellers, from 1."""
    bsr_average_90: int | None = None
    sales_rank_drops_30: int | None = None
    """How often the rank fell in 30 days: roughly, how often one was sold."""


class ProductSource(Protocol):
    """Somebody who knows products. One object serves one server, and many calls at once."""

    @property
    def name(self) -> str:
        """What answers say they come from: `keepa` or `catalogue`."""

    async def find(self, query: DiscoverQuery) -> list[str]:
        """Return the ASINs that the query asks for, `max_results` at most, in the source's order, none twice.

        Raises:
            UpstreamFailed: the source could not be asked; why, is in `reference_app.upstream.errors`.

        """

    async def products(self, domain: int, asins: Sequence[str]) -> Mapping[str, Product]:
        """Return what is known of these products, 1 to `ASINS_AT_ONCE_MAX`; one that is unknown is missing.

        Raises:
            UpstreamFailed: as `find`; of a part nothing is returned.

        """

    async def close(self) -> None:
        """Let go of what is open. No call may follow."""
