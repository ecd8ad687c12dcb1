"""Which twelve months a generation makes, for any birth and any hour (LR-1)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_app.lunar_returns.ephemeris import FixedEphemeris, RealEphemeris
from reference_app.lunar_returns.months import Chart, Ephemeris, MonthlyReturn, Sky, twelve_months

CHART: Final = Chart(datetime(1990, 4, 15, 14, 30, tzinfo=UTC), 48.8566, 2.3522)
ROUNDING: Final = timedelta(milliseconds=20)
"""An instant is found to some milliseconds, which may lie on either side of now."""
tried = settings(max_examples=40, deadline=None, derandomize=True, database=None)
"""The same examples in every run: what fails, fails for everybody."""

births = st.datetimes(datetime(1940, 1, 1), datetime(2020, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
nows = st.datetimes(datetime(2020, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


class ListedEphemeris:
    """Returns at these instants, and no others."""

    def __init__(self, *instants: str) -> None:
        self._instants = [datetime.fromisoformat(instant).replace(tzinfo=UTC) for instant in instants]

    def returns_after(self, chart: Chart, start: datetime) -> Iterator[datetime]:
        """Yield those later than `start`."""
        del chart
        return (instant for instant in self._instants if instant > start)

    def sky_at(self, chart: Chart, instant: datetime) -> Sky:
        """Return any sky."""
        del chart, instant
        return Sky("Aries", 1, "Leo", [])


def _is_whole(months: list[MonthlyReturn]) -> None:
    numbers = [int(month.month[:4]) * 12 + int(month.month[5:]) - 1 for month in months]
    assert numbers == list(range(numbers[0], numbers[0] + 12))
    assert [month.return_date.strftime("%Y-%m") for month in months] == [month.month for month in months]
    assert all(earlier.return_date < later.return_date for earlier, later in pairwise(months))
    assert all(month.return_date.tzinfo is not None for month in months)


@tried
@given(birth=births, now=nows)
def test_months_are_twelve_in_a_row_and_hold_now(birth: datetime, now: datetime) -> None:
    """For any birth and hour there are twelve consecutive months; the first has begun and the second not."""
    months = twelve_months(RealEphemeris(), Chart(birth, 0.0, 0.0), now, None)
    _is_whole(months)
    assert months[0].return_date <= now + ROUNDING
    assert now < months[1].return_date + ROUNDING
    assert now - months[0].return_date < timedelta(days=56)


@tried
@given(birth=births, now=nows)
def test_the_next_twelve_follow_the_first(birth: datetime, now: datetime) -> None:
    """When the last of them has passed, the following twelve join on without a gap or an overlap."""
    ephemeris, chart = RealEphemeris(), Chart(birth, 0.0, 0.0)
    first = twelve_months(ephemeris, chart, now, None)
    after = first[-1].return_date + timedelta(seconds=1)
    following = twelve_months(ephemeris, chart, after, first[-1].month)
    _is_whole(following)
    numbers = [int(month[:4]) * 12 + int(month[5:]) for month in (first[-1].month, following[0].month)]
    assert numbers[1] == numbers[0] + 1
    assert following[0].return_date > first[-1].return_date


@tried
@given(now=nows, years=st.integers(2, 12))
def test_after_a_gap_of_years_the_months_begin_anew(now: datetime, years: int) -> None:
    """Somebody who comes back after years gets the months that hold now, not those in between."""
    last_month = f"{now.year - years}-06"
    months = twelve_months(RealEphemeris(), CHART, now, last_month)
    _is_whole(months)
    assert months[0].return_date <= now < months[1].return_date


@tried
@given(now=nows)
def test_the_fixed_ephemeris_keeps_the_same_rules(now: datetime) -> None:
    """Development's fixed values are whole months as well, on the fifteenth at noon."""
    months = twelve_months(FixedEphemeris(), CHART, now, None)
    _is_whole(months)
    assert months[0].return_date <= now < months[1].return_date
    assert {month.return_date.strftime("%d %H:%M:%S.%f") for month in months} == {"15 12:00:00.000000"}
    assert {month.sky.moon_sign for month in months} == {"Aries"}


def test_of_two_returns_in_a_month_the_first_is_its_row() -> None:
    """A month with two returns has one row, its first, wherever in the twelve it stands."""
    ephemeris = _every_27_days("2026-01-01T06:00:00")
    months = twelve_months(ephemeris, CHART, datetime(2026, 1, 10, tzinfo=UTC), None)
    _is_whole(months)
    assert (months[0].return_date.day, months[0].month, months[1].month) == (1, "2026-01", "2026-02")
    second = twelve_months(ephemeris, CHART, datetime(2026, 1, 30, tzinfo=UTC), None)
    assert second[0] == months[0]


@pytest.mark.parametrize("instant", ["2026-03-01T00:00:00", "2026-03-31T23:59:59.999999"])
def test_the_edges_of_a_month_belong_to_it(instant: str) -> None:
    """A return in the first or the last microsecond of a month is that month's, by UTC."""
    now = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    months = twelve_months(_every_27_days(instant, before=0), CHART, now, None)
    assert (months[0].month, months[0].return_date) == ("2026-03", now)


def test_now_is_compared_by_the_instant_and_not_by_its_spelling() -> None:
    """The hour's offset changes nothing."""
    ephemeris = _every_27_days("2026-01-01T06:00:00")
    now = datetime.fromisoformat("2026-02-01T03:00:00+14:00")
    assert twelve_months(ephemeris, CHART, now, None) == twelve_months(
        ephemeris, CHART, now.astimezone(UTC), None
    )


def test_an_ephemeris_that_knows_no_past_is_an_error() -> None:
    """Without a return before now there are no months, rather than wrong ones."""
    ephemeris = ListedEphemeris("2027-01-01T00:00:00")
    with pytest.raises(ValueError, match="no return within two cycles"):
        twelve_months(ephemeris, CHART, datetime(2026, 1, 1, tzinfo=UTC), None)


def _every_27_days(first: str, *, before: int = 3) -> Ephemeris:
    start = datetime.fromisoformat(first) - timedelta(days=27 * before)
    return ListedEphemeris(*((start + timedelta(days=27 * number)).isoformat() for number in range(40)))


def test_the_listed_ephemeris_is_one() -> None:
    """The stand-in of these tests yields in order, as the real one does."""
    found = list(islice(RealEphemeris().returns_after(CHART, datetime(2026, 1, 1, tzinfo=UTC)), 5))
    assert found == sorted(found)
    assert all(27.0 < (later - earlier).total_seconds() / 86_400 < 27.7 for earlier, later in pairwise(found))
