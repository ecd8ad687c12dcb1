"""What a refusal says of what was asked: nothing was done, or it is not known (SV-10)."""

import asyncio
import threading
import time
from collections.abc import Iterator
from typing import Any, Final

import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

from reference_app.accounts import store
from reference_app.accounts.store import NewUser
from reference_app.database.engine import Database
from reference_app.errors import DatabaseUnavailable, OutcomeUnknown
from tests.reference_app.stage import START, OpenDatabase

SHORT_S: Final = 1.0
LATE_S: Final = 1.5
ADA: Final = NewUser("ada@b.example", "", START)


@pytest.fixture
def database_url(each_database_url: str) -> str:
    """One of each kind."""
    return each_database_url


@pytest.fixture
def database(open_database: OpenDatabase) -> Database:
    """One that is not waited for for long."""
    opened = open_database(threads=2, wait_s_max=SHORT_S)
    # A connection is there before anything is timed.
    opened.write_now(lambda _connection: None)
    return opened


@pytest.fixture
def at_commit(database: Database) -> Iterator[list[Any]]:
    """What is called before each commit of the database."""
    calls: list[Any] = []
    engine: Engine = database._engine

    def called(_connection: Connection) -> None:
        for call in calls:
            call()

    event.listen(engine, "commit", called)
    yield calls
    calls.clear()


def _there(database: Database) -> bool:
    return database.read_now(store.by_email, ADA.email) is not None


def test_a_commit_that_takes_too_long_may_have_been_done(database: Database, at_commit: list[Any]) -> None:
    """And it is done in the end; so the refusal leaves it open."""
    may_go_on = threading.Event()
    at_commit.append(lambda: may_go_on.wait(5))

    async def scenario() -> None:
        with pytest.raises(OutcomeUnknown):
            await database.write(store.add, ADA)
        may_go_on.set()

    asyncio.run(scenario())
    database.close()  # which waits for what is under way
    assert _there(database)


def test_work_that_takes_too_long_is_not_kept(database: Database) -> None:
    """The refusal says so by leaving nothing open."""
    done = threading.Event()

    def late(connection: Connection) -> None:
        store.add(connection, ADA)
        time.sleep(LATE_S)
        done.set()

    async def scenario() -> None:
        with pytest.raises(DatabaseUnavailable) as refused:
            await database.write(late)
        assert type(refused.value) is DatabaseUnavailable
        assert await asyncio.to_thread(done.wait, 5)

    asyncio.run(scenario())
    database.close()
    assert not _there(database)


@pytest.mark.parametrize("now", [False, True])
def test_a_commit_that_fails_may_have_been_done(
    database: Database, at_commit: list[Any], *, now: bool
) -> None:
    """Whether it was awaited, or done in the caller's thread."""

    def lost() -> None:
        raise OperationalError("COMMIT", None, Exception("the connection is lost"))

    def write() -> None:
        if now:
            database.write_now(store.add, ADA)
        else:
            asyncio.run(database.write(store.add, ADA))

    at_commit.append(lost)
    with pytest.raises(OutcomeUnknown):
        write()


def test_a_statement_that_fails_was_not_done(database: Database) -> None:
    """What is lost before the commit is rolled back."""

    def lost(connection: Connection) -> None:
        store.add(connection, ADA)
        raise OperationalError("SELECT", None, Exception("the connection is lost"))

    with pytest.raises(DatabaseUnavailable) as refused:
        asyncio.run(database.write(lost))
    assert type(refused.value) is DatabaseUnavailable
    assert not _there(database)
