"""Asking one upstream: one deadline over all tries, and bounds on everything else.

    keepa = Upstream("keepa", Limits(deadline_s=10), metrics.part(UpstreamMetrics), log)
    answer = await keepa.call(lambda: wire.get_json("/query", parameters, Answer))

What is called is one try: our own `wire`, or somebody's SDK whose errors it turns into `upstream.errors`. A call
ends within its deadline, with the answer or with an `UpstreamFailed`; a caller who is cancelled frees its place. A
try whose code ignores being cancelled cannot be ended, so it would outlive the deadline.

Does not promise that the upstream did nothing when a call fails: a try that timed out may have been carried out,
so what is called must be safe to repeat. Nothing here logs or counts anything that an upstream said.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    stop_after_attempt,
    wait_exception,
    wait_exponential_jitter,
)
from tenacity.stop import stop_base

from reference_app.logs import Log
from reference_app.upstream.breaker import Breaker
from reference_app.upstream.errors import UpstreamBusy, UpstreamFailed, UpstreamTimeout
from reference_app.upstream.limits import Limits
from reference_app.upstream.metrics import BROKEN, CANCELLED, OK, UpstreamMetrics
from reference_app.upstream.places import Places

T = TypeVar("T")


class Upstream:
    """One upstream, as one process asks it. Used from its event loop only."""

    def __init__(
        self,
        name: str,
        limits: Limits,
        metrics: UpstreamMetrics,
        log: Log,
        *,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """Be ready to call.

        Args:
            name: what metrics and logs call it.
            limits: all bounds.
            metrics: of the app.
            log: where failures are said.
            now_s: a clock that nobody sets, for the breaker and for how long the upstream is known to be busy. The
                deadline is the event loop's.

        """
        metrics.begin(name)
        self.name = name
        self._limits = limits
        self._metrics = metrics
        self._log = log
        self._now_s = now_s
        self._busy_until_s = float("-inf")
        self._places = Places(limits.calls_max, limits.waiting_max, metrics.waiting.labels(name).set)
        self._breaker = Breaker(limits.failures_before_open, limits.open_s, now_s, self._told_of_breaker)

    async def call(self, do: Callable[[], Awaitable[T]]) -> T:
        """Return what `do` returns, which is tried until it does, or until that makes no sense any more.

        Raises:
            UpstreamFailed: one of its kinds; the last try's, if there were several. Within the deadline.
            Exception: what `do` raised that says nothing of the upstream; not tried again.

        """
        until = asyncio.get_running_loop().time() + self._limits.deadline_s
        with self._counted() as counted:
            self._refuse_if_busy()
            self._breaker.refuse_if_open()
            async with self._places.one(until):
                self._refuse_if_busy()  # It may have said so while this call waited.
                # One a call, for an object of tenacity's keeps the state of the call.
                found: T = await self._retrying(until)(self._once, do, until, counted)
                return found

    def refuse_if_resting(self) -> None:
        """Fail at once if a call would, without making one; counted as a call that was refused.

        For a caller who would otherwise wait for others before it asks.

        Raises:
            UpstreamResting: the breaker is open.
            UpstreamBusy: the upstream is known to take nothing.

        """
        try:
            self._refuse_if_busy()
            self._breaker.refuse_if_open()
        except UpstreamFailed as failed:
            self._metrics.calls.labels(self.name, failed.kind).inc()
            raise

    def busy_for(self, seconds: float) -> None:
        """Refuse calls for so long: the upstream has said that it would take none."""
        self._busy_until_s = max(self._busy_until_s, self._now_s() + seconds)

    def not_busy(self) -> None:
        """Take calls again: the upstream has shown that it does."""
        self._busy_until_s = float("-inf")

    def _refuse_if_busy(self) -> None:
        left_s = self._busy_until_s - self._now_s()
        if left_s > 0:
            raise UpstreamBusy(wait_s=left_s, because="known to be busy")

    async def _once(self, do: Callable[[], Awaitable[T]], until: float, counted: "_Counted") -> T:
        """Try once. The breaker hears of a try that is ended by its time, and nothing of one that was cancelled."""
        limit_s = self._limits.try_s
        now = asyncio.get_running_loop().time()
        with self._breaker.watching():
            counted.tries += 1
            try:
                async with asyncio.timeout_at(until if limit_s is None else min(until, now + limit_s)):
                    return await do()
            except TimeoutError:
                raise UpstreamTimeout from None
            except UpstreamBusy as busy:
                if busy.wait_s is not None:
                    self.busy_for(busy.wait_s)
                raise

    def _retrying(self, until: float) -> AsyncRetrying:
        """Return how one call is tried again: after what the upstream asks for and a back-off, if that fits."""
        limits = self._limits
        back_off = wait_exponential_jitter(
            multiplier=limits.back_off_s, max=limits.back_off_s_max, jitter=limits.back_off_s
        )
        return AsyncRetrying(
            sleep=asyncio.sleep,
            wait=wait_exception(_asked_for) + back_off,
            stop=stop_after_attempt(limits.tries) | _NoUse(until, self._breaker),
            retry=retry_if_exception(lambda error: isinstance(error, UpstreamFailed) and error.may_pass),
            reraise=True,
        )

    @contextmanager
    def _counted(self) -> "Iterator[_Counted]":
        """Measure the call, and log that it failed; one that was never tried is in the metrics only."""
        begun_s = time.monotonic()
        counted = _Counted()
        outcome = OK
        try:
            yield counted
        except UpstreamFailed as failed:
            outcome = failed.kind
            if counted.tries:
                self._log_failure(failed, counted.tries)
            raise
        except asyncio.CancelledError:
            outcome = CANCELLED
            raise
        except Exception:
            outcome = BROKEN
            raise
        finally:
            self._metrics.calls.labels(self.name, outcome).inc()
            if counted.tries:
                self._metrics.seconds.labels(self.name).observe(time.monotonic() - begun_s)
                self._metrics.retries.labels(self.name).inc(counted.tries - 1)

    def _log_failure(self, failed: UpstreamFailed, tries: int) -> None:
        self._log.warning(
            "upstream.failed",
            upstream=self.name,
            kind=failed.kind,
            because=failed.because,
            tries=tries,
            retry_after_s=failed.retry_after_s,
        )

    def _told_of_breaker(self, is_open: bool) -> None:  # noqa: FBT001 - what a listener hears
        self._metrics.breaker_open.labels(self.name).set(int(is_open))
        self._log.warning("upstream.breaker", upstream=self.name, open=is_open)


@dataclass(slots=True)
class _Counted:
    """How often a call was tried so far."""

    tries: int = 0


class _NoUse(stop_base):
    """Stops trying when the next try would come too late, or when the upstream is left alone by now."""

    def __init__(self, until: float, breaker: Breaker) -> None:
        self._until = until
        self._breaker = breaker

    def __call__(self, state: RetryCallState) -> bool:
        """Say so before the wait."""
        at = asyncio.get_running_loop().time() + state.upcoming_sleep
        return at >= self._until or self._breaker.is_open


def _asked_for(error: BaseException) -> float:
    """Return the seconds that the upstream asked us to wait."""
    return (error.wait_s or 0.0) if isinstance(error, UpstreamFailed) else 0.0
