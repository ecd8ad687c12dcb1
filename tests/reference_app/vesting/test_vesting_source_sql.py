"""The source's own SQL runs as written on Postgres, and days are those of UTC in every session (VR-10)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest
from sqlalchemy import Connection, text

from fixtures.systems.vesting import runbook
from tests.reference_app.stage import START, SteppedClock
from tests.reference_app.vesting.bank import TODAY, Bank

ZONES: Final = ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Dubai")


@pytest.fixture
def database_url(postgres_url: str) -> str:
    """On Postgres."""
    return postgres_url


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("time_of_day", ["00:05:00", "23:59:59.999999"])
def test_a_day_is_the_utc_day(bank: Bank, clock: SteppedClock, zone: str, time_of_day: str) -> None:
    """Released shortly after midnight or before it, a lot counts for the day of UTC, wherever one asks."""
    ada = bank.user()
    bank.lot(ada, "10000")
    bank.lot(ada, "20000.50")
    at = datetime.fromisoformat(f"{TODAY}T{time_of_day}+00:00")
    clock.move((at - START).total_seconds())
    bank.run()
    for day, expected in ((TODAY, (2, 30_000.5)), (TODAY + timedelta(days=1), (0, None))):
        assert _asked(bank, zone, _on(day, runbook.RELEASES_OF_A_DAY)) == [expected]
        assert _asked(bank, zone, _on(day, runbook.LOTS_OF_A_DAY)) == [expected]


def test_what_an_operator_asks(bank: Bank) -> None:
    """Pending lots, the next days, the last releases, and those of one run."""
    ada = bank.user()
    for days, amount in ((-1, "10"), (0, "20"), (1, "30"), (1, "5"), (9, "40")):
        bank.lot(ada, amount, due=TODAY + timedelta(days=days))
    assert _asked(bank, "UTC", _on(TODAY, runbook.PENDING)) == [(2, 30)]
    found = bank.run()
    assert _asked(bank, "UTC", _on(TODAY, runbook.PENDING)) == [(0, None)]
    assert _asked(bank, "UTC", runbook.NEXT_DAYS) == [
        (TODAY + timedelta(days=1), 2, 35),
        (TODAY + timedelta(days=9), 1, 40),
    ]
    last = _asked(bank, "UTC", runbook.NEWEST_RELEASES)
    assert sorted(row[2:] for row in last) == [
        (found.trace_id, "10.00", "AVENIR"),
        (found.trace_id, "20.00", "AVENIR"),
    ]
    assert {row[1].replace(tzinfo=UTC) for row in last} == {START}
    of_run = runbook.RELEASES_OF_A_RUN.replace(runbook.RUN_OF_SOURCE, found.trace_id)
    assert len(_asked(bank, "UTC", of_run)) == 2


def _on(day: date, statement: str) -> str:
    return statement.replace(runbook.DAY_OF_SOURCE, str(day))


def _asked(bank: Bank, zone: str, statement: str) -> list[tuple[Any, ...]]:
    def ask(connection: Connection) -> list[tuple[Any, ...]]:
        connection.execute(text(f"SET LOCAL TIME ZONE '{zone}'"))
        return [tuple(row) for row in connection.exec_driver_sql(statement)]

    return bank.database.read_now(ask)
