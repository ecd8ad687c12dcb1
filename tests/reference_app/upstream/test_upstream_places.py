"""How many are asked at once, how many wait for that, and what a caller leaves behind who goes."""

import asyncio
import time
from typing import Any

import pytest

from reference_app.upstream.errors import UpstreamFull
from tests.reference_app.upstream import stub
from tests.reference_app.upstream.stub import Asking, Held, Stub, run, says


async def _cancelled(task: "asyncio.Task[object]") -> None:
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_calls_at_once_are_bounded_and_so_is_their_queue() -> None:
    """Of six, two are asked, three wait, and one is refused at once; then five are answered, two at a time."""
    held = Held()

    async def scenario() -> None:
        limits: dict[str, Any] = {"calls_max": 2, "waiting_max": 3, "deadline_s": 15.0}
        async with Stub(held) as upstream, Asking(upstream.url, **limits) as asking:
            first = [asyncio.create_task(asking.ask()) for _ in range(5)]
            await held.until(2)
            assert asking.count("upstream_calls_waiting") == 3
            begun_s = time.monotonic()
            with pytest.raises(UpstreamFull):
                await asking.ask()
            assert time.monotonic() - begun_s < 2.0
            assert (upstream.asked, asking.outcome("full")) == (2, 1)
            held.go_on.set()
            assert await asyncio.gather(*first) == [1] * 5
            assert (held.most, asking.count("upstream_calls_waiting")) == (2, 0)

    run(scenario)


def test_waiting_for_a_place_ends_with_the_deadline() -> None:
    """And says that there was no room, which is no failure of the upstream's."""

    async def scenario() -> None:
        limits: dict[str, Any] = {"calls_max": 1, "deadline_s": 0.5, "failures_before_open": 2}
        async with Stub(stub.hangs) as upstream, Asking(upstream.url, **limits) as asking:
            found = await asyncio.gather(*[asking.ask() for _ in range(4)], return_exceptions=True)
            kinds = sorted(getattr(each, "kind", "") for each in found)
            assert kinds[:1] + kinds[-1:] == ["full", "timeout"]
            assert set(kinds) == {"full", "timeout"}
            assert asking.count("upstream_breaker_open") == kinds.count("timeout") // 2
            assert asking.count("upstream_calls_waiting") == 0

    run(scenario)


def test_who_has_waited_while_it_became_busy_does_not_ask() -> None:
    """The queue does not run into one refusal after the other."""

    async def scenario() -> None:
        busy = says(status=429, retry_after="60")
        async with Stub(busy) as upstream, Asking(upstream.url, calls_max=1) as asking:
            found = await asyncio.gather(*[asking.ask() for _ in range(10)], return_exceptions=True)
            assert {getattr(each, "kind", "") for each in found} == {"busy"}
            assert (upstream.asked, asking.outcome("busy")) == (1, 10)
            assert asking.count("upstream_seconds_count") == 1, "what was not tried took no time"

    run(scenario)


def test_a_caller_who_leaves_frees_the_place() -> None:
    """While the upstream is asked, and while waiting; the next caller has all the room."""
    held = Held()

    async def scenario() -> None:
        limits: dict[str, Any] = {"calls_max": 1, "waiting_max": 1}
        async with Stub(held) as upstream, Asking(upstream.url, **limits) as asking:
            for number in (1, 2, 3):  # The stub does not notice that they leave.
                asked = asyncio.create_task(asking.ask())
                await held.until(number)
                waiting = asyncio.create_task(asking.ask())
                await asyncio.sleep(0.02)
                assert asking.count("upstream_calls_waiting") == 1
                await _cancelled(waiting)
                assert asking.count("upstream_calls_waiting") == 0
                await _cancelled(asked)
            held.go_on.set()
            assert await asking.ask() == 1
            assert asking.outcome("cancelled") == 6
            assert asking.count("upstream_breaker_open") == 0

    run(scenario)


def test_who_leaves_as_a_place_becomes_free_does_not_take_it_along() -> None:
    """The place goes to the next in line."""
    held = Held()

    async def scenario() -> None:
        async with Stub(held) as upstream, Asking(upstream.url, calls_max=1) as asking:
            asked = asyncio.create_task(asking.ask())
            await held.until(1)
            second, third = (asyncio.create_task(asking.ask()) for _ in range(2))
            await asyncio.sleep(0.02)
            asked.add_done_callback(lambda _: second.cancel())
            held.go_on.set()
            assert await asked == 1
            assert await third == 1
            with pytest.raises(asyncio.CancelledError):
                await second

    run(scenario)


def test_a_caller_who_leaves_between_tries_frees_the_place() -> None:
    """The back-off is part of the call."""

    async def scenario() -> None:
        limits: dict[str, Any] = {"calls_max": 1, "waiting_max": 0, "back_off_s": 4.0, "deadline_s": 15.0}
        async with Stub(says(status=500), says(6)) as upstream, Asking(upstream.url, **limits) as asking:
            backing_off = asyncio.create_task(asking.ask())
            await upstream.until_asked()
            await asyncio.sleep(0.1)
            with pytest.raises(UpstreamFull):
                await asking.ask()
            await _cancelled(backing_off)
            assert await asking.ask() == 6

    run(scenario)
