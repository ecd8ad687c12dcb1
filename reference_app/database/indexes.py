"""Indexes as one line of text that is the same on every database: `UNIQUE (moon_sign, coalesce(moon_house, 0))`.

What a database says of an index is its `CREATE INDEX` statement, spelled in its own way; what the code wants is
an `Index` of a table. Two lines that differ are two indexes. It does not read operator classes or sort orders.
"""

import re
from typing import Final

from sqlalchemy import Column, Index

CASTS: Final = re.compile(r"::[a-z ]+")
BLANKS: Final = re.compile(r"\s+")


def of_statement(statement: str) -> str:
    """Return the line for a `CREATE INDEX` statement."""
    columns = statement[statement.index("(") :].lower().replace('"', "")
    return _line(CASTS.sub("", columns), is_unique=statement.upper().startswith("CREATE UNIQUE"))


def of_index(index: Index) -> str:
    """Return the line for an index as the code describes it."""
    columns = [each.name if isinstance(each, Column) else str(each) for each in index.expressions]
    return _line(f"({', '.join(columns)})".lower(), is_unique=bool(index.unique))


def _line(columns: str, *, is_unique: bool) -> str:
    return f"{'UNIQUE ' if is_unique else ''}{BLANKS.sub(' ', columns)}"
