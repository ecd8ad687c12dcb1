"""All SQL about interpretations and templates. Each function works in the caller's transaction.

Locks are taken in this order, so that nobody waits in a circle: the lunar return, then the interpretation. Who
deletes returns locks them first, too, and the interpretations go by cascade.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy.sql.elements import ColumnElement

from reference_app.database import dialects
from reference_app.database.queries import Query, Row
from reference_app.interpretations.errors import InvalidLunarReturnError
from reference_app.interpretations.tables import (
    OF_RETURN,
    lunar_interpretation_templates,
    lunar_interpretations,
    lunar_migrations,
    pregenerated_lunar_interpretations,
)
from reference_app.returns import Return, Returns

V2: Final = "2.0"

_table: Final = lunar_interpretations
_templates: Final = lunar_interpretation_templates
_first: Final = pregenerated_lunar_interpretations
_STORED: Final = (
    _table.c.output_text,
    _table.c.weekly_advice,
    _table.c.model_used,
    _table.c.updated_at,
    _table.c.generations,
)
_THIS: Final[tuple[ColumnElement[bool], ...]] = tuple(_table.c[name] == bindparam(name) for name in OF_RETURN)
_FOUND: Final = Query(select(*_STORED).where(*_THIS))
_HIT: Final = Query(
    update(_table).where(*_THIS).values(hit_count=_table.c.hit_count + bindparam("times")).returning(*_STORED)
)
_TEMPLATE: Final = Query(
    select(_templates.c.template_text, _templates.c.weekly_advice_template, _templates.c.model_used)
    .where(
        _templates.c.template_type == bindparam("subject"),
        _templates.c.moon_sign == bindparam("moon_sign"),
        _templates.c.moon_house == bindparam("moon_house"),
        _templates.c.lunar_ascendant == bindparam("lunar_ascendant"),
        _templates.c.lang == bindparam("lang"),
    )
    .order_by(
        _templates.c.version > bindparam("version"), func.abs(_templates.c.version - bindparam("version"))
    )
    .limit(1)
)
"""The template of the version, else of the nearest lower one, else of the nearest higher one."""
_FIRST: Final = Query(
    select(_first.c.interpretation_full, _first.c.weekly_advice, _first.c.model_used)
    .where(
        _first.c.moon_sign == bindparam("moon_sign"),
        _first.c.moon_house == bindparam("moon_house"),
        _first.c.lunar_ascendant == bindparam("lunar_ascendant"),
        _first.c.lang == bindparam("lang"),
    )
    .order_by(_first.c.version.desc())
    .limit(1)
)
"""What the first version wrote. Its rows have a version of their own, of which it served the newest."""
_TOTALS: Final = Query(
    select(
        _table.c.source,
        _table.c.model_used,
        func.count(),
        func.sum(_table.c.hit_count),
        func.sum(_table.c.generations),
        func.sum(_table.c.generation_ms),
    )
    .where(_table.c.user_id == bindparam("user_id"))
    .group_by(_table.c.source, _table.c.model_used)
)
_MIGRATION: Final = Query(
    select(
        select(func.count()).select_from(_templates).scalar_subquery(),
        select(lunar_migrations.c.migrated_at).where(lunar_migrations.c.version == V2).scalar_subquery(),
    )
)


@dataclass(frozen=True, slots=True)
class Key:
    """Of what a text is."""

    return_id: int
    subject: str
    lang: str
    version: int

    @property
    def values(self) -> dict[str, int | str]:
        """The values of the table's key."""
        return dict(zip(OF_RETURN, (self.return_id, self.subject, self.lang, self.version), strict=True))

    def __str__(self) -> str:
        return f"{self.return_id}:{self.subject}:{self.lang}:{self.version}"


@dataclass(frozen=True, slots=True)
class Stored:
    """A text that Claude wrote; `generations` counts how often it was written."""

    text: str
    weekly_advice: dict[str, str] | None
    model: str
    written_at: datetime
    generations: int


@dataclass(frozen=True, slots=True)
class Template:
    """A text that was written beforehand."""

    text: str
    weekly_advice: dict[str, str] | None
    model: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a generation made: the text, and all that was sent for it."""

    text: str
    weekly_advice: dict[str, str] | None
    model: str
    input_json: Mapping[str, Any]
    generation_ms: int


@dataclass(frozen=True, slots=True)
class Totals:
    """A user's interpretations of one source and model, added up."""

    source: str
    model: str
    texts: int
    hits: int
    generations: int
    generation_ms: int
    """Of the newest generation of each."""


@dataclass(frozen=True, slots=True)
class Migration:
    """How many templates there are, and when the tables of this version were made."""

    templates: int
    migrated_at: datetime | None


