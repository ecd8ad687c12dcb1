"""Column types that read and write the same Python values on every database."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import BigInteger, DateTime, Integer, Numeric
from sqlalchemy.engine import Dialect as Driver
from sqlalchemy.types import TypeDecorator, TypeEngine

from reference_app.database import dialects
from reference_app.database.amounts import DECIMALS, DIGITS, from_units, to_units

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


class UtcTimestamp(TypeDecorator[datetime]):
    """An aware datetime, kept as its date and time of day in UTC, without an offset.

    So `DATE(column)` is the UTC day in every session of Postgres, whatever its time zone: of a `timestamptz` it
    would be the session's. SQLite keeps the same text as of a `UtcDateTime`.
    """

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Driver) -> datetime | None:
        """Make the instant UTC; refuse one without an offset, whose meaning would be a guess."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without an offset cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Driver) -> datetime | None:
        """Return the instant as an aware datetime in UTC."""
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)


class Money(TypeDecorator[Decimal]):
    """An amount of money, exact: `NUMERIC` on Postgres, whole ten-thousandths on SQLite, and never a float.

    SQLite would keep a decimal number as a float, or as text, of which `'9.00' <= '10.00'` is false. No currency
    has more than four decimals; 12.50 is kept as 125000.
    """

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Driver) -> TypeEngine[Any]:
        """Choose the column type of the database in use."""
        exact = dialects.named(dialect.name).keeps_decimals
        return dialect.type_descriptor(Numeric(DIGITS, DECIMALS) if exact else BigInteger())

    def process_bind_param(self, value: Decimal | None, dialect: Driver) -> Decimal | int | None:
        """Return what is kept; refuse a float, and more decimals than are kept.

        Raises:
            TypeError: it is no Decimal.
            ValueError: it cannot be kept exactly.

        """
        if value is None:
            return None
        units = to_units(value)
        return value if dialects.named(dialect.name).keeps_decimals else units

    def result_processor(self, dialect: Driver, coltype: object) -> Callable[[Any], Decimal | None] | None:
        """Return what makes an amount, with all its decimals, of what is kept; None where nothing is to be done.

        A run reads hundreds of thousands of them: so not by `process_result_value`, which is two calls more.
        """
        exact = dialects.named(dialect.name).keeps_decimals
        return self.impl_instance.result_processor(dialect, coltype) if exact else _amount_of


def _amount_of(units: int | None) -> Decimal | None:
    return None if units is None else from_units(units)
