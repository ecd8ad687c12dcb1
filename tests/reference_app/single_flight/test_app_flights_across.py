"""One piece of work a key across processes: busy locks, shared failures, dead and slow holders (LR-2 to LR-5)."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from reference_app.database.engine import Database
from reference_app.errors import DatabaseUnavailable
from reference_app.single_flight import flights as flights_module
from reference_app.single_flight import watch as watch_module
from reference_app.single_flight.flights import Flown
from reference_app.single_flight.work import Moment, TooManyAttempts, WorkFailed
from tests.reference_app.database.locks_contract import HOLDING
from tests.reference_app.single_flight.flying import (
    JOINERS,
    KEY,
    WAIT_S_MAX,
    Fleet,
    Job,
    break_down,
    count_users,
    flown,
    taken_over,
    thread,
)
from tests.reference_app.stage import SteppedClock


@pytest.fixture
def foreign_lock(database: Database) -> Iterator[Callable[[], None]]:
    """Holds the job's lock as another process would, at an hour that stands still; the value lets go of it."""
    taken = database.locks.acquire(KEY)
    assert taken is not None
    yield taken.release
    taken.release()


@pytest.mark.usefixtures("foreign_lock")
def test_waiting_takes_no_thread_and_no_connection(fleet: Fleet) -> None:
    """While fifty wait for another process's work, one thread and its connection serve everybody else."""

    async def scenario() -> None:
        job, flights, heard = Job(), fleet.process(threads=1), asyncio.Event()
        flight, _ = flights.join(job.work, heard.set)
        waiting = [asyncio.ensure_future(flights.wait(flight, WAIT_S_MAX)) for _ in range(JOINERS)]
        await heard.wait()
        for _ in range(JOINERS):
            assert await flights._database.read(count_users) == 0
        assert not any(waiter.done() for waiter in waiting)
        flight.cancel()
        ended = await asyncio.gather(*waiting, return_exceptions=True)
        assert {type(error) for error in ended} == {asyncio.CancelledError}
        assert job.made == 0

    fleet.run(scenario)


def test_two_processes_make_it_once(fleet: Fleet) -> None:
    """Of two processes one makes it, and the other says once that it is busy, waits, and finds it."""

    async def scenario() -> None:
        job, other, heard = Job(), Job(), asyncio.Event()
        job.go_on.clear()
        first, second = fleet.process(), fleet.process()
        making = asyncio.ensure_future(flown(first, job))
        await thread(job.begun.wait)
        waiting = asyncio.ensure_future(flown(second, other, heard.set))
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
        job.making = break_down
        first, second = fleet.process(), fleet.process()
        making = asyncio.ensure_future(flown(first, job))
        await thread(job.begun.wait)
        waiting = asyncio.ensure_future(flown(second, other, heard.set))
        await heard.wait()
        job.go_on.set()
        with pytest.raises(ArithmeticError):
            await making
        with pytest.raises(WorkFailed) as caught:
            await waiting
        assert (caught.value.name, other.made) == ("ArithmeticError", 0)
        assert (await flown(second, other)).made

    fleet.run(scenario)


def test_a_dead_holder_is_succeeded(fleet: Fleet, database_url: str) -> None:
    """When the process that holds the lock is killed, who waits for it does the work."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, database_url, KEY, "locks"], stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"

        async def scenario() -> None:
            job, flights = Job(), fleet.process()
            assert await flown(flights, job, holder.kill) == Flown(result=1, made=True, waited=True)

        fleet.run(scenario)


def test_who_loses_the_lock_tries_again(fleet: Fleet, database: Database, clock: SteppedClock) -> None:
    """A holder that was too slow stores nothing, waits for who replaced it, and looks again."""

    async def scenario() -> None:
        job, flights, heard = Job(), fleet.process(), asyncio.Event()
        job.go_on.clear()
        flying = asyncio.ensure_future(flown(flights, job, heard.set))
        await thread(job.begun.wait)
        successor = await thread(lambda: taken_over(database, clock))
        job.go_on.set()
        await heard.wait()
        assert await thread(lambda: database.read_now(count_users)) == 0
        successor.release()
        assert await flying == Flown(result=1, made=True, waited=True)
        assert job.told[:2] == [Moment.STARTED, Moment.LOST]
        assert job.told[2:] == [Moment.STARTED, Moment.FINISHED, Moment.RELEASED]

    fleet.run(scenario)


def test_attempts_are_bounded(
    fleet: Fleet, foreign_lock: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lock that always looks free and never is ends the flight with an error, not in an endless loop."""
    del foreign_lock
    monkeypatch.setattr(flights_module, "ATTEMPTS_MAX", 3)
    monkeypatch.setattr(watch_module, "WATCH_S", 0.01)

    async def scenario() -> None:
        job, flights = Job(), fleet.process()
        monkeypatch.setattr(flights._database.locks, "held", lambda _keys: set())
        with pytest.raises(TooManyAttempts):
            await flown(flights, job)

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
        assert await flown(flights, job) == Flown(result=1, made=True, waited=True)

    fleet.run(scenario)
