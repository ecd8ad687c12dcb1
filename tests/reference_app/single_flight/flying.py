"""A job to be done once, and the flights of several processes in one event loop, to try single flight with."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Final, TypeVar

from sqlalchemy import Connection, func, insert, select

from fixtures.scenario.eventually import eventually
from reference_app.accounts.tables import users
from reference_app.database.engine import Database
from reference_app.database.locks import LEASE_S, Hold
from reference_app.errors import AppError
from reference_app.single_flight.flights import Flights, Flown, SingleFlight
from reference_app.single_flight.work import AsyncWork, Moment, Work
from tests.reference_app.stage import OpenDatabase, SteppedClock

PURPOSE: Final = "work"
KEY: Final = f"{PURPOSE}:1"
WAIT_S_MAX: Final = 20.0
JOINERS: Final = 50

T = TypeVar("T")


class Job:
    """Adds one user. Its making can be held up, and made to fail; it remembers what happened to it."""

    def __init__(self, key: str = KEY) -> None:
        self.go_on = threading.Event()
        self.go_on.set()
        self.begun = threading.Event()
        self.making: Callable[[], None] = lambda: None
        self.made = 0
        self.told: list[Moment] = []
        self._key = key

    @property
    def work(self) -> Work[int, str]:
        """The job as a piece of work."""
        return Work(
            key=self._key,
            look=lambda connection: find_user(connection, email_of(self._key)),
            make=self._make,
            store=add_user,
            told=lambda moment, _made: self.told.append(moment),
        )

    def _make(self) -> str:
        self.made += 1
        self.begun.set()
        assert self.go_on.wait(WAIT_S_MAX)
        self.making()
        return email_of(self._key)


class AsyncJob:
    """The same, awaited: `go_on` lets its making end, and what `making` raises makes it fail."""

    def __init__(self, key: str = KEY, errors: tuple[type[AppError], ...] = ()) -> None:
        self.go_on = asyncio.Event()
        self.begun = asyncio.Event()
        self.making: Callable[[], None] = lambda: None
        self.made = 0
        self.cancelled = 0
        self.told: list[Moment] = []
        self._key = key
        self._errors = errors

    @property
    def work(self) -> AsyncWork[int, str]:
        """The job as a piece of work."""
        return AsyncWork(
            key=self._key,
            look=lambda connection: find_user(connection, email_of(self._key)),
            make=self._make,
            store=add_user,
            told=lambda moment, _made: self.told.append(moment),
            errors=self._errors,
        )

    async def _make(self) -> str:
        self.made += 1
        self.begun.set()
        try:
            await self.go_on.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        self.making()
        return email_of(self._key)


class Fleet:
    """The flights of as many processes as a test wants, in one event loop."""

    def __init__(self, open_database: OpenDatabase) -> None:
        self._open = open_database
        self.opened: list[Flights] = []
        self.processes: list[SingleFlight] = []

    def process(self, *, threads: int = 4, at_once: int = 2) -> Flights:
        """Return the flights of one more process on the same database."""
        self.processes.append(SingleFlight(self._open(threads=threads)))
        self.opened.append(self.processes[-1].purpose(PURPOSE, at_once=at_once))
        return self.opened[-1]

    def run(self, scenario: Callable[[], Awaitable[None]]) -> None:
        """Run the scenario, and check that no flight outlives it."""

        async def whole() -> None:
            async with asyncio.timeout(WAIT_S_MAX):
                await scenario()
            left = [list(flights._under_way) for flights in self.opened]
            for process in self.processes:
                await process.close()
            assert left == [[] for _ in self.opened]

        asyncio.run(whole())


async def flown(
    flights: Flights, job: Job | AsyncJob, on_busy: Callable[[], None] | None = None
) -> Flown[int]:
    """Return how the job's flight ended."""
    return await flights.wait(flights.join(job.work, on_busy or unheard)[0], WAIT_S_MAX)


def taken_over(database: Database, clock: SteppedClock) -> Hold:
    """Take the lock from a holder that beats; the clock jumps, and a beat in the same moment is jumped again."""

    def jump_and_take() -> Hold | None:
        clock.move(2 * LEASE_S)
        return database.locks.acquire(KEY)

    taken = eventually(jump_and_take, within_s=WAIT_S_MAX, what="the lock to change hands")
    assert taken is not None
    return taken


async def thread(work: Callable[[], T]) -> T:
    """Do what would block the event loop elsewhere."""
    return await asyncio.get_running_loop().run_in_executor(None, work)


def unheard() -> None:
    """Take no notice that the lock is busy."""
    return


def break_down() -> None:
    """Fail, as a making may."""
    raise ArithmeticError("broken")


def email_of(key: str) -> str:
    return f"{key}@b.example"


def find_user(connection: Connection, email: str = email_of(KEY)) -> int | None:
    return connection.execute(select(users.c.id).where(users.c.email == email)).scalar_one_or_none()


def add_user(connection: Connection, email: str) -> int:
    row = insert(users).values(email=email, created_at=datetime(2026, 1, 1, tzinfo=UTC))
    return int(connection.execute(row.returning(users.c.id)).scalar_one())


def count_users(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(users)).scalar_one()
