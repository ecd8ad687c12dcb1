"""One piece of work a key: who joins, who waits, who fails together, and what is left behind (LR-2 to LR-5)."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from typing import Final, TypeVar

import pytest
from sqlalchemy import Connection, func, insert, select, text

from fixtures.eventually import eventually
from reference_app.accounts.tables import users
from reference_app.database.engine import Database
from reference_app.database.locks import LEASE_S, Failures, Hold, failures
from reference_app.errors import DatabaseUnavailable
from reference_app.single_flight import flights as flights_module
from reference_app.single_flight import work as work_module
from reference_app.single_flight.flights import Flights, Flown, TooManyAttempts, WaitTooLong
from reference_app.single_flight.work import Moment, Work, WorkFailed, WorkTooLong
from tests.reference_app.locks_contract import HOLDING
from tests.reference_app.stage import OpenDatabase, SteppedClock

KEY: Final = "work:1"
WAIT_S_MAX: Final = 20.0
JOINERS: Final = 50

T = TypeVar("T")


class Job:
    """Adds one user. Its making can be held up, and made to fail; it remembers what happened to it."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.go_on.set()
        self.begun = threading.Event()
        self.making: Callable[[], None] = lambda: None
        self.made = 0
        self.told: list[Moment] = []

    @property
    def work(self) -> Work[int, str]:
        """The job as a piece of work."""
        return Work(KEY, _find_user, self._make, _add_user, lambda moment, _made: self.told.append(moment))

    def _make(self) -> str:
        self.made += 1
        self.begun.set()
        assert self.go_on.wait(WAIT_S_MAX)
        self.making()
        return "a@b.example"


class Fleet:
    """The flights of as many processes as a test wants, in one event loop."""

    def __init__(self, open_database: OpenDatabase) -> None:
        self._open = open_database
        self.opened: list[Flights] = []

    def process(self, *, threads: int = 4) -> Flights:
        """Return the flights of one more process on the same database."""
        self.opened.append(Flights(self._open(threads=threads), at_once=2))
        return self.opened[-1]

    def run(self, scenario: Callable[[], Awaitable[None]]) -> None:
        """Run the scenario, and check that no flight outlives it."""

        async def whole() -> None:
            async with asyncio.timeout(WAIT_S_MAX):
                await scenario()
            left = [list(flights._under_way) for flights in self.opened]
            for flights in self.opened:
                await flights.close()
            assert left == [[] for _ in self.opened]

        asyncio.run(whole())


@pytest.fixture
def fleet(open_database: OpenDatabase) -> Fleet:
    return Fleet(open_database)


@pytest.fixture
def foreign_lock(database: Database) -> Iterator[Callable[[], None]]:
    """Holds the job's lock as another process would, and beats; the value lets go of it."""
    taken = database.locks.acquire(KEY)
    assert taken is not None
    yield taken.release
    taken.release()


def test_joiners_share_one_result(fleet: Fleet) -> None:
    """All who ask while the work is under way get what it made, and it is made once."""

    async def scenario() -> None:
        job, flights = Job(), fleet.process()
        job.go_on.clear()
        asked = [flights.join(job.work, _unheard) for _ in range(JOINERS)]
        waiting = [asyncio.ensure_future(flights.wait(flight, WAIT_S_MAX)) for flight, _ in asked]
        await _thread(job.begun.wait)
        job.go_on.set()
        assert set(await asyncio.gather(*waiting)) == {Flown(result=1, made=True, waited=False)}
        assert [started for _, started in asked] == [True] + [False] * (JOINERS - 1)
        assert (job.made, job.told) == (1, [Moment.STARTED, Moment.FINISHED, Moment.RELEASED])

    fleet.run(scenario)


def test_joiners_share_one_failure_and_the_next_tries_again(fleet: Fleet) -> None:
    """A failure reaches all who waited, is published once, and does not stand in the way of the next try."""

    async def scenario() -> None:
        job, flights = Job(), fleet.process()
        job.making = _break
        asked = [flights.wait(flights.join(job.work, _unheard)[0], WAIT_S_MAX) for _ in range(JOINERS)]
        ended = await asyncio.gather(*asked, return_exceptions=True)
        assert {(type(error), str(error)) for error in ended} == {(ArithmeticError, "broken")}
        assert (job.made, job.told) == (1, [Moment.STARTED, Moment.FAILED, Moment.RELEASED])
        job.making = lambda: None
        assert (await _flown(flights, job)).made

    fleet.run(scenario)


