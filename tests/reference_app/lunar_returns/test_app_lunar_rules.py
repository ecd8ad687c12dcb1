"""Current, rolling, rollover, and what overtakes a generation: rules of lunar returns below HTTP (LR-1, LR-7)."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
import structlog
from sqlalchemy import Connection, func, select

from reference_app.accounts import store as account_store
from reference_app.accounts.store import NewUser, User
from reference_app.callers import Caller
from reference_app.database.engine import Database
from reference_app.lunar_returns import store
from reference_app.lunar_returns.ephemeris import FixedEphemeris
from reference_app.lunar_returns.errors import NoNatalChart, UserGone
from reference_app.lunar_returns.months import Chart, MonthlyReturn, Sky
from reference_app.lunar_returns.service import PURPOSE, Asking, LunarReturns
from reference_app.lunar_returns.store import StoredReturn
from reference_app.lunar_returns.tables import lunar_returns, natal_charts
from reference_app.single_flight.flights import SingleFlight
from reference_app.web.metrics import Metrics
from tests.reference_app.stage import BIRTH, START, OpenDatabase, Server, SteppedClock, as_dev, problem

CHART: Final = Chart(datetime(1984, 6, 14, 6, 20, tzinfo=UTC), 47.2, -1.5)
OTHER_CHART: Final = Chart(datetime(1991, 11, 3, 4, 5, tzinfo=UTC), 45.5, -73.6)
SKY: Final = Sky("Aries", 1, "Leo", [])
AT_ONCE: Final = 20
WAIT_S_MAX: Final = 20.0


class BlockingEphemeris(FixedEphemeris):
    """The fixed ephemeris, which says when it is asked and answers when it may."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.may_answer = threading.Event()

    def returns_after(self, chart: Chart, start: datetime) -> Iterator[datetime]:
        """Wait, then do as the fixed one."""
        self.asked.set()
        assert self.may_answer.wait(WAIT_S_MAX)
        return super().returns_after(chart, start)


@pytest.fixture
def user(database: Database) -> int:
    """A user with a natal chart."""
    return database.write_now(_add_user, "ada@rules.example")


def _store(database: Database, user: int, *months: str) -> None:
    made = [
        MonthlyReturn(month, datetime.fromisoformat(f"{month}-15T12:00:00+00:00"), SKY) for month in months
    ]
    epoch = database.read_now(_epoch, user)
    database.write_now(store.add_months, user, epoch, made, START)


@pytest.mark.parametrize(
    ("now", "current"),
    [
        ("2026-01-01T00:00:00", "2026-01"),
        ("2026-01-15T11:59:59.999999", "2026-01"),
        ("2026-01-15T12:00:00", "2026-01"),
        ("2026-02-15T11:59:59", "2026-01"),
        ("2026-02-15T12:00:00", "2026-02"),
        ("2026-03-15T11:59:59.999999", "2026-02"),
        ("2026-03-15T12:00:00", None),
        ("2030-01-01T00:00:00", None),
    ],
)
def test_current_is_the_newest_that_has_begun(
    database: Database, user: int, now: str, current: str | None
) -> None:
    """The newest return not later than now, else the earliest; none once the last has passed."""
    _store(database, user, "2026-01", "2026-02", "2026-03")
    found = database.read_now(store.current, user, datetime.fromisoformat(now + "+00:00"))
    assert (found.monthly.month if found else None) == current


def test_without_returns_there_is_no_current(database: Database, user: int) -> None:
    """Nobody's return is anybody else's."""
    _store(database, user, "2026-01", "2026-02")
    other = database.write_now(_add_user, "grace@rules.example")
    assert database.read_now(store.current, other, START) is None


@pytest.mark.parametrize(
    ("now", "first"),
    [("2026-01-01", 0), ("2026-01-20", 0), ("2026-06-20", 5), ("2027-01-20", 12), ("2027-11-20", 12)],
)
def test_twelve_months_begin_with_the_current_one(
    database: Database, user: int, now: str, first: int
) -> None:
    """Of more than twelve months those from the current one on are given, or the last twelve."""
    months = [f"{2026 + number // 12}-{number % 12 + 1:02d}" for number in range(24)]
    _store(database, user, *months)
    found = database.read_now(store.rolling, user, datetime.fromisoformat(now + "T00:00:00+00:00"))
    assert _months(found) == months[first : first + 12]


