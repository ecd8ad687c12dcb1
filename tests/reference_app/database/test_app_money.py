"""Money and days are kept exactly, on both databases; rows come with a statement."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import JSON, Column, Connection, Index, Integer, MetaData, String, Table, func, insert, select
from sqlalchemy.exc import StatementError
from sqlalchemy.types import TypeEngine

from reference_app.database import dialects
from reference_app.database.amounts import AMOUNT_MAX, DECIMALS, from_units, shown, to_units
from reference_app.database.dialects import only_where
from reference_app.database.engine import Database
from reference_app.database.errors import Conflict
from reference_app.database.types import Id, Money, UtcTimestamp

AMOUNTS: Final = st.decimals(-AMOUNT_MAX, AMOUNT_MAX, allow_nan=False, places=DECIMALS)
toys: Final = Table(
    "toys",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("price", Money),
    Column("made_at", UtcTimestamp),
    Column("name", String(20)),
)
Index("uq_toys_cheap", toys.c.name, unique=True, **only_where(toys.c.id < 10))


@given(AMOUNTS)
def test_units_are_the_amount(amount: Decimal) -> None:
    """There and back nothing is lost."""
    assert from_units(to_units(amount)) == amount


@pytest.mark.parametrize("amount", [1.5, "1", None, True])
def test_an_amount_is_a_decimal(amount: Any) -> None:
    """A float has lost what it was."""
    with pytest.raises(TypeError):
        to_units(amount)


@pytest.mark.parametrize(
    "amount", ["0.00001", "1e-5", "NaN", "Infinity", "-Infinity", "1e14", "-1e14", "99999999999999.99991"]
)
def test_what_cannot_be_kept_exactly_is_refused(amount: str) -> None:
    """Nothing is rounded."""
    with pytest.raises(ValueError, match=r"amount|decimals"):
        to_units(Decimal(amount))


@pytest.mark.parametrize("kept", [1.0, "1", b"1"])
def test_what_is_no_whole_number_was_not_kept_by_us(kept: Any) -> None:
    """It is reported, and not taken for one."""
    with pytest.raises(TypeError):
        from_units(kept)


@pytest.mark.parametrize(
    ("amount", "decimals", "expected"),
    [
        ("1", 2, "1.00"), ("1.5000", 2, "1.50"), ("1.2345", 2, "1.2345"), ("100", 0, "100"), ("0", 3, "0.000"),
        ("1E+3", 2, "1000.00"), ("-0.5", 2, "-0.50"), ("99999999999999.9999", 0, "99999999999999.9999"),
    ],
)  # fmt: skip
def test_amounts_are_shown_with_all_their_decimals(amount: str, decimals: int, expected: str) -> None:
    """Those of the currency, and more where there are more."""
    assert shown(Decimal(amount), decimals) == expected


class TestEachDatabase:
    """Both databases do the same."""

    @pytest.fixture
    def database_url(self, each_database_url: str) -> str:
        """One of each kind."""
        return each_database_url

    @pytest.fixture
    def shop(self, database: Database) -> Database:
        """A database with a table of toys."""
        database.write_now(toys.create)
        return database

    @pytest.mark.parametrize(
        "price", ["0.0001", "-0.0001", "0.1", "12.50", str(AMOUNT_MAX), f"-{AMOUNT_MAX}"]
    )
    def test_amounts_come_back_as_they_went(self, shop: Database, price: str) -> None:
        """With all digits."""
        _add(shop, price=Decimal(price))
        assert _read(shop, toys.c.price) == [Decimal(price)]

    @pytest.mark.parametrize("price", [0.5, "0.5", Decimal("0.00001"), Decimal("1e14")])
    def test_what_is_not_exact_is_not_kept(self, shop: Database, price: Any) -> None:
        """Not even in a comparison."""
        with pytest.raises(StatementError):
            _add(shop, price=price)
        with pytest.raises(StatementError):
            shop.read_now(lambda connection: connection.execute(select(toys).where(toys.c.price < price)))

    def test_sums_and_comparisons_are_exact(self, shop: Database) -> None:
        """Ten times 0.1 is 1, and 9 is less than 10."""
        for number in range(10):
            _add(shop, id=number, price=Decimal("0.1"))
        _add(shop, id=90, price=Decimal("9.00"))
        _add(shop, id=100, price=Decimal("10.00"))
        assert _read(shop, func.sum(toys.c.price)) == [Decimal(20)]
        found = select(toys.c.id).where(toys.c.price >= Decimal("9.00")).order_by(toys.c.price)
        assert shop.read_now(lambda connection: list(connection.scalars(found))) == [90, 100]
        assert _read(shop, toys.c.price - toys.c.price) == [Decimal(0)] * 12

    def test_nothing_stays_nothing(self, shop: Database) -> None:
        """No amount and no instant are None."""
        _add(shop, price=None, made_at=None)
        assert _read(shop, toys.c.price) == _read(shop, toys.c.made_at) == [None]

    @pytest.mark.parametrize("offset_h", [-11, 0, 14])
    def test_days_are_those_of_utc(self, shop: Database, offset_h: int) -> None:
        """The database's own DATE gives the day of UTC, from whatever offset an instant came."""
        instant = datetime(2026, 1, 1, 0, 4, 5, 678_901, tzinfo=timezone(timedelta(hours=offset_h)))
        _add(shop, made_at=instant)
        [kept] = _read(shop, toys.c.made_at)
        assert (kept, kept.tzinfo) == (instant, UTC)
        assert [str(day) for day in _read(shop, func.date(toys.c.made_at))] == [
            instant.astimezone(UTC).date().isoformat()
        ]
        with pytest.raises(StatementError):
            _add(shop, made_at=instant.replace(tzinfo=None))

    def test_rows_come_with_a_statement(self, shop: Database) -> None:
        """In their order, with numbers of 64 bits, any text, and objects."""
        given: list[dict[str, Any]] = [
            {"id": 2**62, "name": "a'b\"c\\\n%:x", "more": {"price": "1.50", "deep": [1]}},
            {"id": 1, "name": None, "more": {}},
        ]
        assert shop.read_now(_given, given) == [tuple(each.values()) for each in given]
        assert shop.read_now(_given, []) == []

    def test_an_index_may_hold_some_rows_only(self, shop: Database) -> None:
        """A name is unique among them, and not among the others."""
        for number in (1, 10, 11):
            _add(shop, id=number, name="ball")
        with pytest.raises(Conflict):
            _add(shop, id=2, name="ball")

    def test_a_row_is_inserted_unless_the_index_holds_it(self, shop: Database) -> None:
        """As with an index of all rows."""

        def add(connection: Connection, number: int) -> bool:
            row = {"id": number, "name": "ball"}
            of = dialects.of(connection)
            return of.insert_if_absent(connection, toys, row, keys=["name"], where=toys.c.id < 10)

        assert [shop.write_now(add, number) for number in (1, 2, 11)] == [True, False, True]


def _add(database: Database, **values: Any) -> None:
    database.write_now(lambda connection: connection.execute(insert(toys).values(**values)))


def _read(database: Database, column: Any) -> list[Any]:
    return database.read_now(lambda connection: list(connection.scalars(select(column).select_from(toys))))


def _given(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
    columns: dict[str, TypeEngine[Any]] = {"id": Id, "name": String(), "more": JSON()}
    given = dialects.of(connection).rows("given", columns)
    return [tuple(row) for row in connection.execute(select(given), {"given": json.dumps(rows)})]
