"""Gathers the products for which one request makes a call to the upstream, so that it makes one.

Each product is single-flight work of its own, whoever else asks for it; their makings meet here. The call is made
once each product that the request has to make has come here, or has turned out to be there already or somebody
else's. One that comes later, because another process died over it, waits `LINGER_S` for others of its kind.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

from reference_app.product_cache.sources import Product

LINGER_S: Final = 0.05

Ask = Callable[[Sequence[str]], Awaitable[Mapping[str, Product]]]
"""Asks the upstream for products."""


class Gathering:
    """The products of one request. Used from the event loop only."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._expected: set[str] = set()
        self._complete = False
        self._call: _Call | None = None
        self._late = False

    def expect(self, asin: str) -> None:
        """Wait for this product before any call is made."""
        self._expected.add(asin)

    def without(self, asin: str) -> None:
        """Do not wait for this product any more."""
        self._expected.discard(asin)
        self._look()

    def all_expected(self) -> None:
        """Note that nothing more will be expected."""
        self._complete = True
        self._look()

    async def product(self, asin: str) -> Product | None:
        """Return what the upstream says of the product; None if it does not know it.

        Raises:
            UpstreamFailed: the call failed; all that were in it share the failure.

        """
        if self._call is None:
            self._call = _Call(self._ask)
            if self._late:
                asyncio.get_running_loop().call_later(LINGER_S, self._go)
        call = self._call
        call.asins.append(asin)
        self.without(asin)
        return await call.answer(asin)

    def _look(self) -> None:
        if self._complete and not self._expected and not self._late:
            self._go()

    def _go(self) -> None:
        """Make the call, if there is anything to ask for; who comes from now on is late."""
        self._late = True
        if self._call is not None:
            self._call.make()
            self._call = None


class _Call:
    """One call, and those that wait for it; when none does any more, it is cancelled."""

    def __init__(self, ask: Ask) -> None:
        self.asins: list[str] = []
        self._ask = ask
        self._may_go = asyncio.Event()
        self._waiting = 0
        self._made: asyncio.Task[Mapping[str, Product]] = asyncio.create_task(self._run())
        self._made.add_done_callback(_asked_for)

    def make(self) -> None:
        self._may_go.set()

    async def answer(self, asin: str) -> Product | None:
        self._waiting += 1
        try:
            return (await asyncio.shield(self._made)).get(asin)
        finally:
            self._waiting -= 1
            if not self._waiting:
                self._made.cancel()

    async def _run(self) -> Mapping[str, Product]:
        await self._may_go.wait()
        return await self._ask(self.asins)


def _asked_for(made: asyncio.Future[Any]) -> None:
    """Ask for the failure of a call that nobody waits for any more, lest asyncio call it unnoticed."""
    if not made.cancelled():
        made.exception()
