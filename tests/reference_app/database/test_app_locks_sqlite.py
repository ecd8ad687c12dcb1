"""The locks' contract on SQLite, and what only leases have: a token, and time that is our clock's."""

from collections.abc import Callable

import pytest

from reference_app.database.engine import Database
from reference_app.database.holders import is_dead, this_holder
from reference_app.database.locks import LEASE_S, lock_number
from tests.reference_app.database.locks_contract import KEY, LocksContract
from tests.reference_app.stage import OpenDatabase, SteppedClock


class TestSqliteLocks(LocksContract):
    """Lease rows keep the contract."""

    @pytest.fixture
    def database(self, open_database: OpenDatabase) -> Database:
        """A file."""
        return open_database()

    @pytest.fixture
    def url(self, database_url: str) -> str:
        """The same file."""
        return database_url

    @pytest.fixture
    def pass_time(self, clock: SteppedClock) -> Callable[[float], None]:
        """The clock is ours."""
        return clock.move


def test_a_lease_ends_neither_early_nor_late(open_database: OpenDatabase, clock: SteppedClock) -> None:
    """A silent holder keeps its lock until just before the lease's end, and not a moment after it."""
    first, second = open_database(), open_database()
    hold = first.locks.acquire(KEY)
    assert hold is not None
    clock.move(LEASE_S - 0.001)
    assert (second.locks.held([KEY]), second.locks.acquire(KEY)) == ({KEY}, None)
    clock.move(0.001)
    assert second.locks.held([KEY]) == set()
    assert second.locks.acquire(KEY) is not None


def test_a_late_holder_that_nobody_replaced_still_finishes(database: Database, clock: SteppedClock) -> None:
    """Being late harms nobody as long as nobody else has begun, so the work is not thrown away."""
    hold = database.locks.acquire(KEY)
    assert hold is not None
    clock.move(10 * LEASE_S)
    assert hold.finish(lambda _connection: "done") == "done"


def test_the_clock_may_go_back(database: Database, clock: SteppedClock) -> None:
    """A clock that is set back an hour does not keep a free lock shut."""
    hold = database.locks.acquire(KEY)
    assert hold is not None
    hold.release()
    clock.move(-3_600)
    assert database.locks.acquire(KEY) is not None


@pytest.mark.parametrize(
    ("holder", "dead"),
    [
        (this_holder(), False),
        (this_holder() + "0", True),
        (f"{this_holder().split('/', maxsplit=1)[0]}/4194304999/1", True),
        ("another-machine/1/1", False),
        ("", False),
        ("no slashes", False),
        ("//", False),
    ],
    ids=["this one", "its number taken anew", "not running", "elsewhere", "none", "no slashes", "slashes"],
)
def test_only_the_surely_dead_are_dead(holder: str, dead: bool) -> None:  # noqa: FBT001 - a table's column
    """A holder is presumed alive unless it is a process of this machine that is gone or another by now."""
    assert is_dead(holder) is dead


def test_lock_numbers_fill_64_bits() -> None:
    """Advisory locks of many keys neither collide nor leave the range of a signed 64-bit integer."""
    numbers = {lock_number(f"lunar_returns:{number}") for number in range(20_000)}
    assert len(numbers) == 20_000
    assert min(numbers) >= -(2**63)
    assert max(numbers) < 2**63
    assert max(numbers) - min(numbers) > 2**63
