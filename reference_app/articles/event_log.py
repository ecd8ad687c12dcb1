"""The articles' event log of one server: owned, replayed, written to, and closed.

    own ──▶ open (in a thread: newest snapshot, then the log after it) ──▶ do … ──▶ close (manifest, owner)

What this promises: nothing is read or kept before the replay is done; one that is refused leaves the log as it was
and is reported to the callback that was given for that. An orderly end of the process closes what is open.

What it does not: it knows the parts in `log` and puts them together; each promise is kept by one of them.
"""

import asyncio
import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from reference_app.articles.errors import LogReplaying, LogUnreadable
from reference_app.articles.log import owner, rescuing, snapshots
from reference_app.articles.log.errors import FolderUnusable, LogFull, LogGone, LogPoisoned
from reference_app.articles.log.keeping import Durability
from reference_app.articles.log.record import Head, Record
from reference_app.articles.log.recovery import ReplayStopped, recover
from reference_app.articles.log.sealing import Decide
from reference_app.articles.log.snapshot_schedule import SnapshotSchedule
from reference_app.articles.log.storage import FolderStorage
from reference_app.articles.log.writer import Writer
from reference_app.articles.settings import ArticlesSettings, log_folder
from reference_app.articles.state import ArticlesState, StagedArticles
from reference_app.clock import Clock
from reference_app.logs import Log
from reference_app.settings import Settings

TROUBLES: Final = {
    type(None): "",
    LogFull: "event log full",
    LogPoisoned: "event log failed",
    LogGone: "event log gone",
}
STATE: Final = f"{ArticlesState.__module__}:{ArticlesState.__name__}"
"""As the snapshotter imports it."""


