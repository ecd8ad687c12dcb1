"""Every command and every query of the runbook of the product cache is run, in the page's order.

What the page runs inside a container runs here, on a Postgres with entries that have expired and others. No
container is started: of `docker compose` itself the service and the verb are looked at.
"""

import json
import re
import shlex
import subprocess
import sys
from typing import Any, Final

import psycopg
import pytest

from fixtures.scenario.eventually import eventually
from reference_app.clock import system_clock
from reference_app.database.engine import Database
from reference_app.product_cache.commands import PG_CRON
from reference_app.product_cache.stats import ALERTS
from tests.checkout import ROOT
from tests.deploy.composed import COMPOSE, services
from tests.docs.containers import COMMAND_S_MAX, blocks, commands, inside, run_inside

PAGE: Final = ROOT / "docs" / "runbooks" / "product-cache.md"
FILL: Final = """
    INSERT INTO product_discovery_cache (cache_key, asins, filters_applied, expires_at, hit_count) VALUES
        ('discovery:keepa:5f0c2a91', '[]', '{"domain": 1}', NOW() - INTERVAL '1 hour', 3),
        ('discovery:keepa:later', '[]', NULL, NOW() + INTERVAL '24 hours', 7);
    INSERT INTO product_scoring_cache (cache_key, asin, recommendation, expires_at) VALUES
        ('scoring:keepa:1:B000000001', 'B000000001', 'BUY', NOW() - INTERVAL '1 hour'),
        ('scoring:keepa:1:B000000002', 'B000000002', 'SKIP', NOW() - INTERVAL '2 hours');
    INSERT INTO product_cache_counters (cache, slot, hits, misses) VALUES ('discovery', 3, 30, 10);
    INSERT INTO timed_runs (name, began_at, ended_at, outcome) VALUES ('cache_cleanup', NOW(), NOW(), 'finished');
"""


BLOCKS: Final = blocks(PAGE)
COMMANDS: Final = commands(BLOCKS)
QUERIES: Final = [block.text for block in BLOCKS if block.language == "sql"]


def test_the_page_shows_commands_and_queries() -> None:
    """A test over nothing would hold; services and verbs are there."""
    assert {block.language for block in BLOCKS} == {"sh", "sql", "json"}
    assert {tuple(shlex.split(line)[2:4]) for line in COMMANDS} == {
        ("exec", "postgres"),
        ("exec", "server"),
        ("logs", "--tail"),
    }
    assert {"postgres", "server"} <= services(COMPOSE).keys()
    assert {" ".join(inside(line)) for line in COMMANDS if inside(line)} == {
        "reference-app cache verify",
        "reference-app cache cleanup",
        "reference-app cache cleanup --verbose",
        "reference-app cache cleanup --print-pg-cron",
    }


@pytest.fixture
def filled(postgres_url: str) -> str:
    """A Postgres with entries that have expired, and others."""
    with psycopg.connect(postgres_url) as connection:
        connection.execute(FILL)
    return postgres_url


@pytest.mark.slow
def test_the_page_can_be_followed_from_its_first_line_to_its_last(filled: str) -> None:
    """Each command ends with 0, and each query finds what it looks for."""
    found: list[list[tuple[Any, ...]]] = []
    printed: list[str] = []
    with psycopg.connect(filled, autocommit=True) as connection:
        for block in BLOCKS:
            if block.language == "sql":
                found.append(connection.execute(block.text).fetchall())
            for line in block.text.splitlines() if block.language == "sh" else ():
                printed += [run_inside(inside(line), filled)] if inside(line) else []

    dashboard, ratio, hot, timed, deleted, leases, waiting, one = found
    assert [row[:3] for row in dashboard] == [("discovery", 2, 10), ("scoring", 2, 0)]
    assert [row[4] for row in dashboard] == [1, 2]
    assert [(row[0], *map(float, row[1:])) for row in ratio] == [("discovery", 30, 10, 0.75)]
    assert [row[:2] for row in hot] == [("discovery:keepa:later", 7), ("discovery:keepa:5f0c2a91", 3)]
    assert [(row[0], row[3]) for row in timed] == [("cache_cleanup", "finished")]
    assert deleted == leases == waiting == one == []
    verified, cleaned, verbose, pg_cron, again = printed
    assert set(map(tuple, json.loads(verified).values())) == {()}
    assert json.loads(cleaned) == {"discovery": 1, "scoring": 2}
    assert json.loads(verbose) == {
        "discovery": 0,
        "scoring": 0,
        "keys": {"discovery": [], "scoring": []},
    }
    assert (pg_cron, json.loads(again)) == (f"{PG_CRON}\n", {"discovery": 0, "scoring": 0})


def test_the_shown_answer_is_a_real_one(filled: str) -> None:
    """What the page shows of `--verbose` is what these entries give, to the last key."""
    [shown] = [json.loads(block.text) for block in BLOCKS if block.language == "json"]
    assert json.loads(run_inside(["reference-app", "cache", "cleanup", "--verbose"], filled)) == shown


def test_the_query_of_fetches_shows_one(filled: str) -> None:
    """While a product is fetched its lease is found, and no other purpose's."""
    [query] = [each for each in QUERIES if "work_leases" in each]
    database = Database(filled, clock=system_clock, threads=1, holders=0, wait_s_max=10.0)
    holds = [database.leases.acquire(key) for key in ("product_scoring:one", "productXscoring:two")]
    try:
        with psycopg.connect(filled) as connection:
            rows = connection.execute(query).fetchall()
        assert [row[0] for row in rows] == ["product_scoring:one"]
    finally:
        for hold in holds:
            assert hold is not None
            hold.release()
        database.close()


def test_the_query_of_waits_shows_who_waits(filled: str) -> None:
    """Two hits on one entry: the second waits for the first, and the query says so."""
    [query] = [each for each in QUERIES if "pg_blocking_pids" in each]
    hit = "UPDATE product_discovery_cache SET hit_count = hit_count + 1 WHERE cache_key = 'discovery:keepa:later'"
    with psycopg.connect(filled) as first, psycopg.connect(filled) as other:
        first.execute(hit)
        waiting = subprocess.Popen(
            [sys.executable, "-c", WAITER, filled, hit], stdout=subprocess.PIPE, text=True
        )
        try:
            rows = _seen(other, query)
            assert [row[1] for row in rows] == [[first.info.backend_pid]]
        finally:
            first.rollback()
            assert waiting.wait(COMMAND_S_MAX) == 0
            assert waiting.stdout is not None
            waiting.stdout.close()


def test_the_alerts_are_those_of_the_server() -> None:
    """The page explains each, and no other."""
    explained = re.findall(r"^\| `([a-z-]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert explained == list(ALERTS)


WAITER: Final = """
import sys, psycopg
with psycopg.connect(sys.argv[1]) as connection:
    connection.execute(sys.argv[2])
"""


def _seen(connection: "psycopg.Connection[Any]", query: str) -> list[tuple[Any, ...]]:
    def look() -> list[tuple[Any, ...]]:
        rows = connection.execute(query).fetchall()
        connection.rollback()
        return rows

    found: list[tuple[Any, ...]] = eventually(look, within_s=COMMAND_S_MAX, what="a wait to be seen")
    return found
