"""Writers of one process take turns where the database lets in one at a time.

SQLite has those who wait look again and again, later and later, in no order; a process's own writers need not.
Writers of other processes are still met so. On a database that has no such rule there are no turns.
"""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Final

from sqlalchemy import Connection, Engine

from reference_app.database.sqlite_files import FILES, SqliteFiles
from reference_app.errors import DatabaseUnavailable

TURN: Final = "turn"
"""The execution option of engines whose writers take turns."""


class Turn:
    """One writer at a time; the others wait for `wait_s_max` seconds at most."""

    def __init__(self, wait_s_max: float) -> None:
        self._lock = threading.Lock()
        self._wait_s_max = wait_s_max

    def __enter__(self) -> None:
        """Wait for the turn. Raises DatabaseUnavailable: it does not come."""
        if not self._lock.acquire(timeout=self._wait_s_max):
            raise DatabaseUnavailable

    def __exit__(self, *_: object) -> None:
        """Let the next one in."""
        self._lock.release()


@contextmanager
def begun(engine: Engine) -> Iterator[Connection]:
    """Begin a transaction that writes, when it is its turn; commit it, or roll it back where the block raises.

    Raises FilesGone: the files of the database are not those that were opened; it may be committed to them.
    """
    options = engine.get_execution_options()
    turn: AbstractContextManager[None] = options.get(TURN) or nullcontext()
    files: SqliteFiles | None = options.get(FILES)
    if files is None:
        with turn, engine.begin() as connection:
            yield connection
        return
    with turn:
        with engine.begin() as connection:
            opened = connection.info[FILES]
            yield connection
            files.check(opened)
        # Only now is it known that what was committed is where others find it.
        files.check_kept(opened)
