"""Pieces that are made together, each once in all processes, by one making, on both databases."""

import asyncio
from collections.abc import Mapping
from typing import Final

import pytest
from sqlalchemy import Connection, event

from reference_app.database.locks import LEASE_S
from reference_app.database.tables import work_leases
from reference_app.single_flight import work as bounds
from reference_app.single_flight.work import Moment, TooManyAttempts, WaitTooLong, WorkFailed, WorkTooLong
from tests.reference_app.single_flight.flying import (
    PURPOSE,
    WAIT_S_MAX,
    Fleet,
    break_down,
)
from tests.reference_app.single_flight.pieces import ONE, THREE, TWO, Crew, Pieces, Spoilt
from tests.reference_app.stage import OpenDatabase

BOTH_WAIT_S: Final = 0.3
STATEMENTS_MAX: Final = 6


@pytest.fixture
def database_url(each_database_url: str) -> str:
    """Each promise holds on both databases."""
    return each_database_url


@pytest.fixture
def crew(fleet: Fleet, open_database: OpenDatabase) -> Crew:
    return Crew(fleet, open_database)


def test_pieces_are_made_together_and_found_afterwards(fleet: Fleet, crew: Crew) -> None:
    """One making for all of them; who asks later finds them, and makes only what is new."""

    async def scenario() -> None:
        pieces, groups = Pieces(), crew.process()
        made = await groups.outcomes(pieces.work(ONE, TWO), WAIT_S_MAX)
        assert _users(made) == [1, 2]
        again = await groups.outcomes(pieces.work(TWO, THREE), WAIT_S_MAX)
        assert again == {TWO: made[TWO], THREE: 3}
        assert pieces.made == [[ONE, TWO], [THREE]]
        assert pieces.told[:3] == [
            (Moment.STARTED, [ONE, TWO]),
            (Moment.FINISHED, [ONE, TWO]),
            (Moment.RELEASED, [ONE, TWO]),
        ]
        assert await groups.outcomes(pieces.work(), WAIT_S_MAX) == {}

    fleet.run(scenario)


@pytest.mark.parametrize("processes", [1, 2])
def test_groups_that_overlap_make_each_piece_once(fleet: Fleet, crew: Crew, processes: int) -> None:
    """Each makes what the other does not, at the same time, and gets the rest from it."""

    async def scenario() -> None:
        pieces, others = Pieces(), Pieces()
        first = crew.process()
        second = first if processes == 1 else crew.process()
        pieces.go_on.clear()
        one = asyncio.ensure_future(first.outcomes(pieces.work(ONE, TWO), WAIT_S_MAX))
        await pieces.begun.wait()
        two = asyncio.ensure_future(second.outcomes(others.work(TWO, THREE), WAIT_S_MAX))
        await others.begun.wait()
        pieces.go_on.set()
        found, other = await one, await two
        assert found[TWO] == other[TWO]
        assert (pieces.made, others.made) == ([[ONE, TWO]], [[THREE]])

    fleet.run(scenario)


def test_a_piece_may_fail_by_itself(fleet: Fleet, crew: Crew) -> None:
    """The others are stored; who waits for it in another process hears why, and the next one tries again."""

    async def scenario() -> None:
        pieces, others = Pieces(), Pieces()
        first, second = crew.process(), crew.process()
        pieces.spoilt = {TWO}
        pieces.go_on.clear()
        one = asyncio.ensure_future(first.outcomes(pieces.work(ONE, TWO), WAIT_S_MAX))
        await pieces.begun.wait()
        two = asyncio.ensure_future(second.outcomes(others.work(ONE, TWO), WAIT_S_MAX))
        await asyncio.sleep(BOTH_WAIT_S)
        pieces.go_on.set()
        for found in (await one, await two):
            assert found[ONE] == 1
            spoilt = found[TWO]
            assert isinstance(spoilt, Spoilt)
            assert (str(spoilt), spoilt.retry_after_s) == ("no such thing", 7)
        assert others.made == []
        pieces.spoilt = set()
        assert await first.outcomes(pieces.work(ONE, TWO), WAIT_S_MAX) == {ONE: 1, TWO: 2}

    fleet.run(scenario)


def test_a_making_that_fails_is_shared_by_all_who_wait(fleet: Fleet, crew: Crew) -> None:
    """In another process by its name only, for it is none that the work lists; nothing is stored."""

    async def scenario() -> None:
        pieces, others = Pieces(), Pieces()
        first, second = crew.process(), crew.process()
        pieces.making = break_down
        pieces.go_on.clear()
        one = asyncio.ensure_future(first.outcomes(pieces.work(ONE, TWO), WAIT_S_MAX))
        await pieces.begun.wait()
        two = asyncio.ensure_future(second.outcomes(others.work(TWO), WAIT_S_MAX))
        await asyncio.sleep(BOTH_WAIT_S)
        pieces.go_on.set()
        assert {type(each) for each in (await one).values()} == {ArithmeticError}
        failed = (await two)[TWO]
        assert isinstance(failed, WorkFailed)
        assert failed.name == "ArithmeticError"
        assert (Moment.FAILED, [ONE, TWO]) in pieces.told
        pieces.making = lambda: None
        again = await first.outcomes(pieces.work(ONE, TWO), WAIT_S_MAX)
        assert _users(again) == [1, 2]

    fleet.run(scenario)


