"""SQLite: how it is opened, and what is said otherwise there than elsewhere.

`BEGIN IMMEDIATE` is never held while something slow is done: it would stop every writer. Nor is it begun again and
again while somebody works: a process that is frozen within a transaction holds the only write lock of the file, and
nobody can take it away. So beats are not written here, but in files beside the database.
"""

import fcntl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from sqlite3 import SQLITE_BUSY, OperationalError
from sqlite3 import Connection as DriverConnection
from time import monotonic, sleep
from typing import Any, Final

import msgspec
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    FromClause,
    LargeBinary,
    String,
    bindparam,
    cast,
    create_engine,
    event,
    func,
    literal_column,
    select,
    text,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool, QueuePool
from sqlalchemy.types import TypeEngine

from reference_app import folders
from reference_app.clock import Clock
from reference_app.database.beats import BeatFiles, Ticks
from reference_app.database.indexes import of_statement
from reference_app.database.locks import Locks
from reference_app.database.loop_reads import LoopReads
from reference_app.database.queries import NO_BEGIN
from reference_app.database.sqlite_copies import SqliteCopies
from reference_app.database.sqlite_files import FILES, SqliteFiles
from reference_app.database.turns import TURN, Turn
from reference_app.database.upserts import Upserts
from reference_app.errors import SettingsRefused

BEATS: Final = ".beats"
MIGRATING: Final = ".migrating"
BESIDE: Final = ("-wal", "-shm", "-journal", BEATS, MIGRATING)
BUSY_S_MAX: Final = 5.0
AGAIN_S: Final = 0.01
CACHE_KIB: Final = 6_144
"""Pages that a connection keeps in memory, at most; with SQLite's own 2 MiB hits in a large cache read anew."""


