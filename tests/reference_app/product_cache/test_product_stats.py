"""The figures are those of the source's SQL, run beside them (PC-7), and alerts hold at their bounds (PC-9)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import pytest
from sqlalchemy import Connection, insert

from reference_app.product_cache import stats_store
from reference_app.product_cache.stats import CacheStats, Reused
from reference_app.product_cache.tables import product_cache_counters
from tests.reference_app.product_cache.shop import Shop, put_discovery
from tests.reference_app.stage import START

EMPTY: Final = CacheStats(
    entries=0,
    total_hits=0,
    avg_reuse=None,
    expired_entries=0,
    table_size_bytes=None,
    hits=0,
    misses=0,
    most_reused=[],
)
FULL: Final = replace(EMPTY, entries=10_000, total_hits=20_000, avg_reuse=2.0, expired_entries=2_000)
SUMS: Final = """
    SELECT COUNT(*), SUM(hit_count), AVG(hit_count), COUNT(*) FILTER (WHERE expires_at < {now})
    FROM product_discovery_cache
"""
HOT: Final = "SELECT cache_key, hit_count FROM product_discovery_cache ORDER BY hit_count DESC LIMIT 10"


@pytest.mark.parametrize(
    ("changed", "alerts"),
    [
        ({}, []),
        ({"entries": 10_001}, ["too-many-entries"]),
        ({"avg_reuse": 1.999}, ["little-reuse"]),
        ({"expired_entries": 2_001}, ["too-many-expired"]),
        (
            {"entries": 10_001, "avg_reuse": 0.0, "expired_entries": 10_001},
            ["too-many-entries", "little-reuse", "too-many-expired"],
        ),
        ({"entries": 5, "expired_entries": 1}, []),
        ({"entries": 4, "expired_entries": 1}, ["too-many-expired"]),
    ],
)
def test_alerts_at_their_bounds(changed: dict[str, Any], alerts: list[str]) -> None:
    """Over 10,000 entries, average reuse below 2, over 20 % expired: each by itself."""
    assert replace(FULL, **changed).alerts == alerts


def test_an_empty_cache_alarms_nobody(shop: Shop) -> None:
    """It has no average and no ratio, and takes a little room."""
    found = shop.database.read_now(stats_store.stats, shop.clock)
    for stats in found.values():
        assert replace(stats, table_size_bytes=None) == EMPTY
        assert (stats.alerts, stats.hit_ratio) == ([], None)
        assert (stats.table_size_bytes or 0) > 0


def test_figures_are_those_of_the_source(shop: Shop) -> None:
    """The same as its SQL says, over entries of every kind."""
    shop.database.write_now(_fill)
    found = shop.database.read_now(stats_store.stats, shop.clock)["discovery"]
    now = "'2026-01-10 12:00:00.000000'" if _is_sqlite(shop) else "TIMESTAMPTZ '2026-01-10 12:00:00+00'"
    [(entries, hits, average, expired)] = shop.database.read_now(_asked, SUMS.format(now=now))
    assert (
        (found.entries, found.total_hits, found.expired_entries) == (entries, hits, expired) == (30, 435, 10)
    )
    assert found.avg_reuse == pytest.approx(float(average))
    hot = shop.database.read_now(_asked, HOT)
    assert [(each.cache_key, each.hit_count) for each in found.most_reused] == hot
    assert found.most_reused[0] == Reused("key-29", 29, START)
    assert (found.hits, found.misses, found.hit_ratio) == (30, 10, 0.75)
    assert found.alerts == ["too-many-expired"]


def test_a_table_grows(shop: Shop) -> None:
    """Its size is that of what is in it, its indexes too."""
    before = shop.database.read_now(stats_store.stats, shop.clock)
    shop.database.write_now(_fill_up)
    after = shop.database.read_now(stats_store.stats, shop.clock)
    assert (after["discovery"].table_size_bytes or 0) > (before["discovery"].table_size_bytes or 0) + 100_000
    assert after["scoring"] == before["scoring"]


def _fill(connection: Connection) -> None:
    for number in range(30):
        expires_at = START + timedelta(seconds=-1 if number % 3 == 0 else number)
        put_discovery(connection, f"key-{number:02d}", expires_at, hit_count=number)
    for slot in range(10):
        row = {"cache": "discovery", "slot": slot, "hits": 3, "misses": 1}
        connection.execute(insert(product_cache_counters).values(row))


def _fill_up(connection: Connection) -> None:
    for number in range(300):
        put_discovery(connection, f"key-{number}", START, asins=["B000000001"] * 100)


def _asked(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.exec_driver_sql(statement)]


def _is_sqlite(shop: Shop) -> bool:
    return shop.database._engine.dialect.name == "sqlite"
