"""Short reads of SQLite, done in the event loop itself: a few steps of the database cost less than a thread does.

Such a read never waits. It has a connection of its own, which cannot write: in write-ahead mode readers do not
wait for writers. Where the file is locked against readers too, or its statements take more than `READ_S_MAX`, the
read is given up, and is to be done in a thread. Does not bound what the disk takes for a page not in memory.
"""

import sqlite3
import threading
import time
from collections.abc import Callable
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from reference_app.database.queries import NO_BEGIN

READ_S_MAX: Final = 0.005
STEPS: Final = 1_000
"""After so many steps of its machine SQLite looks at the time; a look-up by key takes some dozens."""
GIVEN_UP: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_INTERRUPT})

P = ParamSpec("P")
T = TypeVar("T")


class NotInLoop(Exception):
    """The read has to be done in a thread."""


class LoopReads:
    """The one connection on which an event loop reads. It is opened in a thread, for that may wait."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._guard = threading.Lock()
        self._until_s = 0.0

    def open(self) -> None:
        """Open the connection, unless it is open."""
        with self._guard:
            if self._connection is None:
                connection = self._engine.connect().execution_options(**{NO_BEGIN: True})
                driver: Any = connection.connection.dbapi_connection
                driver.execute("PRAGMA busy_timeout=0")
                driver.set_progress_handler(self._is_long, STEPS)
                self._connection = connection

    def read(self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what `work` reads, all of it as it is at one moment.

        Raises:
            NotInLoop: it was given up half way, or not begun.

        """
        connection = self._connection
        # Another loop, of a test for example, may be at it.
        if connection is None or not self._guard.acquire(blocking=False):
            raise NotInLoop
        driver: Any = connection.connection.dbapi_connection
        self._until_s = time.monotonic() + READ_S_MAX
        try:
            driver.execute("BEGIN")
            return work(connection, *args, **kwargs)
        except sqlite3.Error as error:  # of BEGIN alone: all others are SQLAlchemy's
            raise NotInLoop from error
        except DBAPIError as error:
            if getattr(error.orig, "sqlite_errorcode", None) in GIVEN_UP:
                raise NotInLoop from error
            self._connection = None
            connection.invalidate(error)
            raise
        finally:
            if connection.in_transaction():
                connection.rollback()
            elif not connection.invalidated:
                driver.rollback()
            if self._connection is None:
                connection.close()
            self._guard.release()

    def close(self) -> None:
        """Close the connection."""
        with self._guard:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _is_long(self) -> bool:
        return time.monotonic() > self._until_s
