"""Numbers, times and dates as a reader of the page's languages writes them.

It takes values of the results and gives text for reading. It rounds, so nothing may be computed from what it gives.
"""

import re
from collections.abc import Sequence
from typing import Any

from reports import text
from reports.labels import NOTHING, Labels
from reports.results import Cell

CELL_CHARS_MAX = 2_000
TINY = 0.001
WITH_UNIT = re.compile(r"-?([0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?|[0-9][0-9,.]* (ms|s|/s|%|MB))")
"""A number as the harness writes it in English: with marks of thousands, or with its unit."""


def duration(seconds: float, labels: Labels) -> str:
    """Return a duration, as `3.4 s` or `3,4 s`, with spaces that do not break."""
    return text.duration(seconds, labels["decimal_mark"]).replace(" ", "\u00a0")


def day(timestamp: str, labels: Labels) -> str:
    """Return a date, as `31 January 2027`; what is no date is given back as it is."""
    parsed = text.moment(timestamp)
    if parsed is None:
        return timestamp
    number = labels["first_of_month"] if parsed.day == 1 else str(parsed.day)
    return f"{number} {labels['months'].split()[parsed.month - 1]} {parsed.year}"


def moment(timestamp: str, labels: Labels) -> str:
    """Return a date and time, as `1 October 2026, 14:03 UTC`; what is no time is given back as it is."""
    parsed = text.moment(timestamp)
    if parsed is None:
        return timestamp
    return labels["date"].format(day=day(timestamp, labels), time=f"{parsed:%H:%M}")


def clock(timestamp: str) -> str:
    """Return the time of day in UTC, to the second; empty for what is no time."""
    parsed = text.moment(timestamp)
    return f"{parsed:%H:%M:%S}" if parsed else ""


def cell(value: Cell, labels: Labels) -> str:
    """Return a measured value: numbers with the language's marks and at most three decimals."""
    if value is None:
        return NOTHING
    if isinstance(value, str) and WITH_UNIT.fullmatch(value):
        # A number and its unit stand on one line.
        return _marked(value, labels).replace(" ", "\u00a0")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return text.clip(str(value), CELL_CHARS_MAX)
    return _marked(_digits(value), labels)


def filled_columns(
    headings: Sequence[Any], rows: Sequence[Sequence[Any]]
) -> tuple[list[Any], list[list[Any]]]:
    """Return a table without the columns that have nothing in any row; whole where no row has anything."""
    kept = [
        number
        for number in range(max([len(headings), *map(len, rows)]))
        if any(number < len(row) and row[number] not in ("", None) for row in rows)
    ] or list(range(len(headings)))
    return [headings[each] for each in kept if each < len(headings)], [
        [row[each] if each < len(row) else "" for each in kept] for row in rows
    ]


def _digits(value: float) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    if value and abs(value) < TINY:
        return f"{value:.3g}"
    return f"{value:,.3f}".rstrip("0").rstrip(".")


def _marked(digits: str, labels: Labels) -> str:
    return digits.translate(str.maketrans(",.", labels["thousands_mark"] + labels["decimal_mark"]))
