"""How often a password may be tried, by whom, and who is never kept out by it (SV-9)."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from typing import Any, Final

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import select, text
from structlog.testing import CapturingLogger

from reference_app.accounts import sign_in_store, store
from reference_app.accounts.errors import PasswordsBusy, TooManyFailures, WrongPassword
from reference_app.accounts.metrics import SignInMetrics
from reference_app.accounts.passwords import Passwords
from reference_app.accounts.sign_ins import Limits, SignIns
from reference_app.accounts.store import NewUser
from reference_app.accounts.tables import sign_in_failures, sign_in_sources
from reference_app.accounts.visitors import Visitor
from reference_app.database.engine import Database
from tests.reference_app.stage import PASSWORD, START, SteppedClock

ADA: Final = "ada@sign-ins.example"
HOME, AWAY = "192.0.2.1", "198.51.100.7"
LIMITS: Final = Limits(account_failures=3, source_failures=5, delay_s_max=5, forget_s=100, rows_max=100)


class Desk:
    """Sign-ins on one database, and what came of each."""

    def __init__(self, database: Database, clock: SteppedClock) -> None:
        self.passwords = Passwords(fast=True)
        self.database = database
        self.clock = clock
        self.sign_ins = SignIns(database, clock, self.passwords, LIMITS, SignInMetrics(CollectorRegistry()))
        new = NewUser(ADA, self.passwords.hash_now(PASSWORD), START)
        self.ada = database.write_now(store.add, new).id

    async def tries(self, password: str, host: str = AWAY, address: str = ADA) -> str:
        """Sign in, and return what came of it in a word; of a refusal, after how many seconds to ask again."""
        log: Any = CapturingLogger()
        try:
            await self.sign_ins.granted(
                lambda connection: store.account(connection, address, address),
                address, password, Visitor(host, log),
            )  # fmt: skip
        except TooManyFailures as error:
            return str(error.retry_after_s)
        except WrongPassword:
            return "wrong"
        return "granted"

    def rows(self) -> int:
        """Return how many failures are counted under any key."""
        return len(
            self.database.read_now(lambda connection: connection.execute(select(sign_in_failures)).all())
        )


@pytest.fixture
def database_url(each_database_url: str) -> str:
    """One of each kind."""
    return each_database_url


@pytest.fixture
def desk(database: Database, clock: SteppedClock) -> Iterator[Desk]:
    made = Desk(database, clock)
    yield made
    made.passwords.close()


def run(story: Callable[[], Awaitable[None]]) -> None:
    """Run a story in an event loop of its own."""
    asyncio.run(story())  # type: ignore[arg-type]


def test_each_further_failure_doubles_the_wait_up_to_a_bound(desk: Desk) -> None:
    """What is refused is not looked at and prolongs nothing; a right password is refused in that time, too."""

    async def story() -> None:
        assert [await desk.tries("wrong") for _ in "123"] == ["wrong"] * 3
        for wait in (1, 2, 4, 5, 5):
            assert [await desk.tries(PASSWORD), await desk.tries("wrong")] == [str(wait)] * 2
            desk.clock.move(wait - 0.25)
            assert await desk.tries(PASSWORD) == "1"
            desk.clock.move(0.25)
            assert await desk.tries("wrong") == "wrong"
        desk.clock.move(5)
        assert await desk.tries(PASSWORD) == "granted"

    run(story)


def test_many_at_once_are_as_many_attempts(desk: Desk) -> None:
    """Of twenty guesses at the same moment no more are looked at than of twenty one after the other."""

    async def story() -> None:
        found = await asyncio.gather(*(desk.tries("wrong") for _ in range(20)))
        assert sorted(found) == ["1"] * 17 + ["wrong"] * 3

    run(story)


def test_what_is_right_leaves_no_failure(desk: Desk) -> None:
    """Neither of the account nor of where it was asked from; and the source is known from then on."""

    async def story() -> None:
        assert [await desk.tries(PASSWORD) for _ in range(8)] == ["granted"] * 8
        assert desk.rows() == 0
        assert await desk.tries("wrong") == "wrong"
        assert await desk.tries(PASSWORD) == "granted"
        assert desk.rows() == 0

    run(story)


def test_nobody_keeps_an_owner_out(desk: Desk) -> None:
    """From where the account signed in before, neither strangers' failures count nor those of a neighbour."""

    async def story() -> None:
        assert await desk.tries(PASSWORD, HOME) == "granted"
        assert [await desk.tries("wrong") for _ in "1234"][-1] == "1"
        for number in range(6):
            last = await desk.tries("wrong", HOME, f"{number}@sign-ins.example")
        assert last == "1"
        assert await desk.tries(PASSWORD, HOME) == "granted"
        assert [await desk.tries("wrong", HOME) for _ in "1234"] == ["wrong"] * 3 + ["1"]

    run(story)


