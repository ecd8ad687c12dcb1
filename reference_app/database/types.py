"""Column types that read and write the same Python values on every database."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import BigInteger, DateTime, Integer
from sqlalchemy.engine import Dialect as Driver
from sqlalchemy.types import TypeDecorator, TypeEngine

from reference_app.database import dialects

Id: Final = BigInteger().with_variant(Integer, dialects.SQLITE)
"""64 bits on both: SQLite gives out ids only for columns spelled INTEGER, which hold 64 bits there."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC.

    Postgres keeps a `timestamptz`; SQLite keeps the text `YYYY-MM-DD HH:MM:SS.ffffff`, whose order as text is
    its order in time.
    """

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Driver) -> TypeEngine[datetime]:
        """Choose the column type of the database in use."""
        return dialect.type_descriptor(DateTime(timezone=dialects.named(dialect.name).keeps_offsets))

    def process_bind_param(self, value: datetime | None, dialect: Driver) -> datetime | None:
        """Make the instant UTC; refuse one without an offset, whose meaning would be a guess."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without an offset cannot be stored")
        in_utc = value.astimezone(UTC)
        return in_utc if dialects.named(dialect.name).keeps_offsets else in_utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Driver) -> datetime | None:
        """Return the instant as an aware datetime in UTC."""
        if value is None:
            return None
        keeps_offsets = dialects.named(dialect.name).keeps_offsets
        return value.astimezone(UTC) if keeps_offsets else value.replace(tzinfo=UTC)
