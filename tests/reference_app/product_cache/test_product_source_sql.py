"""The source's own SQL works on the tables: as written on Postgres, in SQLite's words on SQLite (PC-2, PC-4).

What it stores the app serves, counts and removes as its own.
"""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import pytest
from sqlalchemy import Connection, text

from reference_app.clock import system_clock
from reference_app.database.engine import Database
from reference_app.database.errors import Conflict
from reference_app.product_cache import store
from reference_app.product_cache.cleaning import CleanUp
from tests.reference_app.product_cache.shop import Shop
from tests.reference_app.stage import OpenDatabase

THREADS: Final = 10
IN_ALL_S_MAX: Final = 0.9
TRIES: Final = 5
INSERT: Final = """
    INSERT INTO product_discovery_cache (cache_key, asins, filters_applied, created_at, expires_at, hit_count)
    VALUES (:key, '["B000000001"]', NULL, NOW(), NOW() {lives}, 0)
"""
INSERT_SCORE: Final = """
    INSERT INTO product_scoring_cache
        (cache_key, asin, roi_percent, velocity_score, recommendation, title, price, bsr, expires_at)
    VALUES (:key, 'B000000001', 45.50, 72.25, 'BUY', 'By hand', 19.99, 1200, NOW() + INTERVAL '6 hours')
"""
PURGE: Final = "DELETE FROM product_discovery_cache WHERE expires_at < NOW() RETURNING cache_key"
COUNT: Final = "SELECT COUNT(*) FROM product_discovery_cache WHERE expires_at {} NOW()"
HIT: Final = (
    "UPDATE product_discovery_cache SET hit_count = hit_count + 1 WHERE cache_key = :key RETURNING hit_count"
)
IN_SQLITE: Final = {
    "NOW() + INTERVAL '24 hours'": "DATETIME('now', '+24 hours')",
    "NOW() + INTERVAL '6 hours'": "DATETIME('now', '+6 hours')",
    "NOW() - INTERVAL '1 hour'": "DATETIME('now', '-1 hours')",
    "NOW()": "DATETIME('now')",
}


def said(database: Database, statement: str, **values: Any) -> list[Any]:
    """Run the source's statement, and return the first column of what it returns."""
    if database._engine.dialect.name == "sqlite":
        for postgres, sqlite in IN_SQLITE.items():
            statement = statement.replace(postgres, sqlite)

    def run(connection: Connection) -> list[Any]:
        found = connection.execute(text(statement), values)
        return list(found.scalars()) if found.returns_rows else []

    return database.write_now(run)


def test_entries_expire_and_are_purged_as_in_the_source(shop: Shop) -> None:
    """Of an expired one and a valid one the expired one is found, removed and reported; the other stays."""
    database = shop.database
    said(database, INSERT.format(lives="- INTERVAL '1 hour'"), key="test_ttl_expired")
    said(database, INSERT.format(lives="+ INTERVAL '24 hours'"), key="test_ttl_valid")
    assert said(database, COUNT.format("<")) == said(database, COUNT.format(">=")) == [1]
    assert said(database, PURGE) == ["test_ttl_expired"]
    assert set(shop.entries("discovery")) == {"test_ttl_valid"}


def test_hits_count_up_as_in_the_source(shop: Shop) -> None:
    """1, 2, 3, 4, 5; and the app's own hit is the sixth."""
    database = shop.database
    said(database, INSERT.format(lives="+ INTERVAL '24 hours'"), key="test_hit_count")
    assert [said(database, HIT, key="test_hit_count") for _ in range(5)] == [[1], [2], [3], [4], [5]]
    found = database.write_now(store.hit_discovery, "test_hit_count", system_clock)
    assert found is not None
    assert (found.asins, found.expires_at > system_clock()) == (["B000000001"], True)
    assert shop.entries("discovery")["test_hit_count"]["hit_count"] == 6
    assert shop.counted("discovery") == (6, 0)


def test_a_score_from_outside_is_served_to_the_last_decimal(shop: Shop) -> None:
    """Numbers are exact, and what was left out has its default."""
    said(shop.database, INSERT_SCORE, key="by hand")
    found = shop.database.write_now(store.hit_scores, ["by hand"], system_clock)["by hand"]
    numbers = [str(each) for each in (found.price, found.roi_percent, found.velocity_score)]
    assert (numbers, found.recommendation, found.title) == (["19.99", "45.50", "72.25"], "BUY", "By hand")
    assert shop.entries("scoring")["by hand"]["hit_count"] == 1


def test_what_expired_outside_is_removed_by_the_app(shop: Shop) -> None:
    """By the app's own clean-up, with the machine's clock."""
    said(shop.database, INSERT.format(lives="- INTERVAL '1 hour'"), key="old")
    said(shop.database, INSERT.format(lives="+ INTERVAL '24 hours'"), key="new")
    assert shop.database.write_now(CleanUp(system_clock).step) == ["old"]


@pytest.mark.parametrize("value", ["'MAYBE'", "NULL"])
def test_a_recommendation_is_one_of_four(shop: Shop, value: str) -> None:
    """The database refuses any other."""
    with pytest.raises(Conflict):
        said(shop.database, INSERT_SCORE.replace("'BUY'", value), key="wrong")
    assert shop.entries("scoring") == {}


def test_ten_threads_insert_read_and_update(shop: Shop, open_database: OpenDatabase) -> None:
    """10 of 10 succeed, none deadlocks, each entry has one hit; in under 0.9 s on Postgres (PC-4).

    The quickest of a few rounds counts: how busy the machine is says nothing of the tables.
    """
    database = open_database(threads=THREADS)
    took_s = [_round(database, number) for number in range(TRIES)]
    entries = shop.entries("discovery")
    assert [row["hit_count"] for row in entries.values()] == [1] * THREADS * TRIES
    if database._engine.dialect.name == "postgresql":
        assert min(took_s) < IN_ALL_S_MAX


def _round(database: Database, number: int) -> float:
    begin = threading.Barrier(THREADS + 1)

    def work(thread: int) -> bool:
        key = f"test_concurrent_round{number}_thread{thread}_cat{1000 + thread}"
        begin.wait(10)
        said(database, INSERT.format(lives="+ INTERVAL '24 hours'"), key=key)
        read = said(database, "SELECT cache_key FROM product_discovery_cache WHERE cache_key = :key", key=key)
        return (read, said(database, HIT, key=key)) == ([key], [1])

    with ThreadPoolExecutor(THREADS) as pool:
        working = [pool.submit(work, thread) for thread in range(THREADS)]
        begin.wait(10)
        begun_s = time.monotonic()
        assert [each.result() for each in working] == [True] * THREADS
        return time.monotonic() - begun_s
