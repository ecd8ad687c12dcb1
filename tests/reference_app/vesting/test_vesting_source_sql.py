"""The source's own SQL runs as written on Postgres, and days are those of UTC in every session (VR-10)."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from sqlalchemy import Connection, text

from tests.reference_app.stage import START, SteppedClock
from tests.reference_app.vesting.bank import TODAY, Bank

ZONES: Final = ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Dubai")
RELEASES_OF_A_DAY: Final = """
SELECT
    COUNT(*) as release_count,
    SUM((operation_metadata->>'release_amount')::numeric) as total_released
FROM operations
WHERE type = 'VAULT_VESTING_RELEASE'
  AND DATE(created_at) = '{day}';
"""
LAST_RELEASES: Final = """
SELECT
    id,
    created_at,
    operation_metadata->>'trace_id' as trace_id,
    operation_metadata->>'release_amount' as amount,
    operation_metadata->>'vault_code' as vault_code
FROM operations
WHERE type = 'VAULT_VESTING_RELEASE'
ORDER BY created_at DESC
LIMIT 10;
"""
LOTS_OF_A_DAY: Final = """
SELECT
    COUNT(*) as released_lots_count,
    SUM(released_amount) as total_released
FROM vault_vesting_lots
WHERE status = 'RELEASED'
  AND DATE(last_released_at) = '{day}';
"""
PENDING_LOTS: Final = """
SELECT
    COUNT(*) as pending_lots,
    SUM(amount - released_amount) as pending_amount
FROM vault_vesting_lots
WHERE vault_code = 'AVENIR'
  AND release_day <= '{day}'
  AND status = 'VESTED'
  AND released_amount < amount;
"""
OF_A_RUN: Final = """
SELECT
    id,
    created_at,
    operation_metadata->>'trace_id' as trace_id
FROM operations
WHERE type = 'VAULT_VESTING_RELEASE'
  AND operation_metadata->>'trace_id' = '{trace_id}';
"""
NEXT_DAYS: Final = """
SELECT
    release_day,
    COUNT(*) as lot_count,
    SUM(amount - released_amount) as total_remaining
FROM vault_vesting_lots
WHERE vault_code = 'AVENIR'
  AND status = 'VESTED'
GROUP BY release_day
ORDER BY release_day ASC
LIMIT 5;
"""


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
        assert _asked(bank, zone, RELEASES_OF_A_DAY.format(day=day)) == [expected]
        assert _asked(bank, zone, LOTS_OF_A_DAY.format(day=day)) == [expected]


def test_what_an_operator_asks(bank: Bank) -> None:
    """Pending lots, the next days, the last releases, and those of one run."""
    ada = bank.user()
    for days, amount in ((-1, "10"), (0, "20"), (1, "30"), (1, "5"), (9, "40")):
        bank.lot(ada, amount, due=TODAY + timedelta(days=days))
    assert _asked(bank, "UTC", PENDING_LOTS.format(day=TODAY)) == [(2, 30)]
    found = bank.run()
    assert _asked(bank, "UTC", PENDING_LOTS.format(day=TODAY)) == [(0, None)]
    assert _asked(bank, "UTC", NEXT_DAYS) == [
        (TODAY + timedelta(days=1), 2, 35),
        (TODAY + timedelta(days=9), 1, 40),
    ]
    last = _asked(bank, "UTC", LAST_RELEASES)
    assert sorted(row[2:] for row in last) == [
        (found.trace_id, "10.00", "AVENIR"),
        (found.trace_id, "20.00", "AVENIR"),
    ]
    assert {row[1].replace(tzinfo=UTC) for row in last} == {START}
    assert len(_asked(bank, "UTC", OF_A_RUN.format(trace_id=found.trace_id))) == 2


def _asked(bank: Bank, zone: str, statement: str) -> list[tuple[Any, ...]]:
    def ask(connection: Connection) -> list[tuple[Any, ...]]:
        connection.execute(text(f"SET LOCAL TIME ZONE '{zone}'"))
        return [tuple(row) for row in connection.exec_driver_sql(statement)]

    return bank.database.read_now(ask)
