"""A survey of mutants is in the report: how many were killed, and where those are that were not."""

from collections.abc import Callable
from typing import Any

import pytest

from reports import page
from reports.loading import ResultsError
from reports.results import Results
from tests.reports.outline import Outline

Document = dict[str, Any]
Read = Callable[[Document], Results]


def surveyed(document: Document, **more: Any) -> Document:
    """Return the results with a survey that killed 19 of 20, one apart."""
    survey: Document = {
        "made_at": "2026-11-22T05:00:00.000Z",
        "seed": 7,
        "size": 21,
        "aim": 0.9,
        "systems": [
            {"system": "lunar-returns", "killed": 19, "survived": 1, "not_reached": 0, "equivalent": 1}
        ],
        "survivors": [
            {
                "system": "lunar-returns",
                "file": "reference_app/lunar_returns/months.py",
                "line": 83,
                "function": "_cycle_start",
                "kind": "boundary",
                "before": "instant > now",
                "after": "instant >= now",
                "outcome": "survived",
            }
        ],
    }
    return document | {"mutants": survey | more}


def test_the_page_shows_shares_and_survivors(read: Read, sample: Document) -> None:
    """File, line and change, so that somebody can go there; text of code is escaped."""
    shown = page.render(read(surveyed(sample)))
    outline = Outline(shown)
    assert "mutants" in outline.ids
    assert "95 %" in shown
    assert "reference_app/lunar_returns/months.py:83" in shown
    assert "instant &gt;= now" in shown


def test_equivalents_are_in_no_share(read: Read, sample: Document) -> None:
    """They cannot be killed; a system of which nothing else was tried has no share."""
    results = read(surveyed(sample))
    assert results.mutants is not None
    assert results.mutants.systems[0].share == pytest.approx(0.95)
    none = [{"system": "articles", "killed": 0, "survived": 0, "not_reached": 0, "equivalent": 3}]
    results = read(surveyed(sample, systems=none, survivors=[]))
    assert results.mutants is not None
    assert results.mutants.systems[0].share is None
    rows = page.render(results).partition('<section aria-labelledby="mutants">')[2].partition("<tbody>")[2]
    assert "%" not in rows.partition("</tbody>")[0]


def test_without_a_survey_the_page_says_nothing_of_it(read: Read, sample: Document) -> None:
    """It is no part of an ordinary run."""
    assert 'id="mutants"' not in page.render(read(sample))


def test_a_survey_of_another_shape_is_refused(read: Read, sample: Document) -> None:
    """The field that is wrong is named."""
    with pytest.raises(ResultsError, match=r"\$\.mutants\.aim"):
        read(surveyed(sample, aim=2))
