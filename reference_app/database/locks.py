"""The lock under which one process does one piece of work: what every kind of lock promises.

A lock is taken without waiting, by a key such as `lunar_returns:42`. Its holder beats every `BEAT_S` for as
long as it works; a holder that is killed loses the lock at once, one that is frozen loses it within
`LEASE_S`. What a holder writes is committed by the very transaction that proves that the lock is still its
own, so a holder that lost the lock writes nothing. A failure is published as a number that only counts up, so
that those who wait for the holder learn whether it failed (they share the failure) or died (one of them takes
over).

Two kinds keep the promise: `database.leases`, which needs no connection while it is held, and
`database.advisory`, which is an open transaction of Postgres. They do not see each other, so the work of a key
is always done under the same kind.
"""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from sqlalchemy import Connection

from reference_app.errors import AppError

BEAT_S: Final = 0.2
LEASE_S: Final = 1.2
"""How long a lock outlives its holder's last beat."""

T = TypeVar("T")


class LockLost(AppError):
    """The lock was lost while the work was under way, so nothing was written."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What other processes learn of a failure: its class's name, its message, and when to ask again."""

    name: str = ""
    message: str = ""
    retry_after_s: int | None = None


@dataclass(frozen=True, slots=True)
class Failures:
    """How often the work under a key has failed so far, and how it failed the last time."""

    count: int = 0
    last: Failure = Failure()


class Hold(Protocol):
    """A lock that was taken. One thread at a time uses it."""

    def beat(self) -> None:
        """Show that the holder lives. Raises `LockLost` when the lock has become somebody else's."""

    def finish(self, write: Callable[[Connection], T]) -> T:
        """Commit what `write` does and release the lock, in one transaction; undo both if it raises.

        Raises:
            LockLost: the lock is no longer ours; nothing was written.

        """

    def fail(self, failure: Failure) -> None:
        """Publish that the work failed, and release the lock."""

    def release(self) -> None:
        """Release the lock and write nothing. Harmless after `finish` or `fail`."""


class Locks(Protocol):
    """The locks of one kind in one database."""

    def acquire(self, key: str) -> Hold | None:
        """Take the lock of `key` if it is free; return None at once if somebody holds it."""

    def held(self, keys: Collection[str]) -> set[str]:
        """Return those of `keys` whose lock a live holder has."""


def lock_number(key: str) -> int:
    """Return the advisory lock of `key`: 64 bits of a hash over purpose and id.

    32 bits would collide for two of 100,000 users in 69 % of cases.
    """
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big", signed=True)
