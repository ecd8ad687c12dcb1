"""Many at the same time: each lot is released once, nobody waits in a circle, and the books add up (VR-6)."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any, Final

import pytest

from reference_app.accounts import store as account_store
from reference_app.database.errors import Conflict
from reference_app.vesting import release_store, store
from reference_app.vesting.errors import OwnerGone, TooLittleAvailable
from reference_app.vesting.judging import AVENIR
from reference_app.vesting.store import Move
from tests.reference_app.stage import START
from tests.reference_app.vesting.bank import AED, TODAY, Bank, summary_of

RUNS: Final = 10
WAIT_S_MAX: Final = 20.0


def test_ten_runs_at_once_release_each_lot_once(crowded: Bank) -> None:
    """Together they release all; what one has, the others skip."""
    bank = crowded
    users = [bank.user(f"user{number}") for number in range(4)]
    for number in range(60):
        bank.lot(users[number % 4], "2")
    found = _at_once([lambda: bank.run(lots_at_once=7)] * RUNS)
    counts = [summary_of(each) for each in found]
    assert sum(each[1] for each in counts) == 60
    assert {(each[0], each[4]) for each in counts} == {(60, 0)}
    assert len(bank.releases()) == 60
    assert [bank.wallet(user) for user in users] == [("30", "0")] * 4
    bank.check()


def test_runs_for_two_days_at_once_release_each_lot_once(crowded: Bank) -> None:
    """A replay of a past day may overlap with the run of today."""
    bank = crowded
    ada = bank.user()
    for number in range(40):
        bank.lot(ada, "1", due=TODAY - timedelta(days=number % 4))
    days = [TODAY - timedelta(days=number % 3) for number in range(6)]
    _at_once([partial(bank.run, as_of=day, lots_at_once=3) for day in days])
    assert len(bank.releases()) == 40
    assert bank.wallet(ada) == ("40", "0")
    bank.check()


def test_fundings_deposits_releases_and_farewells_at_once(crowded: Bank) -> None:
    """In whatever order they come, each ends, and no money is made or lost."""
    bank = crowded
    users = [bank.user(f"user{number}") for number in range(6)]
    for user in users:
        bank.fund(user, "50")
        for _ in range(6):
            bank.lot(user, "1")

    def deposits(user: int) -> None:
        for _ in range(6):
            with suppress(TooLittleAvailable, Conflict, OwnerGone):
                bank.database.write_now(store.deposit, Move(user, Decimal(3), AED, START), AVENIR)

    def fundings(user: int) -> None:
        for _ in range(6):
            with suppress(Conflict):
                bank.fund(user, "2")

    def leaves(user: int) -> None:
        bank.database.write_now(account_store.remove, user, [store.farewell])

    work: list[Callable[[], Any]] = []
    for user in users:
        work += [partial(deposits, user), partial(fundings, user)]
    work += [lambda: bank.run(lots_at_once=5)] * 4
    work += [partial(leaves, user) for user in users[:3]]
    _at_once(work)
    assert summary_of(bank.run())[4] == 0
    assert len(bank.releases()) == 36
    bank.check()


def test_first_deposits_at_once_make_one_account(crowded: Bank) -> None:
    """Nobody's money goes to a second locked account, and nobody spends what is not there."""
    bank = crowded
    ada = bank.user()
    bank.fund(ada, "50")

    def deposit() -> int:
        try:
            bank.database.write_now(store.deposit, Move(ada, Decimal(8), AED, START), AVENIR)
        except TooLittleAvailable:
            return 0
        return 1

    assert sum(_at_once([deposit] * 10)) == 6
    assert bank.wallet(ada) == ("2", "48")
    bank.check()


def test_first_fundings_of_a_currency_at_once(crowded: Bank) -> None:
    """There is one account outside, however many come first."""
    bank = crowded
    users = [bank.user(f"user{number}") for number in range(5)]
    _at_once([partial(bank.fund, user, "7") for user in users * 2])
    assert [bank.wallet(user) for user in users] == [("14", "0")] * 5
    bank.check()


class TestWhereRowsAreLocked:
    """On Postgres a run locks its lots; on SQLite a writer is alone."""

    @pytest.fixture
    def database_url(self, postgres_url: str) -> str:
        """On Postgres."""
        return postgres_url

    def test_a_lot_that_another_run_has_is_skipped(
        self, crowded: Bank, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It is not waited for, and counted as skipped."""
        bank = crowded
        ada = bank.user()
        for _ in range(4):
            bank.lot(ada, "10")
        has_them, may_go_on = threading.Event(), threading.Event()
        pay_out = release_store.pay_out

        def slow(*arguments: Any) -> None:
            if not has_them.is_set():
                has_them.set()
                assert may_go_on.wait(WAIT_S_MAX)
            pay_out(*arguments)

        monkeypatch.setattr(release_store, "pay_out", slow)
        with ThreadPoolExecutor(1) as thread:
            first = thread.submit(lambda: _stepped(bank, lots_at_once=3))
            assert has_them.wait(WAIT_S_MAX)
            # The account is the first run's too, so what is free is not paid either until that is done.
            dry = bank.run(dry_run=True)
            timer = threading.Timer(0.3, may_go_on.set)
            timer.start()
            second = bank.run()
            assert summary_of(first.result(WAIT_S_MAX)) == (4, 3, "30.00", 1, 0)
        assert summary_of(dry) == (4, 4, "40.00", 0, 0)
        assert summary_of(second) == (4, 1, "10.00", 3, 0)
        bank.check()


def _stepped(bank: Bank, **options: Any) -> Any:
    run = bank.begun(**options)
    run.step()
    return run.summary()


def _at_once(work: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do all of it at the same time; return what came of each."""
    barrier = threading.Barrier(len(work))

    def begun(one: Callable[[], Any]) -> Any:
        barrier.wait(WAIT_S_MAX)
        return one()

    with ThreadPoolExecutor(len(work)) as threads:
        return [each.result() for each in [threads.submit(begun, one) for one in work]]
