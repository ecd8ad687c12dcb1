"""Each hit is counted once, by whatever way it is made and however many are at the same time (PC-3)."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, text

from reference_app.accounts import store as account_store
from reference_app.accounts.store import NewUser
from reference_app.callers import Caller
from reference_app.errors import NotAuthenticated
from reference_app.product_cache import service, store
from reference_app.product_cache.query import scoring_key
from reference_app.product_cache.scoring import Score, score
from tests.reference_app.product_cache.shop import Shop, product_of, put_discovery
from tests.reference_app.stage import START, OpenDatabase

KEY: Final = "key"
LATER: Final = START + timedelta(hours=1)
CLIENTS: Final = 50
HITS: Final = 20
PRODUCTS: Final = [f"B0000000{number:02d}" for number in range(12)]


def test_five_hits_count_up(shop: Shop) -> None:
    """1, 2, 3, 4, 5: none is skipped, and none is counted twice."""
    shop.database.write_now(put_discovery, KEY, LATER)
    seen = []
    for _ in range(5):
        assert shop.database.write_now(store.hit_discovery, KEY, shop.clock) is not None
        seen.append(shop.entries("discovery")[KEY]["hit_count"])
    assert seen == [1, 2, 3, 4, 5]
    assert shop.counted("discovery") == (5, 0)


def test_fifty_clients_of_two_processes_lose_no_hit(shop: Shop, open_database: OpenDatabase) -> None:
    """Fifty clients hit one key twenty times each, in two pools of connections: that is a thousand."""
    processes = [open_database(threads=3) for _ in range(2)]
    shop.database.write_now(put_discovery, KEY, LATER)

    async def client(number: int) -> int:
        database = processes[number % 2]
        found = [await database.write(store.hit_discovery, KEY, shop.clock) for _ in range(HITS)]
        return sum(entry is not None for entry in found)

    async def clients() -> list[int]:
        return await asyncio.gather(*map(client, range(CLIENTS)))

    assert asyncio.run(clients()) == [HITS] * CLIENTS
    assert shop.entries("discovery")[KEY]["hit_count"] == CLIENTS * HITS
    assert shop.counted("discovery") == (CLIENTS * HITS, 0)


def test_many_hits_are_one_statement_and_each_counts(shop: Shop) -> None:
    """Of keys that are asked for once and twice, that have expired, and that are not there."""
    for key, expires_at in (("a", LATER), ("b", LATER), ("old", START), ("c", LATER)):
        shop.database.write_now(put_discovery, key, expires_at)
    asked = ["b", "a", "old", "b", "missing", "b"]
    found = shop.database.write_now(store.hit_discoveries, asked, shop.clock)
    assert [each and each.cache_key for each in found] == ["b", "a", None, "b", None, "b"]
    assert {key: row["hit_count"] for key, row in shop.entries("discovery").items()} == {
        "a": 1, "b": 3, "old": 0, "c": 0,
    }  # fmt: skip
    assert shop.counted("discovery") == (4, 2)


def test_batches_of_the_same_searches_do_not_wait_in_a_circle(
    shop: Shop, open_database: OpenDatabase
) -> None:
    """Each in an order of its own; all are answered, and every hit counts."""
    database = open_database(threads=8)
    for key in PRODUCTS:
        shop.database.write_now(put_discovery, key, LATER)

    def client(number: int) -> list[str]:
        turned = PRODUCTS[number % len(PRODUCTS) :] + PRODUCTS[: number % len(PRODUCTS)]
        asked = turned[:: -1 if number % 2 else 1]
        found = database.write_now(store.hit_discoveries, asked, shop.clock)
        return sorted(each.cache_key for each in found if each is not None)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(client, range(96))) == [PRODUCTS] * 96
    assert {row["hit_count"] for row in shop.entries("discovery").values()} == {96}
    assert shop.counted("discovery") == (96 * len(PRODUCTS), 0)


def test_who_is_gone_hits_nothing(shop: Shop) -> None:
    """Others of the same batch are served, and their hits count."""
    shop.database.write_now(put_discovery, KEY, LATER)
    ada = shop.database.write_now(account_store.add, NewUser("ada@b.example", "", START))
    callers = [Caller(number, account_store.by_ids) for number in (ada.id, ada.id + 1, ada.id)]

    found = shop.database.write_now(service._hit_all, [(caller, KEY) for caller in callers], shop.clock)
    assert [type(each) for each in found] == [store.Discovery, NotAuthenticated, store.Discovery]
    assert shop.counted("discovery") == (2, 0)


def test_requests_for_some_of_the_same_scores_do_not_wait_in_a_circle(
    shop: Shop, open_database: OpenDatabase
) -> None:
    """Each asks for its own order of the same products; all are answered, and every hit of every one counts."""
    database = open_database(threads=8)
    keys = [scoring_key("stub", 1, asin) for asin in PRODUCTS]
    scores = {key: score(product_of(asin)) for key, asin in zip(keys, PRODUCTS, strict=True)}
    database.write_now(store.put_scores, scores, shop.clock)

    def client(number: int) -> dict[str, Score]:
        turned = keys[number % len(keys) :] + keys[: number % len(keys)]
        return database.write_now(store.hit_scores, turned[:: -1 if number % 2 else 1], shop.clock)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(client, range(96))) == [scores] * 96
    assert {row["hit_count"] for row in shop.entries("scoring").values()} == {96}
    assert shop.counted("scoring") == (96 * len(keys), 0)


def test_hits_by_sql_from_outside_are_counted_too(shop: Shop) -> None:
    """Who raises `hit_count` by hand has made a hit; who sets it back has not unmade any."""
    shop.database.write_now(put_discovery, KEY, LATER)
    for change in ("hit_count + 1", "hit_count + 2", "0"):
        shop.database.write_now(_set_hits, change)
    assert shop.entries("discovery")[KEY]["hit_count"] == 0
    assert shop.counted("discovery") == (3, 0)


def test_what_is_not_there_is_a_miss(shop: Shop) -> None:
    """One each time it is asked for; a hit of several of which one is missing counts nothing of them."""
    for _ in range(3):
        assert shop.database.write_now(store.hit_discovery, KEY, shop.clock) is None
    assert shop.counted("discovery") == (0, 3)
    assert shop.entries("discovery") == {}


def _set_hits(connection: Connection, change: str) -> None:
    connection.execute(text(f"UPDATE product_discovery_cache SET hit_count = {change}"))  # noqa: S608
