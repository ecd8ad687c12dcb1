"""A clean-up: removes what has expired from both caches, a batch a transaction, and says what it removed.

What expires while it runs is left to the next one: so it removes exactly what had expired when it began, less what
was refreshed before it came there (PC-2).
"""

from typing import Any, Final

from reference_app.clock import Clock
from reference_app.database.engine import Database
from reference_app.product_cache import store
from reference_app.product_cache.tables import CACHES, CacheName

ENTRIES_AT_ONCE: Final = 1_000
PURPOSES: Final = ("product_discovery", "product_scoring")
"""Under these names products are found and scored once for all who ask; so their locks begin."""


class CleanUp:
    """One run. `step` while it is `going`."""

    def __init__(self, clock: Clock, *, entries_at_once: int = ENTRIES_AT_ONCE) -> None:
        self._began_at = clock()
        self._entries_at_once = entries_at_once
        self._left: list[CacheName] = list(CACHES)
        self._after = ""
        self.removed: Final[dict[str, int]] = dict.fromkeys(CACHES, 0)
        """How many entries were removed so far."""

    @property
    def going(self) -> bool:
        """Whether there may be more to remove."""
        return bool(self._left)

    async def run(self, database: Database) -> dict[str, int]:
        """Remove all there is to be removed; return how many entries that were."""
        while self.going:
            self.note(await database.write(self.step))
        return self.removed

    def step(self, connection: Any) -> list[str]:
        """Remove the next batch, in the caller's transaction; return its keys, for `note`."""
        return store.remove_expired(
            connection, self._left[0], self._began_at, self._after, self._entries_at_once
        )

    def note(self, keys: list[str]) -> CacheName:
        """Count a batch whose transaction was committed; return the cache that it was of."""
        cache = self._left[0]
        self.removed[cache] += len(keys)
        if len(keys) == self._entries_at_once:
            self._after = keys[-1]
        else:
            self._left.pop(0)
            self._after = ""
        return cache
