"""When snapshots are made: one for every so many events, by a child process, one at a time, while all goes on.

What this promises: each time the number of events passes a multiple of `every`, a snapshot is made at the end of
the group that passed it, in order; also of those that were passed while one was being made (AR-15), and at a start
when the server before was killed before one was there. One that cannot be made is said, and the next is tried. No
child outlives `close`.

What it does not: it makes none itself and reads none. Of those that wait, it drops what would be dropped as soon as
it was made.
"""

import asyncio
import sys
from collections import deque
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from reference_app.articles.log import snapshots, snapshotter
from reference_app.articles.log.errors import LogError, SnapshotFailed
from reference_app.logs import Log

SNAPSHOT_S_MAX: Final = 120.0
EVENT_S_MAX: Final = 0.0005
"""A child that takes longer than this, and so much for each event of the log, is killed."""
REASON_CHARACTERS_MAX: Final = 500


class SnapshotSchedule:
    """The snapshots of one folder. Used in one event loop.

    Args:
        folder: the log's folder.
        every: a snapshot for so many events; 0 for none.
        state: the state's class, as `package.module:Class`; the child imports it.
        seq: the event of the snapshot that there is at the start, -1 for none.
        checkpoint: makes the log durable and notes it (`Writer.checkpoint`): a log shorter than its snapshot would
            be refused.
        log: gets what was made, and what could not be.

    """

    def __init__(
        self,
        folder: Path,
        *,
        every: int,
        state: str,
        seq: int,
        checkpoint: Callable[[], Awaitable[int]],
        log: Log,
    ) -> None:
        self._folder = folder
        self._every = every
        self._state = state
        self._seq = seq
        self._checkpoint = checkpoint
        self._log = log
        self._due: deque[int] = deque(maxlen=snapshots.KEPT)
        self._making: asyncio.Task[None] | None = None
        self._closed = False

    def noticed(self, seq: int) -> None:
        """Take note that the log is durable up to `seq`, where a group ends; see `Writer.listen`."""
        is_due = self._every > 0 and (seq + 1) // self._every > (self._seq + 1) // self._every
        self._seq = seq
        if not is_due or self._closed:
            return
        self._due.append(seq)
        if self._making is None:
            self._making = asyncio.create_task(self._make_all())

    async def wait(self) -> None:
        """Return when nothing is being made any more."""
        if self._making is not None:
            await asyncio.wait([self._making])

    async def close(self) -> None:
        """Make no more; kill the child that makes one: what it leaves is the snapshots of before."""
        self._closed = True
        if self._making is not None:
            self._making.cancel()
            await asyncio.wait([self._making])

    async def _make_all(self) -> None:
        try:
            while self._due:
                await self._make(self._due.popleft())
        finally:
            self._making = None

    async def _make(self, seq: int) -> None:
        try:
            await self._checkpoint()
            await self._run_child(seq)
        except (LogError, OSError) as error:
            self._log.warning("snapshot_failed", seq=seq, reason=str(error))
        else:
            self._log.info("snapshot_made", seq=seq)

    async def _run_child(self, seq: int) -> None:
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            *(*snapshotter.COMMAND, str(self._folder), str(seq), self._state),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        limit_s = SNAPSHOT_S_MAX + EVENT_S_MAX * seq
        try:
            _, said = await asyncio.wait_for(child.communicate(), limit_s)
        except TimeoutError:
            raise SnapshotFailed(f"The snapshot was not made within {limit_s:g} s.") from None
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
        if child.returncode != 0:
            reason = said.decode(errors="replace").strip()[-REASON_CHARACTERS_MAX:]
            raise SnapshotFailed(reason or f"The snapshotter ended with {child.returncode}.")
