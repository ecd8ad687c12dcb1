"""Waits for locks that other processes hold: one query for all of a kind, as long as there are any."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from reference_app.database.engine import Database
from reference_app.database.locks import Locks

WATCH_S: Final = 0.1


@dataclass(frozen=True, slots=True)
class Awaited:
    """A lock that somebody waits for: of which kind it is, and the future that is done when it is free."""

    locks: Locks
    free: asyncio.Future[None]


class Watch:
    """The watch of one process, for all its purposes. Used from its event loop only."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._awaited: dict[str, Awaited] = {}
        self._watching: asyncio.Task[None] | None = None

    async def until_free(self, key: str, locks: Locks) -> None:
        """Return when nobody alive holds the lock of `key`. One caller a key at a time."""
        free = asyncio.get_running_loop().create_future()
        self._awaited[key] = Awaited(locks, free)
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._look_on())
        try:
            await free
        finally:
            self._awaited.pop(key, None)

    def close(self) -> None:
        """Stop watching."""
        if self._watching is not None:
            self._watching.cancel()

    async def _look_on(self) -> None:
        while self._awaited:  # Each entry leaves when its lock is free or its waiter gone.
            await asyncio.sleep(WATCH_S)
            kinds: dict[Locks, list[str]] = {}
            for key, awaited in self._awaited.items():
                kinds.setdefault(awaited.locks, []).append(key)
            for locks, keys in kinds.items():
                await self._look_once(locks, keys)

    async def _look_once(self, locks: Locks, keys: list[str]) -> None:
        try:
            held = await self._database.in_thread(lambda: locks.held(keys))
        except Exception:  # noqa: BLE001 - a watch that died would leave its waiters waiting for ever
            # The attempts that follow say what is wrong to those who wait.
            held = set[str]()
        self._let_go(keys, held)

    def _let_go(self, keys: Collection[str], held: Collection[str]) -> None:
        for key in keys:
            awaited = self._awaited.get(key)
            if key not in held and awaited is not None and not awaited.free.done():
                awaited.free.set_result(None)
