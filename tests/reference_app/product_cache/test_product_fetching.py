"""What is not cached is fetched once for all who ask, in one process or in two, and no failure is kept."""

import asyncio
from typing import Final

import pytest
from sqlalchemy import Connection

from reference_app.database.tables import work_leases
from reference_app.product_cache.errors import FetchFailed
from reference_app.product_cache.query import DiscoverQuery
from reference_app.upstream.errors import UpstreamBusy, UpstreamFailed, UpstreamTimeout
from tests.reference_app.product_cache.shop import ASINS, NOT_THERE, QUERY, Shop, Source

CALLERS: Final = 25
SO_THAT_ALL_WAIT_S: Final = 0.3
FIRST, SECOND, THIRD = ASINS


def test_many_who_ask_at_once_make_one_call(shop: Shop) -> None:
    """Fifty callers of two processes miss, wait for one call, and none of their answers counts as a hit (PC-5)."""

    async def scenario() -> None:
        source = Source()
        source.go_on.clear()
        both = [shop.process(source), shop.process(source)]
        waiting = [asyncio.ensure_future(process.discovers()) for process in both for _ in range(CALLERS)]
        await source.begun.wait()
        source.go_on.set()
        assert await asyncio.gather(*waiting) == [([*ASINS], False)] * 2 * CALLERS
        assert source.queries == [QUERY]
        assert await both[1].discovers() == ([*ASINS], True)
        assert source.queries == [QUERY]

    shop.run(scenario)
    assert [row["hit_count"] for row in shop.entries("discovery").values()] == [1]
    assert shop.counted("discovery") == (1, 2 * CALLERS)


def test_one_call_for_what_a_request_is_missing(shop: Shop) -> None:
    """What is cached is not asked for; the rest is, together."""

    async def scenario() -> None:
        source = Source()
        process = shop.process(source)
        assert await process.scores(SECOND) == {SECOND: False}
        assert await process.scores(*ASINS) == {FIRST: False, SECOND: True, THIRD: False}
        assert await process.scores(*ASINS) == dict.fromkeys(ASINS, True)
        assert source.asked == [[SECOND], [FIRST, THIRD]]

    shop.run(scenario)
    assert shop.counted("scoring") == (4, 3)


@pytest.mark.parametrize("processes", [1, 2])
def test_requests_that_overlap_score_each_product_once(shop: Shop, processes: int) -> None:
    """The second asks only for what the first does not, and both are answered in full."""

    async def scenario() -> None:
        source, other = Source(), Source()
        first = shop.process(source)
        second = first if processes == 1 else shop.process(other)
        source.go_on.clear()
        one = asyncio.ensure_future(first.scores(FIRST, SECOND))
        await source.begun.wait()
        source.begun.clear()
        two = asyncio.ensure_future(second.scores(SECOND, THIRD))
        await (source if processes == 1 else other).begun.wait()
        source.go_on.set()
        assert await one == {FIRST: False, SECOND: False}
        assert await two == {SECOND: False, THIRD: False}
        assert source.asked + other.asked == [[FIRST, SECOND], [THIRD]]

    shop.run(scenario)
    assert len(shop.entries("scoring")) == 3


def test_a_failure_is_shared_and_not_kept(shop: Shop) -> None:
    """All who wait hear of it, also in another process; nothing is stored, and the next one asks again (PC-10)."""

    async def scenario() -> None:
        source = Source()
        source.go_on.clear()
        source.failing = UpstreamBusy(wait_s=41.5)
        both = [shop.process(source), shop.process(source)]
        waiting = [asyncio.ensure_future(process.discovers()) for process in both for _ in range(3)]
        waiting += [asyncio.ensure_future(process.scores(*ASINS)) for process in both]  # type: ignore[arg-type]
        await source.both_begun()
        await asyncio.sleep(SO_THAT_ALL_WAIT_S)
        source.go_on.set()
        failed = await asyncio.gather(*waiting, return_exceptions=True)
        assert {(type(each), getattr(each, "retry_after_s", None)) for each in failed} == {(UpstreamBusy, 42)}
        assert (len(source.queries), len(source.asked)) == (1, 1)
        assert (shop.entries("discovery"), shop.entries("scoring")) == ({}, {})
        source.failing = None
        assert await both[0].discovers() == ([*ASINS], False)

    shop.run(scenario)


def test_what_is_missing_is_said_and_what_is_cached_stays_as_it_was(shop: Shop) -> None:
    """The message names the products that could not be had; no hit of the others is counted."""

    async def scenario() -> None:
        source = Source()
        process = shop.process(source)
        await process.scores(SECOND)
        before = shop.entries("scoring")
        source.failing = UpstreamTimeout()
        with pytest.raises(UpstreamTimeout, match=f"in time. Missing: {FIRST}, {THIRD}.$"):
            await process.scores(*ASINS)
        assert shop.entries("scoring") == before
        assert await process.scores(SECOND) == {SECOND: True}

    shop.run(scenario)


