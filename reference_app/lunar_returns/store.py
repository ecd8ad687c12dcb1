"""All SQL about natal charts and lunar returns. Each function works in the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, exists, func, insert, select, update

from reference_app.clock import Clock
from reference_app.database.queries import Query, Row
from reference_app.lunar_returns.errors import GenerationFailed, GenerationSuperseded
from reference_app.lunar_returns.months import MONTHS, Chart, MonthlyReturn, Sky
from reference_app.lunar_returns.tables import lunar_returns, natal_charts

_RETURN = (
    lunar_returns.c.id,
    lunar_returns.c.month,
    lunar_returns.c.return_date,
    lunar_returns.c.moon_sign,
    lunar_returns.c.moon_house,
    lunar_returns.c.lunar_ascendant,
    lunar_returns.c.aspects,
)
_MINE: Final = select(*_RETURN).where(lunar_returns.c.user_id == bindparam("user_id"))
_later: Final = lunar_returns.alias("later")
_GOES_ON: Final = exists().where(
    _later.c.user_id == bindparam("user_id"), _later.c.return_date > bindparam("now")
)
_NEWEST: Final = Query(
    _MINE.add_columns(_GOES_ON)
    .where(lunar_returns.c.return_date <= bindparam("now"))
    .order_by(lunar_returns.c.return_date.desc())
    .limit(1)
)
"""The newest return that has begun, and whether there is a later one."""
_NEXT: Final = Query(
    _MINE.where(lunar_returns.c.return_date > bindparam("now")).order_by(lunar_returns.c.return_date).limit(1)
)
_ALL: Final = Query(_MINE.order_by(lunar_returns.c.month))
_OF_MONTH: Final = Query(_MINE.where(lunar_returns.c.month == bindparam("month")))
_BY_ID: Final = Query(_MINE.where(lunar_returns.c.id == bindparam("return_id")))
_HELD: Final = Query(
    select(lunar_returns.c.id)
    .where(lunar_returns.c.id == bindparam("return_id"))
    .with_for_update(read=True, key_share=True)
)
_CHART: Final = Query(
    select(
        natal_charts.c.birth_datetime, natal_charts.c.latitude, natal_charts.c.longitude, natal_charts.c.epoch
    ).where(natal_charts.c.user_id == bindparam("user_id"))
)


@dataclass(frozen=True, slots=True)
class StoredReturn:
    """A return with the id of its row."""

    id: int
    monthly: MonthlyReturn


@dataclass(frozen=True, slots=True)
class ChartRecord:
    """A stored chart; `epoch` counts its changes and the purges of its returns."""

    chart: Chart
    epoch: int


@dataclass(frozen=True, slots=True)
class Made:
    """The months of a generation, and the epoch of the chart from which they were computed."""

    months: Sequence[MonthlyReturn]
    epoch: int


class Rows:
    """What a generation for one user finds and writes, in the transactions of its lock."""

    def __init__(self, user_id: int, clock: Clock) -> None:
        self._user_id = user_id
        self._clock = clock

    def look(self, connection: Connection) -> StoredReturn | None:
        """Find the user's current return."""
        return current(connection, self._user_id, self._clock())

    def store(self, connection: Connection, made: Made) -> StoredReturn:
        """Insert the months and return the current one. Raises like `add_months`."""
        add_months(connection, self._user_id, made.epoch, made.months, self._clock())
        stored = self.look(connection)
        if stored is None:
            raise GenerationFailed("twelve months were made and none of them is current")
        return stored


def look(connection: Connection, user_id: int, now: datetime) -> tuple[StoredReturn | None, bool]:
    """Return the current return and whether there is a chart to make one from."""
    found = current(connection, user_id, now)
    return found, found is not None or chart_of(connection, user_id) is not None


def look_at_all(
    connection: Connection, user_id: int, now: datetime
) -> tuple[StoredReturn | None, bool, list[StoredReturn]]:
    """Return what `look` does, and the twelve months where there is a current return."""
    found, has_chart = look(connection, user_id, now)
    return found, has_chart, rolling(connection, user_id, now) if found else []


def current(connection: Connection, user_id: int, now: datetime) -> StoredReturn | None:
    """Return the newest return that is not later than `now`, or else the earliest one.

    None when the user has no returns, or when the last of them has passed and the next twelve are due.
    """
    newest = _NEWEST.one(connection, user_id=user_id, now=now)
    if newest is None:
        first = _NEXT.one(connection, user_id=user_id, now=now)
        # All months may have been stored between the two statements: on Postgres each sees what is there by then.
        newest = _NEWEST.one(connection, user_id=user_id, now=now) if first else None
        if newest is None:
            return _stored(first) if first else None
    *row, goes_on = newest
    return _stored(row) if goes_on else None


def of_month(connection: Connection, user_id: int, month: str) -> StoredReturn | None:
    """Return the user's return of a month, `YYYY-MM`."""
    row = _OF_MONTH.one(connection, user_id=user_id, month=month)
    return _stored(row) if row else None


def by_id(connection: Connection, user_id: int, return_id: int) -> StoredReturn | None:
    """Return the user's return with this id; None also where it is another user's."""
    row = _BY_ID.one(connection, user_id=user_id, return_id=return_id)
    return _stored(row) if row else None


