"""Nobody waits for what somebody else has sent: what is cut, and what stays linear (SV-7)."""

import json
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as some

from reference_app.articles.pages import FRAME_BYTES_MAX, fitting
from reference_app.articles.schemas import Drafts, Page
from reference_app.articles.state import Article
from reference_app.web import bodies
from reference_app.web.bad_input import FIELD_CHARACTERS_MAX, BadField, BadRequest, Malformed, TooDeep
from tests.reference_app.stage import Server, fields, problem

JSON: Final = some.recursive(
    some.none() | some.text(some.sampled_from('a\\"[]{}é'), max_size=8),
    lambda inner: (
        some.lists(inner, max_size=3) | some.dictionaries(some.text('[\\"', max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


def _deepest(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return isinstance(value, dict | list) + max(map(_deepest, inner), default=0)


@given(value=JSON, around=some.integers(0, 36), size=some.integers(1, 9))
def test_depth_is_counted_in_slices_of_any_size(value: object, around: int, size: int) -> None:
    """Quotes, escapes and brackets may stand where a slice ends; the depth is the same."""
    for _ in range(around):
        value = [value]
    before, bodies.SLICE_BYTES = bodies.SLICE_BYTES, size  # type: ignore[misc]
    try:
        bodies._check_depth(json.dumps(value, ensure_ascii=False).encode())
        is_deep = False
    except TooDeep:
        is_deep = True
    finally:
        bodies.SLICE_BYTES = before  # type: ignore[misc]
    assert is_deep == (_deepest(value) > bodies.DEPTH_MAX)


@pytest.mark.parametrize("size", [100, bodies.WORDED_BYTES_MAX + 1])
def test_errors_are_worded_for_small_bodies_only(size: int) -> None:
    """A small body with a NaN names the field; of a large one only that it is no JSON is said."""
    with pytest.raises(BadRequest) as found:
        bodies._value(b'{"items":NaN}'.ljust(size), Drafts)
    assert type(found.value) is (BadField if size == 100 else Malformed)


def test_a_name_that_is_too_long_is_cut(module_server: Server) -> None:
    """What a client has made up comes back short."""
    answer = module_server.ask("POST", "/api/articles/batch", json={"x" * 1_000_000: 1})
    assert answer.status_code == 422
    assert len(answer.content) < 1_000
    assert fields(problem(answer)) == ["x" * FIELD_CHARACTERS_MAX + "…"]


def test_a_query_of_too_many_parameters_is_refused(module_server: Server) -> None:
    """To read them all would take a tenth of a second."""
    for count, status in ((99, 200), (100, 422), (30_000, 422)):
        assert module_server.ask("GET", "/api/articles?" + "a&" * count).status_code == status


@given(
    sizes=some.lists(some.integers(0, 3_000), max_size=12),
    bytes_max=some.integers(FRAME_BYTES_MAX, 9_000),
    letter=some.sampled_from("a\x01é"),
)
def test_a_page_fits_and_is_as_long_as_it_can_be(sizes: list[int], bytes_max: int, letter: str) -> None:
    """No page is over its bytes, but for one article alone; and a page that would fit is not cut."""
    articles = [Article(number, "t", letter * size, "", 1, "") for number, size in enumerate(sizes)]
    found = fitting(articles, bytes_max)
    assert found == articles[: len(found)]
    assert bool(found) == bool(articles)
    size = len(bodies.answer(Page(found, 1, 1)).body)
    assert size <= bytes_max or len(found) == 1
    if len(found) < len(articles):
        assert len(bodies.answer(Page(articles[: len(found) + 1], 1, 1)).body) + FRAME_BYTES_MAX > bytes_max


def test_pages_lead_to_all_articles(module_server: Server) -> None:
    """Pages that end early say where they go on."""
    items = [{"title": "large", "content": "x" * 60_000}] * 40
    assert module_server.ask("POST", "/api/articles/batch", json={"items": items}).status_code == 201
    seen, after, pages = [], -1, 0
    while after is not None:
        page = module_server.ask("GET", f"/api/articles?limit=1000&after={after}")
        assert len(page.content) <= 1_048_576
        seen += [each["id"] for each in page.json()["items"]]
        after, pages = page.json()["next_after"], pages + 1
    assert len(seen) == len(set(seen)) == page.json()["total"]
    assert pages >= 3
