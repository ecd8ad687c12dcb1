"""Numbers, times and dates as a reader of the page's languages writes them.

It takes values of the results and gives text for reading. It rounds, so nothing may be computed from what it gives.
"""

from reports import text
from reports.labels import NOTHING, Labels
from reports.results import Cell

CELL_CHARS_MAX = 2_000
TINY = 0.001


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
    if isinstance(value, bool) or not isinstance(value, int | float):
        return text.clip(str(value), CELL_CHARS_MAX)
    return _marked(_digits(value), labels)


def _digits(value: float) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    if value and abs(value) < TINY:
        return f"{value:.3g}"
    return f"{value:,.3f}".rstrip("0").rstrip(".")


def _marked(digits: str, labels: Labels) -> str:
    return digits.translate(str.maketrans(",.", labels["thousands_mark"] + labels["decimal_mark"]))
