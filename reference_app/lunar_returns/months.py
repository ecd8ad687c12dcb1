"""Which twelve months a generation makes. Pure: an ephemeris and instants in, months out.

A calendar month (in UTC) has at least one return, for they are 27.1 to 27.6 days apart, and may have two; its
row is the first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Final, Protocol

MONTHS: Final = 12
CYCLE_DAYS_MAX: Final = 28.0
RETURNS_PER_SEARCH_MAX: Final = 40
"""Twelve months hold thirteen or fourteen returns; a search that yields this many has lost its way."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A person's birth: an aware instant, degrees north and degrees east."""

    birth_datetime: datetime
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Sky:
    """What is read from the sky at a return: signs, the Moon's house (1 to 12), and its aspects."""

    moon_sign: str
    moon_house: int
    lunar_ascendant: str
    aspects: list[dict[str, str | float]]


@dataclass(frozen=True, slots=True)
class MonthlyReturn:
    """The return of one month, `YYYY-MM`."""

    month: str
    return_date: datetime
    sky: Sky


class Ephemeris(Protocol):
    """Where the Moon is."""

    def returns_after(self, chart: Chart, start: datetime) -> Iterator[datetime]:
        """Yield the returns later than `start`, in order, without end."""

    def sky_at(self, chart: Chart, instant: datetime) -> Sky:
        """Describe the sky of a return."""


def twelve_months(
    ephemeris: Ephemeris, chart: Chart, now: datetime, last_month: str | None
) -> list[MonthlyReturn]:
    """Return twelve consecutive months: from the one in which the cycle that holds `now` began.

    Where months up to `last_month` are stored already, they begin after it, if that is later.
    """
    first = _month(_cycle_start(ephemeris, chart, now))
    if last_month is not None:
        first = max(first, _following(last_month))
    start = datetime.fromisoformat(f"{first}-01T00:00:00+00:00") - timedelta(microseconds=1)
    firsts: dict[str, datetime] = {}
    for instant in islice(ephemeris.returns_after(chart, start), RETURNS_PER_SEARCH_MAX):
        if len(firsts) == MONTHS and _month(instant) not in firsts:
            break
        firsts.setdefault(_month(instant), instant)
    return [
        MonthlyReturn(month, instant, ephemeris.sky_at(chart, instant)) for month, instant in firsts.items()
    ]


def _cycle_start(ephemeris: Ephemeris, chart: Chart, now: datetime) -> datetime:
    """Return the newest return that is not later than `now`."""
    earliest = now - timedelta(days=2 * CYCLE_DAYS_MAX)
    past = None
    for instant in islice(ephemeris.returns_after(chart, earliest), RETURNS_PER_SEARCH_MAX):
        if instant > now:
            break
        past = instant
    if past is None:
        raise ValueError(f"no return within two cycles before {now}")
    return past


def _month(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m")


def _following(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12:04d}-{number % 12 + 1:02d}"
