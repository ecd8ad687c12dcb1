"""What destroys is the operator's act: a chain of its own, which no start runs, needs or refuses."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import inspect, text

from reference_app.accounts.tables import users
from reference_app.database import chains, migrate
from reference_app.errors import DatabaseNotMigrated
from tests.reference_app.stage import Server

REVISION: Final = "0001_without_backup"
SCRIPT: Final = f"""
from alembic import op

revision = "{REVISION}"
down_revision = None
branch_labels = ("contract",)
depends_on = None


def upgrade() -> None:
    op.drop_table("users_backup")


def downgrade() -> None:
    raise NotImplementedError
"""


@pytest.fixture
def database_url(each_database_url: str) -> str:
    """A migrated database with a table that nobody needs any more."""
    with migrate.connected(each_database_url) as connection:
        connection.execute(text("CREATE TABLE users_backup AS SELECT * FROM users"))
        connection.commit()
    return each_database_url


@pytest.fixture
def contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> chains.Chain:
    """A chain with one revision, which drops that table, in place of the one that has none yet."""
    (tmp_path / "versions of a test").mkdir()
    (tmp_path / "versions of a test" / f"post_{REVISION}.py").write_text(SCRIPT, encoding="utf-8")
    chain = chains.Chain("contract", chains.CONTRACT.version_table, tmp_path / "versions of a test", "post_")
    monkeypatch.setattr(migrate, "CONTRACT", chain)
    return chain


def test_a_start_removes_nothing(database_url: str, contract: chains.Chain) -> None:
    """With a revision of the chain outstanding, a start has nothing to do and refuses nothing."""
    assert not migrate.upgrade(database_url)
    migrate.require(database_url)
    assert (migrate.revision(database_url, contract), _has_backup(database_url)) == (None, True)


def test_the_operator_removes_it(database_url: str, contract: chains.Chain) -> None:
    """The operator's command runs the chain once, and leaves the other one where it was."""
    assert migrate.upgrade_contract(database_url)
    assert (migrate.revision(database_url, contract), _has_backup(database_url)) == (REVISION, False)
    assert migrate.revision(database_url) == migrate.HEAD
    assert not migrate.upgrade_contract(database_url)


@pytest.mark.usefixtures("contract")
def test_a_chain_that_is_ahead_stops_no_start(
    database_url: str, start_server: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server of a version that does not know the chain's revision starts and serves anyway."""
    migrate.upgrade_contract(database_url)
    monkeypatch.undo()
    assert not migrate.upgrade(database_url)
    migrate.require(database_url)
    assert start_server().ask("GET", "/ready").status_code == 200
    with pytest.raises(DatabaseNotMigrated, match=REVISION):
        migrate.upgrade_contract(database_url)


@pytest.mark.usefixtures("contract")
def test_nothing_is_removed_before_everything_is_added(database_url: str) -> None:
    """The chain is refused while the schema is not what this version needs."""
    migrate.downgrade(database_url, "0003_one_return_a_month")
    with pytest.raises(DatabaseNotMigrated, match="`reference-app db upgrade`"):
        migrate.upgrade_contract(database_url)
    assert _has_backup(database_url)


def test_both_chains_are_there_after_a_way_down_and_up(database_url: str, contract: chains.Chain) -> None:
    """Going back with one chain forgets nothing of the other."""
    migrate.upgrade_contract(database_url)
    migrate.downgrade(database_url, "base")
    with migrate.connected(database_url) as connection:
        assert not inspect(connection).has_table(users.name)
    assert migrate.upgrade(database_url)
    assert migrate.revision(database_url, contract) == REVISION


def _has_backup(database_url: str) -> bool:
    with migrate.connected(database_url) as connection:
        return inspect(connection).has_table("users_backup")
