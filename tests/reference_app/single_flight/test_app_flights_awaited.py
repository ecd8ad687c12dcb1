"""Work that is awaited: once in all processes, without a thread or a connection, on both databases."""

import asyncio
import threading
import time
from typing import Any, Final

import pytest

from reference_app.database.engine import Database
from reference_app.database.leases import LeaseHold
from reference_app.database.locks import BEAT_S, LEASE_S, Failure, Failures
from reference_app.database.tables import failures
from reference_app.errors import AppError, DatabaseUnavailable
from reference_app.single_flight.flights import Flown
from reference_app.single_flight.work import Moment, WorkFailed
from tests.reference_app.single_flight.flying import (
    JOINERS,
    KEY,
    PURPOSE,
    AsyncJob,
    Fleet,
    break_down,
    count_users,
    flown,
    thread,
    unheard,
)
from tests.reference_app.stage import OpenDatabase

MADE: Final = Flown(result=1, made=True, waited=False)
TAKEN_OVER_S_MAX: Final = 10.0


class Overloaded(AppError):
    """Somebody else's server is overloaded."""


@pytest.fixture
def database_url(each_database_url: str) -> str:
    """Each promise holds on both databases."""
    return each_database_url


def test_joiners_share_one_result(fleet: Fleet) -> None:
    """All who ask while the making is awaited get what it made, and it is made once."""

    async def scenario() -> None:
        job, flights = AsyncJob(), fleet.process()
        waiting = [asyncio.ensure_future(flown(flights, job)) for _ in range(JOINERS)]
        await job.begun.wait()
        job.go_on.set()
        assert set(await asyncio.gather(*waiting)) == {MADE}
        assert (job.made, job.told) == (1, [Moment.STARTED, Moment.FINISHED, Moment.RELEASED])

    fleet.run(scenario)


def test_two_processes_make_it_once(fleet: Fleet) -> None:
    """Of two processes one makes it, and the other says once that it is busy, waits, and finds it."""

    async def scenario() -> None:
        job, other, heard = AsyncJob(), AsyncJob(), asyncio.Event()
        first, second = fleet.process(), fleet.process()
        making = asyncio.ensure_future(flown(first, job))
        await job.begun.wait()
        waiting = asyncio.ensure_future(flown(second, other, heard.set))
        await heard.wait()
        await asyncio.sleep(2 * LEASE_S)
        job.go_on.set()
        assert await making == MADE
        assert await waiting == Flown(result=1, made=False, waited=True)
        assert (job.made, other.made) == (1, 0)

    fleet.run(scenario)


def test_makings_that_hang_take_no_thread_and_no_connection(fleet: Fleet) -> None:
    """While fifty makings hang, their leases live on, and one thread and its connection serve everybody else."""

    async def scenario() -> None:
        flights = fleet.process(threads=1, at_once=JOINERS)
        jobs = [AsyncJob(f"{PURPOSE}:{number}") for number in range(JOINERS)]
        waiting = [asyncio.ensure_future(flown(flights, job)) for job in jobs]
        await asyncio.gather(*(job.begun.wait() for job in jobs))
        threads = {each.name for each in threading.enumerate()}
        assert [name for name in threads if name.startswith(PURPOSE)] == []
        until = time.monotonic() + 2 * LEASE_S
        in_use = set()
        while time.monotonic() < until:
            assert await flights._database.read(count_users) == 0
            in_use.add(_connections_in_use(flights._database))
            await asyncio.sleep(BEAT_S / 3)
        # None is in use, but while the beat has one.
        assert in_use <= {0, 1}
        assert 0 in in_use
        assert len(await thread(lambda: _held(flights._database, jobs))) == JOINERS
        for job in jobs:
            job.go_on.set()
        assert sorted(each.result for each in await asyncio.gather(*waiting)) == list(range(1, JOINERS + 1))

    fleet.run(scenario)


def test_makings_do_not_block_the_event_loop(fleet: Fleet) -> None:
    """While makings are awaited and beaten for, nothing waits long for its turn."""

    async def scenario() -> None:
        flights, jobs = fleet.process(at_once=10), [AsyncJob(f"{PURPOSE}:{number}") for number in range(10)]
        waiting = [asyncio.ensure_future(flown(flights, job)) for job in jobs]
        await asyncio.gather(*(job.begun.wait() for job in jobs))
        turns = 0
        until = time.monotonic() + 1.0
        while time.monotonic() < until:
            await asyncio.sleep(0.001)
            turns += 1
        assert turns > 50
        for job in jobs:
            job.go_on.set()
        await asyncio.gather(*waiting)

    fleet.run(scenario)


def test_a_purpose_makes_no_more_at_once_than_it_may(fleet: Fleet) -> None:
    """What exceeds the bound waits for its turn, without a lease."""

    async def scenario() -> None:
        flights, jobs = fleet.process(at_once=2), [AsyncJob(f"{PURPOSE}:{number}") for number in range(3)]
        waiting = [asyncio.ensure_future(flown(flights, job)) for job in jobs]
        await asyncio.gather(*(job.begun.wait() for job in jobs[:2]))
        await asyncio.sleep(BEAT_S)
        assert [job.made for job in jobs] == [1, 1, 0]
        jobs[0].go_on.set()
        await jobs[2].begun.wait()
        for job in jobs:
            job.go_on.set()
        await asyncio.gather(*waiting)

    fleet.run(scenario)