def test_who_has_no_patience_left_leaves_the_flight_alone(fleet: Fleet) -> None:
    """A wait that runs out, or is cancelled, ends neither the work nor anybody else's wait."""

    async def scenario() -> None:
        job, flights = Job(), fleet.process()
        job.go_on.clear()
        flight, _ = flights.join(job.work, _unheard)
        patient = asyncio.ensure_future(flights.wait(flight, WAIT_S_MAX))
        cancelled = asyncio.ensure_future(flights.wait(flight, WAIT_S_MAX))
        with pytest.raises(WaitTooLong):
            await flights.wait(flight, 0.01)
        cancelled.cancel()
        job.go_on.set()
        assert (await patient).result == 1
        assert (cancelled.cancelled(), job.made) == (True, 1)

    fleet.run(scenario)


def test_what_is_there_already_is_found(fleet: Fleet) -> None:
    """Where the result is there, nothing is made and no lock is taken."""

    async def scenario() -> None:
        job, flights = Job(), fleet.process()
        await _flown(flights, job)
        late = Job()
        assert await _flown(flights, late) == Flown(result=1, made=False, waited=False)
        assert (late.made, late.told) == (0, [])

    fleet.run(scenario)


@pytest.mark.usefixtures("foreign_lock")
def test_waiting_takes_no_thread_and_no_connection(fleet: Fleet) -> None:
    """While fifty wait for another process's work, one thread and its connection serve everybody else."""

    async def scenario() -> None:
        job, flights, heard = Job(), fleet.process(threads=1), asyncio.Event()
        flight, _ = flights.join(job.work, heard.set)
        waiting = [asyncio.ensure_future(flights.wait(flight, 1.0)) for _ in range(JOINERS)]
        await heard.wait()
        for _ in range(JOINERS):
            assert await flights._database.read(_count_users) == 0
        assert not any(waiter.done() for waiter in waiting)
        ended = await asyncio.gather(*waiting, return_exceptions=True)
        assert {type(error) for error in ended} == {WaitTooLong}
        assert job.made == 0
        flight.cancel()
        await asyncio.wait([flight])

    fleet.run(scenario)


def test_two_processes_make_it_once(fleet: Fleet) -> None:
    """Of two processes one makes it, and the other says once that it is busy, waits, and finds it."""

    async def scenario() -> None:
        job, other, heard = Job(), Job(), asyncio.Event()
        job.go_on.clear()
        first, second = fleet.process(), fleet.process()
        making = asyncio.ensure_future(_flown(first, job))
        await _thread(job.begun.wait)
        waiting = asyncio.ensure_future(_flown(second, other, heard.set))
        await heard.wait()
        job.go_on.set()
        assert await making == Flown(result=1, made=True, waited=False)
        assert await waiting == Flown(result=1, made=False, waited=True)
        assert (job.made, other.made) == (1, 0)

    fleet.run(scenario)


def test_a_failure_is_shared_across_processes(fleet: Fleet) -> None:
    """Who waits for another process learns that it failed, and by which name, and does not try itself."""

    async def scenario() -> None:
        job, other, heard = Job(), Job(), asyncio.Event()
        job.go_on.clear()
        job.making = _break
        first, second = fleet.process(), fleet.process()
        making = asyncio.ensure_future(_flown(first, job))
        await _thread(job.begun.wait)
        waiting = asyncio.ensure_future(_flown(second, other, heard.set))
        await heard.wait()
        job.go_on.set()
        with pytest.raises(ArithmeticError):
            await making
        with pytest.raises(WorkFailed) as caught:
            await waiting
        assert (caught.value.name, other.made) == ("ArithmeticError", 0)
        assert (await _flown(second, other)).made

    fleet.run(scenario)


