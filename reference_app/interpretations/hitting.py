"""Level 1: what Claude wrote before, and its hit counted in the statement that reads it.

Requests for the same text at the same time are one transaction, which counts all of them. Otherwise each would wait
for the row until the one before has committed: a text that many read would be read as often as a disk can sync.
Requests for different texts do not wait for each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from reference_app.callers import Caller
from reference_app.database.batches import Batches
from reference_app.database.engine import Database
from reference_app.errors import NotAuthenticated
from reference_app.interpretations import store
from reference_app.interpretations.store import Stored
from reference_app.returns import Return, Returns

if TYPE_CHECKING:
    from sqlalchemy import Connection

Found = tuple[Return | None, Stored | None]
"""The return, and what is stored of it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which text: of a user's return, of a month or the current one, and its subject, language and version."""

    user_id: int
    month: str | None
    of: tuple[str, str, int]


@dataclass(slots=True)
class _Read:
    """A text that is being read, and by how many requests."""

    batches: Batches[Caller, Found]
    requests: int = 0


class Hits:
    """Finds stored texts. Used from one event loop."""

    def __init__(self, database: Database, returns: Returns, *, wait_s_max: float) -> None:
        """A request waits `wait_s_max` seconds for the database."""
        self._database = database
        self._returns = returns
        self._wait_s_max = wait_s_max
        self._read: dict[Wanted, _Read] = {}

    async def one(self, who: Caller, wanted: Wanted) -> Found:
        """Return the user's return and the text, whose hit is counted.

        Raises:
            NotAuthenticated: the caller is gone.
            DatabaseUnavailable: it cannot be reached, or it took too long.

        """
        read = self._read.get(wanted)
        if read is None:
            batches = Batches(partial(self._ask, wanted), wait_s_max=self._wait_s_max)
            read = self._read[wanted] = _Read(batches)
        read.requests += 1
        try:
            return await read.batches.one(who)
        finally:
            read.requests -= 1
            if not read.requests:
                self._read.pop(wanted, None)

    async def _ask(self, wanted: Wanted, callers: Sequence[Caller]) -> Sequence[Found]:
        found = await self._database.write(_hit, self._returns, wanted, callers)
        return [found] * len(callers)


def _hit(connection: "Connection", returns: Returns, wanted: Wanted, callers: Sequence[Caller]) -> Found:
    """Look the user up, once for all these requests of theirs, and find what they want."""
    Caller.look_up_all(connection, callers)
    if not all(caller.is_known for caller in callers):
        raise NotAuthenticated
    return store.hit(connection, returns, wanted.user_id, wanted.month, wanted.of, times=len(callers))