def test_a_failure_is_the_same_for_all_in_a_process(fleet: Fleet) -> None:
    """Everybody who waits gets the very exception that the making raised."""

    async def scenario() -> None:
        job, flights = AsyncJob(), fleet.process()
        failure = Overloaded(retry_after_s=7)
        job.making = lambda: _raise(failure)
        job.go_on.set()
        asked = [flown(flights, job) for _ in range(JOINERS)]
        ended = await asyncio.gather(*asked, return_exceptions=True)
        assert all(error is failure for error in ended)
        assert (job.made, job.told) == (1, [Moment.STARTED, Moment.FAILED, Moment.RELEASED])

    fleet.run(scenario)


def test_a_failure_crosses_with_its_class_and_time(fleet: Fleet) -> None:
    """Who waits in another process gets an error of the same class, with its message and time to ask again."""

    async def scenario() -> None:
        job, other = AsyncJob(errors=(Overloaded,)), AsyncJob(errors=(Overloaded,))
        job.making = lambda: _raise(Overloaded("The model has no room.", retry_after_s=7))
        caught = await _failed_across(fleet, job, other)
        assert isinstance(caught, Overloaded)
        assert (str(caught), caught.retry_after_s) == ("The model has no room.", 7)

    fleet.run(scenario)


def test_an_unlisted_failure_crosses_by_its_name_only(fleet: Fleet) -> None:
    """A failure that nobody listed shows other processes its name, and nothing that it says."""

    async def scenario() -> None:
        job, other = AsyncJob(errors=(Overloaded,)), AsyncJob(errors=(Overloaded,))
        job.making = break_down
        caught = await _failed_across(fleet, job, other)
        assert isinstance(caught, WorkFailed)
        assert (caught.name, caught.retry_after_s) == ("ArithmeticError", None)
        published = await fleet.opened[0]._database.read(failures, KEY)
        assert published == Failures(1, Failure("ArithmeticError"))

    fleet.run(scenario)


def test_a_failure_that_cannot_be_published_is_heard_here(
    fleet: Fleet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the database away at the end, those who wait in this process hear how the making failed."""

    def away(_hold: LeaseHold, *_: object) -> None:
        raise DatabaseUnavailable

    async def scenario() -> None:
        job, flights = AsyncJob(), fleet.process()
        failure = Overloaded(retry_after_s=7)
        job.making = lambda: _raise(failure)
        job.go_on.set()
        monkeypatch.setattr(LeaseHold, "fail", away)
        monkeypatch.setattr(LeaseHold, "release", away)
        with pytest.raises(Overloaded) as caught:
            await flown(flights, job)
        assert caught.value is failure
        assert job.told == [Moment.STARTED, Moment.FAILED, Moment.RELEASED]

    fleet.run(scenario)


def test_a_making_that_times_out_by_itself_has_failed(fleet: Fleet) -> None:
    """A timeout of the making is its failure, and not taken for somebody's impatience."""

    async def scenario() -> None:
        job, flights = AsyncJob(), fleet.process()
        failure = TimeoutError("upstream")
        job.making = lambda: _raise(failure)
        job.go_on.set()
        with pytest.raises(TimeoutError, match="upstream"):
            await flown(flights, job)

    fleet.run(scenario)


def test_a_server_that_stops_releases_its_leases(fleet: Fleet, open_database: OpenDatabase) -> None:
    """What is under way at a stop is cancelled, publishes no failure, and keeps nobody else waiting."""

    async def scenario() -> None:
        job, flights = AsyncJob(), fleet.process()
        flight, _ = flights.join(job.work, unheard)
        await job.begun.wait()
        await flights.close()
        assert (flight.cancelled(), job.told) == (True, [Moment.STARTED, Moment.RELEASED])
        other = open_database()
        assert await thread(lambda: other.leases.held([KEY])) == set()
        assert await thread(lambda: other.read_now(failures, KEY)) == Failures()

    fleet.run(scenario)


async def _failed_across(fleet: Fleet, job: AsyncJob, other: AsyncJob) -> BaseException:
    """Have `job` fail in one process while another waits for it; return what the other hears."""
    first, second, heard = fleet.process(), fleet.process(), asyncio.Event()
    making = asyncio.ensure_future(flown(first, job))
    await job.begun.wait()
    waiting = asyncio.ensure_future(flown(second, other, heard.set))
    await heard.wait()
    job.go_on.set()
    _, told = await asyncio.gather(making, waiting, return_exceptions=True)
    assert other.made == 0
    assert isinstance(told, BaseException)
    return told


def _connections_in_use(database: Database) -> int:
    pool: Any = database._engine.pool
    in_use: int = pool.checkedout()
    return in_use


def _held(database: Database, jobs: list[AsyncJob]) -> set[str]:
    return database.leases.held([job.work.key for job in jobs])


def _raise(error: Exception) -> None:
    raise error
