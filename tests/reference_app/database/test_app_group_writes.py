"""Writes of SQLite that come together share a commit, and nothing else."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from typing import Any, Final

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from reference_app.accounts import store
from reference_app.accounts.store import NewUser, User
from reference_app.database.engine import Database
from reference_app.database.errors import Conflict
from reference_app.errors import DatabaseUnavailable, OutcomeUnknown
from tests.reference_app.stage import START

MANY: Final = 40
WAIT_S_MAX: Final = 10.0
BROKEN: Final = 7


def _new(name: object) -> NewUser:
    return NewUser(f"{name}@b.example", "", START)


def _together(database: Database, works: list[Callable[[Connection], User]]) -> tuple[list[Any], int]:
    """Have all of these done while one is under way; return what they came to, and how many commits it took."""
    commits: list[object] = []
    event.listen(database._engine, "commit", commits.append)
    may_go_on = threading.Event()

    def held_up(connection: Connection) -> User:
        assert may_go_on.wait(WAIT_S_MAX)
        return store.add(connection, _new("first"))

    async def scenario() -> list[Any]:
        asked = [asyncio.ensure_future(database.write(work)) for work in (held_up, *works)]
        await asyncio.sleep(0.1)
        may_go_on.set()
        return await asyncio.gather(*asked, return_exceptions=True)

    return asyncio.run(scenario()), len(commits)


def _adding(name: object) -> Callable[[Connection], User]:
    return lambda connection: store.add(connection, _new(name))


def test_those_who_come_together_share_commits(database: Database) -> None:
    """Each is answered with its own."""
    told, commits = _together(database, [_adding(number) for number in range(MANY)])
    assert [user.email for user in told] == ["first@b.example", *(f"{n}@b.example" for n in range(MANY))]
    assert commits < MANY / 2
    assert all(database.read_now(store.by_email, f"{n}@b.example") for n in range(MANY))


def test_who_fails_fails_alone(database: Database) -> None:
    """What one wrote before its error is undone, and those beside it are kept."""

    def broken(connection: Connection) -> User:
        store.add(connection, _new("half"))
        return store.add(connection, _new(BROKEN - 1))

    works = [_adding(number) for number in range(MANY)]
    works[BROKEN] = broken
    told, _ = _together(database, works)
    assert [type(each) for each in told[1:]] == [*[User] * BROKEN, Conflict, *[User] * (MANY - BROKEN - 1)]
    assert database.read_now(store.by_email, "half@b.example") is None
    assert database.read_now(store.by_email, f"{MANY - 1}@b.example") is not None


def test_a_commit_that_fails_fails_for_all(database: Database) -> None:
    """Nobody is answered as if it were kept, and the next are served again."""

    def fail(_connection: object) -> None:
        raise OSError("no space left on the disk")

    event.listen(database._engine, "commit", fail)
    told, _ = _together(database, [_adding(number) for number in range(3)])
    assert [type(each) for each in told] == [OSError] * 4
    event.remove(database._engine, "commit", fail)
    assert database.read_now(store.by_email, "1@b.example") is None
    assert isinstance(_together(database, [_adding("again")])[0][1], User)


def test_an_error_that_ends_the_transaction_fails_for_all(database: Database) -> None:
    """As SQLite does for an error of the disk: there is nothing left to undo, and nobody's work is kept."""

    def cut_off(connection: Connection) -> User:
        driver: Any = connection.connection.dbapi_connection
        driver.execute("ROLLBACK")
        raise OperationalError("", None, sqlite3.OperationalError("disk I/O error"))

    (_, *told), _commits = _together(database, [_adding(1), cut_off])
    # Whose work was done is told that it may be kept: a disk that failed says nothing for sure.
    assert [type(each) for each in told] == [OutcomeUnknown, DatabaseUnavailable]
    assert database.read_now(store.by_email, "1@b.example") is None


def test_who_does_not_wait_any_more_is_not_begun(open_database: Callable[..., Database]) -> None:
    """Those whose time is up while they stand in line."""
    database = open_database(wait_s_max=0.3)
    may_go_on = threading.Event()
    begun: list[int] = []

    async def scenario() -> None:
        first = asyncio.ensure_future(database.write(lambda _: may_go_on.wait(WAIT_S_MAX)))
        await asyncio.sleep(0.05)
        with pytest.raises(DatabaseUnavailable):
            await database.write(lambda _: begun.append(1))
        may_go_on.set()
        with pytest.raises(DatabaseUnavailable):
            await first
        await database.write(lambda _: begun.append(2))

    asyncio.run(scenario())
    assert begun == [2]
