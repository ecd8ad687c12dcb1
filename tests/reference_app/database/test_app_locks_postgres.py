"""The locks' contract on Postgres, for both kinds: advisory locks of a transaction, and lease rows."""

import time
from collections.abc import Callable

import pytest
from sqlalchemy import Connection, insert, select, update

from reference_app.database.advisory import AdvisoryLocks
from reference_app.database.engine import Database
from reference_app.database.leases import LeaseHold, LeaseLocks
from reference_app.database.locks import LEASE_S
from reference_app.database.postgres import SILENT_MS_MAX
from reference_app.database.tables import work_leases
from reference_app.errors import DatabaseUnavailable
from tests.reference_app.database.locks_contract import KEY, LocksContract
from tests.reference_app.stage import OpenDatabase, SteppedClock


@pytest.fixture
def database_url(postgres_url: str) -> str:
    return postgres_url


class TestAdvisoryLocks(LocksContract):
    """Work in threads has advisory locks."""

    @pytest.fixture
    def database(self, open_database: OpenDatabase) -> Database:
        """A database of its own."""
        return open_database()

    @pytest.fixture
    def url(self, database_url: str) -> str:
        """The same."""
        return database_url

    @pytest.fixture
    def pass_time(self) -> Callable[[float], None]:
        """The clock is the server's."""
        return time.sleep


class TestLeasesOnPostgres(TestAdvisoryLocks):
    """Work that is awaited has lease rows."""

    kind = "leases"


def test_each_kind_of_work_has_its_kind_of_lock(database: Database) -> None:
    """Threads get advisory locks, and what is awaited gets leases."""
    assert isinstance(database.locks, AdvisoryLocks)
    assert isinstance(database.leases, LeaseLocks)


def test_leases_keep_the_time_of_the_server(open_database: OpenDatabase, clock: SteppedClock) -> None:
    """A process whose clock is hours ahead or behind takes no lease that is alive."""
    hold = open_database().leases.acquire(KEY)
    assert hold is not None
    for seconds in (3_600, -7_200):
        clock.move(seconds)
        assert open_database().leases.acquire(KEY) is None
    hold.release()


def test_a_holder_that_freezes_while_it_writes_keeps_nobody_waiting(open_database: OpenDatabase) -> None:
    """The server ends a transaction that says nothing for longer than a lease, and its row is free again."""
    frozen, other = open_database(), open_database()
    hold = frozen.leases.acquire(KEY)
    assert hold is not None

    def freeze(_connection: object) -> None:
        assert other.leases.acquire(KEY) is None
        time.sleep(LEASE_S + 0.5)
        assert other.leases.acquire(KEY) is not None

    with pytest.raises(DatabaseUnavailable):
        frozen.said_plainly(lambda: hold.finish(freeze))


def test_a_holder_that_freezes_while_it_beats_keeps_nobody_waiting(
    open_database: OpenDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same holds of the transaction of a beat."""
    frozen, other = open_database(), open_database()
    hold = frozen.leases.acquire(KEY)
    assert hold is not None
    beat = LeaseHold.prolonged

    def freeze(hold: LeaseHold, connection: Connection) -> bool:
        kept = beat(hold, connection)
        time.sleep(LEASE_S + 0.5)
        assert other.leases.acquire(KEY) is not None
        return kept

    monkeypatch.setattr(LeaseHold, "prolonged", freeze)
    with pytest.raises(DatabaseUnavailable):
        frozen.said_plainly(lambda: frozen.leases.beat_all([hold]))


def test_a_request_that_freezes_while_it_writes_frees_its_rows(open_database: OpenDatabase) -> None:
    """The server ends any transaction that is silent for too long; what it wrote is undone."""
    frozen, other = open_database(), open_database()
    frozen.write_now(_insert)

    def freeze(connection: Connection) -> None:
        connection.execute(update(work_leases).values(failures=7))
        time.sleep(SILENT_MS_MAX / 1_000 + 0.5)
        other.write_now(lambda connection: connection.execute(update(work_leases).values(token=1)))

    with pytest.raises(DatabaseUnavailable):
        frozen.write_now(freeze)
    assert other.read_now(_row) == (1, 0)


def _insert(connection: Connection) -> None:
    connection.execute(insert(work_leases).values(key=KEY))


def _row(connection: Connection) -> tuple[int, int]:
    token, failures = connection.execute(select(work_leases.c.token, work_leases.c.failures)).one()
    return token, failures
