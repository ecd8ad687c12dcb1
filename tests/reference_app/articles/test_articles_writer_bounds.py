"""The writer's bounds: how big a command and a group are, and how many wait."""

import asyncio

import pytest

from reference_app.articles.log import sealing, writer
from reference_app.articles.log.errors import CommandTooBig, LogBusy
from reference_app.articles.log.record import BATCH_EVENTS_MAX
from tests.reference_app.articles.bench import Bench
from tests.reference_app.articles.toy import change, create, outcomes, run


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_a_command_that_is_too_big_is_refused(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """One event or one byte more than a command may have refuses it; as many as it may have are kept."""

    async def scenario() -> None:
        with pytest.raises(CommandTooBig, match="10,001 events"):
            await bench.writer.do(create(*range(BATCH_EVENTS_MAX + 1)))
        assert len(await bench.writer.do(create(*range(BATCH_EVENTS_MAX)))) == BATCH_EVENTS_MAX
        await bench.writer.do(change("0", "as much as may be"))
        size = len(bench.lines()[-1]) + 1
        monkeypatch.setattr(sealing, "COMMAND_BYTES_MAX", size)
        await bench.writer.do(change("0", "AS MUCH AS MAY BE"))
        with pytest.raises(CommandTooBig, match=f"More than {size} bytes"):
            await bench.writer.do(change("0", "as much as may be+"))

    run(scenario())


@pytest.mark.parametrize(("bound", "at_most"), [("GROUP_EVENTS_MAX", 4), ("GROUP_BYTES_MAX", 600)])
def test_a_group_is_bounded(bench: Bench, monkeypatch: pytest.MonkeyPatch, bound: str, at_most: int) -> None:
    """The command that reaches a bound closes its group; the rest come in the groups after it, in order."""
    monkeypatch.setattr(sealing, bound, at_most)

    async def scenario() -> None:
        await asyncio.gather(*(bench.writer.do(create(n)) for n in range(10)))
        assert bench.syncs() == 3
        assert list(bench.state.values.values()) == list(range(10))
        await bench.writer.do(create(*range(20)))
        assert bench.syncs() == 4

    run(scenario())


def test_no_more_wait_than_may(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who comes when too many wait is refused at once, and those who wait are served."""
    monkeypatch.setattr(writer, "COMMANDS_WAITING_MAX", 3)

    async def scenario() -> None:
        answers = await outcomes(*(bench.writer.do(create(n)) for n in range(5)))
        assert [type(answer) for answer in answers] == [list, list, list, LogBusy, LogBusy]

    run(scenario())


def test_a_big_command_does_not_hold_up_the_event_loop(bench: Bench) -> None:
    """While a batch of thousands is stamped others get their turn, again and again (AR-12)."""
    turns = 0

    async def count() -> None:
        nonlocal turns
        while not bench.disk.calls["write"]:
            turns += 1
            await asyncio.sleep(0)

    async def scenario() -> None:
        await asyncio.gather(bench.writer.do(create(*range(5_000))), count())

    run(scenario())
    assert turns > 5_000 // sealing.STAMPED_IN_A_TURN_MAX
