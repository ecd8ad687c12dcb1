"""Query parameters and cursors: what is good comes through, and what is not is refused by name."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from reference_app.web import parameters
from reference_app.web.bad_input import BadField
from reference_app.web.cursors import CURSOR, LENGTH, after, cursor_at

AT: Final = datetime(2026, 1, 10, 12, 30, 15, 123_456, tzinfo=UTC)
INSTANTS: Final = st.datetimes(timezones=st.just(UTC))


def _asked(**query: Any) -> Request:
    return Request({"type": "http", "query_string": urlencode(query, doseq=True).encode(), "headers": []})


@pytest.mark.parametrize(
    ("read", "said", "expected"),
    [
        (parameters.text, "a b", "a b"),
        (parameters.text, "", ""),
        (parameters.day, "2026-01-10", date(2026, 1, 10)),
        (parameters.day, "0001-01-01", date(1, 1, 1)),
        (parameters.flag, "true", True),
        (parameters.flag, "1", True),
        (parameters.flag, "false", False),
        (parameters.flag, "0", False),
    ],
)
def test_what_is_good_comes_through(read: Callable[..., Any], said: str, expected: Any) -> None:
    """As a value."""
    assert read(_asked(q=said), "q") == expected


@pytest.mark.parametrize(
    ("read", "said"),
    [
        *((parameters.day, said) for said in ("", "2026-1-1", "20260101", "2026-02-29", "2026-W01-1", "٢٠٢٦-01-01",
                                              "2026-01-01T00:00", "2026-01-01\n", "0000-01-01")),
        *((parameters.flag, said) for said in ("", "True", "yes", "on", "2", "true\n")),
    ],
)  # fmt: skip
def test_what_is_not_is_refused(read: Callable[..., Any], said: str) -> None:
    """By the parameter's name."""
    with pytest.raises(BadField) as caught:
        read(_asked(q=said), "q")
    assert caught.value.field == "q"


@pytest.mark.parametrize("read", [parameters.text, parameters.day, parameters.flag])
def test_a_parameter_is_given_once(read: Callable[..., Any]) -> None:
    """Of two, nobody could know which is meant."""
    with pytest.raises(BadField):
        read(_asked(q=["2026-01-01", "2026-01-01"]), "q")


def test_what_is_not_asked_for_is_the_default() -> None:
    """None, off, or the number that stands for it."""
    nothing = _asked()
    assert (parameters.text(nothing, "q"), parameters.day(nothing, "q")) == (None, None)
    assert parameters.flag(nothing, "q") is False
    assert parameters.number(nothing, "q", 50, 1, 200) == 50


@pytest.mark.parametrize("said", ["0", "201", "-1", "+1", "1.0", "", "x", "١", "1_0", "9" * 5_000])
def test_a_number_is_whole_and_within_its_bounds(said: str) -> None:
    """Anything else is refused."""
    with pytest.raises(BadField):
        parameters.number(_asked(q=said), "q", 50, 1, 200)
    assert [parameters.number(_asked(q=good), "q", 50, 1, 200) for good in ("1", "200")] == [1, 200]


@given(at=INSTANTS, number=st.integers(0, 2**63 - 1))
def test_a_cursor_comes_back_as_it_went(at: datetime, number: int) -> None:
    """To the microsecond, whatever the number."""
    cursor = cursor_at(at, number)
    assert len(cursor) == LENGTH
    assert after(_asked(cursor=cursor)) == (at, number)


def test_without_a_cursor_a_list_begins_at_its_start() -> None:
    """The first page has none."""
    assert after(_asked()) is None


@given(st.text(max_size=40))
def test_a_text_is_no_cursor(said: str) -> None:
    """Nor anything that looks like one."""
    with pytest.raises(BadField) as caught:
        after(_asked(cursor=said))
    assert caught.value.field == CURSOR.name


@given(place=st.integers(0, LENGTH - 1), letter=st.sampled_from("ABab01-_"))
def test_a_cursor_that_was_changed_is_refused(place: int, letter: str) -> None:
    """In any of its letters."""
    cursor = cursor_at(AT, 17)
    changed = cursor[:place] + letter + cursor[place + 1 :]
    if changed == cursor:
        return
    with pytest.raises(BadField):
        after(_asked(cursor=changed))


def test_cursors_differ_where_pages_do() -> None:
    """By a microsecond, or by one."""
    assert len({cursor_at(AT, 1), cursor_at(AT, 2), cursor_at(AT + timedelta(microseconds=1), 1)}) == 3