def hit(
    connection: Connection,
    returns: Returns,
    user_id: int,
    month: str | None,
    of: tuple[str, str, int],
    *,
    times: int = 1,
) -> tuple[Return | None, Stored | None]:
    """Return the user's return of a month, and what is stored of it, whose hits are counted: two statements.

    Safe for any number of hits at the same time: the database adds, on the row as it is when this transaction has
    it locked. And for a regeneration: who comes second finds the new text.
    """
    found = returns.find(connection, user_id, month)
    if found is None:
        return None, None
    return found, _stored(_HIT.one(connection, times=times, **Key(found.id, *of).values))


def find(connection: Connection, key: Key) -> Stored | None:
    """Return what is stored, and count nothing."""
    return _stored(_FOUND.one(connection, **key.values))


def find_again(connection: Connection, key: Key, seen: int) -> Stored | None:
    """Return what is stored if it was written again since it had been written `seen` times."""
    found = find(connection, key)
    return found if found and found.generations > seen else None


def look_again(connection: Connection, returns: Returns, user_id: int, key: Key) -> tuple[Return | None, int]:
    """Return the user's return, and how often its text was written: 0 where there is none."""
    found = returns.by_id(connection, user_id, key.return_id)
    stored = find(connection, key) if found else None
    return found, stored.generations if stored else 0


def add(
    connection: Connection, returns: Returns, user_id: int, key: Key, made: Made, now: datetime
) -> Stored:
    """Store a text unless there is one, and return the one that is there then.

    Raises:
        InvalidLunarReturnError: the return is gone, and maybe its user.

    """
    _hold(connection, returns, key)
    row = _row(user_id, key, made, now)
    dialects.of(connection).insert_if_absent(connection, _table, row, keys=OF_RETURN)
    return _there(connection, key)


def replace(
    connection: Connection, returns: Returns, user_id: int, key: Key, made: Made, now: datetime
) -> Stored:
    """Store a text in the place of the one that is there, in one statement: readers see the old one or the new.

    The row keeps its id, its hits, and when it was first written.

    Raises:
        InvalidLunarReturnError: as `add`.

    """
    _hold(connection, returns, key)
    changes = {**_written(made), "updated_at": now, "generations": _table.c.generations + 1}
    row = _row(user_id, key, made, now)
    dialects.of(connection).insert_or_change(connection, _table, row, keys=OF_RETURN, changes=changes)
    return _there(connection, key)


def template(
    connection: Connection, moon_sign: str, moon_house: int, lunar_ascendant: str, of: tuple[str, str, int]
) -> Template | None:
    """Return the template of the version, else of the nearest lower one, else of the nearest higher one."""
    subject, lang, version = of
    row = _TEMPLATE.one(
        connection,
        subject=subject,
        moon_sign=moon_sign,
        moon_house=moon_house,
        lunar_ascendant=lunar_ascendant,
        lang=lang,
        version=version,
    )
    return Template(*row) if row else None


def first_version(
    connection: Connection, moon_sign: str, moon_house: int, lunar_ascendant: str, lang: str
) -> Template | None:
    """Return what the first version wrote, from where it wrote it; None where it wrote nothing."""
    row = _FIRST.one(
        connection, moon_sign=moon_sign, moon_house=moon_house, lunar_ascendant=lunar_ascendant, lang=lang
    )
    return Template(*row) if row else None


def totals(connection: Connection, user_id: int) -> list[Totals]:
    """Return what there is of the user's, by source and model: one statement."""
    return [Totals(row[0], row[1], *map(int, row[2:])) for row in _TOTALS.all(connection, user_id=user_id)]


def migration(connection: Connection) -> Migration:
    """Return how many templates there are, and since when: one statement."""
    row = _MIGRATION.one(connection)
    assert row is not None
    return Migration(*row)


def _hold(connection: Connection, returns: Returns, key: Key) -> None:
    if not returns.hold(connection, key.return_id):
        raise InvalidLunarReturnError


def _row(user_id: int, key: Key, made: Made, now: datetime) -> dict[str, Any]:
    return {**key.values, **_written(made), "user_id": user_id, "created_at": now, "updated_at": now}


def _written(made: Made) -> dict[str, Any]:
    return {
        "input_json": made.input_json,
        "output_text": made.text,
        "weekly_advice": made.weekly_advice,
        "model_used": made.model,
        "generation_ms": made.generation_ms,
    }


def _there(connection: Connection, key: Key) -> Stored:
    stored = find(connection, key)
    assert stored is not None, "the row was written in this transaction, or before"
    return stored


def _stored(row: Row | None) -> Stored | None:
    return Stored(*row) if row else None