def test_a_piece_whose_lease_was_lost_is_not_written(fleet: Fleet, crew: Crew) -> None:
    """The rest of its group is; who took it over makes it, and it is there once."""

    async def scenario() -> None:
        pieces, others = Pieces(), Pieces()
        first, second = crew.process(), crew.process()
        pieces.go_on.clear()
        one = asyncio.ensure_future(first.outcomes(pieces.work(ONE, TWO), WAIT_S_MAX))
        await pieces.begun.wait()
        first._database.write_now(_lose, TWO)
        taken_over = await second.outcomes(others.work(TWO), WAIT_S_MAX)
        pieces.go_on.set()
        found = await one
        assert (found[TWO], others.made) == (taken_over[TWO], [[TWO]])
        assert _users(found) == [1, 2]
        assert (Moment.LOST, [TWO]) in pieces.told
        assert (Moment.FINISHED, [ONE]) in pieces.told

    fleet.run(scenario)


def test_leases_live_as_long_as_the_making(fleet: Fleet, crew: Crew) -> None:
    """A making longer than a lease is made once."""

    async def scenario() -> None:
        pieces, others = Pieces(), Pieces()
        first, second = crew.process(), crew.process()
        pieces.go_on.clear()
        one = asyncio.ensure_future(first.outcomes(pieces.work(ONE, TWO), WAIT_S_MAX))
        await pieces.begun.wait()
        two = asyncio.ensure_future(second.outcomes(others.work(ONE, TWO), WAIT_S_MAX))
        await asyncio.sleep(2 * LEASE_S)
        pieces.go_on.set()
        assert await one == await two
        assert others.made == []

    fleet.run(scenario)


def test_who_waits_too_long_learns_so_and_the_work_goes_on(fleet: Fleet, crew: Crew) -> None:
    """For each piece that is still under way; a making that never ends loses its leases."""

    async def scenario() -> None:
        pieces, groups = Pieces(), crew.process()
        await groups.outcomes(pieces.work(ONE), WAIT_S_MAX)
        pieces.begun.clear()
        pieces.go_on.clear()
        waiting = asyncio.ensure_future(groups.outcomes(pieces.work(ONE, TWO), WAIT_S_MAX))
        await pieces.begun.wait()
        impatient = await groups.outcomes(pieces.work(TWO), 0.01)
        assert isinstance(impatient[TWO], WaitTooLong)
        pieces.go_on.set()
        assert await waiting == {ONE: 1, TWO: 2}

    fleet.run(scenario)


def test_a_making_has_a_bound(fleet: Fleet, crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that does not end is cancelled, and its leases are free again."""
    monkeypatch.setattr(bounds, "HOLD_S_MAX", 0.3)

    async def scenario() -> None:
        pieces, groups = Pieces(), crew.process()
        pieces.go_on.clear()
        failed = await groups.outcomes(pieces.work(ONE), WAIT_S_MAX)
        assert isinstance(failed[ONE], WorkTooLong)
        pieces.go_on.set()
        assert await groups.outcomes(pieces.work(ONE), WAIT_S_MAX) == {ONE: 1}

    fleet.run(scenario)


def test_a_lease_that_is_lost_again_and_again_ends_the_wait(
    fleet: Fleet, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is a bound on attempts."""
    monkeypatch.setattr("reference_app.single_flight.groups.ATTEMPTS_MAX", 3)

    async def scenario() -> None:
        pieces, groups = Pieces(), crew.process()
        pieces.making = lambda: groups._database.write_now(_lose, ONE)
        failed = await groups.outcomes(pieces.work(ONE), WAIT_S_MAX)
        assert isinstance(failed[ONE], TooManyAttempts)
        assert pieces.made == [[ONE]] * 3

    fleet.run(scenario)


def test_closing_gives_the_leases_back(fleet: Fleet, crew: Crew) -> None:
    """What is under way is cancelled, publishes nothing, and another process need not wait."""

    async def scenario() -> None:
        pieces, others = Pieces(), Pieces()
        first, second = crew.process(), crew.process()
        pieces.go_on.clear()
        one = asyncio.ensure_future(first.outcomes(pieces.work(ONE, TWO), WAIT_S_MAX))
        await pieces.begun.wait()
        await first.close()
        assert {type(each) for each in (await one).values()} == {WaitTooLong}
        found = await second.outcomes(others.work(ONE, TWO), 1.0)
        assert _users(found) == [1, 2]

    fleet.run(scenario)


def test_a_group_costs_few_transactions(fleet: Fleet, crew: Crew) -> None:
    """However many pieces it has."""

    async def scenario() -> None:
        pieces, groups = Pieces(), crew.process()
        begun: list[object] = []
        event.listen(groups._database._engine, "begin", begun.append)
        keys = [f"{PURPOSE}:{number}" for number in range(50)]
        assert len(await groups.outcomes(pieces.work(*keys), WAIT_S_MAX)) == len(keys)
        assert len(begun) <= STATEMENTS_MAX

    fleet.run(scenario)


def _users(found: Mapping[str, int | Exception]) -> list[int]:
    """Return what was made, in order; raise what failed."""
    failed = [each for each in found.values() if isinstance(each, Exception)]
    assert failed == []
    return sorted(each for each in found.values() if isinstance(each, int))


def _lose(connection: Connection, key: str) -> None:
    values = {"token": work_leases.c.token + 1, "holder": ""}
    connection.execute(work_leases.update().where(work_leases.c.key == key).values(values))
