"""Holders of awaited work that freeze, die or never end: somebody else takes over, and they write nothing."""

import asyncio
import subprocess
import sys
import threading
import time
from typing import Any, Final

import pytest

from reference_app.database.engine import Database
from reference_app.database.leases import LeaseHold
from reference_app.database.locks import BEAT_S, LEASE_S, Failure, Failures
from reference_app.database.tables import failures
from reference_app.errors import DatabaseUnavailable
from reference_app.single_flight import work as work_module
from reference_app.single_flight.flights import Flown
from reference_app.single_flight.work import Moment, WorkTooLong
from tests.reference_app.database.locks_contract import HOLDING
from tests.reference_app.single_flight.flying import (
    KEY,
    WAIT_S_MAX,
    AsyncJob,
    Fleet,
    count_users,
    flown,
    thread,
)
from tests.reference_app.stage import OpenDatabase, SteppedClock

MADE: Final = Flown(result=1, made=True, waited=False)
TAKEN_OVER_S_MAX: Final = 10.0


@pytest.fixture
def database_url(each_database_url: str) -> str:
    """Each promise holds on both databases."""
    return each_database_url


def test_a_frozen_holder_is_succeeded_and_writes_nothing(
    fleet: Fleet, open_database: OpenDatabase, clock: SteppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When its beats stop, another process takes over; what the late one made is not written."""

    async def scenario() -> None:
        job, flights, heard = AsyncJob(), fleet.process(), asyncio.Event()
        monkeypatch.setattr(type(flights._database.leases), "beat_all", lambda _locks, _holds: [])
        flying = asyncio.ensure_future(flown(flights, job, heard.set))
        await job.begun.wait()
        other = open_database()
        successor = await _taken_over(other, clock)
        job.go_on.set()
        await heard.wait()
        assert await thread(lambda: other.read_now(count_users)) == 0
        await thread(successor.release)
        assert await flying == Flown(result=1, made=True, waited=True)
        assert job.told[:2] == [Moment.STARTED, Moment.LOST]
        assert job.told[2:] == [Moment.STARTED, Moment.FINISHED, Moment.RELEASED]

    fleet.run(scenario)


def test_a_making_whose_lease_is_lost_is_cancelled(
    fleet: Fleet, open_database: OpenDatabase, clock: SteppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A holder that learns from a beat that it was replaced makes no longer what nobody would keep."""

    async def scenario() -> None:
        job, flights, heard = AsyncJob(), fleet.process(), asyncio.Event()
        leases = type(flights._database.leases)
        beats = leases.beat_all
        monkeypatch.setattr(leases, "beat_all", lambda _locks, _holds: [])
        flying = asyncio.ensure_future(flown(flights, job, heard.set))
        await job.begun.wait()
        successor = await _taken_over(open_database(), clock)
        monkeypatch.setattr(leases, "beat_all", beats)
        await heard.wait()
        assert (job.made, job.cancelled, job.told) == (1, 1, [Moment.STARTED, Moment.LOST])
        job.go_on.set()
        await thread(successor.release)
        assert (await flying).made

    fleet.run(scenario)


def test_a_beat_that_fails_is_tried_again(fleet: Fleet, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that is away for some beats does not end the making."""
    tried = threading.Event()

    async def scenario() -> None:
        job, flights = AsyncJob(), fleet.process()
        beats = flights._database.leases.beat_all

        def fail_first(holds: Any) -> Any:
            if not tried.is_set():
                tried.set()
                raise DatabaseUnavailable
            return beats(holds)

        monkeypatch.setattr(flights._database.leases, "beat_all", fail_first)
        flying = asyncio.ensure_future(flown(flights, job))
        assert await thread(lambda: tried.wait(WAIT_S_MAX))
        await asyncio.sleep(2 * BEAT_S)
        job.go_on.set()
        assert await flying == MADE

    fleet.run(scenario)


def test_a_dead_holder_is_succeeded(fleet: Fleet, database_url: str) -> None:
    """When the process that holds the lease is killed, who waits for it does the work."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, database_url, KEY, "leases"], stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"

        async def scenario() -> None:
            job, flights = AsyncJob(), fleet.process()
            job.go_on.set()
            assert await flown(flights, job, holder.kill) == Flown(result=1, made=True, waited=True)

        fleet.run(scenario)


def test_a_making_without_end_is_given_up(fleet: Fleet, monkeypatch: pytest.MonkeyPatch) -> None:
    """After its bound a making is cancelled, its failure published, and its lease released."""
    monkeypatch.setattr(work_module, "HOLD_S_MAX", 0.3)

    async def scenario() -> None:
        job, flights = AsyncJob(), fleet.process()
        with pytest.raises(WorkTooLong):
            await flown(flights, job)
        assert job.cancelled == 1
        assert await thread(lambda: flights._database.leases.held([KEY])) == set()
        assert await flights._database.read(failures, KEY) == Failures(1, Failure("WorkTooLong"))

    fleet.run(scenario)


async def _taken_over(database: Database, clock: SteppedClock) -> LeaseHold:
    """Take the lease once it has run out, by our clock or by the server's."""
    until = time.monotonic() + TAKEN_OVER_S_MAX
    while time.monotonic() < until:
        clock.move(LEASE_S)
        taken = await thread(lambda: database.leases.acquire(KEY))
        if taken is not None:
            return taken
        await asyncio.sleep(BEAT_S)
    raise AssertionError("the lease was never free")


def _raise(error: Exception) -> None:
    raise error
