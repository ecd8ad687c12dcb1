"""Group commit: those who write at the same time share one write and one sync, and nobody waits in the event loop.

What this promises: `do` returns when its events are durable and the state shows them, in one order for all; what
was answered with an error of the log was not acknowledged and is not shown. One group is outstanding at a time:
those who come meanwhile make the next one, and a decision is taken when its group is sealed. With no room, the
group fails and the next one is tried; when the disk has failed, nothing is accepted until a restart (AR-18).

What it does not: it owns no folder, reads no log and makes no snapshots; one event loop uses it.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any, Final, Generic, TypeVar

from reference_app.articles.log.errors import (
    LogBusy,
    LogClosed,
    LogError,
    LogFull,
    LogGone,
    LogOutcomeUnknown,
    LogPoisoned,
)
from reference_app.articles.log.keeping import Durability, Keeper
from reference_app.articles.log.record import Head, Record
from reference_app.articles.log.sealing import Command, Decide, Group, State, ViewT, seal
from reference_app.articles.log.storage import Storage
from reference_app.clock import EPOCH, MICROSECOND, Clock
from reference_app.logs import Log

COMMANDS_WAITING_MAX: Final = 16_384

R = TypeVar("R")


class Writer(Generic[ViewT]):
    """The only one who writes to the log.

    Args:
        storage: the log, whole, ending at `head`.
        state: what the log up to `head` adds up to.
        head: where the log ends.
        clock: the time of events; read once a group.
        log: gets when writing is refused, and when it goes on.
        durability: when an event counts as kept.
        executor: where the storage is used; one thread of the writer's own, if not given.
        on_gone: called there when the log's file is gone, with the head; returns what the log is to say of it.

    """

    def __init__(
        self,
        storage: Storage,
        state: State[ViewT],
        head: Head,
        *,
        clock: Clock,
        log: Log,
        durability: Durability = Durability.FSYNC,
        executor: Executor | None = None,
        on_gone: Callable[[Head], Mapping[str, str]] = lambda _head: {},
    ) -> None:
        self._keeper = Keeper(storage, durability)
        self._state = state
        self._head = head
        self._clock = clock
        self._log = log
        self._listener: Callable[[int], None] = lambda _seq: None
        self._executor = executor or ThreadPoolExecutor(1, thread_name_prefix="event-log")
        self._waiting: deque[Command[ViewT]] = deque()
        self._flushing: asyncio.Task[None] | None = None
        self._closed = False
        self._trouble: LogError | None = None
        self._on_gone = on_gone
        self._rescuing: asyncio.Task[None] | None = None

    @property
    def head(self) -> Head:
        """Where the log ends, counting only what is acknowledged."""
        return self._head

    @property
    def trouble(self) -> LogError | None:
        """Why writing is refused at the moment (LogPoisoned for good, LogFull by the last try), or None."""
        return self._trouble

    async def do(self, decide: Decide[ViewT]) -> list[Record]:
        """Keep what `decide` says, and return it as it stands in the log.

        Raises:
            LogFull: there is no room; nothing of it is kept (507).
            LogPoisoned: the disk has failed before; nothing of it is kept (503).
            LogOutcomeUnknown: the disk has failed; whether it is kept is unknown until a restart (503).
            LogGone: others have moved or changed the log's file before; nothing of it is kept (503).
            LogGoneMeanwhile: they did so while it was written; as LogOutcomeUnknown.
            LogBusy: too many wait already (503).
            LogClosed: the writer is closed (503).
            CommandTooBig: more than can be kept in one go (413).
            Exception: what `decide` raised.

        """
        if self._closed:
            raise LogClosed
        if isinstance(self._trouble, LogPoisoned):
            raise type(self._trouble)
        if len(self._waiting) >= COMMANDS_WAITING_MAX:
            raise LogBusy
        answer: asyncio.Future[list[Record]] = asyncio.get_running_loop().create_future()
        self._waiting.append(Command(decide, answer))
        if self._flushing is None:
            # A task starts when this turn of the event loop is over: all who come in it share a group.
            self._flushing = asyncio.create_task(self._flush())
        return await answer

    def listen(self, listener: Callable[[int], None]) -> None:
        """Call `listener` in the event loop after each group, with its last event's seq; one listener at most."""
        self._listener = listener

    async def look_for_room(self) -> None:
        """If the last try found no room, see whether there is some now: nobody may come to try, for nobody is sent.

        A balancer sends no writes to a server that is not ready, and it is not ready while it is full.
        """
        if not isinstance(self._trouble, LogFull) or self._flushing is not None:
            return
        try:
            await self._in_thread(self._keeper.try_room)
        except OSError:
            return
        self._say_room()

    async def look(self) -> None:
        """While nothing is written, see whether the log's file is there: a server without it is not ready."""
        if self._closed or self._flushing is not None or isinstance(self._trouble, LogPoisoned):
            return
        try:
            await self._in_thread(self._keeper.look, self._head.size)
        except LogPoisoned as error:
            self._poison(error)

    async def checkpoint(self) -> int:
        """Make all that is acknowledged survive a power cut, note its last seq in the manifest, and return it.

        Raises:
            LogPoisoned: the disk has failed, now or before.
            OSError: the manifest could not be written; the one before holds.

        """
        seq = self._head.seq
        try:
            await self._in_thread(self._keeper.note_durable, seq)
        except LogPoisoned as error:
            self._poison(error)
            raise
        return seq

    async def close(self) -> None:
        """Accept nothing more, keep what waits, and rewrite the manifest: a clean stop. Does not close the storage.

        Raises nothing: what cannot be kept has been told to those who wait, and a log without a new manifest is
        whole anyway.
        """
        self._closed = True
        if self._flushing is not None:
            await self._flushing
        if self._rescuing is not None:
            await self._rescuing
        try:
            await self.checkpoint()
        except (LogPoisoned, OSError) as error:
            self._log.warning("log_stopped_without_manifest", reason=str(error))
        self._executor.shutdown()

    async def _flush(self) -> None:
        try:
            while self._waiting:
                await self._flush_group(Group(self._head, self._head))
        finally:
            self._flushing = None

    async def _flush_group(self, group: Group) -> None:
        try:
            await seal(group, self._state.stage(), self._waiting, self._now_us())
            if group.lines:
                await self._in_thread(self._keeper.keep, b"".join(group.lines), group.start.size)
                self._state.apply(group.records)
        except LogFull as error:
            group.fail(LogFull)
            self._say_full(error)
        except BaseException as error:
            # After any surprise it is unknown what log and state hold, and nobody may be left waiting.
            group.fail(type(error) if isinstance(error, LogGone) else LogOutcomeUnknown)
            self._poison(error)
            if not isinstance(error, Exception):
                raise
        else:
            self._succeed(group)

    def _succeed(self, group: Group) -> None:
        self._head = group.head
        if group.lines:
            # Before those who wait are woken, but not called here: what it raises is not to end the flushing.
            asyncio.get_running_loop().call_soon(self._listener, group.head.seq)
        group.succeed()
        if group.lines:
            self._say_room()

    def _say_room(self) -> None:
        if isinstance(self._trouble, LogFull):
            self._trouble = None
            self._log.info("log_has_room_again", last_seq=self._head.seq)

    def _say_full(self, error: LogFull) -> None:
        was, self._trouble = self._trouble, error
        if was is None:
            self._log.error("log_full", last_seq=self._head.seq, reason=str(error.__cause__))

    def _poison(self, error: BaseException) -> None:
        if isinstance(self._trouble, LogPoisoned):
            return
        # Of what comes from now on nothing is written, so that its outcome is known.
        self._trouble = LogGone() if isinstance(error, LogGone) else LogPoisoned()
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.answer.done():
                waiting.answer.set_exception(type(self._trouble)())
        if isinstance(error, LogGone):
            self._log.error("log_gone", last_seq=self._head.seq, reason=error.reason)
            self._rescuing = asyncio.create_task(self._rescue())
        else:
            self._log.error("log_poisoned", last_seq=self._head.seq, reason=repr(error.__cause__ or error))

    async def _rescue(self) -> None:
        """Keep what can be kept of a log whose file is gone, once."""
        try:
            said = await self._in_thread(self._on_gone, self._head)
        except (LogError, OSError) as error:
            self._log.error("log_not_rescued", reason=str(error))
        else:
            self._log.warning("log_rescued", **said)

    def _now_us(self) -> int:
        return (self._clock() - EPOCH) // MICROSECOND

    async def _in_thread(self, call: Callable[..., R], *arguments: Any) -> R:
        return await asyncio.get_running_loop().run_in_executor(self._executor, call, *arguments)
