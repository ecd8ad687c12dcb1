"""An entry is served until its last microsecond, and never after; what is served is neither purged (PC-1, PC-2)."""

from datetime import timedelta
from typing import Final

import pytest

from reference_app.product_cache import store
from reference_app.product_cache.cleaning import CleanUp
from reference_app.product_cache.query import discovery_key, scoring_key
from tests.reference_app.product_cache.shop import ASINS, QUERY, Shop, Source, put_discovery
from tests.reference_app.stage import START

KEY: Final = "key"
TICK: Final = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("left", "is_what"),
    [
        (timedelta(seconds=1), "served"),
        (TICK, "served"),
        (timedelta(0), "neither"),
        (-TICK, "purged"),
        (-timedelta(seconds=1), "purged"),
    ],
)
def test_an_entry_at_its_end(shop: Shop, left: timedelta, is_what: str) -> None:
    """A microsecond before its end it is served, at its end neither served nor purged, after it purged."""
    database, clock = shop.database, shop.clock
    database.write_now(put_discovery, KEY, START + left)
    is_served = is_what == "served"
    assert (database.write_now(store.hit_discovery, KEY, clock) is not None) == is_served
    assert (database.read_now(store.find_discovery, KEY, clock) is not None) == is_served
    assert database.write_now(CleanUp(clock).step) == ([KEY] if is_what == "purged" else [])


def test_discoveries_live_a_day_and_scores_six_hours(shop: Shop) -> None:
    """From when they were stored, to the microsecond; then they are fetched again, and live as long again."""

    async def scenario() -> None:
        source = Source()
        process = shop.process(source)
        assert (await process.discovers(), await process.scores(ASINS[0])) == (
            ([*ASINS], False),
            {ASINS[0]: False},
        )
        for hours, kind in ((6, "scoring"), (24, "discovery")):
            end = START + timedelta(hours=hours)
            assert {row["expires_at"] for row in shop.entries(kind).values()} == {end}  # type: ignore[arg-type]
        shop.clock.move(6 * 3_600 - 1e-6)
        assert await process.scores(ASINS[0]) == {ASINS[0]: True}
        shop.clock.move(1e-6)
        assert await process.scores(ASINS[0]) == {ASINS[0]: False}
        shop.clock.move(18 * 3_600 - 1e-6)
        assert await process.discovers() == ([*ASINS], True)
        shop.clock.move(1e-6)
        assert await process.discovers() == ([*ASINS], False)
        assert (len(source.queries), len(source.asked)) == (2, 2)

    shop.run(scenario)
    entry = shop.entries("discovery")[discovery_key("stub", QUERY)]
    assert (entry["hit_count"], entry["expires_at"]) == (0, START + timedelta(hours=48))
    assert shop.entries("scoring")[scoring_key("stub", 1, ASINS[0])]["hit_count"] == 0


def test_an_end_that_passes_while_others_are_fetched(shop: Shop) -> None:
    """A score that was there when the request began, and is not any more when it is answered, is made anew."""

    async def scenario() -> None:
        source = Source()
        process = shop.process(source)
        await process.scores(ASINS[0])
        shop.clock.move(6 * 3_600 - 1)
        source.failing = None
        found = source.products

        async def slowly(domain: int, asins: list[str]) -> object:
            shop.clock.move(2)
            return await found(domain, asins)

        source.products = slowly  # type: ignore[method-assign,assignment]
        assert await process.scores(*ASINS[:2]) == {ASINS[0]: False, ASINS[1]: False}
        assert source.asked == [[ASINS[0]], [ASINS[1]], [ASINS[0]]]

    shop.run(scenario)
