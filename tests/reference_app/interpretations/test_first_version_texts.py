"""What the first version wrote is found by its sign, house and ascendant, and given as it lies there (LI-16)."""

import asyncio
import json
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from fixtures.systems.interpretations import first_version, hostile_texts
from reference_app.clock import system_clock
from reference_app.database.engine import Database
from reference_app.interpretations import store
from reference_app.interpretations.falling_back import fall_back
from reference_app.interpretations.store import Template


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    first_version.put(database_url)
    opened = Database(database_url, clock=system_clock, threads=1, holders=0, wait_s_max=30.0)
    yield opened
    opened.close()


def test_every_text_is_found_and_given_as_it_is(database: Database) -> None:
    """All 1,728 hostile ones, with their advice and model; whatever their own version is."""
    wanted = {
        (row.moon_sign, row.moon_house, row.lunar_ascendant): (
            row.interpretation_full,
            json.loads(row.weekly_advice or "null"),
            row.model_used,
        )
        for row in hostile_texts.rows()
    }

    def read(connection: Connection) -> dict[tuple[str, int, str], Template | None]:
        return {key: store.first_version(connection, *key, "fr") for key in wanted}

    found = database.read_now(read)
    odd = [
        key
        for key, template in found.items()
        if template is None or (template.text, template.weekly_advice, template.model) != wanted[key]
    ]
    assert (len(found), odd) == (1_728, [])


def test_only_version_1_of_the_whole_month_in_its_language(database: Database) -> None:
    """Another version gets the template; another subject and another language a text that is built in."""
    [row] = [each for each in hostile_texts.rows() if each.id == hostile_texts.FIRST_ID]
    of = (row.moon_sign, row.moon_house, row.lunar_ascendant)

    async def asked(subject: str, lang: str, version: int) -> tuple[str, bool]:
        found = await fall_back(database, *of, (subject, lang, version))
        return found.source, found.text == row.interpretation_full

    async def all_of_them() -> list[tuple[str, bool]]:
        kinds = [("full", "fr", 1), ("full", "fr", 2), ("full", "en", 1), ("focus", "fr", 1)]
        return [await asked(*kind) for kind in kinds]

    assert asyncio.run(all_of_them()) == [
        ("db_template", True),
        ("db_template", False),
        ("hardcoded", False),
        ("hardcoded", False),
    ]


def test_the_newest_of_several(database: Database, database_url: str) -> None:
    """Where the first version wrote about one month twice, it served what had the higher version."""
    first_version.execute(
        database_url,
        "INSERT INTO pregenerated_lunar_interpretations "
        "(moon_sign, moon_house, lunar_ascendant, version, lang, interpretation_full, length) "
        "VALUES ('Aries', 1, 'Aries', 3, 'fr', 'newer', 5)",
    )
    found = database.read_now(store.first_version, "Aries", 1, "Aries", "fr")
    assert found is not None
    assert found.text == "newer"
