"""What every database's locks promise, as tests; one subclass a database runs them.

A subclass gives the fixture `database` and says how time passes on it. Knows nothing of lease rows or advisory
locks, and does not measure how soon a silent holder loses its lock: features do.
"""

import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Final

import pytest
from sqlalchemy import Connection, func, insert, select

from fixtures.scenario.eventually import eventually
from reference_app.accounts.tables import users
from reference_app.database.engine import Database
from reference_app.database.locks import BEAT_S, LEASE_S, Failure, Failures, Hold, LockLost, Locks
from reference_app.database.tables import failures

KEY: Final = "work:1"
RACES: Final = 200
BEATS: Final = 12
FREED_S_MAX: Final = 10.0
KEYS_ASKED: Final = 1_200
HOLDING: Final = """
import sys, time
from reference_app.clock import system_clock
from reference_app.database.engine import Database
database = Database(sys.argv[1], clock=system_clock, threads=1, holders=1, wait_s_max=10)
hold = getattr(database, sys.argv[3]).acquire(sys.argv[2])
print("held" if hold else "not held", flush=True)
time.sleep(60)
"""

Ending = Callable[[Hold], None]
ENDINGS: Final[dict[str, Ending]] = {
    "finish": lambda hold: hold.finish(lambda _connection: None),
    "fail": lambda hold: hold.fail(Failure("Broken")),
    "release": lambda hold: hold.release(),
}


