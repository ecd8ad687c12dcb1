"""Beats for every lease that this process holds: one transaction each `BEAT_S`, however many they are.

A beat that the database does not take is tried again with the next one. Whether the lease was lost meanwhile is
not for the clock to say: its token does, when a beat or the holder's write gets through.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from reference_app.database.engine import Database
from reference_app.database.leases import LeaseHold
from reference_app.database.locks import BEAT_S


class Heart:
    """The heart of one process. Used from its event loop only; beats in the database's threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held: dict[LeaseHold, asyncio.Future[None]] = {}
        self._beating: asyncio.Task[None] | None = None

    @contextmanager
    def beating_for(self, hold: LeaseHold) -> Iterator[asyncio.Future[None]]:
        """Beat for `hold` in this block. What is given is done when the lease has become somebody else's."""
        lost = asyncio.get_running_loop().create_future()
        self._held[hold] = lost
        if self._beating is None or self._beating.done():
            self._beating = asyncio.create_task(self._beat_on())
        try:
            yield lost
        finally:
            # Before the holder writes: a beat that waited for its transaction would keep all others waiting.
            del self._held[hold]
            lost.cancel()

    def close(self) -> None:
        """Stop beating."""
        if self._beating is not None:
            self._beating.cancel()

    async def _beat_on(self) -> None:
        while self._held:  # Each leaves when its making has ended, which is bounded.
            await asyncio.sleep(BEAT_S)
            await self._beat_once(list(self._held))

    async def _beat_once(self, holds: list[LeaseHold]) -> None:
        try:
            gone = await self._database.in_thread(lambda: self._database.leases.beat_all(holds))
        except Exception:  # noqa: BLE001 - a heart that stopped would lose every lease of this process
            return
        for hold in gone:
            lost = self._held.get(hold)
            if lost is not None and not lost.done():
                lost.set_result(None)
