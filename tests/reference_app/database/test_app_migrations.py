"""The schema's history: it ends where the code says, goes both ways, and refuses what would lose data (LR-6)."""

import ast
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from fixtures.systems.lunar_returns.duplicates import BEFORE_THE_RULE
from fixtures.systems.lunar_returns.tables import ADD_RETURN, ADD_USER
from reference_app.database import chains, migrate
from reference_app.database.chains import Chain
from reference_app.database.metadata import metadata
from reference_app.errors import DatabaseNotMigrated, DatabaseUnavailable
from tests.checkout import ROOT

for _tables in (ROOT / "reference_app").glob("*/tables.py"):
    # What is not imported is not in the metadata.
    import_module(f"reference_app.{_tables.parent.name}.tables")

DESTRUCTIVE: Final = {"drop_table", "drop_column", "drop_constraint", "execute", "alter_column"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "schema.sqlite3"


@pytest.fixture
def url(file: Path) -> str:
    return f"sqlite:///{file}"


@pytest.fixture(scope="module")
def scripts() -> ScriptDirectory:
    return _scripts(chains.EXPAND)


@pytest.mark.parametrize("chain", [chains.EXPAND, chains.CONTRACT], ids=lambda chain: chain.name)
def test_each_chain_ends_where_the_code_says(chain: Chain) -> None:
    """The revision that the code asks for is the one head of the chain's scripts."""
    assert _scripts(chain).get_heads() == ([chain.head] if chain.head else [])


@pytest.mark.parametrize("chain", [chains.EXPAND, chains.CONTRACT], ids=lambda chain: chain.name)
def test_file_names_say_when_a_revision_is_safe(chain: Chain) -> None:
    """Each file is `pre_…`, before a deploy, or `post_…`, after one, and then bears its revision's name."""
    found = {Path(script.path).stem: script.revision for script in _scripts(chain).walk_revisions()}
    assert found == {f"{chain.prefix}{revision}": revision for revision in found.values()}
    assert {chains.EXPAND.prefix, chains.CONTRACT.prefix} == {"pre_", "post_"}


def test_the_chains_share_nothing() -> None:
    """Each has its own scripts, and its own table that says how far a database is."""
    assert chains.EXPAND.revisions != chains.CONTRACT.revisions
    assert chains.EXPAND.version_table != chains.CONTRACT.version_table


def test_the_history_is_one_line_without_gaps(scripts: ScriptDirectory) -> None:
    """Each revision follows the one before it, and is named by its number."""
    names = [script.revision for script in reversed(list(scripts.walk_revisions()))]
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


def test_what_runs_at_start_destroys_nothing(scripts: ScriptDirectory) -> None:
    """No upgrade drops or alters what is there: that is the operator's act."""
    for script in scripts.walk_revisions():
        tree = ast.parse(Path(script.path).read_text(encoding="utf-8"))
        upgrade = next(node for node in ast.walk(tree) if getattr(node, "name", "") == "upgrade")
        called = {name.removeprefix("op.") for name in _called(upgrade) if name.startswith("op.")}
        assert called.isdisjoint(DESTRUCTIVE), script.revision


@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_tables_and_history_agree(each_database_url: str) -> None:
    """A database that was migrated is the one that the tables in the code describe."""
    with migrate.connected(each_database_url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found: list[Any] = compare_metadata(context, metadata)
    assert found == []


def test_the_schema_goes_up_down_and_up_again(url: str, file: Path, scripts: ScriptDirectory) -> None:
    """Every revision can be taken back, and the schema is the same after the way down and up."""
    assert migrate.upgrade(url)
    whole = _schema(file)
    migrate.downgrade(url, "base")
    assert {name for name, _ in _schema(file)} & set(metadata.tables) == set()
    for script in reversed(list(scripts.walk_revisions())):
        migrate.upgrade(url, script.revision)
        assert migrate.revision(url) == script.revision
    assert _schema(file) == whole
    assert not migrate.upgrade(url)


def test_duplicates_are_refused_and_nothing_is_changed(url: str, file: Path) -> None:
    """While a user has two returns for a month the rule is not added, and each row stays as it was."""
    migrate.upgrade(url, BEFORE_THE_RULE)
    with closing(sqlite3.connect(file)) as connection, connection:
        for number in range(7):
            connection.execute(ADD_USER, {"email": f"{number}@b.example"})
            for _ in range(2 + number % 2):
                connection.execute(ADD_RETURN, {"month": "2024-01", "email": f"{number}@b.example"})
    before = _dump(file)
    with pytest.raises(DatabaseNotMigrated) as caught:
        migrate.upgrade(url)
    assert "more than one row for 7 user-months (user 1 has 2 for 2024-01, user 2 has 3" in str(caught.value)
    assert "and 2 more" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert (_dump(file), migrate.revision(url)) == (before, BEFORE_THE_RULE)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(
            "DELETE FROM lunar_returns WHERE id NOT IN (SELECT MAX(id) FROM lunar_returns GROUP BY user_id)"
        )
    assert migrate.upgrade(url)


def test_a_migration_that_breaks_off_changes_nothing(
    url: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that dies between two revisions leaves the schema as it was, to be migrated another time."""
    monkeypatch.setattr("alembic.op.create_index", _break)
    with pytest.raises(ArithmeticError):
        migrate.upgrade(url)
    monkeypatch.undo()
    assert _schema(file) == []
    assert migrate.upgrade(url)


def test_a_schema_of_a_later_version_is_refused(url: str, file: Path) -> None:
    """A database that is ahead of this version is neither changed nor served."""
    migrate.upgrade(url)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999_from_the_future'")
    for attempt in (migrate.upgrade, migrate.require):
        with pytest.raises(DatabaseNotMigrated, match="9999_from_the_future"):
            attempt(url)


def test_an_outdated_schema_is_refused_with_what_to_do(url: str) -> None:
    """Without migrating, an outdated database is refused, and the message says how to go on."""
    migrate.upgrade(url, BEFORE_THE_RULE)
    with pytest.raises(DatabaseNotMigrated, match=rf"{BEFORE_THE_RULE}.*`reference-app db upgrade`"):
        migrate.require(url)
    migrate.upgrade(url)
    migrate.require(url)


def test_what_is_no_database_is_left_alone(url: str, file: Path) -> None:
    """A file of another kind is refused, and stays as it is."""
    file.write_bytes(b"a diary, not a database\n" * 100)
    with pytest.raises(DatabaseUnavailable, match="file is not a database"):
        migrate.upgrade(url)
    assert file.read_bytes() == b"a diary, not a database\n" * 100


def _scripts(chain: Chain) -> ScriptDirectory:
    config = Config()
    for option, value in migrate.alembic_options(chain).items():
        config.set_main_option(option, value)
    return ScriptDirectory.from_config(config)


def _called(tree: ast.AST) -> Iterator[str]:
    return (ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call))


def _break(*_: object, **__: object) -> None:
    raise ArithmeticError("the power failed")


def _schema(file: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name"
        ).fetchall()


def _dump(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())
