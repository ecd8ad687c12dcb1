"""A group's bytes reach the disk, or leave no trace, or nothing is ever kept again.

What this promises: `keep` returns when the bytes are as durable as was asked for. When there is no room it undoes
what it wrote and raises LogFull. After any other error, after any error of a sync (which is never tried again: the
kernel forgets what it failed to write) or of that undoing, every call raises LogPoisoned, for good. So it does
(LogGone) when the file that was written to is not the log's any more, before or afterwards.

What it does not: it does not know what the bytes say, nor who waits for them.
"""

import errno
import os
import resource
from enum import StrEnum
from typing import Final

from reference_app.articles.log import manifest
from reference_app.articles.log.errors import LogFull, LogGone, LogGoneMeanwhile, LogPoisoned
from reference_app.articles.log.storage import Storage

ROOM: Final = "room.probe"
ROOM_BYTES: Final = 64 * 1024
NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Durability(StrEnum):
    """When an event counts as kept."""

    FSYNC = "fsync"
    """When it would survive a power cut."""
    FLUSH = "flush"
    """When it would survive the death of the process (AR-17)."""


class Keeper:
    """Keeps bytes in a storage. One thread uses it at a time."""

    def __init__(self, storage: Storage, durability: Durability) -> None:
        self._storage = storage
        self._durability = durability
        self._poisoned: LogPoisoned | None = None

    def keep(self, data: bytes, start: int) -> None:
        """Append `data` at byte `start`, the log's end.

        Raises:
            LogFull: there is no room; the log ends at `start` as before, durably.
            LogPoisoned: the disk failed; what is on it will be known after a restart.
            LogGone: others have moved or changed the file before; nothing was written.
            LogGoneMeanwhile: they have while this was written; it may be kept.

        """
        self.look(start)  # behind what others have added nothing would be found again
        try:
            self._storage.append(data)
        except OSError as error:
            if error.errno not in NO_ROOM:
                raise self._poison() from error
            self._undo(start)
            raise LogFull from error
        if self._durability is Durability.FSYNC:
            self._sync()
        try:
            self.look(start + len(data))
        except LogGone as gone:
            meanwhile = LogGoneMeanwhile()
            meanwhile.reason = gone.reason
            raise meanwhile from gone

    def look(self, size: int) -> None:
        """See whether the log's file lies where it was opened and has `size` bytes; raise as `keep` does."""
        self._refuse_if_poisoned()
        try:
            wrong = self._storage.wrong(size)
        except OSError as error:
            raise self._poison() from error
        if wrong:
            gone = LogGone()
            gone.reason = wrong
            raise self._poison(gone)

    def note_durable(self, seq: int) -> None:
        """Make everything kept survive a power cut, and write down that the log reaches `seq` at least.

        Raises:
            LogPoisoned: as for `keep`.
            OSError: the note could not be written; the one before holds, and nothing else is the matter.

        """
        self._refuse_if_poisoned()
        if self._durability is Durability.FLUSH:
            self._sync()
        if seq >= 0:
            manifest.save(self._storage, seq)

    def try_room(self) -> None:
        """Return when there is room for something, at least; raise OSError when there is none. Keeps nothing."""
        self._storage.put(ROOM, bytes(ROOM_BYTES))
        self._storage.delete(ROOM)
        # The probe is a small file, and the log may be as large as this process is allowed to make one.
        allowed = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
        if allowed != resource.RLIM_INFINITY and self._storage.size() + ROOM_BYTES > allowed:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))

    def _undo(self, start: int) -> None:
        try:
            self._storage.truncate(start)
        except OSError as error:
            raise self._poison() from error
        self._sync()

    def _sync(self) -> None:
        try:
            self._storage.sync()
        except OSError as error:
            raise self._poison() from error

    def _poison(self, error: LogPoisoned | None = None) -> LogPoisoned:
        self._poisoned = error or LogPoisoned()
        return self._poisoned

    def _refuse_if_poisoned(self) -> None:
        if self._poisoned:
            raise type(self._poisoned)
