"""One deadline over all tries, and which failures are tried again (PC-10)."""

import asyncio
import time
from typing import Any, Final

import pytest

from reference_app.upstream.errors import (
    UpstreamBusy,
    UpstreamFailed,
    UpstreamMalformed,
    UpstreamRejected,
    UpstreamTimeout,
    UpstreamUnavailable,
)
from tests.reference_app.upstream import stub
from tests.reference_app.upstream.stub import Answers, Asking, Stub, run, says

LATE_S: Final = 3.0
"""How much later than its deadline a call may end on a machine that others use."""
PASSING: Final = (408, 429, 500, 502, 503, 504, 529)
PERMANENT: Final = (301, 304, 400, 401, 402, 403, 404, 405, 422)


async def _failure(asking: Asking, kind: Any = object) -> tuple[UpstreamFailed, float]:
    """Return how asking failed, and after how many seconds."""
    begun_s = time.monotonic()
    with pytest.raises(UpstreamFailed) as caught:
        await asking.ask(kind)
    return caught.value, time.monotonic() - begun_s


@pytest.mark.parametrize("answers", [stub.hangs, stub.hangs_in_the_body, stub.drips, stub.drips_a_head])
def test_a_call_ends_with_its_deadline(answers: Answers) -> None:
    """Whatever comes, or does not: a limit for each read would be outlived by what drips."""

    async def scenario() -> None:
        async with Stub(answers) as upstream, Asking(upstream.url, deadline_s=0.6) as asking:
            failed, took_s = await _failure(asking)
            assert type(failed) is UpstreamTimeout
            assert 0.5 <= took_s < 0.6 + LATE_S
            assert upstream.asked == 1
            assert asking.outcome("timeout") == 1
            assert asking.count("upstream_seconds_count") == 1

    run(scenario)


def test_a_try_with_a_bound_of_its_own_leaves_time_for_another() -> None:
    """The first hangs, the second answers; all within one deadline."""

    async def scenario() -> None:
        async with Stub(stub.hangs, says(7)) as upstream, Asking(upstream.url, try_s=0.3) as asking:
            assert await asking.ask() == 7
            assert (upstream.asked, asking.count("upstream_retries_total")) == (2, 1)

    run(scenario)


def test_tries_that_hang_end_with_the_deadline() -> None:
    """However many tries there would be."""

    async def scenario() -> None:
        limits: dict[str, Any] = {"try_s": 0.3, "deadline_s": 0.8, "tries": 50}
        async with Stub(stub.hangs) as upstream, Asking(upstream.url, **limits) as asking:
            failed, took_s = await _failure(asking)
            assert (type(failed), upstream.asked in {2, 3}) == (UpstreamTimeout, True)
            assert took_s < 0.8 + LATE_S

    run(scenario)


@pytest.mark.parametrize(
    "passing",
    [*(says(status=status) for status in PASSING), stub.leaves, stub.cuts, stub.cuts_a_chunk, stub.mumbles],
)
def test_what_may_pass_is_tried_again(passing: Answers) -> None:
    """Two failures and then an answer: three requests, which is what was allowed."""

    async def scenario() -> None:
        async with Stub(passing, passing, says([1])) as upstream, Asking(upstream.url, tries=3) as asking:
            assert await asking.ask(list[int]) == [1]
            assert upstream.asked == 3
            assert asking.count("upstream_retries_total") == 2
            assert (asking.outcome("ok"), asking.log()) == (1, [])

    run(scenario)


def test_there_are_as_many_tries_as_are_allowed() -> None:
    """The last failure is the call's, and the log says how many tries it took."""

    async def scenario() -> None:
        async with Stub(says(status=502)) as upstream, Asking(upstream.url, tries=4) as asking:
            failed, _ = await _failure(asking)
            assert (type(failed), upstream.asked) == (UpstreamUnavailable, 4)
            [record] = asking.log()
            found = {name: record[name] for name in ("event", "upstream", "kind", "because", "tries")}
            assert found == {
                "event": "upstream.failed", "upstream": "toys", "kind": "unavailable",
                "because": "status 502", "tries": 4,
            }  # fmt: skip

    run(scenario)