def test_the_next_twelve_follow_when_the_last_has_passed(
    open_database: OpenDatabase, clock: SteppedClock
) -> None:
    """Year after year, twelve more months are made, without a gap or a repetition, and `current` has begun."""
    database = open_database()
    user = database.write_now(_add_user, "years@rules.example")

    async def scenario(returns: LunarReturns) -> None:
        for year in range(1, 4):
            found = await returns.current(_asking(user))
            assert found.monthly.return_date <= clock()
            stored = database.read_now(_stored_months, user)
            assert len(stored) == len(set(stored)) == 12 * year
            assert stored == sorted(stored)
            clock.move(timedelta(days=366).total_seconds())

    _serve(database, clock, scenario)


def test_charts_are_changed_kept_and_bounded(database: Database, clock: SteppedClock, user: int) -> None:
    """The same chart keeps the returns, another removes them, and none may lie in the future or before 1800."""

    async def scenario(returns: LunarReturns) -> None:
        await returns.current(_asking(user))
        same = Chart(CHART.birth_datetime.astimezone(), CHART.latitude, CHART.longitude)
        await returns.put_chart(_asking(user).who, same)
        assert len(database.read_now(_stored_months, user)) == 12
        await returns.put_chart(_asking(user).who, OTHER_CHART)
        assert database.read_now(_stored_months, user) == []
        with pytest.raises(UserGone):
            await returns.put_chart(_asking(user + 1).who, CHART)
        with pytest.raises(NoNatalChart):
            await returns.current(_asking(user + 1))

    _serve(database, clock, scenario)


@pytest.mark.parametrize(
    ("method", "path", "body", "told"),
    [
        ("PUT", "/api/natal-chart", {**BIRTH, "latitude": 1.0}, "generation-superseded"),
        ("POST", "/api/lunar-returns/dev/purge", None, "generation-superseded"),
        ("DELETE", "/api/me", None, "generation-superseded"),
        ("PUT", "/api/natal-chart", BIRTH, None),
    ],
)
def test_what_overtakes_a_generation_wins(
    start_server: Callable[..., Server], method: str, path: str, body: object, told: str | None
) -> None:
    """A generation that a change, a purge or a deletion overtook stores nothing; an unchanged chart harms none."""
    ephemeris = BlockingEphemeris()
    server = start_server(ephemeris=ephemeris)
    ada = as_dev("ada")
    server.ask("PUT", "/api/natal-chart", json=BIRTH, headers=ada)
    with _meanwhile(
        ephemeris, lambda: server.ask("GET", "/api/lunar-returns/current", headers=ada)
    ) as waiting:
        assert server.ask(method, path, json=body, headers=ada).ok
        ephemeris.may_answer.set()
        answer = waiting.result(WAIT_S_MAX)
    if told is None:
        assert answer.status_code == 200
        return
    assert (answer.status_code, problem(answer)["type"]) == (503, f"/problems/{told}")
    assert answer.headers["Retry-After"] == "1"
    _is_empty(server)
    assert server.ask("GET", "/api/lunar-returns/current", headers=ada).status_code == 200


def test_two_first_charts_at_once_are_both_taken(start_server: Callable[..., Server]) -> None:
    """However many first charts come at once, each is accepted and one of them is the chart."""
    server = start_server()
    server.ask("POST", "/api/lunar-returns/dev/purge", headers=as_dev("warm"))
    token = {"Authorization": f"Bearer {server.token('charts@rules.example')}"}

    def put(number: int) -> int:
        chart = {**BIRTH, "latitude": float(number)}
        return server.ask("PUT", "/api/natal-chart", json=chart, headers=token).status_code

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        assert list(crowd.map(put, range(AT_ONCE))) == [200] * AT_ONCE