def test_whether_there_is_an_account_makes_no_difference(desk: Desk) -> None:
    """An address that nobody has is refused as the other is, after as many failures."""

    async def story() -> None:
        nobody = "nobody@sign-ins.example"
        for address, host in ((ADA, AWAY), (nobody, "203.0.113.5")):
            assert [await desk.tries("wrong", host, address) for _ in "1234"] == ["wrong"] * 3 + ["1"]

    run(story)


@pytest.mark.parametrize(("moved_s", "expected"), [(-3_600, "wrong"), (101, "wrong"), (-50, "5")])
def test_a_clock_that_is_set_keeps_nobody_waiting_longer(desk: Desk, moved_s: float, expected: str) -> None:
    """Back or forth: no wait is longer than its bound, and after a while without failures there were none."""

    async def story() -> None:
        for _ in range(7):
            await desk.tries("wrong")
            desk.clock.move(5)
        assert await desk.tries("wrong") == "wrong"
        desk.clock.move(moved_s)
        assert await desk.tries("wrong") == expected

    run(story)


def test_rows_are_bounded_and_old_ones_go(desk: Desk) -> None:
    """Of more than are kept the oldest go; and what is older than is counted, or lies ahead."""

    def kept(now_s: float) -> list[str]:
        now = START + timedelta(seconds=now_s)
        desk.database.write_now(sign_in_store.clean, now, timedelta(seconds=100), 3)
        rows = select(sign_in_failures.c.key).order_by(sign_in_failures.c.last_at)
        return list(desk.database.read_now(lambda connection: list(connection.scalars(rows))))

    for number in range(5):
        at = START + timedelta(seconds=number)
        desk.database.write_now(sign_in_store.count, {f"source:{number}": 1}, at)
    assert kept(5) == ["source:2", "source:3", "source:4"]
    assert kept(103.5) == ["source:4"]
    desk.database.write_now(sign_in_store.count, {"source:ahead": 1}, START + timedelta(hours=1))
    assert kept(5) == ["source:4"]


def test_the_newest_sources_of_a_user_are_known(desk: Desk) -> None:
    """Eight of them, for thirty days; they go with the user."""
    for number in range(10):
        at = START + timedelta(minutes=number)
        desk.database.write_now(sign_in_store.remember, desk.ada, f"192.0.2.{number}", at)

    def is_known(number: int, days: float = 0) -> bool:
        at = START + timedelta(days=days)
        return desk.database.read_now(sign_in_store.is_known, desk.ada, f"192.0.2.{number}", at)

    assert [is_known(number) for number in range(10)] == [False] * 2 + [True] * 8
    assert (is_known(9, 29), is_known(9, 31)) == (True, False)
    desk.database.write_now(store.remove, desk.ada)
    assert desk.database.read_now(lambda each: each.execute(select(sign_in_sources)).all()) == []


def test_an_account_that_is_deleted_meanwhile_is_wrong(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its password was right a moment before; there is nobody to get a token."""
    fits = desk.passwords.fits

    async def deleted_first(password: str, password_hash: str) -> bool:
        await desk.database.write(store.remove, desk.ada)
        return await fits(password, password_hash)

    monkeypatch.setattr(desk.passwords, "fits", deleted_first)

    async def story() -> None:
        assert await desk.tries(PASSWORD) == "wrong"

    run(story)


def test_who_was_not_looked_at_is_not_counted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A password whose turn did not come in time is no failure, and is no reason to wait."""

    async def busy(*_: str) -> bool:
        raise PasswordsBusy

    monkeypatch.setattr(desk.passwords, "fits", busy)

    async def story() -> None:
        for _ in range(5):
            with pytest.raises(PasswordsBusy):
                await desk.tries(PASSWORD)
        assert desk.rows() == 0

    run(story)


def test_of_two_changes_of_a_password_one_is_made(desk: Desk) -> None:
    """Both have looked at the same hash; the second finds another one. The epoch counts up by one."""
    was = desk.database.read_now(store.account_of, desk.ada)
    assert was is not None
    assert [desk.database.write_now(store.change_password, was, each) for each in ("a", "b")] == [1, 0]
    kept = text("SELECT password_hash, token_epoch FROM users")
    assert desk.database.read_now(lambda each: each.execute(kept).one()) == ("a", 1)