def test_where_nobody_listens_it_is_unavailable() -> None:
    """The stub is gone, and its port refuses."""

    async def scenario() -> None:
        async with Stub(says()) as upstream:
            url = upstream.url
        async with Asking(url) as asking:
            failed, _ = await _failure(asking)
            assert (type(failed), failed.because) == (UpstreamUnavailable, "ConnectError")
            assert asking.count("upstream_retries_total") == 2

    run(scenario)


@pytest.mark.parametrize("status", PERMANENT)
def test_what_stays_is_never_tried_again(status: int) -> None:
    """Not even where the upstream says when to come back; and no redirect is followed."""

    async def scenario() -> None:
        answers = says(status=status, retry_after="0", location="/elsewhere")
        async with Stub(answers) as upstream, Asking(upstream.url) as asking:
            failed, _ = await _failure(asking)
            assert (type(failed), upstream.asked) == (UpstreamRejected, 1)
            assert failed.because == f"status {status}"

    run(scenario)


def test_what_cannot_be_understood_is_not_tried_again() -> None:
    """It would be the same once more, and an upstream may be paid by the call."""

    async def scenario() -> None:
        async with Stub(says(b"<html>")) as upstream, Asking(upstream.url) as asking:
            assert type((await _failure(asking))[0]) is UpstreamMalformed
            assert upstream.asked == 1

    run(scenario)


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_waited_for(status: int) -> None:
    """The next try comes when the upstream has asked for it, not when the back-off would be over."""

    async def scenario() -> float:
        busy = says(status=status, retry_after="1")
        async with Stub(busy, says(5)) as upstream, Asking(upstream.url) as asking:
            begun_s = time.monotonic()
            assert await asking.ask() == 5
            return time.monotonic() - begun_s

    assert run(scenario) >= 1.0


def test_a_wait_that_does_not_fit_fails_at_once() -> None:
    """With what the upstream asked for, as `Retry-After` for those who asked us."""

    async def scenario() -> None:
        busy = says(status=429, retry_after="30")
        async with Stub(busy) as upstream, Asking(upstream.url, deadline_s=10.0) as asking:
            failed, took_s = await _failure(asking)
            assert (type(failed), failed.retry_after_s, upstream.asked) == (UpstreamBusy, 30, 1)
            assert took_s < LATE_S

    run(scenario)


def test_a_back_off_that_does_not_fit_fails_at_once() -> None:
    """The upstream's failure is what is said, and not that there was no time left."""

    async def scenario() -> None:
        limits: dict[str, Any] = {"deadline_s": 4.0, "back_off_s": 30.0, "back_off_s_max": 60.0}
        async with Stub(says(status=500)) as upstream, Asking(upstream.url, **limits) as asking:
            failed, took_s = await _failure(asking)
            assert (type(failed), upstream.asked) == (UpstreamUnavailable, 1)
            assert took_s < LATE_S

    run(scenario)


def test_while_it_is_known_to_be_busy_nothing_is_asked() -> None:
    """It said for how long; after that it is asked again."""
    now = [100.0]

    async def scenario() -> None:
        answers = says(status=429, retry_after="30"), says(8)
        async with Stub(*answers) as upstream, Asking(upstream.url, now_s=lambda: now[0]) as asking:
            await _failure(asking)
            now[0] += 12.5
            failed, _ = await _failure(asking)
            assert (type(failed), failed.retry_after_s, upstream.asked) == (UpstreamBusy, 18, 1)
            assert asking.outcome("busy") == 2
            assert len(asking.log()) == 1, "what was not tried is in the metrics only"
            now[0] += 17.5
            assert await asking.ask() == 8

    run(scenario)


def test_a_failure_of_our_own_says_nothing_of_the_upstream() -> None:
    """It comes through as what it is, once, and the breaker stays closed."""

    async def scenario() -> None:
        async with Asking("http://127.0.0.1:9", failures_before_open=1) as asking:
            for _ in range(3):
                with pytest.raises(ZeroDivisionError):
                    await asking.upstream.call(_divide_by_zero)
            assert (asking.outcome("broken"), asking.count("upstream_breaker_open")) == (3, 0)

    run(scenario)


async def _divide_by_zero() -> float:
    await asyncio.sleep(0)
    return 1 / 0