class SqliteDialect(Upserts):
    """What `dialects.Dialect` promises, on SQLite."""

    insert = staticmethod(insert)
    keeps_offsets = False
    keeps_decimals = False
    one_writer = True

    def checked(self, url: URL) -> URL:
        """Make the file's path absolute; refuse what several connections cannot share."""
        if url.host or not url.database or url.database == ":memory:":
            raise SettingsRefused(
                "A SQLite database needs a file that several connections share: sqlite:///relative/path "
                "or sqlite:////absolute/path."
            )
        return url.set(database=str(Path(url.database).absolute()))

    def open(
        self, url: URL, connections_max: int, wait_s_max: float, statement_s_max: float | None = None
    ) -> Engine:
        """Open the file: write-ahead log, synced at every commit, foreign keys on."""
        busy_s_max = BUSY_S_MAX if statement_s_max is None else statement_s_max
        files = SqliteFiles(Path(str(url.database)))
        engine = _opened(url, connections_max, wait_s_max, busy_s_max, files)
        return engine.execution_options(**{TURN: Turn(busy_s_max), FILES: files})

    def open_to_read(
        self, url: URL, connections_max: int, wait_s_max: float, statement_s_max: float | None = None
    ) -> Engine:
        """Open the file for connections that cannot write; such never wait for writers."""
        engine = self.open(url, connections_max, wait_s_max, statement_s_max)
        event.listen(
            engine, "connect", lambda connection, _record: connection.execute("PRAGMA query_only=ON")
        )
        return engine

    def each_alone(self, engine: Engine) -> Engine:
        """Return the engine as it is: a commit waits for the disk, so there should be few."""
        return engine

    def loop_reads(self, engine: Engine) -> LoopReads:
        """Return what reads in the event loop; it has one of the engine's connections for good."""
        return LoopReads(engine)

    def open_once(self, url: URL, *, make: bool = True) -> Engine:
        """Open the file, in a folder that is made if it is not there."""
        file = Path(str(url.database))
        if make:
            folders.make(file.parent)
            # SQLite gives -wal and -shm the rights of the file.
            folders.make_file(file)
        elif not file.exists():
            raise FileNotFoundError("there is no such file")
        engine = create_engine(url, poolclass=NullPool, connect_args={"isolation_level": None})
        event.listen(engine, "begin", _begin)
        return engine

    def files(self, url: URL) -> Sequence[Path]:
        """Return the file, and what lies beside it."""
        file = Path(str(url.database)).resolve()
        return [file, *(file.with_name(f"{file.name}{ending}") for ending in BESIDE)]

    def locks(self, engine: Engine, leases: Locks) -> Locks:
        """Return the leases: a transaction that is held stops every writer, and so cannot be a lock."""
        del engine
        return leases

    def beats(self, engine: Engine, ticks: Ticks) -> BeatFiles:
        """Return the files in the folder beside the database, without those that nobody uses any more.

        A link is followed: processes that open one file by two names find each other's beats.
        """
        files = BeatFiles(Path(f"{Path(str(engine.url.database)).resolve()}{BEATS}"), ticks)
        files.sweep()
        return files

    def now(self, clock: Clock) -> datetime:
        """Return our own clock's instant: all processes of a file run on one machine."""
        return clock()

    def bound_silence(self, connection: Connection, silent_s_max: float) -> None:
        """Do nothing: there is no server that could end a transaction."""

    @contextmanager
    def alone(self, connection: Connection) -> Iterator[None]:
        """Hold a lock on a file beside the database's.

        Safe because the lock is the process's own and ends with it, and what was read before the wait for it is
        forgotten: it may be out of date by then.
        """
        connection.rollback()
        lock = Path(f"{connection.engine.url.database}{MIGRATING}")
        folders.make_file(lock)
        with lock.open("w") as lock_file:
            fcntl.flock(lock_file, fcntl.LOCK_EX)
            connection.execution_options(writes=True).begin()
            yield

    def id_was_given(self, connection: Connection, column: Column[int], value: int) -> None:
        """Do nothing: AUTOINCREMENT remembers the largest id that a table ever had."""

    def copies(self) -> SqliteCopies:
        """Return what copies the file."""
        return SqliteCopies()

    def size_of(self, connection: Connection, table: str) -> int | None:
        """Return the pages of the table and its indexes, where SQLite was built with what counts them."""
        built = connection.scalars(text("PRAGMA compile_options"))
        if "ENABLE_DBSTAT_VTAB" not in built:
            return None
        names = "SELECT name FROM sqlite_master WHERE tbl_name = :table"
        pages = f"SELECT SUM(pgsize) FROM dbstat WHERE name IN ({names})"  # noqa: S608 - nothing from outside
        found: int | None = connection.scalar(text(pages), {"table": table})
        return found

    def triggers(self, connection: Connection) -> set[tuple[str, str]]:
        """Return those of the file."""
        found = text("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'")
        return {(row[0], row[1]) for row in connection.execute(found)}

    def indexes(self, connection: Connection, table: str) -> Mapping[str, str]:
        """Return those that were made by a statement: of keys there is none."""
        found = text(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = :table AND sql NOT NULL"
        )
        return {row[0]: of_statement(row[1]) for row in connection.execute(found, {"table": table})}

    def as_stored(self, column: ColumnElement[Any]) -> ColumnElement[bytes]:
        """Cast it to a BLOB, which keeps the bytes of a text as they are, sound or not."""
        return cast(column, LargeBinary)

    def rows(self, name: str, columns: Mapping[str, TypeEngine[Any]]) -> FromClause:
        """Read the rows with `json_each`, which gives them in their order."""
        each = func.json_each(bindparam(name, type_=String)).table_valued("value", name=f"{name}_each")
        wanted = [
            func.json_extract(each.c.value, literal_column(f"'$.{column}'"), type_=kind).label(column)
            for column, kind in columns.items()
        ]
        return select(*wanted).subquery(name)


def _opened(
    url: URL, connections_max: int, wait_s_max: float, busy_s_max: float, files: SqliteFiles
) -> Engine:
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=connections_max,
        max_overflow=0,
        pool_timeout=wait_s_max,
        # Errors are logged, and values are people's.
        hide_parameters=True,
        json_deserializer=msgspec.json.decode,
        connect_args={"timeout": busy_s_max, "check_same_thread": False, "isolation_level": None},
    )
    event.listen(engine, "do_connect", files.only_what_is_there)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "connect", files.noted)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Start the transaction as what it is, schema changes included; the driver would commit those by itself.

    A reader that turns writer half way is refused at once when another one wrote meanwhile (595 of 800
    tries, measured): writers say so from the start and wait for their turn.
    """
    options = connection.get_execution_options()
    if not options.get(NO_BEGIN):  # such are in a transaction already
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")


def _prepare(connection: DriverConnection, _record: object) -> None:
    _write_ahead(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", f"cache_size=-{CACHE_KIB}"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: DriverConnection) -> None:
    """Have the file write ahead. SQLite does not wait when several change it at once: so wait here.

    A new file does not write ahead yet, nor does one that was restored.
    """
    ends_at = monotonic() + BUSY_S_MAX
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except OperationalError as error:
            if error.sqlite_errorcode != SQLITE_BUSY or monotonic() >= ends_at:
                raise
            sleep(AGAIN_S)
        else:
            return
