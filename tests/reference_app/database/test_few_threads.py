"""Short work has few threads, gets more where these are held up, and is each asker's own."""

import asyncio
import threading
from collections.abc import Iterator
from functools import partial
from typing import Final

import pytest

from reference_app.database.few_threads import FEW, FewThreads

THREADS: Final = 5
WAIT_S_MAX: Final = 10.0


def _who_does(number: int) -> tuple[int, str]:
    return number, threading.current_thread().name


@pytest.fixture
def few() -> Iterator[FewThreads]:
    threads = FewThreads(THREADS, "few")
    yield threads
    threads.close()


def test_short_work_has_few_threads(few: FewThreads) -> None:
    """However much there is; each piece gets its own answer."""

    async def asked() -> list[tuple[int, str]]:
        pieces = [few.run(partial(_who_does, n)) for n in range(500)]
        return list(await asyncio.wait_for(asyncio.gather(*pieces), WAIT_S_MAX))

    answers = asyncio.run(asked())
    assert [number for number, _ in answers] == list(range(500))
    # A machine that stops for a moment may let one more in.
    assert len({name for _, name in answers}) <= FEW + 1


def test_who_is_held_up_holds_up_nobody_else(few: FewThreads) -> None:
    """With all but one thread held up everything else is still done; and it goes on afterwards."""
    go_on = threading.Event()

    async def asked() -> list[int]:
        held = [few.run(lambda: go_on.wait(WAIT_S_MAX)) for _ in range(THREADS - 1)]
        others = [few.run(partial(int, n)) for n in range(100)]
        done = list(await asyncio.wait_for(asyncio.gather(*others), WAIT_S_MAX))
        assert not any(each.done() for each in held)
        go_on.set()
        assert all(await asyncio.wait_for(asyncio.gather(*held), WAIT_S_MAX))
        assert await asyncio.wait_for(few.run(lambda: True), WAIT_S_MAX)
        return done

    try:
        assert asyncio.run(asked()) == list(range(100))
    finally:
        go_on.set()


def test_what_nobody_waits_for_is_not_begun(few: FewThreads) -> None:
    """All threads are held up when it is asked for; it is given up before they go on."""
    go_on = threading.Event()
    begun: list[str] = []

    async def asked() -> None:
        held = [few.run(lambda: go_on.wait(WAIT_S_MAX)) for _ in range(THREADS)]
        given_up, kept = few.run(lambda: begun.append("given up")), few.run(lambda: begun.append("kept"))
        given_up.cancel()
        await asyncio.sleep(0)
        go_on.set()
        await asyncio.wait_for(asyncio.gather(*held, kept), WAIT_S_MAX)

    asyncio.run(asked())
    assert begun == ["kept"]


def test_an_error_is_its_askers(few: FewThreads) -> None:
    """And of nobody else; the thread goes on."""

    def fails() -> None:
        raise ValueError("of this one")

    async def asked() -> None:
        failing, well = few.run(fails), few.run(lambda: "well")
        assert await asyncio.wait_for(well, WAIT_S_MAX) == "well"
        with pytest.raises(ValueError, match="of this one"):
            await failing

    asyncio.run(asked())


def test_closing_waits_for_what_is_begun_and_cancels_the_rest() -> None:
    """As a server that stops does."""
    few = FewThreads(1, "few")
    begun, go_on = threading.Event(), threading.Event()

    async def asked() -> None:
        under_way = few.run(lambda: begun.set() or go_on.wait(WAIT_S_MAX))  # type: ignore[func-returns-value]
        waiting = few.run(lambda: "never")
        assert await asyncio.to_thread(begun.wait, WAIT_S_MAX)
        closing = asyncio.create_task(asyncio.to_thread(few.close))
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(waiting, WAIT_S_MAX)
        assert not under_way.done()
        go_on.set()
        await asyncio.wait_for(closing, WAIT_S_MAX)
        assert await under_way

    asyncio.run(asked())