def test_a_dead_holder_is_succeeded(fleet: Fleet, database_url: str) -> None:
    """When the process that holds the lock is killed, who waits for it does the work."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, database_url, KEY], stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"

        async def scenario() -> None:
            job, flights = Job(), fleet.process()
            assert await _flown(flights, job, holder.kill) == Flown(result=1, made=True, waited=True)

        fleet.run(scenario)


def test_who_loses_the_lock_tries_again(fleet: Fleet, database: Database, clock: SteppedClock) -> None:
    """A holder that was too slow stores nothing, waits for who replaced it, and looks again."""

    async def scenario() -> None:
        job, flights, heard = Job(), fleet.process(), asyncio.Event()
        job.go_on.clear()
        flown = asyncio.ensure_future(_flown(flights, job, heard.set))
        await _thread(job.begun.wait)
        successor = await _thread(lambda: _taken_over(database, clock))
        job.go_on.set()
        await heard.wait()
        assert await _thread(lambda: database.read_now(_count_users)) == 0
        successor.release()
        assert await flown == Flown(result=1, made=True, waited=True)
        assert job.told[:2] == [Moment.STARTED, Moment.LOST]
        assert job.told[2:] == [Moment.STARTED, Moment.FINISHED, Moment.RELEASED]

    fleet.run(scenario)


def test_attempts_are_bounded(
    fleet: Fleet, foreign_lock: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lock that always looks free and never is ends the flight with an error, not in an endless loop."""
    del foreign_lock
    monkeypatch.setattr(flights_module, "ATTEMPTS_MAX", 3)
    monkeypatch.setattr(flights_module, "WATCH_S", 0.01)

    async def scenario() -> None:
        job, flights = Job(), fleet.process()
        monkeypatch.setattr(flights._database.locks, "held", lambda _keys: set())
        with pytest.raises(TooManyAttempts):
            await _flown(flights, job)

    fleet.run(scenario)


@pytest.mark.parametrize("error", [DatabaseUnavailable(), ArithmeticError("a bug in the watch")])
def test_a_watch_that_fails_leaves_nobody_waiting(
    fleet: Fleet, foreign_lock: Callable[[], None], monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """Whatever goes wrong while the locks are watched, the flight goes on to its next attempt."""

    def held(_keys: list[str]) -> set[str]:
        foreign_lock()
        raise error

    async def scenario() -> None:
        job, flights = Job(), fleet.process()
        monkeypatch.setattr(flights._database.locks, "held", held)
        assert await _flown(flights, job) == Flown(result=1, made=True, waited=True)

    fleet.run(scenario)


def test_a_making_without_end_is_given_up(fleet: Fleet, monkeypatch: pytest.MonkeyPatch) -> None:
    """A holder stops beating after its bound, publishes that it failed, and frees the lock."""
    monkeypatch.setattr(work_module, "HOLD_S_MAX", 0.3)

    async def scenario() -> None:
        job, flights = Job(), fleet.process()
        job.go_on.clear()
        with pytest.raises(WorkTooLong):
            await _flown(flights, job)
        assert flights._database.locks.held([KEY]) == set()
        assert await flights._database.read(failures, KEY) == Failures(1, "WorkTooLong")
        job.go_on.set()

    fleet.run(scenario)


def test_a_store_that_fails_writes_nothing_and_frees_the_lock(fleet: Fleet) -> None:
    """When storing breaks half way, nothing of it stays and the failure is published."""

    def store(connection: Connection, email: str) -> int:
        _add_user(connection, email)
        connection.execute(text("SELECT nothing FROM nowhere"))
        return 0

    async def scenario() -> None:
        job, flights = Job(), fleet.process()
        broken = Work(KEY, _find_user, job.work.make, store, job.work.told)
        with pytest.raises(DatabaseUnavailable):
            await flights.wait(flights.join(broken, _unheard)[0], WAIT_S_MAX)
        assert await flights._database.read(_count_users) == 0
        assert flights._database.locks.held([KEY]) == set()
        assert (await _flown(flights, job)).made

    fleet.run(scenario)


async def _flown(flights: Flights, job: Job, on_busy: Callable[[], None] | None = None) -> Flown[int]:
    return await flights.wait(flights.join(job.work, on_busy or _unheard)[0], WAIT_S_MAX)


def _taken_over(database: Database, clock: SteppedClock) -> Hold:
    """Take the lock from a holder that beats; the clock jumps, and a beat in the same moment is jumped again."""

    def jump_and_take() -> Hold | None:
        clock.move(2 * LEASE_S)
        return database.locks.acquire(KEY)

    taken = eventually(jump_and_take, within_s=WAIT_S_MAX, what="the lock to change hands")
    assert taken is not None
    return taken


async def _thread(work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(None, work)


def _unheard() -> None:
    return


def _break() -> None:
    raise ArithmeticError("broken")


def _find_user(connection: Connection) -> int | None:
    return connection.execute(select(users.c.id)).scalar_one_or_none()


def _add_user(connection: Connection, email: str) -> int:
    row = insert(users).values(email=email, created_at=datetime(2026, 1, 1, tzinfo=UTC))
    return int(connection.execute(row.returning(users.c.id)).scalar_one())


def _count_users(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(users)).scalar_one()
