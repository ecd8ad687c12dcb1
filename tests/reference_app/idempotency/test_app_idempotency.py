"""A key and its first answer: kept with what was done, for a while, and not too many (VR-14)."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest
from sqlalchemy import Connection, func, select

from reference_app.database.engine import Database
from reference_app.errors import DatabaseUnavailable
from reference_app.idempotency import store
from reference_app.idempotency.errors import KeyUsedOtherwise
from reference_app.idempotency.store import Bounds, FirstAnswer, Keyed
from reference_app.idempotency.tables import idempotency_keys
from tests.reference_app.stage import OpenDatabase, SteppedClock

KEYED: Final = Keyed(7, "/api/toys", "key", "digest")
BOUNDS: Final = Bounds(timedelta(hours=24), 5)
WAIT_S_MAX: Final = 20.0


@pytest.fixture
def database_url(each_database_url: str) -> str:
    """One of each kind."""
    return each_database_url


class Toys:
    """Work that is counted."""

    def __init__(self, database: Database, clock: SteppedClock) -> None:
        self._database = database
        self._clock = clock
        self.made = 0
        self._guard = threading.Lock()

    def ask(self, keyed: Keyed = KEYED, bounds: Bounds = BOUNDS) -> str:
        """Have a toy made, once a key; return the answer."""
        return self._database.write_now(store.once, keyed, bounds, self._clock(), self._make).body

    def _make(self, _connection: Connection) -> FirstAnswer:
        with self._guard:
            self.made += 1
            return FirstAnswer(201, f'{{"toy": {self.made}}}')

    def kept(self) -> int:
        """Return how many keys are kept."""
        return self._database.read_now(_count)


@pytest.fixture
def toys(database: Database, clock: SteppedClock) -> Toys:
    return Toys(database, clock)


def test_each_key_is_for_one_user_and_route(toys: Toys) -> None:
    """The same text elsewhere is another key."""
    others = [replace(KEYED, user_id=8), replace(KEYED, route="/api/dolls"), replace(KEYED, key="Key")]
    assert [toys.ask(each) for each in (KEYED, *others, KEYED)] == [
        f'{{"toy": {number}}}' for number in (1, 2, 3, 4, 1)
    ]


def test_another_body_is_refused(toys: Toys) -> None:
    """And nothing is done, and the first answer stays."""
    toys.ask()
    with pytest.raises(KeyUsedOtherwise):
        toys.ask(replace(KEYED, body_digest="other"))
    assert (toys.ask(), toys.made) == ('{"toy": 1}', 1)


def test_work_that_fails_leaves_no_key(database: Database, clock: SteppedClock, toys: Toys) -> None:
    """So it can be tried again, with another body even."""

    def fail(_connection: Connection) -> FirstAnswer:
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        database.write_now(store.once, KEYED, BOUNDS, clock(), fail)
    assert toys.kept() == 0
    assert toys.ask(replace(KEYED, body_digest="other")) == '{"toy": 1}'


def test_an_old_key_is_a_new_one(toys: Toys, clock: SteppedClock) -> None:
    """A day later it may mean something else; a moment before that it does not."""
    toys.ask()
    clock.move(86_400)
    assert toys.ask() == '{"toy": 1}'
    clock.move(1)
    assert toys.ask(replace(KEYED, body_digest="other")) == '{"toy": 2}'
    assert (toys.ask(replace(KEYED, body_digest="other")), toys.kept()) == ('{"toy": 2}', 1)


def test_old_keys_are_removed(toys: Toys, clock: SteppedClock) -> None:
    """By the next request of anybody: who never comes again would leave theirs for good."""
    for number in range(4):
        toys.ask(replace(KEYED, key=str(number)))
    toys.ask(replace(KEYED, user_id=8))
    clock.move(86_401)
    toys.ask(replace(KEYED, key="new"))
    assert toys.kept() == 1


@pytest.mark.parametrize("moves_s", [0, 1])
def test_no_more_keys_are_kept_than_allowed(toys: Toys, clock: SteppedClock, moves_s: int) -> None:
    """The oldest go first; the one that is asked with stays, though all came in the same instant."""
    for number in range(9):
        toys.ask(replace(KEYED, key=str(number)))
        clock.move(moves_s)
        assert toys.ask(replace(KEYED, key=str(number))) == f'{{"toy": {number + 1}}}'
    assert toys.kept() == 5
    if moves_s:
        assert [toys.ask(replace(KEYED, key=str(number))) for number in range(5, 9)] == [
            f'{{"toy": {number + 1}}}' for number in range(5, 9)
        ]


def test_many_at_once_with_one_key(open_database: OpenDatabase, clock: SteppedClock) -> None:
    """One is carried out, and all get its answer."""
    toys = Toys(open_database(threads=12), clock)
    assert _at_once(toys.ask, 10) == ['{"toy": 1}'] * 10
    assert toys.made == 1


def test_many_at_once_with_one_old_key(open_database: OpenDatabase, clock: SteppedClock) -> None:
    """The same for a key that is taken over."""
    toys = Toys(open_database(threads=12), clock)
    toys.ask()
    clock.move(90_000)
    assert _at_once(toys.ask, 10) == ['{"toy": 2}'] * 10


def test_keys_that_come_and_go_too_fast(toys: Toys, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that is there and then not, again and again, is a reason to ask later."""
    toys.ask()
    monkeypatch.setattr(store, "_first_answer", lambda *_: None)
    with pytest.raises(DatabaseUnavailable):
        toys.ask()


def test_a_user_who_goes_leaves_no_key(database: Database, toys: Toys) -> None:
    """Others' stay."""
    toys.ask()
    toys.ask(replace(KEYED, user_id=8))
    database.write_now(store.forget, 7)
    assert toys.kept() == 1


def _count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(idempotency_keys)).scalar_one()


def _at_once(work: Callable[[], str], times: int) -> list[str]:
    barrier = threading.Barrier(times)

    def begun() -> str:
        barrier.wait(WAIT_S_MAX)
        return work()

    with ThreadPoolExecutor(times) as threads:
        return [each.result() for each in [threads.submit(begun) for _ in range(times)]]