class LocksContract:
    """The promises of `reference_app.database.locks`."""

    kind = "locks"
    """The database's attribute that holds the locks under test."""

    @pytest.fixture
    def database(self) -> Database:
        """The database under test, migrated and empty."""
        raise NotImplementedError

    @pytest.fixture
    def locks(self, database: Database) -> Locks:
        """The locks under test."""
        found: Locks = getattr(database, self.kind)
        return found

    @pytest.fixture
    def url(self) -> str:
        """Its URL, for another process."""
        raise NotImplementedError

    @pytest.fixture
    def pass_time(self) -> Callable[[float], None]:
        """Lets so many seconds pass for the database's locks."""
        raise NotImplementedError

    def test_a_lock_has_one_holder_at_a_time(self, locks: Locks) -> None:
        """While somebody holds a lock nobody else gets it, and nobody waits for it."""
        hold = _taken(locks)
        assert locks.acquire(KEY) is None
        hold.release()

    def test_locks_of_other_keys_are_free(self, locks: Locks) -> None:
        """A held lock stands in the way of its own key only."""
        first, second = _taken(locks), _taken(locks, "work:2")
        assert locks.held([KEY, "work:2", "work:3"]) == {KEY, "work:2"}
        first.release()
        second.release()

    @pytest.mark.parametrize("ending", ENDINGS)
    def test_every_ending_frees_the_lock(self, locks: Locks, ending: str) -> None:
        """Whether the holder finishes, fails or lets go, the lock is free at once."""
        ENDINGS[ending](_taken(locks))
        assert locks.held([KEY]) == set()
        _taken(locks).release()

    @pytest.mark.parametrize("ending", ENDINGS)
    def test_release_after_an_ending_harms_nobody(self, locks: Locks, ending: str) -> None:
        """A second release is harmless, above all to the new holder of the lock."""
        hold = _taken(locks)
        ENDINGS[ending](hold)
        successor = _taken(locks)
        hold.release()
        assert locks.held([KEY]) == {KEY}
        successor.release()

    def test_finish_commits_and_returns_what_was_written(self, database: Database, locks: Locks) -> None:
        """What the holder writes is there when the lock is free, and `finish` returns its result."""
        assert _taken(locks).finish(_add_user) == "added"
        assert _users(database) == 1

    def test_a_write_that_raises_keeps_the_lock_and_writes_nothing(
        self, database: Database, locks: Locks
    ) -> None:
        """A failed write is undone as a whole, and its holder can still publish the failure."""
        hold = _taken(locks)

        def write(connection: Connection) -> None:
            _add_user(connection)
            raise ArithmeticError("half way")

        with pytest.raises(ArithmeticError, match="half way"):
            hold.finish(write)
        assert (_users(database), locks.held([KEY])) == (0, {KEY})
        hold.fail(Failure("ArithmeticError"))
        assert _failures(database) == Failures(1, Failure("ArithmeticError"))

    def test_failures_are_counted_up_for_ever(self, database: Database, locks: Locks) -> None:
        """Each failure raises the number, whatever successes come between; the name is the latest."""
        for failure in (Failure("First", "is told", 7), Failure("Second", "x\0" * 5_000)):
            _taken(locks).fail(failure)
            _taken(locks).finish(_add_nothing)
            _taken(locks).release()
        assert _failures(database) == Failures(2, Failure("Second", "x" * 500))

    def test_a_holder_that_beats_keeps_its_lock(
        self, locks: Locks, pass_time: Callable[[float], None]
    ) -> None:
        """A live holder keeps its lock for many times the lease, and can finish after that."""
        hold = _taken(locks)
        for _ in range(BEATS):
            pass_time(BEAT_S)
            hold.beat()
            assert locks.acquire(KEY) is None
        assert hold.finish(_add_user) == "added"

    @pytest.mark.parametrize("late", ["beat", "finish"])
    def test_a_late_holder_is_refused(
        self, database: Database, locks: Locks, pass_time: Callable[[float], None], late: str
    ) -> None:
        """A holder that fell silent and was replaced hears `LockLost`, and writes nothing."""
        hold = _taken(locks)
        pass_time(LEASE_S + 0.3)
        successor = _taken(locks)
        late_act: Callable[[], object] = hold.beat if late == "beat" else lambda: hold.finish(_add_user)
        with pytest.raises(LockLost):
            late_act()
        hold.release()
        assert (_users(database), locks.held([KEY])) == (0, {KEY})
        assert successor.finish(_add_user) == "added"
        assert _users(database) == 1

    def test_a_late_failure_is_not_published(
        self, database: Database, locks: Locks, pass_time: Callable[[float], None]
    ) -> None:
        """Those who wait for the new holder do not share the failure of the old one."""
        hold = _taken(locks)
        pass_time(LEASE_S + 0.3)
        successor = _taken(locks)
        with pytest.raises(LockLost):
            hold.fail(Failure("TooLate"))
        assert _failures(database) == Failures()
        successor.release()

    def test_a_silent_holder_is_not_counted_as_holding(
        self, locks: Locks, pass_time: Callable[[float], None]
    ) -> None:
        """Who watches the lock learns that it is free once the lease has run out."""
        hold = _taken(locks)
        assert locks.held([KEY]) == {KEY}
        pass_time(LEASE_S + 0.3)
        assert locks.held([KEY]) == set()
        hold.release()

    def test_a_dead_holder_loses_its_lock_at_once(self, locks: Locks, url: str) -> None:
        """The lock of a process that was killed is free without any wait for its lease."""
        with subprocess.Popen(
            [sys.executable, "-c", HOLDING, url, KEY, self.kind], stdout=subprocess.PIPE, text=True
        ) as holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "held\n"
            assert locks.held([KEY]) == {KEY}
            assert locks.acquire(KEY) is None
            holder.kill()
            holder.wait()
        eventually(lambda: not locks.held([KEY]), within_s=FREED_S_MAX, what="the lock to be free")
        _taken(locks).release()

    def test_many_keys_are_looked_at_together(self, locks: Locks) -> None:
        """However many keys are asked about, those that are held are found, wherever they stand."""
        holds = [_taken(locks, f"work:{number}") for number in (0, KEYS_ASKED - 1)]
        asked = [f"work:{number}" for number in range(KEYS_ASKED)]
        assert locks.held(asked) == {asked[0], asked[-1]}
        for hold in holds:
            hold.release()

    def test_a_race_has_one_winner(self, locks: Locks) -> None:
        """Of two who reach for a free lock at the same instant exactly one gets it, every time."""
        together = threading.Barrier(2)

        def reach(key: str) -> Hold | None:
            together.wait()
            return locks.acquire(key)

        winners = []
        with ThreadPoolExecutor(2) as racers:
            for number in range(RACES):
                got = list(racers.map(reach, [f"race:{number}"] * 2))
                winners.append(sum(1 for hold in got if hold is not None))
                for hold in got:
                    if hold is not None:
                        hold.release()
        assert winners == [1] * RACES


def _taken(locks: Locks, key: str = KEY) -> Hold:
    hold = locks.acquire(key)
    assert hold is not None
    return hold


def _failures(database: Database) -> Failures:
    return database.read_now(failures, KEY)


def _users(database: Database) -> int:
    return database.read_now(
        lambda connection: connection.execute(select(func.count()).select_from(users)).scalar_one()
    )


def _add_user(connection: Connection) -> str:
    connection.execute(insert(users).values(email="a@b.example", created_at=datetime(2026, 1, 1, tzinfo=UTC)))
    return "added"


def _add_nothing(_connection: Connection) -> None:
    return
