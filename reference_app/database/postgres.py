"""Postgres: how it is opened, with a bound on every wait, and what is said otherwise there than elsewhere."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
from psycopg import Connection as DriverConnection
from psycopg import OperationalError
from psycopg.errors import _WaitTimeout
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    DateTime,
    Engine,
    FromClause,
    LargeBinary,
    String,
    Text,
    bindparam,
    cast,
    create_engine,
    event,
    func,
    text,
)
from sqlalchemy import column as new_column
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool, QueuePool
from sqlalchemy.types import TypeEngine

from reference_app.clock import Clock
from reference_app.database import idle_connections
from reference_app.database.advisory import AdvisoryLocks
from reference_app.database.beats import Ticks
from reference_app.database.indexes import of_statement
from reference_app.database.locks import Locks, lock_number
from reference_app.database.postgres_copies import PostgresCopies
from reference_app.database.queries import NO_BEGIN
from reference_app.database.upserts import Upserts
from reference_app.errors import SettingsRefused

CONNECT_S_MAX: Final = 2
CONNECT_ONCE_S_MAX: Final = 3
STATEMENT_S_MAX: Final = 2.5
SILENCE_S: Final = 0.5
"""How much longer than a statement may take a connection may stay silent: a dead network says nothing."""
SILENT_MS_MAX: Final = 2_500
"""How long a transaction may be idle: one whose process is frozen would keep its rows locked for as long."""
CHECK_CLIENT_MS: Final = 500
"""A backend that is busy when its client dies notices after this long; by default only when it is done."""

T = TypeVar("T")


class PostgresDialect(Upserts):
    """What `dialects.Dialect` promises, on Postgres."""

    insert = staticmethod(insert)
    keeps_offsets = True
    keeps_decimals = True
    one_writer = False

    def checked(self, url: URL) -> URL:
        """Refuse a URL that names no database."""
        if not url.database:
            raise SettingsRefused("A PostgreSQL URL needs a database name: postgresql://USER@HOST/NAME.")
        return url

    def open(
        self, url: URL, connections_max: int, wait_s_max: float, statement_s_max: float | None = None
    ) -> Engine:
        """Open the database READ COMMITTED, with bounds on connecting and on every statement."""
        return _opened(url, connections_max, wait_s_max, statement_s_max, isolation_level="READ COMMITTED")

    def open_to_read(
        self, url: URL, connections_max: int, wait_s_max: float, statement_s_max: float | None = None
    ) -> Engine:
        """Open the database so that each statement is a transaction: under READ COMMITTED each sees its own anyway.

        That saves two round trips a read. There is nothing to reset when a connection is given back.
        """
        engine = _opened(
            url, connections_max, wait_s_max, statement_s_max,
            isolation_level="AUTOCOMMIT", pool_reset_on_return=None,
        )  # fmt: skip
        return engine.execution_options(**{NO_BEGIN: True})

    def each_alone(self, engine: Engine) -> Engine:
        """Return the engine in autocommit: two round trips less."""
        return engine.execution_options(isolation_level="AUTOCOMMIT", **{NO_BEGIN: True})

    def loop_reads(self, engine: Engine) -> None:
        """Return nothing: an answer of a server has to be waited for."""

    def open_once(self, url: URL, *, make: bool = True) -> Engine:
        """Open the database with a bound on connecting only: a migration takes its time."""
        del make
        return create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": CONNECT_ONCE_S_MAX})

    def files(self, _url: URL) -> Sequence[Path]:
        """Return nothing: they are the server's."""
        return ()

    def locks(self, engine: Engine, leases: Locks) -> Locks:
        """Return advisory locks: a thread that works can spare a connection, and needs no clock then."""
        del leases
        return AdvisoryLocks(engine)

    def beats(self, engine: Engine, ticks: Ticks) -> None:
        """Return none: the server ends what a frozen holder leaves open, and holders may be on several machines."""

    def now(self, clock: Clock) -> ColumnElement[datetime]:
        """Return the server's clock at the statement's run: clocks of several machines differ, it is one."""
        del clock
        return func.clock_timestamp(type_=DateTime(timezone=True))

    def bound_silence(self, connection: Connection, silent_s_max: float) -> None:
        """Have the server end this transaction when it is idle for so long."""
        limit_ms = int(silent_s_max * 1_000)
        connection.execute(text(f"SET LOCAL idle_in_transaction_session_timeout = {limit_ms}"))

    @contextmanager
    def alone(self, connection: Connection) -> Iterator[None]:
        """Hold an advisory lock in the transaction in which the schema is changed.

        Safe because the lock ends with that transaction, however it ends: the next one to get it finds either
        the whole change or none of it.
        """
        connection.execute(
            text("SELECT pg_advisory_xact_lock(:number)"), {"number": lock_number("migrations")}
        )
        yield

    def id_was_given(self, connection: Connection, column: Column[int], value: int) -> None:
        """Move the column's sequence past `value`; it never goes back.

        An id that was inserted by hand would be given out again by itself. The id of a row that was deleted must
        not come back either, for its holder would then mean another session.
        """
        names = {"table": column.table.name, "column": column.name, "value": value}
        sequence = "pg_get_serial_sequence(:table, :column)"
        connection.execute(text(f"SELECT setval({sequence}, GREATEST(:value, nextval({sequence})))"), names)

    def copies(self) -> PostgresCopies:
        """Return what has the database's own programs copy it."""
        return PostgresCopies()

    def size_of(self, connection: Connection, table: str) -> int | None:
        """Return the total size of the relation."""
        size = text("SELECT pg_total_relation_size(CAST(:table AS regclass))")
        found: int | None = connection.scalar(size, {"table": table})
        return found

    def triggers(self, connection: Connection) -> set[tuple[str, str]]:
        """Return those of the schema in use, without what foreign keys bring."""
        found = text(
            "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE NOT tgisinternal AND tgenabled <> 'D' AND relnamespace = current_schema()::regnamespace"
        )
        return {(row[0], row[1]) for row in connection.execute(found)}

    def indexes(self, connection: Connection, table: str) -> Mapping[str, str]:
        """Return those that are valid."""
        found = text(
            "SELECT relname, pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid "
            "WHERE indrelid = CAST(:table AS regclass) AND indisvalid"
        )
        return {row[0]: of_statement(row[1]) for row in connection.execute(found, {"table": table})}

    def as_stored(self, column: ColumnElement[Any]) -> ColumnElement[bytes]:
        """Convert how it is written."""
        return func.convert_to(cast(column, Text), "UTF8", type_=LargeBinary)

    def rows(self, name: str, columns: Mapping[str, TypeEngine[Any]]) -> FromClause:
        """Read the rows with `jsonb_to_recordset`, which gives them in their order."""
        given = func.jsonb_to_recordset(cast(bindparam(name, type_=String), JSONB))
        named = [new_column(each, kind) for each, kind in columns.items()]
        return given.table_valued(*named).render_derived(name=name, with_types=True)


