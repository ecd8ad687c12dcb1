"""Everything in which the supported databases differ, as one class that each of them has.

SQL is written once; code that cannot be the same for both asks `of(connection)`. The two implementations are
`database.sqlite` and `database.postgres`; each is imported when its database is first used, for the driver of
Postgres takes time that users of SQLite need not spend.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol

from sqlalchemy import Column, ColumnElement, Connection, Engine, FromClause, Table
from sqlalchemy.engine import URL
from sqlalchemy.types import TypeEngine

from reference_app.clock import Clock
from reference_app.database.beats import BeatFiles, Ticks
from reference_app.database.copies import Copies
from reference_app.database.locks import Locks
from reference_app.database.loop_reads import LoopReads

SQLITE: Final = "sqlite"
NEVER_GIVEN_TWICE: Final[dict[str, Any]] = {f"{SQLITE}_autoincrement": True}
"""Options of a table whose ids are never given out again, even those of rows that were deleted."""


def only_where(condition: ColumnElement[bool]) -> dict[str, Any]:
    """Return the options of an index that holds only the rows for which `condition` is true."""
    return {f"{name}_where": condition for name in (SQLITE, "postgresql")}


Instant = datetime | ColumnElement[datetime]
"""An instant that is known, or one that the database will know when the statement runs."""


class Dialect(Protocol):
    """One kind of database. There is one object of each, which may be the key of a cache."""

    def __hash__(self) -> int:
        """As of any object."""

    keeps_offsets: bool
    """Whether a column of instants comes back with an offset."""
    keeps_decimals: bool
    """Whether a column of decimal numbers keeps them exactly; where not, money is kept in whole numbers."""

    one_writer: bool
    """Whether it lets in one writer at a time."""

    def checked(self, url: URL) -> URL:
        """Return `url` with all that opening it needs. Raises `SettingsRefused` when something is missing."""

    def open(
        self, url: URL, connections_max: int, wait_s_max: float, statement_s_max: float | None = None
    ) -> Engine:
        """Open the database: a bounded pool, waits of `wait_s_max` seconds for a connection.

        `statement_s_max` is how long a statement may take, with its waits for other transactions; None for what
        suits a server, whose statements take milliseconds.
        """

    def open_to_read(
        self, url: URL, connections_max: int, wait_s_max: float, statement_s_max: float | None = None
    ) -> Engine:
        """Open the database as `open` does, for connections on which nothing is written."""

    def each_alone(self, engine: Engine) -> Engine:
        """Return the engine for work whose statements may each be a transaction, where that is quicker."""

    def loop_reads(self, engine: Engine) -> LoopReads | None:
        """Return what does short reads in the event loop; None where each answer has to be waited for."""

    def open_once(self, url: URL, *, make: bool = True) -> Engine:
        """Open the database for an operator's work: one connection at a time, and no pool.

        With `make` a file that is not there is made.

        Raises:
            OSError: the folder of a file cannot be made, or the file is not there.

        """

    def files(self, url: URL) -> Sequence[Path]:
        """Return the files and folders in which the database keeps what it stores, there or not; the first decides.

        None where it is a server's.
        """

    def locks(self, engine: Engine, leases: Locks) -> Locks:
        """Return the locks for work that keeps a thread: `leases`, or what this database does better."""

    def beats(self, engine: Engine, ticks: Ticks) -> BeatFiles | None:
        """Return the files in which holders of leases beat; None where they beat in the lease's row."""

    def now(self, clock: Clock) -> Instant:
        """Return the instant with which the ends of leases are compared, for use in a statement."""

    def bound_silence(self, connection: Connection, silent_s_max: float) -> None:
        """Have the server end this transaction when its client says nothing for so long, where it can."""

    def alone(self, connection: Connection) -> AbstractContextManager[None]:
        """Keep every other process that would migrate this database waiting until the block ends.

        In the block a transaction is open in which the schema can be changed; the block commits it.
        """

    def id_was_given(self, connection: Connection, column: Column[int], value: int) -> None:
        """See to it that an id which was inserted by hand is never given out by itself."""

    def rows(self, name: str, columns: Mapping[str, TypeEngine[Any]]) -> FromClause:
        """Return rows that come with the statement, to select from: the parameter `name` has them as JSON text.

        That is an array of objects with a value for each of `columns`: whole numbers, text, or objects for a column
        of JSON.
        """

    def copies(self) -> Copies:
        """Return what copies such a database into a backup, and back."""

    def size_of(self, connection: Connection, table: str) -> int | None:
        """Return how many bytes a table takes with its indexes; None where the database does not say."""

    def triggers(self, connection: Connection) -> set[tuple[str, str]]:
        """Return the triggers that are switched on, each as its table's name and its own."""

    def indexes(self, connection: Connection, table: str) -> Mapping[str, str]:
        """Return the indexes of a table that can be used, by name, each as `database.indexes` writes it."""

    def as_stored(self, column: ColumnElement[Any]) -> ColumnElement[bytes]:
        """Return the bytes of a column's value, without any decoding; of what is no text, of how it is written."""

    def insert_if_absent(
        self,
        connection: Connection,
        table: Table,
        values: Mapping[str, object],
        *,
        keys: Sequence[str],
        where: ColumnElement[bool] | None = None,
    ) -> bool:
        """Insert a row unless one with the same `keys` is there; return whether it was inserted.

        `where` is the condition of the unique index of `keys`, if it has one.

        Waits for a transaction that is inserting the same keys, and so is a lock on keys that have no row yet.
        """

    def insert_or_change(
        self,
        connection: Connection,
        table: Table,
        values: Mapping[str, object],
        *,
        keys: Sequence[str],
        changes: Mapping[str, object],
    ) -> None:
        """Insert a row, or make `changes` (values or expressions) to the one with the same `keys`."""

    def insert_or_change_if(
        self,
        connection: Connection,
        table: Table,
        values: Mapping[str, object],
        *,
        keys: Sequence[str],
        changes: Mapping[str, object],
        condition: ColumnElement[bool],
    ) -> bool:
        """Insert a row, or change the one with the same `keys` if it meets `condition`; return whether it did so.

        One statement: the condition is looked at once nobody else changes the row.
        """


def spelled(connection: Connection, kind: TypeEngine[Any]) -> str:
    """Return how the database behind the connection spells the type of a column."""
    return kind.compile(connection.dialect)


def of(connection: Connection | Engine) -> Dialect:
    """Return the dialect of the database behind the connection."""
    return named(connection.dialect.name)


def of_url(url: URL) -> Dialect:
    """Return the dialect of the database at the URL."""
    return named(url.get_backend_name())


@cache
def named(name: str) -> Dialect:
    """Return the dialect that SQLAlchemy calls by this name."""
    if name == SQLITE:
        from reference_app.database.sqlite import SqliteDialect  # noqa: PLC0415 - imported when it is used

        return SqliteDialect()
    from reference_app.database.postgres import PostgresDialect  # noqa: PLC0415 - its driver takes time

    return PostgresDialect()
