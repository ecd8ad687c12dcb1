"""What is asked about products, and the key under which its answer is kept.

Equal queries have equal keys, however they were written (PC-6): a query is made of values here, in which the
order of members, `10` and `10.0`, absent and null make no difference any more. The source's name is a part of each
key, so that what the built-in catalogue said is never taken for what the upstream says.
"""

import json
from dataclasses import dataclass, fields
from decimal import Decimal
from hashlib import sha256
from typing import Final

RESULTS: Final = 50
"""How many products are found where a query does not say how many it wants."""
DIGEST_LENGTH: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscoverQuery:
    """Which products are looked for. None is no bound; prices have at most two decimals."""

    domain: int
    """Keepa's number of a marketplace: 1 is amazon.com."""
    category: int | None = None
    bsr_min: int | None = None
    bsr_max: int | None = None
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    max_results: int = RESULTS

    @property
    def filters(self) -> dict[str, int | float]:
        """What it says, as values of JSON, without what it leaves open."""
        said = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {
            name: float(value) if isinstance(value, Decimal) else value
            for name, value in said
            if value is not None
        }


def discovery_key(source: str, query: DiscoverQuery) -> str:
    """Return the key of what this source finds for the query."""
    canonical = json.dumps(query.filters, sort_keys=True, separators=(",", ":"))
    return f"discovery:{source}:{sha256(canonical.encode()).hexdigest()[:DIGEST_LENGTH]}"


def scoring_key(source: str, domain: int, asin: str) -> str:
    """Return the key of a product's score in a marketplace."""
    return f"scoring:{source}:{domain}:{asin}"