def test_ids_are_never_given_again(database: Database, user: int) -> None:
    """Neither a user's nor a return's id comes back after its row is gone."""
    _store(database, user, "2026-01")
    first = database.read_now(store.rolling, user, START)[0].id
    database.write_now(account_store.remove, user)
    again = database.write_now(_add_user, "ada@rules.example")
    _store(database, again, "2026-01")
    assert again > user
    assert database.read_now(store.rolling, again, START)[0].id > first


def test_a_deleted_user_leaves_no_row(database: Database, user: int) -> None:
    """With the user go their chart and their returns, and nobody else's."""
    other = database.write_now(_add_user, "grace@rules.example")
    for owner in (user, other):
        _store(database, owner, "2026-01", "2026-02")
    assert database.write_now(account_store.remove, user) == 1
    assert database.write_now(account_store.remove, user) == 0
    assert [len(database.read_now(_stored_months, owner)) for owner in (user, other)] == [0, 2]
    assert database.read_now(_charts) == 1


def test_a_farewell_leaves_nothing_to_the_cascade(database: Database, user: int) -> None:
    """What lunar returns keep of a user goes by their own act, and nobody else's goes with it."""
    other = database.write_now(_add_user, "grace@rules.example")
    for owner in (user, other):
        _store(database, owner, "2026-01", "2026-02")
    database.write_now(store.farewell, user)
    assert database.read_now(account_store.by_id, user) is not None
    assert [len(database.read_now(_stored_months, owner)) for owner in (user, other)] == [0, 2]
    assert [database.read_now(store.chart_of, owner) is None for owner in (user, other)] == [True, False]


def _serve(database: Database, clock: SteppedClock, scenario: Callable[[LunarReturns], object]) -> None:
    """Run a scenario with the service on this database, with the fixed ephemeris."""

    async def whole() -> None:
        single_flight = SingleFlight(database)
        flights = single_flight.purpose(PURPOSE, at_once=2)
        returns = LunarReturns(database, flights, FixedEphemeris(), clock, Metrics(), wait_s_max=WAIT_S_MAX)
        await scenario(returns)  # type: ignore[misc]
        await single_flight.close()

    asyncio.run(whole())


class _meanwhile:  # noqa: N801 - reads as a phrase where it is used
    """Asks in a thread, and goes on when the ephemeris is asked."""

    def __init__(self, ephemeris: BlockingEphemeris, call: Callable[[], object]) -> None:
        self._ephemeris = ephemeris
        self._call = call
        self._stack = ExitStack()

    def __enter__(self) -> "Future":  # type: ignore[type-arg]
        threads = self._stack.enter_context(ThreadPoolExecutor(1))
        self._stack.callback(self._ephemeris.may_answer.set)
        waiting = threads.submit(self._call)
        assert self._ephemeris.asked.wait(WAIT_S_MAX)
        return waiting

    def __exit__(self, *_: object) -> None:
        self._stack.close()


def _is_empty(server: Server) -> None:
    assert (
        server.ask("POST", "/api/lunar-returns/dev/purge", headers=as_dev("ada")).json()["deleted_count"] == 0
    )


def _asking(user: int) -> Asking:
    log = structlog.wrap_logger(structlog.ReturnLogger(), processors=[]).bind()
    return Asking(Caller(user, account_store.by_ids, User(user, "", is_admin=False)), log, delay_ms=0)


def _add_user(connection: Connection, email: str) -> int:
    user = account_store.add(connection, NewUser(email, "", START))
    store.put_chart(connection, user.id, CHART, START)
    return user.id


def _epoch(connection: Connection, user: int) -> int:
    epoch: int = connection.execute(
        select(natal_charts.c.epoch).where(natal_charts.c.user_id == user)
    ).scalar_one()
    return epoch


def _charts(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(natal_charts)).scalar_one()


def _stored_months(connection: Connection, user: int) -> list[str]:
    return list(
        connection.scalars(
            select(lunar_returns.c.month).where(lunar_returns.c.user_id == user).order_by(lunar_returns.c.id)
        )
    )


def _months(found: list[StoredReturn]) -> list[str]:
    return [stored.monthly.month for stored in found]
