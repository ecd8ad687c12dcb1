"""An upstream that fails again and again is left alone for a while, and tried again by one call."""

import asyncio
from typing import Any

import pytest

from reference_app.upstream.breaker import Breaker
from reference_app.upstream.errors import (
    UpstreamBusy,
    UpstreamFailed,
    UpstreamMalformed,
    UpstreamRejected,
    UpstreamResting,
    UpstreamTimeout,
)
from tests.reference_app.upstream import stub
from tests.reference_app.upstream.stub import Asking, Held, Stub, run, says


class Bench:
    """A breaker that opens for 10 s after three failures, a clock, and what was heard of it."""

    def __init__(self) -> None:
        self.now_s = 1_000.0
        self.heard: list[bool] = []
        self.breaker = Breaker(3, 10.0, lambda: self.now_s, self.heard.append)

    def meets(self, *failures: type[BaseException] | None) -> None:
        """Let through tries that end so."""
        for kind in failures:
            try:
                with self.breaker.watching():
                    if kind:
                        raise kind
            except (UpstreamTimeout, UpstreamMalformed, UpstreamBusy, UpstreamRejected):
                pass
            except (asyncio.CancelledError, ZeroDivisionError):
                pass

    @property
    def refuses_for_s(self) -> int:
        """After how many seconds it is worth asking again; 0 where it lets tries through."""
        try:
            self.breaker.refuse_if_open()
        except UpstreamResting as resting:
            return resting.retry_after_s or 0
        return 0


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_failures_in_a_row_open_it(bench: Bench) -> None:
    """Two are not enough, and what comes in between begins the count anew."""
    bench.meets(UpstreamTimeout, UpstreamTimeout, None, UpstreamTimeout, UpstreamMalformed)
    assert (bench.refuses_for_s, bench.heard) == (0, [])
    bench.meets(UpstreamTimeout)
    assert (bench.refuses_for_s, bench.heard) == (10, [True])


@pytest.mark.parametrize("alive", [UpstreamBusy, UpstreamRejected])
def test_who_refuses_us_is_alive(bench: Bench, alive: type[UpstreamFailed]) -> None:
    """An upstream that says "later" or "no" is in no trouble of its own."""
    bench.meets(*[alive] * 10)
    assert bench.refuses_for_s == 0
    bench.meets(UpstreamTimeout, UpstreamTimeout, alive, UpstreamTimeout, UpstreamTimeout)
    assert bench.refuses_for_s == 0


@pytest.mark.parametrize("ours", [asyncio.CancelledError, ZeroDivisionError])
def test_what_is_ours_says_nothing(bench: Bench, ours: type[BaseException]) -> None:
    """A caller who leaves, or a mistake of our own, neither counts nor makes good."""
    bench.meets(*[ours] * 10)
    assert bench.refuses_for_s == 0
    bench.meets(UpstreamTimeout, UpstreamTimeout, ours, UpstreamTimeout)
    assert bench.refuses_for_s == 10


def test_a_probe_that_succeeds_closes_it(bench: Bench) -> None:
    """After the rest, which is told to those who are refused; then it takes three failures again."""
    bench.meets(*[UpstreamTimeout] * 3)
    bench.now_s += 7.5
    assert bench.refuses_for_s == 3
    bench.now_s += 2.5
    bench.meets(None, UpstreamTimeout, UpstreamTimeout)
    assert (bench.refuses_for_s, bench.heard) == (0, [True, False])


def test_a_probe_that_fails_opens_it_again(bench: Bench) -> None:
    """For as long as before, from then on; one failure does."""
    bench.meets(*[UpstreamTimeout] * 3)
    bench.now_s += 12.0
    bench.meets(UpstreamMalformed)
    assert (bench.refuses_for_s, bench.heard) == (10, [True, True])


@pytest.mark.parametrize("ours", [asyncio.CancelledError, ZeroDivisionError])
def test_a_probe_that_says_nothing_makes_room_for_another(bench: Bench, ours: type[BaseException]) -> None:
    """It neither closes the breaker nor keeps it half-open for ever."""
    bench.meets(*[UpstreamTimeout] * 3)
    bench.now_s += 10.0
    bench.meets(ours)
    assert (bench.refuses_for_s, bench.breaker.is_open) == (0, True)
    bench.meets(None)
    assert not bench.breaker.is_open


def test_there_is_one_probe_at_a_time(bench: Bench) -> None:
    """All others are refused while it is under way, and what began earlier is old news when it ends."""
    early = bench.breaker.watching()
    early.__enter__()
    bench.meets(*[UpstreamTimeout] * 3)
    bench.now_s += 10.0
    with bench.breaker.watching():
        assert bench.refuses_for_s == 1
        with pytest.raises(UpstreamResting), bench.breaker.watching():
            pass
        early.__exit__(None, None, None)
        assert (bench.refuses_for_s, bench.breaker.is_open) == (1, True)
    assert not bench.breaker.is_open


def test_it_is_left_alone_and_asked_by_one_again() -> None:
    """On the wire: four requests, a rest without any, then one of ten at once, and then all."""
    now = [50.0]
    held = Held()

    async def scenario() -> None:
        failing = [says(status=500)] * 4
        limits: dict[str, Any] = {"tries": 2, "failures_before_open": 4, "open_s": 10.0}
        async with (
            Stub(*failing, held, says(2)) as upstream,
            Asking(upstream.url, lambda: now[0], **limits) as asking,
        ):
            for _ in range(2):
                await asyncio.gather(asking.ask(), return_exceptions=True)
            assert (upstream.asked, asking.count("upstream_breaker_open")) == (4, 1)
            with pytest.raises(UpstreamResting):
                await asking.ask()
            assert upstream.asked == 4
            now[0] += 10.0
            ten = [asyncio.create_task(asking.ask()) for _ in range(10)]
            await held.until(1)
            held.go_on.set()
            found = await asyncio.gather(*ten, return_exceptions=True)
            assert (found.count(1), upstream.asked) == (1, 5)
            assert sum(isinstance(each, UpstreamResting) for each in found) == 9
            assert (await asking.ask(), asking.count("upstream_breaker_open")) == (2, 0)
            assert [each["open"] for each in asking.log() if "open" in each] == [True, False]

    run(scenario)


def test_a_call_in_whose_middle_it_opens_is_not_tried_again() -> None:
    """It fails with what the upstream did, not with the rest that follows."""

    async def scenario() -> None:
        limits: dict[str, Any] = {"tries": 5, "failures_before_open": 2}
        async with Stub(says(status=500)) as upstream, Asking(upstream.url, **limits) as asking:
            with pytest.raises(UpstreamFailed) as caught:
                await asking.ask()
            assert (caught.value.kind, upstream.asked) == ("unavailable", 2)

    run(scenario)


def test_a_deadline_that_passes_counts_as_trouble() -> None:
    """Although the try is cancelled for it, as it would be for a caller who leaves."""

    async def scenario() -> None:
        limits: dict[str, Any] = {"deadline_s": 0.2, "failures_before_open": 1}
        async with Stub(stub.hangs) as upstream, Asking(upstream.url, **limits) as asking:
            with pytest.raises(UpstreamTimeout):
                await asking.ask()
            with pytest.raises(UpstreamResting):
                await asking.ask()
            assert upstream.asked == 1

    run(scenario)
