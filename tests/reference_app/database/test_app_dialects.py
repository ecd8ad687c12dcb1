"""What differs between the databases stands in one place, and does the same on both."""

import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Connection, insert, literal, select

import reference_app
from reference_app.accounts import store
from reference_app.accounts.store import NewUser
from reference_app.accounts.tables import users
from reference_app.database import dialects, indexes
from reference_app.database.engine import Database
from reference_app.database.errors import Conflict
from reference_app.database.metadata import metadata
from reference_app.database.tables import work_leases
from tests.reference_app.stage import START, OpenDatabase

PACKAGE: Final = Path(reference_app.__file__).parent
NAMES_A_DIALECT: Final = re.compile(
    r"\.dialect\b|drivername|get_backend_name|\bpsycopg\b|import sqlite3|sqlalchemy\.dialects"
    r"|\bsqlite_|\bpostgresql_|database\.(sqlite|postgres|advisory)\b"
)
WITHOUT_THE_DRIVER: Final = """
import sys
from reference_app.clock import system_clock
from reference_app.database import migrate
from reference_app.database.engine import Database
migrate.upgrade(sys.argv[1])
Database(sys.argv[1], clock=system_clock, threads=1, holders=1, wait_s_max=1).close()
print([name for name in ("psycopg", "alembic") if name in sys.modules])
"""


def test_nobody_else_asks_which_database_it_is() -> None:
    """Outside of the database package no code names a dialect or a driver."""
    found = {
        str(path.relative_to(PACKAGE)): match.group()
        for path in sorted(PACKAGE.rglob("*.py"))
        if PACKAGE / "database" not in path.parents
        and (match := NAMES_A_DIALECT.search(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_a_start_on_sqlite_loads_no_driver_of_postgres(database_url: str) -> None:
    """Who uses SQLite, migrated already, waits neither for psycopg nor for Alembic to be imported."""
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_THE_DRIVER, database_url], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


class TestEachDatabase:
    """Both databases do the same."""

    @pytest.fixture
    def database_url(self, each_database_url: str) -> str:
        """One of each kind."""
        return each_database_url

    def test_a_row_is_inserted_once(self, database: Database) -> None:
        """A later insert of the same keys is reported, and changes nothing."""
        for failures, inserted in ((1, True), (2, False)):
            assert database.write_now(_insert, failures) is inserted
        assert database.read_now(_count) == 1

    def test_of_many_who_insert_at_once_one_does(self, open_database: OpenDatabase) -> None:
        """Those who come together wait for each other, and one inserts."""
        database = open_database(threads=8)
        with ThreadPoolExecutor(8) as threads:
            told = list(threads.map(lambda _: database.write_now(_insert, 1), range(8)))
        assert sorted(told) == [False] * 7 + [True]

    def test_a_row_is_inserted_or_changed(self, database: Database) -> None:
        """The first time a row is made, and after that it is changed by what is said of it."""

        def count_up(connection: Connection) -> None:
            dialects.of(connection).insert_or_change(
                connection,
                work_leases,
                {"key": "a:1", "failures": 1},
                keys=["key"],
                changes={"failures": work_leases.c.failures + 1},
            )

        for _ in range(3):
            database.write_now(count_up)
        assert database.read_now(_count) == 3

    def test_a_broken_rule_is_a_conflict(self, database: Database) -> None:
        """What the database forbids is an error that needs no SQLAlchemy to be caught, and nothing is written."""
        database.write_now(store.add, NewUser("a@b.example", "", START))
        with pytest.raises(Conflict):
            database.write_now(_two_users)
        assert database.read_now(store.by_email, "new@b.example") is None

    def test_ids_given_by_hand_are_not_given_out_again(self, database: Database) -> None:
        """The next id comes after the largest that was given, even if its row is gone."""
        database.write_now(store.add, NewUser("a@b.example", "", START, id=41))
        database.write_now(store.remove, 41)
        assert database.write_now(store.add, NewUser("c@b.example", "", START)).id > 41

    @pytest.mark.parametrize("offset_h", [-11, 0, 5])
    def test_instants_come_back_as_they_went(self, database: Database, offset_h: int) -> None:
        """An instant with any offset is the same one, to the microsecond, when it is read."""
        instant = datetime(2026, 1, 1, 3, 4, 5, 678_901, tzinfo=timezone(timedelta(hours=offset_h)))
        database.write_now(_keep, instant)
        kept = database.read_now(_kept)
        assert (kept, kept.tzinfo) == (instant, UTC)

    def test_every_index_of_the_code_is_there_and_is_read_as_it_is_meant(self, database: Database) -> None:
        """What the databases say of indexes, on expressions too, is what the tables say."""
        for table in metadata.tables.values():
            wanted = {str(each.name): indexes.of_index(each) for each in table.indexes}
            found = database.read_now(_indexes, table.name)
            plain = {name: line for name, line in wanted.items() if " where " not in found[name]}
            assert {name: found[name] for name in plain} == plain

    def test_a_text_is_read_as_it_is_stored(self, database: Database) -> None:
        """Its bytes, and of a number how it is written."""
        text, number = (
            database.read_now(_as_stored, value) for value in (literal("e\u0301 \r\n"), literal(-7))
        )
        assert (text, number) == (b"e\xcc\x81 \r\n", b"-7")

    def test_welcome_and_farewell_are_part_of_the_transaction(self, database: Database) -> None:
        """When a system's part fails, no user is made, and none removed."""
        heard: list[int] = []
        parts: list[Callable[[Connection, int], None]] = [lambda _, user: heard.append(user), _break]
        with pytest.raises(ArithmeticError):
            database.write_now(store.add_welcome, NewUser("a@b.example", "", START), parts)
        assert database.read_now(store.by_email, "a@b.example") is None
        user = database.write_now(store.add, NewUser("a@b.example", "", START))
        with pytest.raises(ArithmeticError):
            database.write_now(store.remove, user.id, parts)
        assert database.read_now(store.by_id, user.id) == user
        assert heard[1:] == [user.id]


def _indexes(connection: Connection, table: str) -> Mapping[str, str]:
    return dialects.of(connection).indexes(connection, table)


def _as_stored(connection: Connection, value: Any) -> bytes:
    return bytes(connection.scalar(select(dialects.of(connection).as_stored(value))) or b"")


def _insert(connection: Connection, failures: int) -> bool:
    values = {"key": "a:1", "failures": failures}
    return dialects.of(connection).insert_if_absent(connection, work_leases, values, keys=["key"])


def _count(connection: Connection) -> int:
    found: int = connection.execute(select(work_leases.c.failures)).scalar_one()
    return found


def _two_users(connection: Connection) -> None:
    for email in ("new@b.example", "a@b.example"):
        store.add(connection, NewUser(email, "", START))


def _keep(connection: Connection, instant: datetime) -> None:
    connection.execute(insert(users).values(email="a@b.example", created_at=instant))


def _kept(connection: Connection) -> datetime:
    found: datetime = connection.execute(select(users.c.created_at)).scalar_one()
    return found


def _break(*_: Any) -> None:
    raise ArithmeticError("a system's part fails")
