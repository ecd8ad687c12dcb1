"""`-D database=postgresql://…`: runs on a Postgres that was there before, and is there afterwards as it was."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from fixtures.databases.postgres import Cluster
from fixtures.run_settings import parse
from tests.foreign.conftest import Checkout

SCENARIOS = ("features/lunar_returns/first_request.feature:8", "features/lunar_returns/purge.feature:7")
THEIRS = "shop"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A Postgres with a database of somebody's, in which there is a row."""
    # Where we are root Postgres runs as an ordinary user, who cannot pass through pytest's own folders.
    with tempfile.TemporaryDirectory(prefix="touchstone-test-", ignore_cleanup_errors=True) as folder:
        made = Cluster(Path(folder) / "postgres")
        try:
            _ask(made, "postgres", f"CREATE DATABASE {THEIRS}")
            _ask(made, THEIRS, "CREATE TABLE orders AS SELECT 4711 AS number")
            yield made
        finally:
            made.end()


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A copy of the checkout."""
    return Checkout(tmp_path_factory.mktemp("checkout"))


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_scenarios_run_on_it_and_leave_nothing(cluster: Cluster, checkout: Checkout, jobs: str) -> None:
    """Each has a database of its own, which is gone afterwards; others' are not touched."""
    before = _databases(cluster)
    ended = checkout.behave("-D", f"database={cluster.url()}", "-D", f"jobs={jobs}", *SCENARIOS)

    assert ended.code == 0, ended.said[-3_000:]
    assert [each["axes"]["database"] for each in ended.results["scenarios"]] == ["postgres"] * 2
    assert ended.results["counts"]["passed"] == 2
    assert before == _databases(cluster)
    assert _ask(cluster, THEIRS, "SELECT number FROM orders") == [(4711,)]
    assert _tables(cluster, THEIRS) == ["orders"]
    assert _tables(cluster, "postgres") == []


def test_a_scenario_that_fails_leaves_nothing_either(cluster: Cluster, checkout: Checkout) -> None:
    """What went wrong is kept in the run's own folder, not in the Postgres."""
    before = _databases(cluster)
    feature = checkout.folder / "features" / "lunar_returns" / "wrong.feature"
    feature.write_text(
        "Feature: Wrong\n  @LR-1\n  Rule: Thirteen\n    Scenario: thirteen\n"
        "      Given Ada has a natal chart\n      When Ada asks for the current return\n"
        "      Then Ada has returns for 13 consecutive months\n",
        encoding="utf-8",
    )
    try:
        ended = checkout.behave("-D", f"database={cluster.url()}", "features/lunar_returns/wrong.feature")
    finally:
        feature.unlink()

    assert ended.code == 1, ended.said[-3_000:]
    assert before == _databases(cluster)


def test_a_postgres_that_is_not_there_ends_with_4(checkout: Checkout, tmp_path: Path) -> None:
    """It is told in one line, and no scenario is failed by it."""
    ended = checkout.behave("-D", f"database=postgresql://postgres@/x?host={tmp_path}", *SCENARIOS)

    assert ended.code == 4, ended.said[-3_000:]
    assert ended.results["counts"]["failed"] == 0
    assert f"error: before_all: postgresql:///x?host={tmp_path} cannot be used: " in ended.said
    assert "Traceback" not in ended.said


def test_a_user_who_may_not_make_databases_ends_with_4(cluster: Cluster, checkout: Checkout) -> None:
    """The line says what is lacking, and nothing is left of the attempt."""
    _ask(cluster, "postgres", "CREATE ROLE reader LOGIN")
    before = _databases(cluster)
    url = cluster.url().replace("postgres@", "reader@")
    ended = checkout.behave("-D", f"database={url}", *SCENARIOS)

    assert ended.code == 4, ended.said[-3_000:]
    assert "permission denied to create database" in ended.said
    assert before == _databases(cluster)


def test_its_password_is_not_shown() -> None:
    """What results.json shows of the database is where it is."""
    shown = parse({"database": "postgresql://me:hush@db.example/x"}).shown()
    assert shown["database"] == "postgresql://db.example/x"


def _databases(cluster: Cluster) -> list[Any]:
    return _ask(cluster, "postgres", "SELECT datname FROM pg_database ORDER BY datname")


def _tables(cluster: Cluster, database: str) -> list[str]:
    rows = _ask(cluster, database, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return [name for (name,) in rows]


def _ask(cluster: Cluster, database: str, statement: str) -> list[Any]:
    with psycopg.connect(cluster.url(database), autocommit=True, connect_timeout=5) as connection:
        answered = connection.execute(statement)
        return list(answered.fetchall()) if answered.description else []
