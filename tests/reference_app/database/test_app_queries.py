"""A query that is compiled once says the same as SQLAlchemy does, on both databases."""

from datetime import UTC, datetime
from typing import Any, Final

import pytest
from sqlalchemy import bindparam, insert, select, update

from reference_app.accounts import store
from reference_app.accounts.store import NewUser
from reference_app.accounts.tables import users
from reference_app.database.engine import Database
from reference_app.database.errors import Conflict
from reference_app.database.queries import Query
from reference_app.lunar_returns.tables import lunar_returns
from reference_app.vesting.tables import AVAILABLE, accounts
from tests.reference_app.stage import START

BORN: Final = datetime(2026, 1, 1, 3, 4, 5, 678_901, tzinfo=UTC)
ADD: Final = Query(
    insert(users).values(
        email=bindparam("email"), is_admin=bindparam("is_admin"), created_at=bindparam("created_at")
    )
)
RENAME: Final = Query(update(users).where(users.c.email == bindparam("old")).values(email=bindparam("new")))
KEPT: Final = select(users.c.id, users.c.is_admin, users.c.created_at).order_by(users.c.id)


@pytest.fixture
def database_url(each_database_url: str) -> str:
    """One of each kind."""
    return each_database_url


def test_values_go_and_come_as_they_do_elsewhere(database: Database) -> None:
    """Instants, switches, JSON and money are what SQLAlchemy makes of them."""

    def work(connection: Any) -> None:
        ADD.changed(connection, email="a@b.example", is_admin=True, created_at=BORN)
        [(user_id, *kept)] = Query(KEPT).all(connection)
        assert kept == [True, BORN]
        assert [tuple(row) for row in connection.execute(KEPT)] == [(user_id, *kept)]
        aspects = [{"body": "Sun", "orb_deg": 1.5}]
        row = {
            "user_id": user_id,
            "month": "2026-01",
            "return_date": BORN,
            "moon_sign": "Leo",
            "moon_house": 1,
        }
        row |= {"lunar_ascendant": "Leo", "aspects": aspects, "calculated_at": BORN}
        connection.execute(insert(lunar_returns).values(row))
        assert Query(select(lunar_returns.c.aspects)).one(connection) == (aspects,)
        connection.execute(insert(accounts).values(user_id=user_id, currency="AED", account_type=AVAILABLE))
        balance = select(accounts.c.balance)
        assert Query(balance).one(connection) == tuple(connection.execute(balance).one())

    database.write_now(work)


def test_the_text_is_made_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking again compiles nothing, with other values either."""
    find = Query(select(users.c.id).where(users.c.email == bindparam("email"), users.c.is_admin.is_(False)))
    assert database.read_now(find.one, email="a@b.example") is None
    monkeypatch.setattr(find, "_compiled", pytest.fail)
    user = database.write_now(store.add, NewUser("a@b.example", "", START))
    assert database.read_now(find.one, email="a@b.example") == (user.id,)


def test_it_works_in_the_transaction(database: Database) -> None:
    """What is written goes with the transaction, whichever statement came first."""

    def broken(connection: Any) -> None:
        assert ADD.changed(connection, email="a@b.example", is_admin=False, created_at=BORN) == 1
        assert RENAME.changed(connection, old="a@b.example", new="c@d.example") == 1
        assert store.by_email(connection, "c@d.example") is not None
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        database.write_now(broken)
    assert database.read_now(Query(KEPT).all) == []


def test_a_connection_without_a_transaction_begins_one(database: Database) -> None:
    """As with any statement of SQLAlchemy: what is not committed is not kept."""
    with database._engine.connect() as connection:
        ADD.changed(connection, email="a@b.example", is_admin=False, created_at=BORN)
        assert connection.in_transaction()
    assert database.read_now(Query(KEPT).all) == []


def test_errors_are_those_of_sqlalchemy(database: Database) -> None:
    """A rule that is broken is a conflict, and the message holds nobody's values."""
    database.write_now(store.add, NewUser("a@b.example", "", START))
    with pytest.raises(Conflict) as raised:
        database.write_now(ADD.changed, email="a@b.example", is_admin=False, created_at=BORN)
    assert "2026-01-01" not in str(raised.value.__cause__)


def test_what_depends_on_its_values_is_refused(database: Database) -> None:
    """A list in an IN, and a value that is missing."""
    among = Query(select(users.c.id).where(users.c.id.in_([1, 2])))
    with pytest.raises(AssertionError, match="its text depends on"):
        database.read_now(among.all)
    with pytest.raises(KeyError):
        database.read_now(RENAME.changed, old="a@b.example")
