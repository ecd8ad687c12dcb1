"""All SQL of the audit: rows by their bytes, indexes, and whether the database refuses a second row.

A row is read as the database keeps it, and never as a value that was decoded: a text that cannot be decoded is a
row like any other. Of each column only the digest is kept.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Connection, Table, func, insert, inspect, select
from sqlalchemy.exc import IntegrityError

from reference_app.database import dialects, indexes
from reference_app.interpretations.tables import (
    lunar_interpretation_templates,
    lunar_interpretations,
    pregenerated_lunar_interpretations,
    pregenerated_lunar_interpretations_backup,
)

TEMPLATES: Final = lunar_interpretation_templates
BACKUP: Final = pregenerated_lunar_interpretations_backup
FIRST_VERSION: Final = pregenerated_lunar_interpretations
AUDITED: Final = (TEMPLATES, lunar_interpretations, BACKUP, FIRST_VERSION)

KEY: Final = ("moon_sign", "moon_house", "lunar_ascendant", "version", "lang")
"""Of what a text is, in every table; templates are of a type besides."""
AT_ONCE: Final = 500
PROBED_VERSION: Final = 2_000_000_000
PROBES: Final = (
    {"template_type": "full", "moon_sign": "Aries", "moon_house": 1, "lunar_ascendant": "Aries"},
    {"template_type": "focus", "moon_sign": None, "moon_house": None, "lunar_ascendant": None},
)
"""What is put in twice: a row that is a text's, and one in which as much is missing as may be."""

Key = tuple[str, ...]
Digests = tuple[str | None, ...]
"""The digest of each column; None where it is NULL."""


def has(connection: Connection, table: Table) -> bool:
    """Return whether the table is there."""
    return inspect(connection).has_table(table.name)


def rows(
    connection: Connection, table: Table, key: Sequence[str], columns: Sequence[str]
) -> Mapping[Key, Sequence[Digests]]:
    """Return the digests of `columns` of every row, by its `key`; more than one where the key is there twice."""
    as_stored = dialects.of(connection).as_stored
    query = select(*(as_stored(table.c[each]) for each in (*key, *columns)))
    found: defaultdict[Key, list[Digests]] = defaultdict(list)
    for row in connection.execute(query.execution_options(yield_per=AT_ONCE)):
        values = [None if value is None else bytes(value) for value in row]
        named = tuple(
            "NULL" if each is None else each.decode(errors="replace") for each in values[: len(key)]
        )
        found[named].append(tuple(map(digest, values[len(key) :])))
    return found


def digest(value: bytes | None) -> str | None:
    """Return the digest of a column's bytes."""
    return None if value is None else sha256(value).hexdigest()


def accepted_twice(connection: Connection) -> Sequence[str]:
    """Return of what the templates take a second row; nothing when the unique index is whole.

    It is tried, and undone before this returns. The ids are below all others and given by hand, so that no sequence
    moves on: that could not be undone.
    """
    return [str(probe["template_type"]) for probe in PROBES if not _is_refused_twice(connection, probe)]


def _is_refused_twice(connection: Connection, probe: Mapping[str, Any]) -> bool:
    below = min(connection.scalar(select(func.min(TEMPLATES.c.id))) or 0, 0)
    row = {**probe, "version": PROBED_VERSION, "lang": "fr", "template_text": "a row of the audit"}
    tried = connection.begin_nested()
    try:
        connection.execute(insert(TEMPLATES).values(id=below - 1, **row))
        connection.execute(insert(TEMPLATES).values(id=below - 2, **row))
    except IntegrityError:
        return True
    else:
        return False
    finally:
        tried.rollback()


def wrong_indexes(connection: Connection, tables: Sequence[Table]) -> Sequence[str]:
    """Return what is wrong with the indexes of the tables, a line each: one is missing, or is of something else."""
    wrong = []
    for table in tables:
        found = dialects.of(connection).indexes(connection, table.name)
        for index in sorted(table.indexes, key=lambda each: str(each.name)):
            wanted, there = indexes.of_index(index), found.get(str(index.name))
            if there is None:
                wrong.append(f"{index.name}: missing")
            elif there != wanted:
                wrong.append(f"{index.name}: is {there}, and should be {wanted}")
    return wrong
