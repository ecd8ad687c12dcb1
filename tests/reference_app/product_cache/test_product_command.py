"""`reference-app cache cleanup` and `cache verify`: one line of JSON, exit codes, and the SQL of pg_cron."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import Connection, text

from reference_app.clock import system_clock
from reference_app.database import migrate
from reference_app.product_cache import store
from reference_app.product_cache.scoring import score
from tests.reference_app.commanding import Run, running
from tests.reference_app.product_cache.shop import Shop, product_of, put_discovery

PROVEN, NEGATIVE, NOT_READY = 0, 1, 4
UNREACHABLE: Final = "postgresql://someone:hunter2@127.0.0.1:9/nothing"
TABLES: Final = ("product_discovery_cache", "product_scoring_cache", "product_cache_counters")
HOUR: Final = timedelta(hours=1)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], database_url: str) -> Iterator[Run]:
    """Runs `reference-app cache …` in this process, on this test's database unless another is named."""
    with running("cache", database_url, capsys) as found:
        yield found


def test_both_caches_are_cleaned_up_and_counted(shop: Shop, run: Run) -> None:
    """`{"discovery": n, "scoring": m}`; a second run finds nothing."""
    shop.database.write_now(_fill)
    assert run("cleanup") == (PROVEN, '{"discovery": 2, "scoring": 1}\n', "")
    assert run("cleanup") == (PROVEN, '{"discovery": 0, "scoring": 0}\n', "")
    assert (set(shop.entries("discovery")), shop.entries("scoring")) == ({"new"}, {})


def test_keys_are_listed_on_demand(shop: Shop, run: Run) -> None:
    """`--verbose` adds them, in their order."""
    shop.database.write_now(_fill)
    ended = run("cleanup", "--verbose")
    assert (ended.code, ended.stderr) == (PROVEN, "")
    assert json.loads(ended.stdout) == {
        "discovery": 2,
        "scoring": 1,
        "keys": {"discovery": ["old-1", "old-2"], "scoring": ["old"]},
    }


def test_the_sql_of_pg_cron_removes_what_has_expired(shop: Shop, run: Run) -> None:
    """What it schedules every hour runs as it is printed, on Postgres; printing it does nothing."""
    shop.database.write_now(_fill)
    ended = run("cleanup", "--print-pg-cron")
    assert (ended.code, ended.stderr, len(shop.entries("discovery"))) == (PROVEN, "", 3)
    before, body, after = ended.stdout.split("$$")
    assert before.split("\n") == [
        "CREATE EXTENSION IF NOT EXISTS pg_cron;",
        "",
        "SELECT cron.schedule('cache-cleanup', '0 * * * *', ",
    ]
    assert after == ");\n"
    if shop.database._engine.dialect.name == "postgresql":
        shop.database.write_now(_each, body)
        assert (set(shop.entries("discovery")), shop.entries("scoring")) == ({"new"}, {})


def test_tables_as_they_must_be_are_verified(run: Run) -> None:
    """Nothing is wrong with any of them."""
    ended = run("verify")
    assert (ended.code, json.loads(ended.stdout)) == (PROVEN, {table: [] for table in TABLES})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "DROP INDEX ix_product_scoring_cache_expires_at",
            "the index ix_product_scoring_cache_expires_at of",
        ),
        ("ALTER TABLE product_scoring_cache DROP COLUMN bsr", "the column bsr is missing"),
        ("DROP TRIGGER product_scoring_cache_hits", "the trigger product_scoring_cache_hits is missing"),
        ("DROP TABLE product_scoring_cache", "the table is missing"),
    ],
)
def test_what_is_wrong_with_a_table_is_said(shop: Shop, run: Run, change: str, said: str) -> None:
    """By the table's name, with exit code 1; of the others nothing."""
    of_postgres = " ON product_scoring_cache" if "TRIGGER" in change and _is_postgres(shop) else ""
    shop.database.write_now(_each, change + of_postgres)
    ended = run("verify")
    found = json.loads(ended.stdout)
    assert (ended.code, ended.stderr) == (NEGATIVE, "")
    assert found.pop("product_scoring_cache")[0].startswith(said)
    assert set(map(tuple, found.values())) == {()}


@pytest.mark.parametrize("verb", ["cleanup", "verify"])
def test_an_unreachable_database_is_said_in_one_line(run: Run, verb: str, tmp_path: Path) -> None:
    """Exit code 4, no password, and no file is made where none is."""
    for url in (UNREACHABLE, f"sqlite:///{tmp_path}/none.sqlite3"):
        ended = run(verb, DATABASE_URL=url)
        assert (ended.code, ended.stdout) == (NOT_READY, "")
        said = json.loads(ended.stderr)
        assert (said["command"], said["exit_code"]) == (f"cache {verb}", NOT_READY)
        assert "hunter2" not in ended.stderr
    assert not (tmp_path / "none.sqlite3").exists()


def test_a_database_of_the_version_before(database_url: str, run: Run) -> None:
    """A clean-up says that it has to be migrated; verify, that the tables are missing."""
    migrate.downgrade(database_url, "0006_timed_runs")
    assert "reference-app db upgrade" in json.loads(run("cleanup").stderr)["error"]
    ended = run("verify")
    assert ended.code == NEGATIVE
    assert {"the table is missing"} <= set(json.loads(ended.stdout)["product_scoring_cache"])


def _fill(connection: Connection) -> None:
    now = system_clock()
    for key, ends_in in (("old-1", -HOUR), ("old-2", -2 * HOUR), ("new", HOUR)):
        put_discovery(connection, key, now + ends_in)
    store.put_scores(connection, {"old": score(product_of("B000000001"))}, lambda: now - 7 * HOUR)


def _each(connection: Connection, statements: str) -> None:
    for statement in statements.split(";"):
        if statement.strip():
            connection.execute(text(statement))


def _is_postgres(shop: Shop) -> bool:
    return shop.database._engine.dialect.name == "postgresql"
