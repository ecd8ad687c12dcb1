"""What many ask at the same time is asked together; each hears its own."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from reference_app.database.batches import BATCH_MAX, Batches
from reference_app.errors import DatabaseUnavailable

WAIT_S_MAX = 5.0


@dataclass
class Asking:
    """Asks when it may, and notes what for."""

    may_answer: asyncio.Event = field(default_factory=asyncio.Event)
    batches: list[list[int]] = field(default_factory=list)
    fails: bool = False

    async def __call__(self, asked: Sequence[int]) -> Sequence[int | Exception]:
        """Double each number but 13, which has an error of its own."""
        self.batches.append(list(asked))
        await self.may_answer.wait()
        if self.fails:
            raise ArithmeticError
        return [ValueError() if number == 13 else 2 * number for number in asked]


def test_who_comes_while_one_is_asked_shares_the_next() -> None:
    """The first waits for nobody; no batch is larger than it may be."""

    async def scenario() -> None:
        asking = Asking()
        batches = Batches(asking, wait_s_max=WAIT_S_MAX)
        first = asyncio.ensure_future(batches.one(0))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert asking.batches == [[0]]
        others = [asyncio.ensure_future(batches.one(number)) for number in range(1, BATCH_MAX + 3)]
        await asyncio.sleep(0)
        asking.may_answer.set()
        told = await asyncio.gather(first, *others, return_exceptions=True)
        assert [isinstance(each, ValueError) or each for each in told] == [
            number == 13 or 2 * number for number in range(BATCH_MAX + 3)
        ]
        assert [len(batch) for batch in asking.batches] == [1, BATCH_MAX, 2]

    asyncio.run(scenario())


def test_an_error_of_the_batch_is_everybodys() -> None:
    """And the next batch is asked as if nothing were."""

    async def scenario() -> None:
        asking = Asking(fails=True)
        asking.may_answer.set()
        batches = Batches(asking, wait_s_max=WAIT_S_MAX)
        told = await asyncio.gather(*(batches.one(n) for n in range(3)), return_exceptions=True)
        assert [type(each) for each in told] == [ArithmeticError] * 3
        asking.fails = False
        assert await batches.one(4) == 8

    asyncio.run(scenario())


def test_who_has_waited_too_long_is_not_asked_for() -> None:
    """They are told so; those behind them are served."""

    async def scenario() -> None:
        asking = Asking()
        batches = Batches(asking, wait_s_max=0.1)
        first = asyncio.ensure_future(batches.one(0))
        await asyncio.sleep(0.05)
        with pytest.raises(DatabaseUnavailable):
            await batches.one(1)
        with pytest.raises(DatabaseUnavailable):
            await first
        asking.may_answer.set()
        assert await batches.one(2) == 4
        assert asking.batches == [[0], [2]]

    asyncio.run(scenario())