def hold(connection: Connection, return_id: int) -> bool:
    """Keep a return from being deleted until this transaction ends; return whether it is there.

    Who deletes returns (a purge, another chart, a user who goes) locks them before the user's row. So does who
    stores something about a return and calls this first: neither waits for the other in a circle.
    """
    return _HELD.one(connection, return_id=return_id) is not None


def rolling(connection: Connection, user_id: int, now: datetime) -> list[StoredReturn]:
    """Return twelve months in order: those from the current one on, or the last twelve if fewer follow it."""
    found = [_stored(row) for row in _ALL.all(connection, user_id=user_id)]
    begun = sum(1 for stored in found if stored.monthly.return_date <= now)
    start = max(0, min(begun - 1, len(found) - MONTHS))
    return found[start : start + MONTHS]


def basis(connection: Connection, user_id: int) -> tuple[ChartRecord | None, str | None]:
    """Return what a generation starts from: the chart, and the last month that is stored (`YYYY-MM`)."""
    last_month = select(func.max(lunar_returns.c.month)).where(lunar_returns.c.user_id == user_id)
    return chart_of(connection, user_id), connection.execute(last_month).scalar_one()


def add_months(
    connection: Connection, user_id: int, epoch: int, months: Sequence[MonthlyReturn], calculated_at: datetime
) -> None:
    """Insert the months, all or none.

    Safe against a change of the chart and against a purge, which both raise the chart's epoch first: the
    chart's row is locked here (on SQLite the whole transaction is alone), so either they come first and the
    epoch differs, or they wait for this transaction and then remove what it stored.

    Raises:
        GenerationSuperseded: the epoch is not the one that the generation started from.

    """
    row = select(natal_charts.c.epoch).where(natal_charts.c.user_id == user_id).with_for_update()
    if connection.execute(row).scalar_one_or_none() != epoch:
        raise GenerationSuperseded
    connection.execute(
        insert(lunar_returns),
        [
            {
                "user_id": user_id,
                "month": monthly.month,
                "return_date": monthly.return_date,
                "moon_sign": monthly.sky.moon_sign,
                "moon_house": monthly.sky.moon_house,
                "lunar_ascendant": monthly.sky.lunar_ascendant,
                "aspects": monthly.sky.aspects,
                "calculated_at": calculated_at,
            }
            for monthly in months
        ],
    )


def purge(connection: Connection, user_id: int) -> tuple[int, int]:
    """Delete the user's returns; return how many went and how many are left (0).

    Raises the chart's epoch first, so that a generation under way stores nothing.
    """
    connection.execute(
        update(natal_charts).where(natal_charts.c.user_id == user_id).values(epoch=natal_charts.c.epoch + 1)
    )
    deleted = connection.execute(delete(lunar_returns).where(lunar_returns.c.user_id == user_id)).rowcount
    left = connection.execute(
        select(func.count()).select_from(lunar_returns).where(lunar_returns.c.user_id == user_id)
    ).scalar_one()
    return deleted, left


def chart_of(connection: Connection, user_id: int) -> ChartRecord | None:
    """Return the user's natal chart."""
    row = _CHART.one(connection, user_id=user_id)
    if row is None:
        return None
    birth_datetime, latitude, longitude, epoch = row
    return ChartRecord(Chart(birth_datetime, latitude, longitude), epoch)


def put_chart(connection: Connection, user_id: int, chart: Chart, now: datetime) -> None:
    """Store the chart; if it differs from the one before, remove the returns that rested on that."""
    before = chart_of(connection, user_id)
    if before is not None and before.chart == chart:
        return
    values: dict[str, Any] = {
        "birth_datetime": chart.birth_datetime,
        "latitude": chart.latitude,
        "longitude": chart.longitude,
        "updated_at": now,
    }
    if before is None:
        connection.execute(insert(natal_charts).values(user_id=user_id, **values))
        return
    connection.execute(update(natal_charts).where(natal_charts.c.user_id == user_id).values(values))
    purge(connection, user_id)


def welcome(connection: Connection, user_id: int, *, chart: Chart, clock: Clock) -> None:
    """Give a new user a natal chart."""
    put_chart(connection, user_id, chart, clock())


def farewell(connection: Connection, user_id: int) -> None:
    """Delete all that is kept of a user who goes.

    The chart goes first, and with it the epoch that a generation under way would compare: such a generation has
    either locked the chart's row and then commits before this deletes what it stored, or it finds no chart and
    stores nothing. The order of locks (chart, returns, user) is that of a generation, so neither waits for the
    other in a circle.
    """
    connection.execute(delete(natal_charts).where(natal_charts.c.user_id == user_id))
    connection.execute(delete(lunar_returns).where(lunar_returns.c.user_id == user_id))


def _stored(row: Row | list[Any]) -> StoredReturn:
    id_, month, return_date, moon_sign, moon_house, lunar_ascendant, aspects = row
    return StoredReturn(
        id_, MonthlyReturn(month, return_date, Sky(moon_sign, moon_house, lunar_ascendant, aspects))
    )
