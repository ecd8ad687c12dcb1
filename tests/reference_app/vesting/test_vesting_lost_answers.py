"""A database that does not answer: what fails before any lot is looked at is raised; what was done is counted."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection

from reference_app.database.engine import Database
from reference_app.errors import DatabaseUnavailable, OutcomeUnknown
from reference_app.idempotency.store import Bounds
from reference_app.vesting import release, release_store
from reference_app.vesting.service import Vesting
from tests.reference_app.vesting.bank import AED, YEAR, Bank, summary_of
from tests.reference_app.vesting.breaking import breaks

Patch = pytest.MonkeyPatch


def test_what_fails_before_any_lot_was_looked_at_is_raised(bank: Bank, monkeypatch: Patch) -> None:
    """An error that is no lot's ends the run."""
    bank.lot(bank.user(), "10")
    monkeypatch.setattr(release_store, "lock_next_lots", _raiser(ArithmeticError("nothing was looked at")))
    with pytest.raises(ArithmeticError):
        bank.run()
    monkeypatch.setattr(release_store, "next_lots", _raiser(ArithmeticError("nothing was looked at")))
    with pytest.raises(ArithmeticError):
        bank.run(dry_run=True)


def test_a_database_that_is_gone_ends_the_run(bank: Bank, monkeypatch: Patch) -> None:
    """Lots are not errors because nobody could look at them."""
    bank.lot(bank.user(), "10")
    run = bank.begun()
    monkeypatch.setattr(release_store, "pay_out", _raiser(DatabaseUnavailable()))
    monkeypatch.setattr(release_store, "lot", _raiser(DatabaseUnavailable()))
    with pytest.raises(DatabaseUnavailable):
        run.step()
    assert (run.executed, run.errors) == (0, 0)


def test_a_lot_that_the_database_does_not_answer_for_is_an_error(bank: Bank, monkeypatch: Patch) -> None:
    """While it answers for others, the run goes on."""
    ada = bank.user()
    lots = [bank.lot(ada, "10") for _ in range(4)]
    breaks(monkeypatch, {lots[1]: DatabaseUnavailable()})
    assert summary_of(bank.run()) == (4, 3, "30.00", 0, 1)


def test_a_run_ends_when_the_database_answers_for_no_lot_any_more(bank: Bank, monkeypatch: Patch) -> None:
    """After a few lots in a row nobody is there."""
    ada = bank.user()
    lots = [bank.lot(ada, "10") for _ in range(5)]
    breaks(monkeypatch, dict.fromkeys(lots[1:], DatabaseUnavailable()))
    run = bank.begun()
    with pytest.raises(DatabaseUnavailable):
        run.step()
    assert (run.executed, run.errors) == (1, release.UNREACHABLE_IN_A_ROW_MAX - 1)


def test_who_asked_for_a_release_that_was_lost_is_left_open(bank: Bank, monkeypatch: Patch) -> None:
    """Lots before that are released; asked for again, it goes on from there (SV-10)."""
    bank.lot(bank.user(), "10")
    vesting = Vesting(
        bank.database, bank.clock, currencies=(AED,), keys=Bounds(YEAR, 10), anybody_funds=False
    )
    monkeypatch.setattr(release_store, "lock_next_lots", _raiser(DatabaseUnavailable()))
    with pytest.raises(OutcomeUnknown):
        asyncio.run(vesting.release(None, AED, dry_run=False))


@pytest.mark.parametrize("at_once", [1, 200])
def test_a_commit_that_only_seemed_to_fail_is_counted(bank: Bank, monkeypatch: Patch, at_once: int) -> None:
    """What this run has released it counts, though the database's answer was lost."""
    ada = bank.user()
    for _ in range(3):
        bank.lot(ada, "10")
    write_now = Database.write_now
    lost = iter([True])

    def losing(database: Database, work: Any, *arguments: Any) -> Any:
        found = write_now(database, work, *arguments)
        if next(lost, False):
            raise DatabaseUnavailable
        return found

    monkeypatch.setattr(Database, "write_now", losing)
    assert summary_of(bank.run(lots_at_once=at_once)) == (3, 3, "30.00", 0, 0)
    assert len(bank.releases()) == 3
    bank.check()


def test_the_answer_of_a_single_lot_can_be_lost_too(bank: Bank, monkeypatch: Patch) -> None:
    """After a batch has failed, lots are committed one by one; of one the answer is lost."""
    ada = bank.user()
    for _ in range(3):
        bank.lot(ada, "10")
    write_now = Database.write_now
    commits = iter(["batch", "kept", "lost"])

    def losing(database: Database, work: Any, *arguments: Any) -> Any:
        what = next(commits, "kept")
        if what == "batch":
            work_of_batch = work

            def work(connection: Connection, *given: Any) -> Any:
                work_of_batch(connection, *given)
                raise ArithmeticError

        found = write_now(database, work, *arguments)
        if what == "lost":
            raise DatabaseUnavailable
        return found

    monkeypatch.setattr(Database, "write_now", losing)
    assert summary_of(bank.run()) == (3, 3, "30.00", 0, 0)
    bank.check()


def _raiser(error: Exception) -> Callable[..., Any]:
    def raising(*_: Any, **__: Any) -> Any:
        raise error

    return raising
