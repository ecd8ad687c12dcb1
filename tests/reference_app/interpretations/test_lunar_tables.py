"""The tables of interpretations: the way up and down keeps every byte, and each text is there once."""

import asyncio
import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Table, delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from reference_app.database import migrate
from reference_app.database.engine import Database
from reference_app.database.errors import Conflict
from reference_app.interpretations import store
from reference_app.interpretations.errors import TemplateNotFoundError
from reference_app.interpretations.legacy import load_lunar_interpretation_with_fallback
from reference_app.interpretations.seeding import seed
from reference_app.interpretations.tables import (
    lunar_interpretation_templates as templates,
)
from reference_app.interpretations.tables import lunar_interpretations
from reference_app.interpretations.tables import (
    pregenerated_lunar_interpretations as first_version,
)
from reference_app.interpretations.tables import (
    pregenerated_lunar_interpretations_backup as backup,
)
from reference_app.interpretations.texts import HOUSES, SIGNS, builtin, template

V1, V2 = "0008_lunar_v1", "0009_lunar_v2"
WRITTEN_AT: Final = datetime(2025, 3, 1, 8, 30, 15, 123456, tzinfo=UTC)
ARIES: Final = ("Aries", 1, "Leo")
RESTORE: Final = """
INSERT INTO lunar_interpretation_templates
  (template_type, moon_sign, moon_house, lunar_ascendant, version, lang, template_text, weekly_advice_template,
   model_used, created_at, updated_at)
SELECT
  'full' as template_type,
  moon_sign,
  moon_house,
  lunar_ascendant,
  version,
  lang,
  interpretation_full as template_text,
  weekly_advice as weekly_advice_template,
  model_used,
  created_at,
  updated_at
FROM pregenerated_lunar_interpretations_backup
"""
"""The source's situation 4, as written."""


def rows_of_first_version() -> Iterator[dict[str, Any]]:
    """Yield 1,728 rows as a service of the first version would have left them, some without advice."""
    for number, (sign, house, ascendant) in enumerate(itertools.product(SIGNS, HOUSES, SIGNS)):
        body = f"  «{sign}» \u202f: l’été\r\n\ttexte n° {number} 🌙 \\u0041  "
        yield {
            "moon_sign": sign,
            "moon_house": house,
            "lunar_ascendant": ascendant,
            "version": 2 if number % 7 else 1,
            "lang": "fr",
            "interpretation_full": body,
            "weekly_advice": {"week_1": f"é {number}", "b": 1.5} if number % 5 else None,
            "length": len(body),
            "model_used": "claude-3-opus" if number % 3 else None,
            "created_at": WRITTEN_AT + timedelta(seconds=number),
            "updated_at": WRITTEN_AT + timedelta(days=number),
        }


def count_of(connection: Connection, table: Table) -> int | None:
    """Return how many rows a table has."""
    return connection.scalar(select(func.count()).select_from(table))


def raw(connection: Connection, table: str, columns: str) -> list[Any]:
    """Return rows in their order, JSON as its text."""
    advice = "CAST({} AS TEXT)"
    shown = columns.replace("ADVICE", advice.format("weekly_advice")).replace(
        "TEMPLATE_OF", advice.format("weekly_advice_template")
    )
    sql = f"SELECT {shown} FROM {table} ORDER BY moon_sign, moon_house, lunar_ascendant"  # noqa: S608 - ours
    return [tuple(row) for row in connection.execute(text(sql))]


OF_V1: Final = (
    "moon_sign, moon_house, lunar_ascendant, version, lang, interpretation_full, ADVICE, model_used,"
    " created_at, updated_at"
)
OF_TEMPLATES: Final = OF_V1.replace("interpretation_full", "template_text").replace("ADVICE", "TEMPLATE_OF")


def test_the_first_versions_texts_go_up_down_and_up_unchanged(database_url: str) -> None:
    """Not one byte of 1,728 texts, of their advice or their dates changes; what they came from stays."""
    url = database_url
    migrate.downgrade(url, V1)
    with migrate.connected(url) as connection:
        connection.execution_options(writes=True)
        connection.execute(insert(first_version), list(rows_of_first_version()))
        connection.commit()
        before = raw(connection, first_version.name, f"id, length, {OF_V1}")
        plain = raw(connection, first_version.name, OF_V1)
    for _ in range(2):
        migrate.upgrade(url, V2)
        with migrate.connected(url) as connection:
            assert raw(connection, first_version.name, f"id, length, {OF_V1}") == before
            assert raw(connection, backup.name, f"id, length, {OF_V1}") == before
            assert raw(connection, templates.name, OF_TEMPLATES) == plain
            assert seed(connection) == 0
        migrate.downgrade(url, V1)
        with migrate.connected(url) as connection:
            assert raw(connection, first_version.name, f"id, length, {OF_V1}") == before
    migrate.upgrade(url)
    migrate.require(url)


def test_the_sources_sql_restores_lost_templates(database_url: str) -> None:
    """What is restored from the backup is what was lost."""
    migrate.downgrade(database_url, V1)
    with migrate.connected(database_url) as connection:
        connection.execution_options(writes=True)
        connection.execute(insert(first_version), list(rows_of_first_version()))
        connection.commit()
    migrate.upgrade(database_url)
    with migrate.connected(database_url) as connection:
        connection.execution_options(writes=True)
        before = raw(connection, templates.name, OF_TEMPLATES)
        connection.execute(delete(templates))
        connection.execute(text(RESTORE))
        assert raw(connection, templates.name, OF_TEMPLATES) == before
        connection.commit()


