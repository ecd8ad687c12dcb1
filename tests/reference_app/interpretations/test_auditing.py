"""The audit of the migration: it names each row that is wrong, and leaves no trace."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import Connection, text

from fixtures.systems.interpretations import first_version
from fixtures.systems.interpretations.migrated import DAMAGES, LOOKUP
from reference_app.database import migrate
from reference_app.errors import DatabaseNotMigrated, DatabaseUnavailable
from reference_app.exit_codes import ExitCode
from reference_app.interpretations import audit_store, auditing
from reference_app.interpretations.auditing import NotCleanedUp
from reference_app.interpretations.seeding import seed

V1: Final = "0008_lunar_v1"
LEO: Final = "Leo, house 5, ascendant Virgo, version 2, fr"
OF_LOOKUP: Final = ("template_type", "moon_sign", "moon_house", "lunar_ascendant", "lang", "version")
WRONG: Final[dict[str, list[str]]] = {
    "lost a text": [f"{LEO}: missing"],
    "has a text too many": [f"{LEO.replace('Leo', 'Ophiuchus')}: extra"],
    "has a text that differs by one byte": [f"{LEO}: changed (template_text)"],
    "has a text with a blank less at its end": [f"{LEO}: changed (template_text)"],
    "has a text without its advice": [f"{LEO}: changed (weekly_advice_template)"],
    "has a text of another date": [f"{LEO}: changed (updated_at)"],
    "has a text in the wrong house": [f"{LEO}: is under moon_house 13"],
    "has a text in the wrong language": [f"{LEO}: is under lang en"],
    "lacks an index": [f"{LOOKUP}: missing"],
    "has an index of other columns": [
        f"{LOOKUP}: is (moon_sign, moon_house), and should be ({', '.join(OF_LOOKUP)})",
    ],
    "takes a text twice": [
        "a second text of the same key is taken: full",
        "a second text of the same key is taken: focus",
        "uq_lunar_interpretation_templates_key: missing",
    ],
    "lost a text of its backup": [f"backup: {LEO}: missing"],
    "has another length in its backup": [f"backup: {LEO}: changed (length)"],
}


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    """A transaction in such a database, which is taken back."""
    migrate.downgrade(database_url, V1)
    first_version.put(database_url)
    migrate.upgrade(database_url)
    with migrate.connected(database_url) as opened:
        opened.execution_options(writes=True)
        yield opened


def test_each_damage_is_named_and_nothing_else(connection: Connection) -> None:
    """One by one, in transactions that are taken back; a whole database passes before and after."""
    assert _look(connection) == (ExitCode.PROVEN, [])
    for damage, wrong in WRONG.items():
        assert _look(connection, DAMAGES[damage]) == (ExitCode.NEGATIVE, wrong), damage
    assert _look(connection, DAMAGES["has no backup"]) == (ExitCode.INCONCLUSIVE, [])
    assert _look(connection) == (ExitCode.PROVEN, [])


def test_a_text_that_ships_is_known_where_the_first_version_had_none(connection: Connection) -> None:
    """What `db seed` adds is no row too many; a text of ours that says something else is."""
    lost = [
        f"DELETE FROM {table} WHERE moon_sign = 'Leo' AND moon_house = 5"  # noqa: S608
        for table in (first_version.FIRST_VERSION, first_version.BACKUP, first_version.TEMPLATES)
    ]
    for each in lost:
        connection.execute(text(each))
    assert auditing.look(connection).wrong[0] == "Leo, house 5, ascendant Aquarius, version 2, fr: missing"
    assert seed(connection) == 12
    assert auditing.look(connection).code == ExitCode.PROVEN
    connection.execute(
        text("UPDATE lunar_interpretation_templates SET template_text = 'x' WHERE moon_house = 5")
    )
    assert len(auditing.look(connection).wrong) == 144


def test_an_audit_leaves_no_row_and_draws_no_number(database_url: str) -> None:
    """The next template gets the next id, as if nobody had audited."""
    before = _next_id(database_url)
    assert auditing.run(database_url).code == ExitCode.PROVEN
    first_version.execute(database_url, *DAMAGES["lost a text"])
    with pytest.raises(NotCleanedUp):
        auditing.clean_up(database_url)
    assert _next_id(database_url) == before


def test_an_older_database_is_refused_and_one_that_is_not_there_not_made(
    database_url: str, tmp_path: Path
) -> None:
    """An audit of nothing would pass or fail for the wrong reason."""
    migrate.downgrade(database_url, V1)
    with pytest.raises(DatabaseNotMigrated, match="db upgrade"):
        auditing.run(database_url)
    with pytest.raises(DatabaseUnavailable):
        auditing.run(f"sqlite:///{tmp_path}/nobody.sqlite3")
    assert not (tmp_path / "nobody.sqlite3").exists()


def test_a_text_that_cannot_be_decoded_is_a_changed_one() -> None:
    """Its bytes are compared, and a key of such bytes is shown."""
    assert audit_store.digest(b"\xff") != audit_store.digest(b"\xfe")
    assert auditing._named(("full", "L\ufffdo", "5", "Virgo", "2", "fr")).startswith("L\ufffdo, house 5")


def _look(connection: Connection, damage: Sequence[str] = ()) -> tuple[ExitCode, list[str]]:
    for statement in damage:
        connection.execute(text(statement))
    found = auditing.look(connection)
    connection.rollback()
    return found.code, list(found.wrong)


def _next_id(database_url: str) -> int:
    """Return the last number that the templates' ids have drawn."""
    with migrate.connected(database_url) as connection:
        sequence = "SELECT last_value FROM lunar_interpretation_templates_id_seq"
        if database_url.startswith("sqlite"):
            sequence = "SELECT seq FROM sqlite_sequence WHERE name = 'lunar_interpretation_templates'"
        return int(connection.scalar(text(sequence)) or 0)
