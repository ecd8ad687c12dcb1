"""The rules of work leases, on both databases, to the microsecond, and with threads that want one task (LI-17)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Final

import pytest

from reference_app.database.engine import Database
from reference_app.task_leases import store
from reference_app.task_leases.errors import BadName, LeaseNotHeld, NoSuchTask, TaskLeaseError, TaskTaken
from reference_app.task_leases.service import TaskLeases
from tests.reference_app.stage import START, SteppedClock

TASK, ADA, GRACE = "moon", "Ada", "Grace"
TTL_S: Final = 60
TICK_S: Final = 0.000_001
THREADS: Final = 8
ROUNDS: Final = 10


@pytest.fixture
def database(each_database_url: str, clock: SteppedClock) -> Iterator[Database]:
    opened = Database(each_database_url, clock=clock, threads=THREADS, holders=0, wait_s_max=30.0)
    yield opened
    opened.close()


@pytest.fixture
def leases(database: Database, clock: SteppedClock) -> TaskLeases:
    return TaskLeases(database, clock)


def test_a_lease_lasts_for_its_time_and_not_a_microsecond_longer(
    leases: TaskLeases, clock: SteppedClock
) -> None:
    """Until the last microsecond it is its holder's alone; from the instant of its end on it is nobody's."""
    leases.start(TASK, ADA, TTL_S)
    clock.move(TTL_S - TICK_S)
    with pytest.raises(TaskTaken, match="moon is held by Ada until"):
        leases.start(TASK, GRACE, TTL_S)
    leases.heartbeat(TASK, ADA)
    clock.move(TTL_S)
    for late in (leases.heartbeat, leases.complete):
        with pytest.raises(LeaseNotHeld, match="has expired"):
            late(TASK, ADA)
    taken = leases.start(TASK, GRACE, 1)
    assert (taken.holder, taken.token, taken.started_at) == (GRACE, 2, clock())


def test_a_heartbeat_lasts_as_long_as_the_start_said(leases: TaskLeases, clock: SteppedClock) -> None:
    """From the heartbeat on, no matter for how long the lease was taken before."""
    leases.start(TASK, ADA, 5)
    clock.move(5)
    leases.start(TASK, ADA, TTL_S)
    clock.move(7)
    lease = leases.heartbeat(TASK, ADA)
    assert ((lease.expires_at - clock()).total_seconds(), lease.last_heartbeat) == (TTL_S, clock())
    assert lease.started_at < lease.last_heartbeat


def test_a_clock_that_goes_back_gives_no_lease_away(leases: TaskLeases, clock: SteppedClock) -> None:
    """Who held the task still does, and can complete it."""
    leases.start(TASK, ADA, TTL_S)
    clock.move(-3_600)
    with pytest.raises(TaskTaken):
        leases.start(TASK, GRACE, TTL_S)
    assert leases.complete(TASK, ADA).completed_at == clock()


def test_what_was_taken_meanwhile_is_not_changed(
    database: Database, leases: TaskLeases, clock: SteppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A heartbeat that read the lease before it was taken over, by a holder of the same name, changes nothing."""
    leases.start(TASK, ADA, TTL_S)
    read = leases.status(TASK)[0][0]
    clock.move(TTL_S)
    leases.start(TASK, ADA, TTL_S)
    monkeypatch.setattr(store, "find", lambda *_: read)
    was_theirs, _ = database.write_now(store.put_off, clock, TASK, ADA)
    assert not was_theirs


@pytest.mark.parametrize("case", ["free", "completed", "expired"])
def test_of_threads_that_start_a_task_one_gets_it(leases: TaskLeases, clock: SteppedClock, case: str) -> None:
    """Whether it is new, was completed or has expired; the others are refused, and the table has the one."""
    with ThreadPoolExecutor(THREADS) as threads:
        for number in range(ROUNDS):
            task = f"{case} {number}"
            if case != "free":
                leases.start(task, "before", 1)
            if case == "completed":
                leases.complete(task, "before")
            clock.move(1)
            barrier = Barrier(THREADS)
            got = list(threads.map(lambda name: _won(leases, task, name, barrier), map(str, range(THREADS))))  # noqa: B023
            winners = [name for name in got if name]
            assert len(winners) == 1
            assert [each.holder for each, _ in leases.status(task)] == winners


@pytest.mark.parametrize(
    "name", ["", " ", " a", "a ", "a\n", "a\tb", "\x1b[31m", "\x7f", "\u2028", "\u202e", "\udcff", "x" * 101]
)
def test_names_that_are_none(leases: TaskLeases, name: str) -> None:
    """Nothing that a terminal would obey, that no database keeps, or that nobody sees; nothing is written."""
    for call in (
        lambda: leases.start(name, ADA, TTL_S),
        lambda: leases.start(TASK, name, TTL_S),
        lambda: leases.heartbeat(TASK, name),
        lambda: leases.complete(name, ADA),
        lambda: leases.status(name),
    ):
        with pytest.raises(BadName):
            call()
    assert leases.status() == []


def test_names_of_all_scripts_are_kept_as_they_are(leases: TaskLeases) -> None:
    """100 characters of any script; two Unicode forms of one letter are two names, as they are two texts."""
    names = ["é", "e\u0301", "'; DROP TABLE task_leases; --", "月" * 100, "%s{}\\", "É"]
    for name in names:
        leases.start(name, name, TTL_S)
    assert sorted(lease.task_id for lease, _ in leases.status()) == sorted(names)
    assert all(lease.task_id == lease.holder for lease, _ in leases.status())


def test_the_table_goes_by_the_starts(leases: TaskLeases, clock: SteppedClock) -> None:
    """The oldest start first, each with its state; a task that nobody has started is an error of its own."""
    for task in ("b", "a", "c"):
        leases.start(task, ADA, TTL_S)
    leases.complete("c", ADA)
    clock.move(TTL_S)
    leases.start("b", GRACE, TTL_S)
    assert [(lease.task_id, state) for lease, state in leases.status()] == [
        ("a", "expired"),
        ("c", "completed"),
        ("b", "held"),
    ]
    assert leases.status("a")[0][0].started_at == START
    with pytest.raises(NoSuchTask, match="Nobody has started d"):
        leases.status("d")


def _won(leases: TaskLeases, task: str, name: str, barrier: Barrier) -> str:
    barrier.wait(30)
    try:
        return leases.start(task, name, TTL_S).holder
    except TaskLeaseError:
        return ""
