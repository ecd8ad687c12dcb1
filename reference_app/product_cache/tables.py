"""The two caches, and the counts of what was found in them.

Their columns are those of the source's SQL, and plain SQL from outside works on them. The counts of hits are kept
by a trigger, so that a hit from outside is counted, too: decision 0025.
"""

from decimal import Decimal
from typing import Any, Final, Literal

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Float,
    Index,
    Integer,
    Numeric,
    String,
    Table,
    Text,
    func,
)
from sqlalchemy.engine import Dialect as Driver
from sqlalchemy.types import TypeDecorator, TypeEngine

from reference_app.database import dialects
from reference_app.database.metadata import metadata
from reference_app.database.types import Id, UtcDateTime

CacheName = Literal["discovery", "scoring"]
HUNDREDTH: Final = Decimal("0.01")
DIGITS: Final = 14


class Hundredths(TypeDecorator[Decimal]):
    """A number with two decimals: `NUMERIC` on Postgres, and on SQLite the nearest float.

    A float keeps 15 digits, and these have 14; so what was stored comes back, also what SQL from outside stored as
    `19.99`. Not for sums: nothing is added up here.
    """

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Driver) -> TypeEngine[Any]:
        """Choose the column type of the database in use."""
        exact = dialects.named(dialect.name).keeps_decimals
        return dialect.type_descriptor(Numeric(DIGITS, 2) if exact else Float(asdecimal=False))

    def process_bind_param(self, value: Decimal | None, dialect: Driver) -> Decimal | float | None:
        """Return what is kept."""
        if value is None or dialects.named(dialect.name).keeps_decimals:
            return value
        return float(value)

    def process_result_value(self, value: Any, dialect: Driver) -> Decimal | None:
        """Return the number with its two decimals."""
        del dialect
        return None if value is None else Decimal(str(value)).quantize(HUNDREDTH)


def _kept() -> tuple[Column[Any], ...]:
    """Return the columns that say how long an entry is good, and how often it was."""
    return (
        Column("created_at", UtcDateTime, nullable=False, server_default=func.now()),
        Column("expires_at", UtcDateTime, nullable=False),
        Column("hit_count", Integer, nullable=False, server_default="0"),
    )


product_discovery_cache: Final = Table(
    "product_discovery_cache",
    metadata,
    Column("cache_key", String(200), primary_key=True),
    Column("asins", JSON, nullable=False),
    Column("filters_applied", JSON),
    *_kept(),
    CheckConstraint("hit_count >= 0", name="hit_count"),
    # For the purge. There is none on hit_count: each hit would have to change it.
    Index("ix_product_discovery_cache_expires_at", "expires_at"),
)

product_scoring_cache: Final = Table(
    "product_scoring_cache",
    metadata,
    Column("cache_key", String(200), primary_key=True),
    Column("asin", String(20), nullable=False),
    Column("roi_percent", Hundredths),
    Column("velocity_score", Hundredths),
    Column("recommendation", String(20), nullable=False),
    Column("title", Text),
    Column("price", Hundredths),
    Column("bsr", Integer),
    *_kept(),
    CheckConstraint("hit_count >= 0", name="hit_count"),
    CheckConstraint("recommendation IN ('STRONG_BUY', 'BUY', 'CONSIDER', 'SKIP')", name="recommendation"),
    Index("ix_product_scoring_cache_expires_at", "expires_at"),
)

product_cache_counters: Final = Table(
    "product_cache_counters",
    metadata,
    Column("cache", String(20), primary_key=True),
    # Many rows a cache, so that those who count at the same time do not wait for each other; their sum counts.
    Column("slot", Integer, primary_key=True, autoincrement=False),
    Column("hits", Id, nullable=False, server_default="0"),
    Column("misses", Id, nullable=False, server_default="0"),
)

CACHES: Final[dict[CacheName, Table]] = {
    "discovery": product_discovery_cache,
    "scoring": product_scoring_cache,
}
"""Each cache's table, in the order in which both are gone through."""