class BoundedConnection(DriverConnection[Any]):
    """A driver's connection that gives up on a server that does not answer any more."""

    answer_s_max = STATEMENT_S_MAX + SILENCE_S

    def wait(self, gen: Generator[Any, Any, T], interval: float = 0.1, timeout: float | None = None) -> T:
        """Wait for an answer; close the connection if there is none within `answer_s_max`.

        Raises:
            psycopg.OperationalError: there was none; what was asked may or may not have been done.

        """
        if timeout is not None and timeout <= self.answer_s_max:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.answer_s_max)
        except _WaitTimeout as error:
            # Its answer may still come, and would be taken for that of a later statement.
            self.close()
            raise OperationalError(f"the database did not answer within {self.answer_s_max:g} s") from error


def _opened(
    url: URL, connections_max: int, wait_s_max: float, statement_s_max: float | None, **options: Any
) -> Engine:
    bound_s = STATEMENT_S_MAX if statement_s_max is None else statement_s_max
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=connections_max,
        max_overflow=0,
        pool_timeout=wait_s_max,
        # Those that were used last are used first: few connections are asked whether they are still there.
        pool_use_lifo=True,
        # Errors are logged, and values are people's.
        hide_parameters=True,
        json_deserializer=msgspec.json.decode,
        connect_args={
            "connect_timeout": CONNECT_S_MAX,
            "application_name": "reference-app",
            # A pooler may give each transaction another connection of the server's.
            "prepare_threshold": None,
        },
        **options,
    )
    event.listen(engine, "do_connect", _connecting(bound_s + SILENCE_S))
    event.listen(engine, "connect", _preparing(bound_s))
    event.listen(engine, "checkin", idle_connections.given_back)
    event.listen(engine, "checkout", idle_connections.still_there(engine.dialect.do_ping))
    return engine


def _connecting(answer_s_max: float) -> Callable[..., BoundedConnection]:
    def connect(
        _dialect: object, _record: object, arguments: Sequence[Any], options: dict[str, Any]
    ) -> BoundedConnection:
        connection = BoundedConnection.connect(*arguments, **options)
        connection.answer_s_max = answer_s_max
        return connection

    return connect


def _preparing(statement_s_max: float) -> Callable[[DriverConnection[Any], object], None]:
    def prepare(connection: DriverConnection[Any], _record: object) -> None:
        for name, value in (
            ("statement_timeout", int(statement_s_max * 1_000)),
            ("idle_in_transaction_session_timeout", SILENT_MS_MAX),
            ("client_connection_check_interval", CHECK_CLIENT_MS),
            ("timezone", "'UTC'"),
        ):
            connection.execute(f"SET {name} = {value}")
        connection.commit()

    return prepare