class EventLog:
    """The log in one folder. Used in one event loop, from `start` to `close`.

    Args:
        folder: where it lies; made if need be.
        durability: when an event counts as kept.
        snapshot_every: a snapshot for so many events; 0 for none.
        clock: the time of events.
        log: gets what was found, and what goes wrong.

    """

    def __init__(
        self, folder: Path, *, durability: Durability, snapshot_every: int, clock: Clock, log: Log
    ) -> None:
        self._folder = folder
        self._durability = durability
        self._snapshot_every = snapshot_every
        self._clock = clock
        self._log = log
        self._owner: owner.Owner | None = None
        self._opening: asyncio.Task[None] | None = None
        self._open: _Open | None = None
        self._stopping = threading.Event()
        self.refusal: Exception | None = None
        """Why the log was not opened: a LogError, or whatever else was raised."""

    @property
    def state(self) -> ArticlesState:
        """What is durable. Raises LogReplaying."""
        return self._opened().state

    async def trouble(self) -> str:
        """Return why nothing can be kept at the moment, in a few words; empty when it can."""
        if self._open is None:
            return "event log replaying"
        await self._open.writer.look_for_room()
        await self._open.writer.look()
        return TROUBLES[type(self._open.writer.trouble)]

    @property
    def is_opening(self) -> bool:
        """Whether it will be known soon if the log can be used."""
        return self._open is None and self.refusal is None

    def own(self) -> None:
        """Take the folder, unless it is taken by this already. Raises FolderOwned, FolderUnusable."""
        if self._owner is None:
            self._owner = owner.take(self._folder)

    def start(self, refused: Callable[[], None]) -> None:
        """Begin to open the log; `refused` is called when it cannot be."""
        self._opening = asyncio.create_task(self._open_or_tell(refused))

    async def do(self, decide: Decide[StagedArticles]) -> list[Record]:
        """Keep what `decide` says; see `Writer.do` for what it raises, and LogReplaying."""
        return await self._opened().writer.do(decide)

    async def figures(self) -> dict[str, Any]:
        """Return events, by_type, bytes, last_seq, snapshots and durability. Raises LogReplaying, LogUnreadable."""
        opened = self._opened()
        head, by_type = opened.writer.head, dict(opened.state.by_type)
        loop = asyncio.get_running_loop()
        try:
            found = await loop.run_in_executor(None, snapshots.seqs, opened.storage)
        except OSError as error:
            raise LogUnreadable from error
        return {
            "events": head.seq + 1,
            "by_type": by_type,
            "bytes": head.size,
            "last_seq": head.seq,
            "snapshots": found,
            "durability": self._durability,
        }

    async def close(self) -> None:
        """Keep what waits, note how far the log reaches, and give the folder back; what is replayed is left."""
        self._stopping.set()
        if self._opening is not None:
            await self._opening
        if self._open is not None:
            await self._open.close()
            self._open = None
        if self._owner is not None:
            self._owner.release()
            self._owner = None

    def _opened(self) -> "_Open":
        if self._open is None:
            raise LogReplaying
        return self._open

    async def _open_or_tell(self, refused: Callable[[], None]) -> None:
        try:
            self.own()
            replayed = await asyncio.to_thread(self._replay)
        except ReplayStopped:
            self._log.info("event_log_replay_stopped")
            return
        except Exception as error:  # noqa: BLE001 - the caller gets it, whatever it is
            self.refusal = self._told(error)
            self._log.error("event_log_refused", reason=str(self.refusal))
            refused()
            return
        self._open = self._put_together(replayed)
        head, articles = replayed.head, len(replayed.state)
        self._log.info("event_log_open", events=head.seq + 1, bytes=head.size, articles=articles)

    def _told(self, error: Exception) -> Exception:
        """Return what stands against the log as an operator should read it."""
        if isinstance(error, OSError):
            told = FolderUnusable(f"The log's folder {self._folder} cannot be used: {error.strerror}.")
            told.__cause__ = error
            return told
        return error

    def _replay(self) -> "_Replayed":
        """Read it all, in a thread. Raises LogError, OSError."""
        storage = FolderStorage(self._folder)
        try:
            with _without_gc():
                loaded = snapshots.load_newest(storage, ArticlesState)
                recovered = recover(
                    storage,
                    loaded.state.apply,
                    snapshot=loaded.snapshot,
                    is_stopped=self._stopping.is_set,
                )
        except BaseException:
            storage.close()
            raise
        for note in (*loaded.notes, *recovered.notes):
            self._log.warning("event_log_note", note=note)
        return _Replayed(
            storage, loaded.state, recovered.head, loaded.snapshot.seq if loaded.snapshot else -1
        )

    def _put_together(self, replayed: "_Replayed") -> "_Open":
        storage, state, head, snapshot_seq = replayed
        writer = Writer(
            storage,
            state,
            head,
            clock=self._clock,
            log=self._log,
            durability=self._durability,
            on_gone=partial(rescuing.rescue, storage, self._folder),
        )
        schedule = SnapshotSchedule(
            self._folder, every=self._snapshot_every, state=STATE, seq=snapshot_seq,
            checkpoint=writer.checkpoint, log=self._log,
        )  # fmt: skip
        writer.listen(schedule.noticed)
        schedule.noticed(head.seq)
        return _Open(storage, state, writer, schedule)


class _Replayed(NamedTuple):
    """What a replay ends with."""

    storage: FolderStorage
    state: ArticlesState
    head: Head
    snapshot_seq: int
    """The event of the snapshot that it began with, -1 for none."""


class _Open:
    """What there is once the log is open."""

    def __init__(
        self,
        storage: FolderStorage,
        state: ArticlesState,
        writer: Writer[StagedArticles],
        schedule: SnapshotSchedule,
    ) -> None:
        self.storage = storage
        self.state = state
        self.writer = writer
        self._schedule = schedule

    async def close(self) -> None:
        await self._schedule.close()
        await self.writer.close()
        self.storage.close()


@contextmanager
def _without_gc() -> Iterator[None]:
    """Leave the garbage collector out of a replay, in which nothing is garbage: it takes half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def event_log_of(settings: Settings, *, clock: Clock, log: Log) -> EventLog:
    """Return the log of a server with these settings, not owned yet."""
    ours = settings.of(ArticlesSettings)
    return EventLog(
        log_folder(settings),
        durability=Durability(ours.event_log_durability),
        snapshot_every=ours.event_log_snapshot_every,
        clock=clock,
        log=log,
    )
