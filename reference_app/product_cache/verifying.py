"""Whether the tables of the product cache are as this version needs them: columns, keys, indexes and triggers."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, Inspector, Table, inspect

from reference_app.database import dialects
from reference_app.product_cache.tables import CACHES, product_cache_counters

TABLES: Final = (*CACHES.values(), product_cache_counters)


def problems(connection: Connection) -> dict[str, list[str]]:
    """Return for each table what is wrong with it, in words; nothing where it is as it must be."""
    inspector = inspect(connection)
    triggers = dialects.of(connection).triggers(connection)
    found = {table.name: list(_of(table, inspector, connection)) for table in TABLES}
    for table in CACHES.values():
        if (table.name, f"{table.name}_hits") not in triggers:
            found[table.name].append(f"the trigger {table.name}_hits is missing")
    return found


def _of(table: Table, inspector: Inspector, connection: Connection) -> Iterator[str]:
    if not inspector.has_table(table.name):
        yield "the table is missing"
        return
    there = {column["name"]: column for column in inspector.get_columns(table.name)}
    for column in table.columns:
        reflected = there.get(column.name)
        if reflected is None:
            yield f"the column {column.name} is missing"
            continue
        kind, wanted = (dialects.spelled(connection, each) for each in (reflected["type"], column.type))
        if kind != wanted:
            yield f"the column {column.name} is {kind}, not {wanted}"
        if bool(reflected["nullable"]) != bool(column.nullable):
            yield f"the column {column.name} {'must be' if column.nullable else 'must not be'} nullable"
        if column.server_default is not None and reflected["default"] is None:
            yield f"the column {column.name} has no default"
    keys = [column.name for column in table.primary_key]
    if inspector.get_pk_constraint(table.name)["constrained_columns"] != keys:
        yield f"the primary key is not {', '.join(keys)}"
    indexed = {index["name"]: index["column_names"] for index in inspector.get_indexes(table.name)}
    for index in table.indexes:
        columns = [column.name for column in index.columns]
        if indexed.get(index.name) != columns:
            yield f"the index {index.name} of {', '.join(columns)} is missing"
