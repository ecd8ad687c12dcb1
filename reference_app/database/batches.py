"""Many requests that ask the same kind of thing at the same time are asked for together.

While one batch is under way the next collects: the busier a process is, the larger its batches. Who comes alone
waits for nobody. Each request hears its own answer, or its own error; an error of the batch is everybody's.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, TypeVar

from reference_app.errors import DatabaseUnavailable

BATCH_MAX: Final = 64

K = TypeVar("K")
V = TypeVar("V")


class Batches(Generic[K, V]):
    """Asks one batch after the other. Used from one event loop."""

    def __init__(
        self, ask: Callable[[Sequence[K]], Awaitable[Sequence[V | Exception]]], *, wait_s_max: float
    ) -> None:
        """`ask` returns an answer, or an error, for each of at most BATCH_MAX that it gets, in their order."""
        self._ask = ask
        self._wait_s_max = wait_s_max
        self._waiting: deque[tuple[K, asyncio.Future[V]]] = deque()
        self._asking: asyncio.Task[None] | None = None

    async def one(self, asked: K) -> V:
        """Return the answer for one of a batch.

        Raises:
            DatabaseUnavailable: it did not come in time.
            Exception: what came in place of an answer, or what `ask` raised.

        """
        answer: asyncio.Future[V] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, answer))
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask_on())
        try:
            async with asyncio.timeout(self._wait_s_max):
                return await answer
        except TimeoutError:
            raise DatabaseUnavailable from None

    async def _ask_on(self) -> None:
        while batch := self._next():
            try:
                answers = await self._ask([asked for asked, _ in batch])
            except Exception as error:  # noqa: BLE001 - it is for those who wait
                answers = [error] * len(batch)
            for (_, answer), found in zip(batch, answers, strict=True):
                if answer.done():  # nobody waits for it any more
                    continue
                if isinstance(found, Exception):
                    answer.set_exception(found)
                else:
                    answer.set_result(found)

    def _next(self) -> list[tuple[K, asyncio.Future[V]]]:
        """Take the next of those who still wait."""
        batch: list[tuple[K, asyncio.Future[V]]] = []
        while self._waiting and len(batch) < BATCH_MAX:
            asked, answer = self._waiting.popleft()
            if not answer.done():
                batch.append((asked, answer))
        return batch
