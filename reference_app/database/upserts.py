"""Inserts that meet a row with the same keys: the same on both databases, but for the statement's class."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table


class Upserts:
    """What a dialect has of `Dialect` that differs by nothing but its `insert`."""

    insert: Callable[[Table], Any]
    """SQLAlchemy's, of the dialect: their classes have `on_conflict_…` in common, and no base that says so."""

    def insert_if_absent(
        self,
        connection: Connection,
        table: Table,
        values: Mapping[str, object],
        *,
        keys: Sequence[str],
        where: ColumnElement[bool] | None = None,
    ) -> bool:
        """Insert, and do nothing where a row with these keys is there."""
        inserted = self.insert(table).values(dict(values))
        statement = inserted.on_conflict_do_nothing(index_elements=keys, index_where=where)
        return connection.execute(statement.returning(table.c[keys[0]])).first() is not None

    def insert_or_change(
        self,
        connection: Connection,
        table: Table,
        values: Mapping[str, object],
        *,
        keys: Sequence[str],
        changes: Mapping[str, object],
    ) -> None:
        """Insert, and change the row where one with these keys is there."""
        statement = self.insert(table).values(dict(values))
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=dict(changes)))

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
        """Insert, and change the row where one with these keys is there that meets the condition."""
        inserted = self.insert(table).values(dict(values))
        statement = inserted.on_conflict_do_update(index_elements=keys, set_=dict(changes), where=condition)
        return connection.execute(statement.returning(table.c[keys[0]])).first() is not None
