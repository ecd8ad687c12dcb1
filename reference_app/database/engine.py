"""The database as the systems see it: work on a connection, done in a bounded pool of threads.

A piece of work is a plain function of a SQLAlchemy connection, the same for a request (which awaits `read` or
`write`) and for a generation (which calls `read_now` in its own thread). Why threads and not an async driver:
`docs/decisions/0002-database-work-in-threads.md`.
"""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from reference_app.clock import Clock
from reference_app.database import dialects
from reference_app.database.beats import Ticks
from reference_app.database.errors import Conflict
from reference_app.database.file_leases import FileLeases
from reference_app.database.leases import LeaseLocks
from reference_app.database.urls import parse_database_url
from reference_app.errors import DatabaseUnavailable

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
        """Open `url` for `threads` requests and `holders` long pieces of work in threads at a time.

        A statement may take `statement_s_max` seconds, with its waits for other transactions; None for what suits a
        server. `ticks` is what holders of leases beat with where they do so in files.

        Raises:
            SettingsRefused: the URL is not one of a supported database.

        """
        parsed = parse_database_url(url)
        dialect = dialects.of_url(parsed)
        self._engine = dialect.open(parsed, threads + holders, wait_s_max, statement_s_max)
        beats = dialect.beats(self._engine, ticks)
        self.leases = FileLeases(self._engine, clock, beats) if beats else LeaseLocks(self._engine, clock)
        self.locks = dialect.locks(self._engine, self.leases)
        self._writing = self._engine.execution_options(writes=True)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="database")
        self._wait_s_max = wait_s_max

    async def read(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Return what `work` reads, in a transaction that is rolled back."""
        return await self.in_thread(lambda: self.read_now(work, *args, **kwargs))

    async def write(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Return what `work` returns, once what it wrote is committed; if it raises, nothing is written.

        Raises:
            Conflict: a rule of the database forbids what `work` wrote.
            DatabaseUnavailable: the database cannot be reached, or it took too long.

        """
        return await self.in_thread(lambda: self.write_now(work, *args, **kwargs))

    def read_now(self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do what `read` does, in the calling thread."""
        with _said_plainly(), self._engine.connect() as connection:
            return work(connection, *args, **kwargs)

    def write_now(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do what `write` does, in the calling thread."""
        with _said_plainly(), self._writing.begin() as connection:
            return work(connection, *args, **kwargs)

    def said_plainly(self, work: Callable[[], T]) -> T:
        """Run `work`, and raise errors of ours where SQLAlchemy raises its own, as `write` does."""
        with _said_plainly():
            return work()

    async def in_thread(self, work: Callable[[], T]) -> T:
        """Run `work` in one of the pool's threads.

        Raises:
            DatabaseUnavailable: it took longer than the bound; it is left to end by itself.
            Exception: as `said_plainly`.

        """
        running = asyncio.get_running_loop().run_in_executor(self._threads, self.said_plainly, work)
        try:
            return await asyncio.wait_for(asyncio.shield(running), self._wait_s_max)
        except TimeoutError:
            raise DatabaseUnavailable from None

    def close(self) -> None:
        """Close every connection; work that is under way ends first."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._engine.dispose()


class _said_plainly:  # noqa: N801 - reads as a phrase where it is used
    """Turns SQLAlchemy's errors about the connection, and about a broken rule, into ours."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        lost = isinstance(error, DBAPIError) and error.connection_invalidated
        if lost or isinstance(error, (PoolTimeout, OperationalError, InterfaceError)):
            raise DatabaseUnavailable from error
        if isinstance(error, IntegrityError):
            raise Conflict from error
