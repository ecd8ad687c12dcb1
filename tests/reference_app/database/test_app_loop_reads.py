"""Short reads of SQLite are done in the event loop; what is long, or would wait, is not."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import pytest
from sqlalchemy import Connection, text

from reference_app.accounts import store
from reference_app.accounts.store import NewUser
from reference_app.database.engine import Database
from reference_app.errors import DatabaseUnavailable
from tests.reference_app.stage import START, OpenDatabase

IN_LOOP: Final = "MainThread"
IN_THREAD: Final = "database-reader"
COUNTED: Final = 300_000
WRITERS: Final = 50
TURNS_S_MAX: Final = 20.0
LONG: Final = text(
    "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :last)"
    " SELECT count(*) FROM numbers"
)


class Noting:
    """A read that notes in which thread it is done."""

    def __init__(self, last: int) -> None:
        self.threads: list[str] = []
        self._last = last

    def __call__(self, connection: Connection) -> int:
        """Count to `last`."""
        self.threads.append(threading.current_thread().name.partition("_")[0])
        found: int = connection.execute(LONG, {"last": self._last}).scalar_one()
        return found


def test_a_short_read_is_done_in_the_loop(database: Database) -> None:
    """All but the first, which opens the connection in a thread."""
    count = Noting(3)

    async def scenario() -> None:
        assert [await database.read(count) for _ in range(3)] == [3, 3, 3]

    asyncio.run(scenario())
    assert count.threads == [IN_THREAD, IN_LOOP, IN_LOOP]


def test_a_long_read_is_handed_to_a_thread(database: Database) -> None:
    """It is begun again there, and the next short one is in the loop as before."""
    count, short = Noting(COUNTED), Noting(3)

    async def scenario() -> None:
        await database.read(store.by_id, 1)
        assert await database.read(count) == COUNTED
        assert await database.read(short) == 3

    asyncio.run(scenario())
    assert (count.threads, short.threads) == ([IN_LOOP, IN_THREAD], [IN_LOOP])


def test_all_of_a_read_is_as_at_one_moment(database: Database) -> None:
    """What somebody commits in the middle of it is not seen, nor kept from being seen the next time."""

    def twice(connection: Connection) -> list[bool]:
        before = store.by_email(connection, "a@b.example") is not None
        database.write_now(store.add, NewUser("a@b.example", "", START))
        return [before, store.by_email(connection, "a@b.example") is not None]

    async def scenario() -> None:
        await database.read(store.by_id, 1)
        assert await database.read(twice) == [False, False]
        assert await database.read(store.by_email, "a@b.example") is not None

    asyncio.run(scenario())


def test_readers_cannot_write(database: Database) -> None:
    """Neither in the loop nor in a thread."""

    async def scenario() -> None:
        for _ in range(2):
            with pytest.raises(DatabaseUnavailable):
                await database.read(store.add, NewUser("a@b.example", "", START))

    asyncio.run(scenario())
    assert database.read_now(store.by_email, "a@b.example") is None


def test_writers_of_a_process_take_turns(open_database: OpenDatabase) -> None:
    """Many at once all write, and none gives up because others were let in before."""
    database = open_database(threads=WRITERS)

    async def scenario() -> None:
        async with asyncio.timeout(TURNS_S_MAX):
            await asyncio.gather(
                *(database.write(store.add, NewUser(f"{n}@b.example", "", START)) for n in range(WRITERS))
            )

    asyncio.run(scenario())
    with ThreadPoolExecutor(WRITERS) as threads:
        told = list(
            threads.map(
                lambda n: database.write_now(store.add, NewUser(f"{n}@c.example", "", START)), range(WRITERS)
            )
        )
    assert len({user.id for user in told}) == WRITERS
