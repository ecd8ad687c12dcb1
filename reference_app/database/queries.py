"""Statements that are compiled once: where a query is short, saying it in SQL takes longer than asking it.

A `Query` is an expression of SQLAlchemy whose values are `bindparam`s. For each kind of database its text is made
once, with what turns values into the driver's and columns back; asking it takes little longer then than the driver
does. It works in the transaction of the connection that it is given, like every other statement, and raises the
same errors. Rows come as tuples, in the order of the columns.

Not for statements whose text depends on their values: a list in an `IN`, or several rows to insert.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ClauseElement

NO_BEGIN: Final = "no_begin"
"""The execution option of connections on which a query begins no transaction: there is one, or none is wanted."""

Row = tuple[Any, ...]
Convert = Callable[[Any], Any] | None


class Query:
    """One statement, for every kind of database.

    BY_ID = Query(select(users.c.email).where(users.c.id == bindparam("id")))
    BY_ID.one(connection, id=7)
    """

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._texts: dict[str, _Text] = {}

    def all(self, connection: Connection, /, **values: object) -> list[Row]:
        """Return all rows."""
        return self._asked(connection, values)[0]

    def one(self, connection: Connection, /, **values: object) -> Row | None:
        """Return the row, None if there is none; there may be no more than one."""
        rows = self._asked(connection, values)[0]
        assert len(rows) <= 1, f"{len(rows)} rows where one was expected at most"
        return rows[0] if rows else None

    def changed(self, connection: Connection, /, **values: object) -> int:
        """Return how many rows the statement has changed."""
        return self._asked(connection, values)[1]

    def _asked(self, connection: Connection, values: Mapping[str, object]) -> tuple[list[Row], int]:
        text = self._texts.get(connection.dialect.name) or self._compiled(connection.dialect)
        driver = _driver_of(connection)
        cursor = driver.cursor()
        try:
            cursor.execute(text.sql, text.bound(values))
            # All of them: a cursor with rows left would hold on to SQLite's snapshot.
            return text.rows(cursor) if text.has_rows else [], cursor.rowcount
        except connection.dialect.loaded_dbapi.Error as error:
            raise _as_sqlalchemy_says(error, text.sql, connection, cursor) from error
        finally:
            cursor.close()

    def _compiled(self, dialect: Dialect) -> "_Text":
        compiled = cast("SQLCompiler", self._statement.compile(dialect=dialect))
        by_values = compiled.post_compile_params | compiled.literal_execute_params
        assert not by_values, f"its text depends on {by_values}"
        return self._texts.setdefault(dialect.name, _Text(compiled, dialect))


@dataclass(slots=True)
class _Text:
    """A statement as one driver takes it."""

    compiled: SQLCompiler
    dialect: Dialect
    sql: str = field(init=False)
    has_rows: bool = field(init=False)
    _given: Mapping[str, object] = field(init=False)
    """The values that stand in the expression itself."""
    _binds: Sequence[tuple[str, Convert]] = field(init=False)
    _columns: Sequence[Convert] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        compiled = self.compiled
        self.sql = str(compiled)
        self.has_rows = bool(compiled._result_columns)  # noqa: SLF001 - SQLAlchemy says it nowhere else
        self._given = {
            name: bind.effective_value for bind, name in compiled.bind_names.items() if not bind.required
        }
        convert = {
            name: bind.type.dialect_impl(self.dialect).bind_processor(self.dialect)
            for bind, name in compiled.bind_names.items()
        }
        names = compiled.positiontup if compiled.positional else convert
        self._binds = [(name, convert[name]) for name in names or ()]

    def bound(self, values: Mapping[str, object]) -> Sequence[object] | Mapping[str, object]:
        """Return the values as the driver takes them. Raises KeyError: one is missing."""
        every = {**self._given, **values} if self._given else values
        if self.compiled.positional:
            return [convert(every[name]) if convert else every[name] for name, convert in self._binds]
        return {name: convert(every[name]) if convert else every[name] for name, convert in self._binds}

    def rows(self, cursor: Any) -> list[Row]:
        """Return the cursor's rows, with the values that the columns' types say."""
        rows: list[Row] = cursor.fetchall()
        columns = self._columns
        if columns is None:
            # Once: psycopg makes a description anew each time, which takes as long as the statement.
            columns = self._columns = self._of_columns(cursor.description)
        if not any(columns):
            return rows
        return [
            tuple([convert(value) if convert else value for convert, value in zip(columns, row, strict=True)])
            for row in rows
        ]

    def _of_columns(self, description: Sequence[Sequence[Any]]) -> Sequence[Convert]:
        found = [entry.type for entry in self.compiled._result_columns]  # noqa: SLF001 - as above
        return [
            kind.dialect_impl(self.dialect).result_processor(self.dialect, column[1])
            for kind, column in zip(found, description, strict=True)
        ]


def _driver_of(connection: Connection) -> Any:
    """Return the driver's connection, in a transaction as SQLAlchemy would have begun it."""
    if not (connection.in_transaction() or connection.get_execution_options().get(NO_BEGIN)):
        connection.begin()
    return connection.connection.dbapi_connection


def _as_sqlalchemy_says(error: Exception, sql: str, connection: Connection, cursor: Any) -> BaseException:
    """Return what SQLAlchemy would have raised; a connection that is lost is given up, as it would do."""
    dialect = connection.dialect
    base = dialect.loaded_dbapi.Error
    is_lost = dialect.is_disconnect(error, connection.connection.dbapi_connection, cursor)  # type: ignore[arg-type]
    if is_lost:
        connection.invalidate(error)
    return DBAPIError.instance(
        sql, None, error, base, hide_parameters=True, connection_invalidated=is_lost, dialect=dialect
    )
