"""A clean-up removes exactly what has expired, and nothing that was refreshed meanwhile (PC-2)."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import pytest
from sqlalchemy import Connection

from reference_app.database.engine import Database
from reference_app.database.tables import work_leases
from reference_app.product_cache import store
from reference_app.product_cache.cleaning import PURPOSES, CleanUp
from reference_app.product_cache.query import scoring_key
from reference_app.product_cache.scoring import score
from reference_app.product_cache.tables import product_discovery_cache
from reference_app.single_flight import old_locks
from tests.reference_app.product_cache.shop import QUERY, SECOND, Shop, product_of, put_discovery
from tests.reference_app.stage import START, OpenDatabase

ROUNDS: Final = 40
KEYS: Final = [f"key-{number:02d}" for number in range(25)]
AT_ONCE: Final = 5
BARRIER_S_MAX: Final = 30.0
EXPIRED: Final = [f"old-{number:03d}" for number in range(25)]
VALID: Final = [f"new-{number:03d}" for number in range(10)]


@pytest.fixture
def filled(shop: Shop) -> Shop:
    """A cache with expired entries and valid ones."""
    shop.database.write_now(_fill)
    return shop


@pytest.mark.parametrize("at_once", [1, 5, 7, 1_000])
def test_exactly_what_has_expired_goes(filled: Shop, at_once: int) -> None:
    """In batches of any size: each expired entry is reported once, and all others stay as they were."""
    before = filled.entries("discovery")
    run, removed = CleanUp(filled.clock, entries_at_once=at_once), list[str]()
    while run.going:
        keys = filled.database.write_now(run.step)
        assert len(keys) <= at_once
        assert run.note(keys) in ("discovery", "scoring")
        removed += keys
    assert (sorted(removed), run.removed) == (EXPIRED, {"discovery": 25, "scoring": 0})
    assert filled.entries("discovery") == {key: before[key] for key in VALID}


def test_both_caches_are_cleaned_up(shop: Shop) -> None:
    """Each is counted by itself."""
    scores = {scoring_key("stub", 1, asin): score(product_of(asin)) for asin in ("B000000001", "B000000002")}
    shop.database.write_now(store.put_scores, scores, shop.clock)
    shop.database.write_now(put_discovery, "old", START + 5 * 3_600 * SECOND)
    shop.clock.move(6 * 3_600)
    assert _cleaned_up(shop.database, shop) == {"discovery": 1, "scoring": 0}
    shop.clock.move(1e-6)
    assert _cleaned_up(shop.database, shop) == {"discovery": 0, "scoring": 2}
    assert _cleaned_up(shop.database, shop) == {"discovery": 0, "scoring": 0}


def test_two_clean_ups_at_once_report_each_entry_once(filled: Shop, open_database: OpenDatabase) -> None:
    """The first to come has it; together they have all, and neither ends the other."""
    both = [open_database(threads=1) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        counts = list(pool.map(lambda database: _cleaned_up(database, filled, at_once=3), both))
    assert sum(count["discovery"] for count in counts) == len(EXPIRED)
    assert set(filled.entries("discovery")) == {*VALID}


def test_a_clean_up_never_removes_what_is_refreshed_meanwhile(
    shop: Shop, open_database: OpenDatabase
) -> None:
    """A thousand expired entries are refreshed while a clean-up runs: afterwards each is there, and fresh."""
    refreshing, cleaning = open_database(threads=1), open_database(threads=1)
    begin = threading.Barrier(2)

    def refresh() -> None:
        for number in range(ROUNDS):
            keys = KEYS if number % 2 else KEYS[::-1]
            begin.wait(BARRIER_S_MAX)
            for start in range(0, len(keys), AT_ONCE):
                refreshing.write_now(_refresh, keys[start : start + AT_ONCE], shop)
            begin.wait(BARRIER_S_MAX)

    removed = 0
    with ThreadPoolExecutor(1) as pool:
        refresher = pool.submit(refresh)
        for _ in range(ROUNDS):
            shop.database.write_now(_expire)
            begin.wait(BARRIER_S_MAX)
            removed += _cleaned_up(cleaning, shop, AT_ONCE)["discovery"]
            begin.wait(BARRIER_S_MAX)
            ends = {key: row["expires_at"] for key, row in shop.entries("discovery").items()}
            assert ends == dict.fromkeys(KEYS, shop.clock() + store.DISCOVERY_TTL)
        refresher.result()
    assert 0 <= removed <= ROUNDS * len(KEYS)


def test_locks_that_were_not_used_for_a_day_are_forgotten(shop: Shop) -> None:
    """Those of other purposes, those that are held and those of late stay; a new one never has an old token."""
    database = shop.database
    hold = database.leases.acquire(f"{PURPOSES[0]}:held")
    for key in (f"{PURPOSES[0]}:old", f"{PURPOSES[1]}:old", "lunar_returns:1"):
        taken = database.leases.acquire(key)
        assert taken is not None
        taken.release()
    old = _tokens(database)
    assert old_locks.forget(database, PURPOSES) == 0
    database.write_now(_long_ago)
    late = database.leases.acquire(f"{PURPOSES[0]}:late")
    assert hold is not None
    assert late is not None
    late.release()
    assert old_locks.forget(database, PURPOSES) == 2
    assert set(_tokens(database)) == {f"{PURPOSES[0]}:held", f"{PURPOSES[0]}:late", "lunar_returns:1"}
    shop.clock.move(1)
    again = database.leases.acquire(f"{PURPOSES[0]}:old")
    assert again is not None
    assert _tokens(database)[f"{PURPOSES[0]}:old"] > old[f"{PURPOSES[0]}:old"]
    hold.release()
    again.release()


def _fill(connection: Connection) -> None:
    for number, key in enumerate(EXPIRED):
        put_discovery(connection, key, START - (number + 1) * SECOND, hit_count=number)
    for number, key in enumerate(VALID):
        put_discovery(connection, key, START + number * SECOND, hit_count=number)


def _cleaned_up(database: Database, shop: Shop, at_once: int = 1_000) -> dict[str, int]:
    run = CleanUp(shop.clock, entries_at_once=at_once)
    while run.going:
        run.note(database.write_now(run.step))
    return run.removed


def _expire(connection: Connection) -> None:
    connection.execute(product_discovery_cache.delete())
    for key in KEYS:
        put_discovery(connection, key, START - SECOND)


def _refresh(connection: Connection, keys: list[str], shop: Shop) -> None:
    for key in sorted(keys):
        store.put_discovery(connection, key, QUERY, [], shop.clock)


def _long_ago(connection: Connection) -> None:
    connection.execute(work_leases.update().values(expires_at=START - 2 * old_locks.KEPT))


def _tokens(database: Database) -> dict[str, int]:
    def read(connection: Connection) -> dict[str, int]:
        return {row.key: row.token for row in connection.execute(work_leases.select())}

    return database.read_now(read)