def test_a_new_database_holds_the_shipped_texts(database: Database) -> None:
    """1,728 in French, 144 a sign, each as it ships; nothing of a first version, and an empty backup."""
    shipped = template(*ARIES)
    found = database.read_now(store.template, *ARIES, ("full", "fr", 2))
    assert found == store.Template(shipped.text, shipped.weekly_advice, None)
    by_sign = select(templates.c.moon_sign, func.count()).group_by(templates.c.moon_sign)
    assert dict(database.read_now(lambda connection: connection.execute(by_sign).all())) == dict.fromkeys(
        SIGNS, 144
    )
    for table in (first_version, backup):
        assert database.read_now(count_of, table) == 0


def test_seeding_adds_what_is_missing_and_changes_nothing(database: Database) -> None:
    """A text that an operator has changed stays; what is missing comes as it ships, the second time nothing."""
    leo = templates.c.moon_sign == "Leo"

    def spoil(connection: Connection) -> None:
        connection.execute(delete(templates).where(leo))
        connection.execute(
            update(templates).where(templates.c.moon_sign == "Aries").values(template_text="ours", version=1)
        )

    database.write_now(spoil)
    assert [database.write_now(seed) for _ in range(2)] == [144, 0]
    assert database.read_now(store.migration).templates == 1728
    found = database.read_now(store.template, "Leo", 12, "Pisces", ("full", "fr", 2))
    assert found is not None
    assert found.text == template("Leo", 12, "Pisces").text
    ours = database.read_now(store.template, *ARIES, ("full", "fr", 2))
    assert ours is not None
    assert ours.text == "ours"


MAYBE: Final = st.none() | st.sampled_from(["Aries", "Leo"])
KEYS: Final = st.tuples(
    st.sampled_from(["focus", "climate"]),
    MAYBE,
    st.none() | st.sampled_from([1, 12]),
    MAYBE,
    st.sampled_from([2, 3]),
    st.sampled_from(["fr", "en"]),
)
NAMES: Final = ("template_type", "moon_sign", "moon_house", "lunar_ascendant", "version", "lang")


def row_of(key: tuple[Any, ...], body: str) -> dict[str, Any]:
    """Return the row of a template."""
    return dict(zip(NAMES, key, strict=True)) | {"template_text": body}


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(keys=st.tuples(KEYS, KEYS))
def test_of_two_templates_alike_the_second_is_refused(database: Database, keys: tuple[Any, Any]) -> None:
    """Also where a value is missing in both: NULL is a value there. Others are not in each other's way."""

    class Done(Exception):
        pass

    def both(connection: Connection) -> None:
        for key in keys:
            connection.execute(insert(templates).values(row_of(key, "x")))
        raise Done

    with pytest.raises(Conflict if keys[0] == keys[1] else Done):
        database.write_now(both)


@pytest.mark.parametrize(
    ("there", "asked", "chosen"),
    [([1, 2, 4], 2, 2), ([1, 2, 4], 3, 2), ([1, 4, 9], 3, 1), ([4, 9], 3, 4), ([2], 1, 2), ([], 2, None)],
)
def test_the_nearest_version_is_chosen(
    database: Database, there: list[int], asked: int, chosen: int | None
) -> None:
    """The one that is asked for, else the nearest lower one, else the nearest higher one."""

    def put(connection: Connection) -> None:
        connection.execute(delete(templates))
        for version in there:
            row = row_of(("full", *ARIES, version, "fr"), str(version))
            connection.execute(insert(templates).values(row))

    database.write_now(put)
    found = database.read_now(store.template, *ARIES, ("full", "fr", asked))
    assert (found and found.text) == (chosen and str(chosen))


@pytest.mark.parametrize("column", ["subject", "lang", "version", "source", "hit_count", "generations"])
def test_the_database_refuses_what_is_no_interpretation(database: Database, column: str) -> None:
    """Only what Claude wrote, of a subject and a language that there are."""
    bad: dict[str, Any] = {"subject": "money", "lang": "de", "source": "db_template"}
    values: dict[str, Any] = {
        "user_id": 1, "lunar_return_id": 1, "subject": "full", "version": 2, "lang": "fr", "input_json": {},
        "output_text": "x", "model_used": "m", "generation_ms": 1,
        "created_at": WRITTEN_AT, "updated_at": WRITTEN_AT,
        column: bad.get(column, -1),
    }  # fmt: skip
    with pytest.raises(Conflict) as refused:
        database.write_now(
            lambda connection: connection.execute(insert(lunar_interpretations).values(values))
        )
    assert isinstance(refused.value.__cause__, IntegrityError)
    assert f"ck_lunar_interpretations_{column}" in str(refused.value.__cause__)


def test_the_deprecated_function_warns_and_answers(database: Database) -> None:
    """From templates and built-in texts only (LI-13)."""

    async def asked(*arguments: Any, **named: Any) -> tuple[str, dict[str, str] | None, str]:
        with pytest.warns(DeprecationWarning, match="load_lunar_interpretation_with_fallback"):
            return await load_lunar_interpretation_with_fallback(database, *arguments, **named)

    async def scenario() -> None:
        shipped = template(*ARIES)
        assert await asked(*ARIES) == (shipped.text, shipped.weekly_advice, "db_template")
        assert await asked(*ARIES, 1) == await asked(*ARIES, preferred_version=9) == await asked(*ARIES)
        assert await asked(*ARIES, lang="en") == (*builtin("full", "en", *ARIES), "hardcoded")
        for place, lang in ((("Ophiuchus", 1, "Leo"), "fr"), (("Leo", 13, "Leo"), "fr"), (ARIES, "de")):
            with pytest.raises(TemplateNotFoundError):
                await asked(*place, lang=lang)

    asyncio.run(scenario())
