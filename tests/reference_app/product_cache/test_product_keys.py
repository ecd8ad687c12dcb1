"""Equal queries have equal keys, however they were written, and different ones have different keys (PC-6)."""

import json
from typing import Any, Final

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_app.product_cache.query import discovery_key, scoring_key
from reference_app.product_cache.schemas import Discover
from reference_app.web.bad_input import BadField

WHOLE: Final = st.integers(1, 10_000)
CENTS: Final = st.integers(0, 100_000).map(lambda cents: cents / 100)
MEMBERS: Final = {
    "category": WHOLE,
    "bsr_min": WHOLE,
    "bsr_max": WHOLE,
    "price_min": CENTS,
    "price_max": CENTS,
    "max_results": st.integers(1, 500),
}
QUERIES: Final = st.fixed_dictionaries({"domain": st.sampled_from([1, 2, 3, 11])}, optional=MEMBERS)


def key_of(body: str) -> str | None:
    """Return the key of a query as it comes over the wire; None where it is refused."""
    try:
        return discovery_key("stub", msgspec.json.decode(body, type=Discover).query())
    except BadField:
        return None


@given(QUERIES, st.randoms(use_true_random=False))
def test_how_a_query_is_written_does_not_matter(query: dict[str, Any], random: Any) -> None:
    """The order of members, 10 and 10.0, absent and null: the key is the same."""
    members = [*query.items(), *((name, None) for name in MEMBERS if name not in query)]
    random.shuffle(members)
    other = {name: float(value) if isinstance(value, int) else value for name, value in members}
    assert key_of(json.dumps(query)) == key_of(json.dumps(other))


@given(QUERIES, QUERIES)
def test_different_queries_have_different_keys(one: dict[str, Any], other: dict[str, Any]) -> None:
    """Equal keys mean equal queries; how many results are usual may be said or left out."""
    keys = key_of(json.dumps(one)), key_of(json.dumps(other))
    if None not in keys:
        assert (keys[0] == keys[1]) == ({"max_results": 50} | one == {"max_results": 50} | other)


@pytest.mark.parametrize(
    "body",
    [
        '{"domain":1,"price_min":10}',
        '{"price_min":10.0,"domain":1.0}',
        '{"domain":1,"price_min":1e1,"price_max":null}',
        '{"domain":1,"price_min":10.00,"category":null,"max_results":50.0}',
    ],
)
def test_keys_stay_what_they_are(body: str) -> None:
    """A new version finds what the one before has stored."""
    assert key_of(body) == "discovery:stub:aa1eebaf2ab02495308bb3061bc268a2"


def test_sources_and_marketplaces_have_keys_of_their_own() -> None:
    """What the catalogue said is never served as what Keepa says, nor one shop's price as another's."""
    query = msgspec.json.decode('{"domain":1}', type=Discover).query()
    assert discovery_key("catalogue", query) != discovery_key("keepa", query)
    keys = {
        scoring_key(source, domain, "B000000001") for source in ("catalogue", "keepa") for domain in (1, 2)
    }
    assert len(keys) == 4
