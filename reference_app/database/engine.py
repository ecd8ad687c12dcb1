"""The database as the systems see it: work on a connection, done where it holds up nobody.

A piece of work is a plain function of a SQLAlchemy connection, the same for a request (which awaits `read` or
`write`) and for a generation (which calls `read_now` in its own thread). Reads and writes have threads and
connections of their own, so that writers who wait for each other keep no reader waiting (SV-15). Why threads and
not an async driver: `docs/decisions/0002-database-work-in-threads.md`.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from reference_app.clock import Clock
from reference_app.database import dialects
from reference_app.database.beats import Ticks
from reference_app.database.errors import Conflict
from reference_app.database.few_threads import FewThreads
from reference_app.database.file_leases import FileLeases
from reference_app.database.file_watch import FileWatch
from reference_app.database.group_writes import GroupWrites
from reference_app.database.leases import LeaseLocks
from reference_app.database.loop_reads import NotInLoop
from reference_app.database.sqlite_files import FILES, FilesGone
from reference_app.database.turns import begun
from reference_app.database.urls import parse_database_url
from reference_app.errors import DatabaseUnavailable, OutcomeUnknown
from reference_app.logs import Log

P = ParamSpec("P")
T = TypeVar("T")


class Database:
    """One database, its threads and its locks.

    `locks` are for work that keeps a thread busy until it is done, and may keep a connection too; `leases` are
    for work that is awaited, and keep neither.
    """

    def __init__(
        self,
        url: str,
        *,
        clock: Clock,
        threads: int,
        holders: int,
        wait_s_max: float,
        statement_s_max: float | None = None,
        ticks: Ticks = time.monotonic_ns,
    ) -> None:
        """Open `url` for `threads` reads, as many writes, and `holders` long pieces of work in threads at a time.

        A statement may take `statement_s_max` seconds, with its waits for other transactions; None for what suits a
        server. `ticks` is what holders of leases beat with where they do so in files.

        Raises:
            SettingsRefused: the URL is not one of a supported database.

        """
        parsed = parse_database_url(url)
        dialect = dialects.of_url(parsed)
        # One more, which watches the files where there are any.
        self._engine = dialect.open(parsed, threads + holders + 1, wait_s_max, statement_s_max)
        # One more, which the event loop keeps.
        self._reading = dialect.open_to_read(parsed, threads + 1, wait_s_max, statement_s_max)
        self._loop_reads = dialect.loop_reads(self._reading)
        beats = dialect.beats(self._engine, ticks)
        self.leases = FileLeases(self._engine, clock, beats) if beats else LeaseLocks(self._engine, clock)
        self.locks = dialect.locks(self._engine, self.leases)
        self._writing = self._engine.execution_options(writes=True)
        self._each_alone = dialect.each_alone(self._writing)
        self._readers = FewThreads(threads, "database-reader")
        self._writers = FewThreads(threads, "database-writer")
        self._group_writes = GroupWrites(self._writing) if dialect.one_writer else None
        self._workers = ThreadPoolExecutor(threads, thread_name_prefix="database-worker")
        self._wait_s_max = wait_s_max

    async def read(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Return what `work` reads.

        On SQLite it is one moment's, and is read in the event loop where that is short; else in a thread, and
        `work` may be begun twice. On Postgres each statement sees what is committed by then.

        Raises:
            DatabaseUnavailable: the database cannot be reached, or it took too long.

        """
        if self._loop_reads is not None:
            try:
                with _said_plainly():
                    return self._loop_reads.read(work, *args, **kwargs)
            except NotInLoop:
                pass
        return await self._waited_for(self._readers.run(lambda: self._read_in_thread(work, *args, **kwargs)))

    async def write(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Return what `work` returns, once what it wrote is committed; if it raises, nothing is written.

        Raises:
            Conflict: a rule of the database forbids what `work` wrote.
            DatabaseUnavailable: the database cannot be reached, or it took too long; nothing is written, nor will
                be.
            OutcomeUnknown: the same, in the middle of the commit; it may be written.

        """
        return await self._written(self._writing, work, *args, **kwargs)

    async def write_each(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do what `write` does, for work whose every statement may be a transaction of its own.

        Where that saves round trips it is one: what was written before an error stays then.
        """
        return await self._written(self._each_alone, work, *args, **kwargs)

    async def _written(
        self, engine: Engine, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        asked = _Asked()
        is_whole = engine is self._writing

        def awaited(connection: Connection) -> T:
            # It may have waited for other writers until now, or wait for their locks in the middle.
            asked.check() if is_whole else asked.keep()
            result = work(connection, *args, **kwargs)
            if is_whole:
                asked.keep()
            return result

        with _outcome_said(asked):
            if self._group_writes is not None:
                with _said_plainly():
                    return await self._waited_for(asyncio.wrap_future(self._group_writes.write(awaited)))
            return await self._waited_for(self._writers.run(lambda: self._write_now(engine, awaited)))

    def read_now(self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do what `read` does, in the calling thread."""
        with _said_plainly(), self._reading.connect() as connection:
            return work(connection, *args, **kwargs)

    def write_now(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do what `write` does, in the calling thread."""
        asked = _Asked()

        def done(connection: Connection) -> T:
            result = work(connection, *args, **kwargs)
            asked.keep()
            return result

        with _outcome_said(asked):
            return self._write_now(self._writing, done)

    def _write_now(self, engine: Engine, work: Callable[[Connection], T]) -> T:
        with _said_plainly(), begun(engine) as connection:
            return work(connection)

    def said_plainly(self, work: Callable[[], T]) -> T:
        """Run `work`, and raise errors of ours where SQLAlchemy raises its own, as `write` does."""
        with _said_plainly():
            return work()

    async def in_thread(self, work: Callable[[], T]) -> T:
        """Run `work`, which may take longer than a transaction, in a thread.

        Raises:
            DatabaseUnavailable: it took longer than the bound; it is left to end by itself.
            Exception: as `said_plainly`.

        """
        running = asyncio.get_running_loop().run_in_executor(self._workers, lambda: self.said_plainly(work))
        return await self._waited_for(running)

    def file_watch(self, log: Log) -> FileWatch | None:
        """Return a watch over the files of the database, to be closed before it; None where a server has them."""
        files = self._engine.get_execution_options().get(FILES)
        return FileWatch(self._engine, files, log) if files else None

    def close(self) -> None:
        """Close every connection; work that is under way ends first."""
        for few in (self._readers, self._writers):
            few.close()
        self._workers.shutdown(wait=True, cancel_futures=True)
        if self._group_writes is not None:
            self._group_writes.close()
        if self._loop_reads is not None:
            self._loop_reads.close()
        self._reading.dispose()
        self._engine.dispose()

    def _read_in_thread(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        if self._loop_reads is not None:
            with _said_plainly():
                self._loop_reads.open()
        return self.read_now(work, *args, **kwargs)

    async def _waited_for(self, running: asyncio.Future[T]) -> T:
        """Return what it comes to. What nobody waits for any more is not begun; what is begun ends.

        Raises:
            DatabaseUnavailable: not in time.

        """
        try:
            async with asyncio.timeout(self._wait_s_max):
                return await running
        except TimeoutError:
            raise DatabaseUnavailable from None


class _Asked:
    """Whether somebody waits for what was asked, or it is being kept: whichever is said first holds.

    The one is said in the event loop, the other in a thread.
    """

    def __init__(self) -> None:
        self._end: dict[str, bool] = {}
        """Whether it is being kept, once that is decided. `setdefault` decides for all threads."""

    def check(self) -> None:
        """Raise DatabaseUnavailable where nobody waits any more."""
        if self._end.get("is_kept") is False:
            raise DatabaseUnavailable

    def keep(self) -> None:
        """Say that it is kept from now on. Raise DatabaseUnavailable where nobody waits, so that it is not."""
        if not self._end.setdefault("is_kept", True):
            raise DatabaseUnavailable

    def give_up(self) -> bool:
        """Say that nobody waits any more; return whether nothing is kept then, for sure."""
        return not self._end.setdefault("is_kept", False)


@contextmanager
def _outcome_said(asked: _Asked) -> Iterator[None]:
    """Turn DatabaseUnavailable into OutcomeUnknown where what was asked may have been kept (SV-10)."""
    try:
        yield
    except (FilesGone, OutcomeUnknown):  # the first is found before the commit
        raise
    except DatabaseUnavailable as error:
        if asked.give_up():
            raise
        raise OutcomeUnknown from error.__cause__ or error
    finally:
        asked.give_up()


class _said_plainly:  # noqa: N801 - reads as a phrase where it is used
    """Turns SQLAlchemy's errors about the connection, and about a broken rule, into ours."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        lost = isinstance(error, DBAPIError) and error.connection_invalidated
        # A database that is damaged; the kinds below it say what was wrong with the statement.
        lost = lost or type(error) is DatabaseError
        if lost or isinstance(error, (PoolTimeout, OperationalError, InterfaceError)):
            raise DatabaseUnavailable from error
        if isinstance(error, IntegrityError):
            raise Conflict from error
