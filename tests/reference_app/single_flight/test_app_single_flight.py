"""One piece of work a key in one process: who joins, who waits, who fails together (LR-2 to LR-5)."""

import asyncio

import pytest
from sqlalchemy import Connection, text

from reference_app.database.locks import Failure, Failures
from reference_app.database.tables import failures
from reference_app.errors import DatabaseUnavailable
from reference_app.single_flight import work as work_module
from reference_app.single_flight.flights import Flown
from reference_app.single_flight.work import Moment, WaitTooLong, Work, WorkTooLong
from tests.reference_app.single_flight.flying import (
    JOINERS,
    KEY,
    PURPOSE,
    WAIT_S_MAX,
    Fleet,
    Job,
    add_user,
    break_down,
    count_users,
    find_user,
    flown,
    thread,
    unheard,
)


def test_joiners_share_one_result(fleet: Fleet) -> None:
    """All who ask while the work is under way get what it made, and it is made once."""

    async def scenario() -> None:
        job, flights = Job(), fleet.process()
        job.go_on.clear()
        asked = [flights.join(job.work, unheard) for _ in range(JOINERS)]
        waiting = [asyncio.ensure_future(flights.wait(flight, WAIT_S_MAX)) for flight, _ in asked]
        await thread(job.begun.wait)
        job.go_on.set()
        assert set(await asyncio.gather(*waiting)) == {Flown(result=1, made=True, waited=False)}
        assert [started for _, started in asked] == [True] + [False] * (JOINERS - 1)
        assert (job.made, job.told) == (1, [Moment.STARTED, Moment.FINISHED, Moment.RELEASED])

    fleet.run(scenario)


def test_joiners_share_one_failure_and_the_next_tries_again(fleet: Fleet) -> None:
    """A failure reaches all who waited, is published once, and does not stand in the way of the next try."""

    async def scenario() -> None:
        job, flights = Job(), fleet.process()
        job.making = break_down
        asked = [flights.wait(flights.join(job.work, unheard)[0], WAIT_S_MAX) for _ in range(JOINERS)]
        ended = await asyncio.gather(*asked, return_exceptions=True)
        assert {(type(error), str(error)) for error in ended} == {(ArithmeticError, "broken")}
        assert (job.made, job.told) == (1, [Moment.STARTED, Moment.FAILED, Moment.RELEASED])
        job.making = lambda: None
        assert (await flown(flights, job)).made

    fleet.run(scenario)


def test_who_has_no_patience_left_leaves_the_flight_alone(fleet: Fleet) -> None:
    """A wait that runs out, or is cancelled, ends neither the work nor anybody else's wait."""

    async def scenario() -> None:
        job, flights = Job(), fleet.process()
        job.go_on.clear()
        flight, _ = flights.join(job.work, unheard)
        patient = asyncio.ensure_future(flights.wait(flight, WAIT_S_MAX))
        cancelled = asyncio.ensure_future(flights.wait(flight, WAIT_S_MAX))
        with pytest.raises(WaitTooLong):
            await flights.wait(flight, 0.01)
        cancelled.cancel()
        job.go_on.set()
        assert (await patient).result == 1
        assert (cancelled.cancelled(), job.made) == (True, 1)

    fleet.run(scenario)


def test_purposes_do_not_wait_for_each_other(fleet: Fleet) -> None:
    """While one purpose makes all that it may, another has threads of its own."""

    async def scenario() -> None:
        flights = fleet.process(at_once=1)
        other = fleet.processes[0].purpose("other", at_once=1)
        slow, queued, quick = Job(), Job(f"{PURPOSE}:2"), Job("other:1")
        slow.go_on.clear()
        waiting = [asyncio.ensure_future(flown(flights, job)) for job in (slow, queued)]
        await thread(slow.begun.wait)
        assert (await flown(other, quick)).made
        assert (queued.made, [flight.done() for flight in waiting]) == (0, [False, False])
        slow.go_on.set()
        await asyncio.gather(*waiting)

    fleet.run(scenario)


def test_a_key_belongs_to_its_purpose(fleet: Fleet) -> None:
    """Work with the key of another purpose, which may use another kind of lock, is refused."""

    async def scenario() -> None:
        with pytest.raises(AssertionError, match="other:1 is not a key of work"):
            fleet.process().join(Job("other:1").work, unheard)

    fleet.run(scenario)


def test_what_is_there_already_is_found(fleet: Fleet) -> None:
    """Where the result is there, nothing is made and no lock is taken."""

    async def scenario() -> None:
        job, flights = Job(), fleet.process()
        await flown(flights, job)
        late = Job()
        assert await flown(flights, late) == Flown(result=1, made=False, waited=False)
        assert (late.made, late.told) == (0, [])

    fleet.run(scenario)


def test_a_making_without_end_is_given_up(fleet: Fleet, monkeypatch: pytest.MonkeyPatch) -> None:
    """A holder stops beating after its bound, publishes that it failed, and frees the lock."""
    monkeypatch.setattr(work_module, "HOLD_S_MAX", 0.3)

    async def scenario() -> None:
        job, flights = Job(), fleet.process()
        job.go_on.clear()
        with pytest.raises(WorkTooLong):
            await flown(flights, job)
        assert flights._database.locks.held([KEY]) == set()
        assert await flights._database.read(failures, KEY) == Failures(1, Failure("WorkTooLong"))
        job.go_on.set()

    fleet.run(scenario)


def test_a_store_that_fails_writes_nothing_and_frees_the_lock(fleet: Fleet) -> None:
    """When storing breaks half way, nothing of it stays and the failure is published."""

    def store(connection: Connection, email: str) -> int:
        add_user(connection, email)
        connection.execute(text("SELECT nothing FROM nowhere"))
        return 0

    async def scenario() -> None:
        job, flights = Job(), fleet.process()
        broken = Work(
            key=KEY, look=find_user, make=job.work.make, store=store, told=lambda _moment, _made: None
        )
        with pytest.raises(DatabaseUnavailable):
            await flights.wait(flights.join(broken, unheard)[0], WAIT_S_MAX)
        assert await flights._database.read(count_users) == 0
        assert flights._database.locks.held([KEY]) == set()
        assert (await flown(flights, job)).made

    fleet.run(scenario)
