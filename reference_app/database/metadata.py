"""The tables' common ground: one `MetaData`, and column types that read the same on both databases."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData
from sqlalchemy.types import TypeDecorator, TypeEngine

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id: Final = BigInteger().with_variant(Integer, "sqlite")
"""64 bits on both: SQLite gives out ids only for columns spelled INTEGER, which hold 64 bits there."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC.

    Postgres keeps a `timestamptz`; SQLite keeps the text `YYYY-MM-DD HH:MM:SS.ffffff`, whose order as text is
    its order in time.
    """

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[datetime]:
        """Choose the column type of the database in use."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Make the instant UTC; refuse one without an offset, whose meaning would be a guess."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without an offset cannot be stored")
        in_utc = value.astimezone(UTC)
        return in_utc if dialect.name == "postgresql" else in_utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant as an aware datetime in UTC."""
        if value is None:
            return None
        return value.astimezone(UTC) if dialect.name == "postgresql" else value.replace(tzinfo=UTC)
