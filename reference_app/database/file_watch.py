"""Looks at the files of a SQLite database while nothing is written, and keeps what is open of those that are gone.

A connection of its own stays open for that, so that files which lose their names are there as long as the server
runs. Does not decide whether anything may be written: each transaction does (`sqlite_files`).
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from reference_app.database.sqlite_files import FILES, FilesGone, SqliteFiles
from reference_app.errors import DatabaseUnavailable
from reference_app.logs import Log

GONE: Final = "database files gone"

T = TypeVar("T")


class FileWatch:
    """The watch over the files of one database. Used in one event loop."""

    def __init__(self, engine: Engine, files: SqliteFiles, log: Log) -> None:
        self._engine = engine
        self._files = files
        self._log = log
        self._connection: Connection | None = None
        self._told = ""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="database-files")

    async def trouble(self) -> str:
        """Return in a few words what is wrong with the files, empty if nothing is; the log has more."""
        reason = await self._in_thread(self._look)
        if reason and not self._told:
            self._told = reason  # before the next await: somebody else may ask meanwhile
            self._log.error("database_files_gone", reason=reason)
            await self._in_thread(self._rescue)
        self._told = reason
        return GONE if reason else ""

    def close(self) -> None:
        """End the watch."""
        self._thread.shutdown(wait=True, cancel_futures=True)
        if self._connection is not None:
            self._connection.close()

    def _look(self) -> str:
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
            self._files.check(self._connection.info[FILES])
        except FilesGone as gone:
            return gone.reason
        except (DatabaseUnavailable, SQLAlchemyError):
            return ""  # who reads is told so
        return ""

    def _rescue(self) -> None:
        if self._connection is None:
            return
        driver: Any = self._connection.connection.dbapi_connection
        try:
            kept = self._files.rescue(driver, self._connection.info[FILES])
        except (OSError, sqlite3.Error) as error:
            self._log.error("database_not_rescued", reason=str(error))
        else:
            self._log.warning("database_rescued", **kept)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)
