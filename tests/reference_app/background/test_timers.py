"""A timer's work is done every so often by one of several processes, on both databases (PC-8)."""

import asyncio
from typing import Any, Final

import pytest

from reference_app.background import store, timers
from reference_app.errors import DatabaseUnavailable
from reference_app.upstream.errors import UpstreamBusy
from tests.reference_app.background.timing import EVERY_S, LOOKS_S, House, until
from tests.reference_app.stage import START, OpenDatabase, SteppedClock

ROUNDS: Final = 4
STOPS_S_MAX: Final = 10.0


@pytest.fixture
def database_url(each_database_url: str) -> str:
    """Each promise holds on both databases."""
    return each_database_url


@pytest.fixture
def house(open_database: OpenDatabase, clock: SteppedClock) -> House:
    return House(open_database, clock)


def test_one_of_three_runs_it_each_time(house: House) -> None:
    """However many look: each interval has one run, and no two are under way at once."""

    async def scenario() -> None:
        for _ in range(3):
            await house.starts()
        for number in range(1, ROUNDS + 1):
            await house.until_noted(number)
            await asyncio.sleep(LOOKS_S)
            house.clock.move(EVERY_S)
        row = await house.until_noted(ROUNDS + 1)
        assert (house.chore.begun, house.chore.most) == (ROUNDS + 1, 1)
        assert (row.outcome, row.began_at, row.ended_at) == ("finished", house.clock(), house.clock())

    house.run(scenario)


def test_it_waits_for_the_whole_interval(house: House) -> None:
    """From the beginning of the last run, by whichever process; a process that starts later keeps to it."""

    async def scenario() -> None:
        await house.starts()
        await house.until_noted(1)
        house.clock.move(EVERY_S - 0.001)
        await house.starts()
        await asyncio.sleep(LOOKS_S)
        assert house.chore.begun == 1
        house.clock.move(0.001)
        await house.until_noted(2)

    house.run(scenario)


def test_what_was_missed_is_not_made_up_for(house: House) -> None:
    """After ten intervals in which no server ran there is one run."""

    async def scenario() -> None:
        await house.starts()
        await house.until_noted(1)
        await house.ends()
        house.clock.move(10 * EVERY_S)
        await house.starts()
        await house.until_noted(2)
        await asyncio.sleep(LOOKS_S)
        assert house.chore.begun == 2

    house.run(scenario)


@pytest.mark.parametrize("error", [ZeroDivisionError("secret"), UpstreamBusy(), TimeoutError()])
def test_a_failure_is_logged_counted_and_tried_at_the_next_time(house: House, error: Exception) -> None:
    """Not before; and then it may succeed."""

    def fail() -> None:
        raise error

    async def scenario() -> None:
        house.chore.doing = fail
        process = await house.starts()
        row = await house.until_noted(0, failed=1)
        assert (row.outcome, row.began_at) == ("failed", START)
        await asyncio.sleep(LOOKS_S)
        assert house.chore.begun == 1
        house.chore.doing = lambda: None
        house.clock.move(EVERY_S)
        row = await house.until_noted(1, failed=1)
        assert row.outcome == "finished"
        first, second = process.log()
        assert (first["event"], first["level"], first["timer"]) == ("timer.failed", "error", "chore")
        assert first["error"] == type(error).__name__
        assert (second["event"], second["result"]) == ("timer.finished", {"done": 2})

    house.run(scenario)


def test_a_run_that_takes_too_long_is_cancelled_and_has_failed(house: House) -> None:
    """Its bound is its own, and shorter than what a lease may be held."""

    async def scenario() -> None:
        house.chore.go_on.clear()
        await house.starts(run_s_max=0.3)
        await house.until_noted(0, failed=1)
        assert house.chore.cancelled == 1

    house.run(scenario)


def test_a_server_that_stops_notes_nothing_and_leaves_no_lease(house: House) -> None:
    """Its run is cancelled, and another process begins one without waiting for a lease to end."""

    async def scenario() -> None:
        house.chore.go_on.clear()
        await house.starts()
        await house.until_begun(1)
        await house.ends()
        assert (house.chore.cancelled, await house.row()) == (1, None)
        house.chore.go_on.set()
        await house.starts()
        await house.until_noted(1)

    house.run(scenario)


def test_a_server_that_stops_while_another_runs_stops_at_once(house: House) -> None:
    """It only waited; the run goes on."""

    async def scenario() -> None:
        house.chore.go_on.clear()
        await house.starts()
        await house.until_begun(1)
        waiting = House(house._open, house.clock)
        waiting.chore = house.chore
        await waiting.starts()
        await asyncio.sleep(LOOKS_S)
        async with asyncio.timeout(STOPS_S_MAX):
            await waiting.ends()
        house.chore.go_on.set()
        await house.until_noted(1)
        assert (house.chore.begun, house.chore.cancelled) == (1, 0)

    house.run(scenario)


def test_a_clock_that_was_set_back_does_not_stop_it(house: House) -> None:
    """A run that is noted an interval ahead or more was noted by a wrong clock; one a little ahead was not."""

    async def scenario() -> None:
        await house.starts()
        await house.until_noted(1)
        house.clock.move(-EVERY_S / 2)
        await asyncio.sleep(LOOKS_S)
        assert house.chore.begun == 1
        house.clock.move(-3_600)
        await house.until_noted(2)
        await asyncio.sleep(LOOKS_S)
        assert house.chore.begun == 2

    house.run(scenario)


def test_a_timer_survives_a_database_that_is_away(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says so, and looks again."""
    real = store.last_run
    away = [True]

    def last_run(*arguments: Any) -> Any:
        if away[0]:
            raise DatabaseUnavailable
        return real(*arguments)

    async def scenario() -> None:
        monkeypatch.setattr(store, "last_run", last_run)
        monkeypatch.setattr(timers, "AGAIN_S", 0.1)
        process = await house.starts()

        async def is_logged() -> bool:
            return ("timer.not_looked_at", "DatabaseUnavailable") in {
                (each["event"], each.get("error")) for each in process.log()
            }

        await until(is_logged)
        assert house.chore.begun == 0
        away[0] = False
        await house.until_noted(1)

    house.run(scenario)


def test_timers_of_one_app_have_different_names(house: House) -> None:
    """They would share a row and a lease."""
    timer = timers.Timer("chore", 1.0, house.chore)
    parts: dict[str, Any] = dict.fromkeys(("database", "single_flight", "clock", "log", "metrics"))
    with pytest.raises(AssertionError, match="one name"):
        timers.Timers([timer, timer], **parts)
