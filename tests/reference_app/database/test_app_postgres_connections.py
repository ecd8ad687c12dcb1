"""Connections to Postgres: nothing of a session is relied on, and those that died while idle are not used."""

import time
from typing import Final

import pytest
from sqlalchemy import Connection, text

from reference_app.accounts import store
from reference_app.accounts.store import NewUser
from reference_app.database import idle_connections
from reference_app.database.engine import Database
from tests.reference_app.stage import START

OFTEN: Final = 12
OTHERS: Final = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
def database_url(postgres_url: str) -> str:
    """Postgres alone has such."""
    return postgres_url


def _prepared(connection: Connection) -> int:
    found: int = connection.execute(text("SELECT count(*) FROM pg_prepared_statements")).scalar_one()
    return found


def test_no_statement_is_prepared(database: Database) -> None:
    """A pooler may give the next transaction another session, which knows none of them."""
    for number in range(OFTEN):
        database.write_now(store.add, NewUser(f"{number}@b.example", "", START))
        database.read_now(store.by_id, number)
    assert (database.read_now(_prepared), database.write_now(_prepared)) == (0, 0)


def test_a_read_takes_one_round_trip_a_statement(database: Database) -> None:
    """It opens no transaction, so there is none to end."""

    def is_open(connection: Connection) -> bool:
        store.by_id(connection, 1)
        driver = connection.connection.driver_connection
        return bool(driver.info.transaction_status)  # type: ignore[union-attr]

    assert not database.read_now(is_open)


@pytest.mark.parametrize("trusted_s", [0.0, 60.0])
def test_what_died_while_idle_is_replaced(
    database: Database, monkeypatch: pytest.MonkeyPatch, trusted_s: float
) -> None:
    """Whether it is asked, or its end is seen without asking."""
    monkeypatch.setattr(idle_connections, "TRUSTED_S", trusted_s)
    user = database.write_now(store.add, NewUser("a@b.example", "", START))
    assert database.read_now(store.by_id, user.id) == user
    database.write_now(lambda connection: connection.execute(OTHERS).all())
    time.sleep(0.1)
    assert database.read_now(store.by_id, user.id) == user
    database.read_now(lambda connection: connection.execute(OTHERS).all())
    time.sleep(0.1)
    assert database.write_now(store.remove, user.id) == 1
