"""Readers wait for nobody, and hold up nobody (SV-15)."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any, Final

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from reference_app.accounts import store
from reference_app.accounts.store import NewUser
from reference_app.database.urls import parse_database_url
from reference_app.errors import DatabaseUnavailable
from tests.reference_app.stage import START, OpenDatabase, Server

WRITERS: Final = 20
SOON_S: Final = 2.0
SHORT_S: Final = 0.3


@pytest.fixture
def database_url(each_database_url: str) -> str:
    """One of each kind."""
    return each_database_url


def _locked(url: str) -> AbstractContextManager[Any]:
    """Keep every writer of users waiting while the block lasts, as another process would."""
    engine = create_engine(parse_database_url(url), poolclass=NullPool)
    connection = engine.connect()
    connection.exec_driver_sql("BEGIN IMMEDIATE" if "sqlite" in url else "LOCK TABLE users IN EXCLUSIVE MODE")
    return connection


def test_readers_do_not_wait_for_writers(open_database: OpenDatabase, database_url: str) -> None:
    """With more writers waiting than there are threads, each read is answered at once, from the thread too."""
    database = open_database(threads=2)
    user = database.write_now(store.add, NewUser("a@b.example", "", START))

    async def scenario() -> None:
        writers = [
            asyncio.ensure_future(database.write(store.add, NewUser(f"{n}@b.example", "", START)))
            for n in range(WRITERS)
        ]
        await asyncio.sleep(0.1)
        async with asyncio.timeout(SOON_S):
            for _ in range(3):
                assert await database.read(store.by_id, user.id) == user
            assert await asyncio.to_thread(database.read_now, store.by_id, user.id) == user
        assert not any(writer.done() for writer in writers)
        for writer in writers:
            writer.cancel()

    with _locked(database_url):
        asyncio.run(scenario())


def test_what_nobody_waits_for_is_not_written(open_database: OpenDatabase, database_url: str) -> None:
    """A writer that is let in after its time was up keeps nothing, and those behind it do not begin."""
    database = open_database(threads=2, wait_s_max=SHORT_S)

    async def scenario() -> None:
        async def write(number: int) -> None:
            with pytest.raises(DatabaseUnavailable):
                await database.write(store.add, NewUser(f"{number}@b.example", "", START))

        with _locked(database_url):
            await asyncio.gather(*(write(number) for number in range(WRITERS)))

    asyncio.run(scenario())
    user = database.write_now(store.add, NewUser("a@b.example", "", START))
    database.close()
    again = open_database()
    assert again.read_now(store.by_id, user.id) == user
    assert [again.read_now(store.by_email, f"{number}@b.example") for number in range(WRITERS)] == [
        None
    ] * WRITERS


def test_the_server_answers_readers_meanwhile(start_server: Callable[..., Server], database_url: str) -> None:
    """While registrations wait for the lock, who is signed in reads, and the server is ready."""
    server = start_server()
    mine = {"Authorization": f"Bearer {server.token('ada@b.example')}"}
    with ThreadPoolExecutor(WRITERS) as threads, _locked(database_url):
        waiting = [threads.submit(server.token, f"{n}@b.example") for n in range(WRITERS)]
        began_s = time.monotonic()
        assert server.ask("GET", "/api/v1/wallet", headers=mine).status_code == 200
        assert server.ask("GET", "/ready").status_code == 200
        assert time.monotonic() - began_s < SOON_S
        assert not any(each.done() for each in waiting)
