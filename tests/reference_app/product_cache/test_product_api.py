"""Products over HTTP, from the catalogue: what is asked, what is answered, what is refused."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import pytest

from fixtures.scenario.eventually import eventually
from fixtures.targets.server_log import named
from reference_app.product_cache.catalogue import KITCHEN
from tests.reference_app.product_cache.shop import Shop
from tests.reference_app.stage import START, Server, as_dev, fields, problem
from tests.reference_app.vesting.person import DEV, Person

DISCOVER: Final = "/api/v1/products/discover"
SCORE: Final = "/api/v1/products/score"
STATS: Final = "/api/v1/cache/stats"
PRODUCTION: Final = {"APP_ENV": "production", "DEV_AUTH_BYPASS": "0", "ALLOW_DEV_PURGE": "0"}
SCALE, GRIDDLE, UNPRICED, NONE = "B0TS000015", "B0TS000009", "B0TS000008", "B0NOTTHERE"


def answered(ada: Person, path: str, body: Any) -> dict[str, Any]:
    """Return what she is answered with."""
    found = ada.post(path, body, None)
    assert found.status_code == 200, found.text
    return dict(found.json())


def test_products_are_found_and_found_again(ada: Person) -> None:
    """The second answer is the first, out of the cache, with the same end."""
    body = {"domain": 1, "category": KITCHEN, "bsr_max": 5_000.0, "price_max": 30, "max_results": None}
    first = answered(ada, DISCOVER, body)
    assert first == {
        "asins": [SCALE, GRIDDLE],
        "count": 2,
        "cache_hit": False,
        "cache_key": first["cache_key"],
        "expires_at": f"{START + timedelta(hours=24):%Y-%m-%dT%H:%M:%SZ}",
        "source": "catalogue",
        "query": {"domain": 1, "category": KITCHEN, "bsr_max": 5_000, "price_max": 30.0, "max_results": 50},
    }
    assert first["cache_key"].startswith("discovery:catalogue:")
    assert answered(ada, DISCOVER, body) == first | {"cache_hit": True}


def test_products_are_scored_and_scored_again(ada: Person, shop: Shop) -> None:
    """In the order of the request, each once; what does not exist is listed, and in no table."""
    asins = [GRIDDLE, NONE, UNPRICED, GRIDDLE]
    first = answered(ada, SCORE, {"asins": asins})
    griddle, unpriced = first["products"]
    assert griddle == {
        "asin": GRIDDLE,
        "title": "Cast-Iron Griddle, 26 cm",
        "price": 22.4,
        "bsr": 2_900,
        "roi_percent": 82.14,
        "velocity_score": 71.15,
        "recommendation": "STRONG_BUY",
        "cache_hit": False,
    }
    assert (unpriced["price"], unpriced["roi_percent"], unpriced["recommendation"]) == (None, None, "SKIP")
    assert (first["total_count"], first["unknown"]) == (2, [NONE])
    second = answered(ada, SCORE, {"asins": asins, "domain": 1.0})
    assert second == first | {"products": [each | {"cache_hit": True} for each in first["products"]]}
    assert sorted(row["asin"] for row in shop.entries("scoring").values()) == [UNPRICED, GRIDDLE]
    assert answered(ada, SCORE, {"asins": [GRIDDLE], "domain": 3})["products"][0]["cache_hit"] is False


def test_stats_count_what_was_asked(ada: Person) -> None:
    """Per cache: entries, hits, ratio, the most reused, and alerts."""
    for _ in range(4):
        answered(ada, DISCOVER, {"domain": 1})
    answered(ada, SCORE, {"asins": [GRIDDLE, SCALE]})
    found = ada.get(STATS)
    assert list(found) == ["discovery", "scoring"]
    discovery = found["discovery"]
    [hot] = discovery.pop("most_reused")
    assert (hot["hit_count"], hot["created_at"]) == (3, f"{START:%Y-%m-%dT%H:%M:%SZ}")
    assert discovery.pop("table_size_bytes") > 0
    assert discovery == {
        "entries": 1,
        "total_hits": 3,
        "avg_reuse": 3.0,
        "expired_entries": 0,
        "hit_ratio": 0.75,
        "alerts": [],
    }
    scoring = found["scoring"]
    assert (scoring["entries"], scoring["hit_ratio"], scoring["avg_reuse"]) == (2, 0.0, 0.0)
    assert [alert["alert"] for alert in scoring["alerts"]] == ["little-reuse"]


def test_the_metrics_show_the_caches(ada: Person, server: Server, clock: Any) -> None:
    """Looks as they happen, figures and alerts at each scrape."""
    answered(ada, DISCOVER, {"domain": 1})
    answered(ada, DISCOVER, {"domain": 1})
    answered(ada, SCORE, {"asins": [GRIDDLE, NONE]})
    clock.move(6 * 3_600 + 1)
    page = server.ask("GET", "/metrics").text.splitlines()
    for line in (
        'product_cache_looks_total{cache="discovery",outcome="hit"} 1.0',
        'product_cache_looks_total{cache="discovery",outcome="miss"} 1.0',
        'product_cache_looks_total{cache="scoring",outcome="miss"} 2.0',
        'product_cache_entries{cache="scoring"} 1.0',
        'product_cache_expired_entries{cache="scoring"} 1.0',
        'product_cache_hit_ratio{cache="discovery"} 0.5',
        'product_cache_alert{alert="too-many-expired",cache="scoring"} 1.0',
        'product_cache_alert{alert="too-many-expired",cache="discovery"} 0.0',
    ):
        assert line in page


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "domain"),
        ({"domain": None}, "domain"),
        ({"domain": "1"}, "domain"),
        ({"domain": 0}, "domain"),
        ({"domain": 7}, "domain"),
        ({"domain": 13}, "domain"),
        ({"domain": 1.5}, "domain"),
        ({"domain": True}, "domain"),
        ({"domain": 1, "category": 0}, "category"),
        ({"domain": 1, "category": 2**53}, "category"),
        ({"domain": 1, "bsr_min": -1}, "bsr_min"),
        ({"domain": 1, "bsr_min": 20, "bsr_max": 10}, "bsr_max"),
        ({"domain": 1, "price_min": -0.01}, "price_min"),
        ({"domain": 1, "price_min": 10.005}, "price_min"),
        ({"domain": 1, "price_max": 1e300}, "price_max"),
        ({"domain": 1, "price_min": 2, "price_max": 1.99}, "price_max"),
        ({"domain": 1, "max_results": 0}, "max_results"),
        ({"domain": 1, "max_results": 501}, "max_results"),
        ({"domain": 1, "colour": "red"}, "colour"),
    ],
)
def test_a_bad_query_is_refused(ada: Person, shop: Shop, body: dict[str, Any], field: str) -> None:
    """The field is named, and nothing is stored or counted."""
    found = ada.post(DISCOVER, body, None)
    assert found.status_code == 422, found.text
    assert fields(problem(found)) == [field]
    assert (shop.entries("discovery"), shop.counted("discovery")) == ({}, (0, 0))


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "asins"),
        ({"asins": []}, "asins"),
        ({"asins": [GRIDDLE] * 101}, "asins"),
        ({"asins": GRIDDLE}, "asins"),
        ({"asins": ["b0ts000009"]}, "asins[0]"),
        ({"asins": [GRIDDLE, "B0TS00000"]}, "asins[1]"),
        ({"asins": [f"{GRIDDLE}\n"]}, "asins[0]"),
        ({"asins": [GRIDDLE], "domain": 7}, "domain"),
    ],
)
def test_bad_products_are_refused(ada: Person, shop: Shop, body: dict[str, Any], field: str) -> None:
    """The field is named, and nothing is stored or counted."""
    found = ada.post(SCORE, body, None)
    assert found.status_code == 422, found.text
    assert fields(problem(found)) == [field]
    assert (shop.entries("scoring"), shop.counted("scoring")) == ({}, (0, 0))


@pytest.mark.parametrize(("method", "path"), [("POST", DISCOVER), ("POST", SCORE), ("GET", STATS)])
def test_who_asks_must_say_who_they_are(server: Server, method: str, path: str) -> None:
    """A login is needed for each of the three."""
    assert server.ask(method, path, json={"domain": 1}).status_code == 401


def test_without_a_key_nobody_is_asked_in_production(start_server: Callable[..., Server], shop: Shop) -> None:
    """What is not cached is 503, and says when to ask again; the catalogue is for development."""
    server = start_server(environment=PRODUCTION)
    headers = {"Authorization": f"Bearer {server.token('ada@shop.example')}"}
    for path, body in ((DISCOVER, {"domain": 1}), (SCORE, {"asins": [GRIDDLE]})):
        found = server.ask("POST", path, json=body, headers=headers)
        assert (found.status_code, problem(found)["type"]) == (503, "/problems/upstream-not-configured")
        assert int(found.headers["Retry-After"]) > 0
    assert (shop.entries("discovery"), shop.entries("scoring")) == ({}, {})


def test_expired_entries_are_removed_by_the_servers_own_timer(
    start_server: Callable[..., Server], shop: Shop, clock: Any
) -> None:
    """Every `CACHE_CLEANUP_INTERVAL_S` seconds; what it removed is in the log."""
    server = start_server(environment={**DEV, "CACHE_CLEANUP_INTERVAL_S": "3600"}, clock=clock)
    ada = Person(server, "ada")
    answered(ada, SCORE, {"asins": [GRIDDLE]})
    _eventually(lambda: _runs(server) == [(0, 0)])
    clock.move(6 * 3_600 + 1)
    _eventually(lambda: shop.entries("scoring") == {})
    _eventually(lambda: _runs(server) == [(0, 0), (0, 1)])
    assert server.ask("GET", STATS, headers=as_dev("ada")).json()["scoring"]["entries"] == 0


def _runs(server: Server) -> list[tuple[int, int]]:
    """Return what the timer's runs removed, as the log has it."""
    return [(ran["discovery"], ran["scoring"]) for ran in named(server.log(), "timer.finished")]


def _eventually(holds: Callable[[], bool]) -> None:
    eventually(holds, within_s=20.0, what="the timer to run")
