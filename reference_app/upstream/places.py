"""A bound on calls at once, and on those that wait for their turn."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from reference_app.upstream.errors import UpstreamFull


class Places:
    """The places of one upstream, given out in the order in which they are asked for. Used from one event loop."""

    def __init__(
        self, calls_max: int, waiting_max: int, told: Callable[[int], None] = lambda _n: None
    ) -> None:
        """Have `calls_max` places; `told` hears how many wait whenever that changes."""
        self._places = asyncio.Semaphore(calls_max)
        self._waiting_max = waiting_max
        self._waiting = 0
        self._told = told

    @asynccontextmanager
    async def one(self, until: float) -> AsyncIterator[None]:
        """Hold a place for the block, waiting for one until that instant of the event loop's clock.

        Raises:
            UpstreamFull: so many wait already, or no place was free in time.

        """
        await self._take(until)
        try:
            yield
        finally:
            self._places.release()

    async def _take(self, until: float) -> None:
        if not self._places.locked():
            await self._places.acquire()  # Does not wait, so it is not counted.
            return
        if self._waiting >= self._waiting_max:
            raise UpstreamFull
        self._count(1)
        try:
            async with asyncio.timeout_at(until):
                await self._places.acquire()
        except TimeoutError:
            raise UpstreamFull from None
        finally:
            self._count(-1)

    def _count(self, more: int) -> None:
        self._waiting += more
        self._told(self._waiting)