def test_what_breaks_on_our_side_is_no_answer(shop: Shop) -> None:
    """A bug is nobody's business; nothing is stored."""

    async def scenario() -> None:
        source = Source()
        source.failing = ArithmeticError("a secret")
        process = shop.process(source)
        for ask in (process.discovers, lambda: process.scores(FIRST)):
            with pytest.raises(FetchFailed) as caught:
                await ask()
            assert "secret" not in str(caught.value)

    shop.run(scenario)
    assert (shop.entries("discovery"), shop.entries("scoring")) == ({}, {})


def test_a_stale_fetch_overwrites_nothing(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who lost its lease to another process stores nothing, and answers with what that one stored."""

    async def scenario() -> None:
        stale, fresh = Source(), Source()
        stale.found = [NOT_THERE]
        stale.go_on.clear()
        one, two = shop.process(stale), shop.process(fresh)
        slow = asyncio.ensure_future(one.discovers())
        slow_score = asyncio.ensure_future(one.scores(FIRST))
        await stale.both_begun()
        with monkeypatch.context() as frozen:
            # Its leases end; it does not notice, as a process that is frozen.
            frozen.setattr(type(one.database.leases), "beat_all", lambda *_: [])
            shop.database.write_now(_end_leases)
            assert await two.discovers() == ([*ASINS], False)
            assert await two.scores(FIRST) == {FIRST: False}
            before = (shop.entries("discovery"), shop.entries("scoring"))
            shop.clock.move(1)
            stale.go_on.set()
            assert await slow == ([*ASINS], False)
            assert await slow_score == {FIRST: False}
        assert (shop.entries("discovery"), shop.entries("scoring")) == before

    shop.run(scenario)


def test_an_unknown_product_is_not_kept_and_not_asked_for_again_and_again(shop: Shop) -> None:
    """It is listed as unknown and in no table; the process remembers it for ten minutes, and then asks again."""

    async def scenario() -> None:
        source = Source()
        process = shop.process(source)
        for _ in range(3):
            assert (await process.scores(NOT_THERE, FIRST))[NOT_THERE] is None
        assert source.asked == [[FIRST, NOT_THERE]]
        shop.clock.move(599)
        assert await process.scores(NOT_THERE) == {NOT_THERE: None}
        shop.clock.move(2)
        assert await process.scores(NOT_THERE) == {NOT_THERE: None}
        assert source.asked == [[FIRST, NOT_THERE], [NOT_THERE]]

    shop.run(scenario)
    assert [row["asin"] for row in shop.entries("scoring").values()] == [FIRST]


def test_who_waits_for_an_unknown_product_in_another_process_hears_of_it(shop: Shop) -> None:
    """It is asked for once, as every other."""

    async def scenario() -> None:
        source = Source()
        source.go_on.clear()
        both = [shop.process(source), shop.process(source)]
        waiting = [asyncio.ensure_future(process.scores(NOT_THERE)) for process in both]
        await source.begun.wait()
        await asyncio.sleep(SO_THAT_ALL_WAIT_S)
        source.go_on.set()
        assert await asyncio.gather(*waiting) == [{NOT_THERE: None}] * 2
        assert source.asked == [[NOT_THERE]]

    shop.run(scenario)


def test_what_was_purged_during_a_fetch_comes_back_fresh(shop: Shop) -> None:
    """A clean-up removes the expired entry while its successor is fetched; what is stored then is the new one."""

    async def scenario() -> None:
        source = Source()
        process = shop.process(source)
        await process.discovers()
        shop.clock.move(24 * 3_600 + 1)
        source.found = [FIRST]
        source.go_on.clear()
        source.begun.clear()
        waiting = asyncio.ensure_future(process.discovers())
        await source.begun.wait()
        assert await process.cache.clean_up() == {"discovery": 1, "scoring": 0}
        source.go_on.set()
        assert await waiting == ([FIRST], False)
        assert await process.discovers() == ([FIRST], True)

    shop.run(scenario)


def test_a_hit_does_not_need_the_source(shop: Shop) -> None:
    """What is valid is served while the source is out of order; other queries fail (PC-10)."""

    async def scenario() -> None:
        source = Source()
        process = shop.process(source)
        await process.discovers()
        source.failing = UpstreamTimeout()
        assert await process.discovers() == ([*ASINS], True)
        with pytest.raises(UpstreamFailed):
            await process.discovers(DiscoverQuery(domain=2))

    shop.run(scenario)


def _end_leases(connection: Connection) -> None:
    """Take all leases from their holders, and give them back."""
    connection.execute(work_leases.update().values(token=work_leases.c.token + 1, holder=""))
