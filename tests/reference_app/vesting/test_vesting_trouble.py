"""A failure harms its own lot only, and a run reports it (VR-8)."""

from decimal import Decimal
from typing import Any, Final

import pytest
from sqlalchemy import Connection, text

from reference_app.accounts import store as account_store
from reference_app.vesting import release, release_store, store
from reference_app.vesting.tables import accounts
from tests.reference_app.vesting.bank import Bank, summary_of
from tests.reference_app.vesting.breaking import breaks

Patch = pytest.MonkeyPatch

FORBID_ON_SQLITE: Final = """
CREATE TRIGGER forbidden BEFORE UPDATE ON vault_vesting_lots WHEN NEW.id = {lot}
BEGIN SELECT RAISE(ABORT, 'not this one'); END
"""
FORBID_ON_POSTGRES: Final = (
    """
    CREATE FUNCTION forbid() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION E'not this one\\nnor another'; END $$
    """,
    """
    CREATE TRIGGER forbidden BEFORE UPDATE ON vault_vesting_lots FOR EACH ROW WHEN (NEW.id = {lot})
    EXECUTE FUNCTION forbid()
    """,
)


def test_too_little_locked_is_an_error_of_that_lot(bank: Bank) -> None:
    """The lot is named with what it lacks; the others are released, of the same owner too."""
    ada, ben = bank.user("ada"), bank.user("ben")
    lots = [bank.lot(ada, "100"), bank.lot(ben, "70"), bank.lot(ada, "30")]
    bank.spend_locked(ada, "60.5")
    found = bank.run()
    assert summary_of(found) == (3, 2, "100.00", 0, 1)
    [error] = found.errors
    assert error.lot_id == lots[0]
    assert error.error == "the locked balance is too small: 69.50 AED, and 100.00 are to be released"
    assert (bank.wallet(ada), bank.wallet(ben)) == (("30", "39.5"), ("70", "0"))
    bank.check()


def test_an_error_is_tried_again_by_the_next_run(bank: Bank) -> None:
    """Once there is enough, the lot is released."""
    ada = bank.user()
    bank.lot(ada, "100")
    bank.spend_locked(ada, "1")
    assert summary_of(bank.run()) == (1, 0, "0.00", 0, 1)
    bank.fund(ada, "1")
    bank.lot(ada, "1", due=bank.clock().date().replace(year=2027), is_funded=False)
    assert summary_of(bank.run()) == (1, 1, "100.00", 0, 0)
    bank.check()


@pytest.mark.parametrize("lots_at_once", [1, 2, 200])
def test_a_run_ends_though_lots_cannot_be_released(bank: Bank, lots_at_once: int) -> None:
    """Each lot is looked at once, so bad lots keep no run from its end."""
    ada, ben = bank.user("ada"), bank.user("ben")
    for _ in range(3):
        bank.lot(ada, "10")
        bank.lot(ben, "1")
    bank.spend_locked(ada, "30")
    assert summary_of(bank.run(lots_at_once=lots_at_once)) == (6, 3, "3.00", 0, 3)


def test_an_owner_without_any_locked_account_is_an_error(bank: Bank) -> None:
    """A lot with no money behind it moves nothing."""
    ada, ben = bank.user("ada"), bank.user("ben")
    lot = bank.lot(ada, "10")
    bank.database.write_now(_give_lot, lot, ben)
    found = bank.run()
    assert [(each.lot_id, each.error) for each in found.errors] == [
        (lot, "the locked balance is too small: 0.00 AED, and 10.00 are to be released")
    ]
    bank.check()


def test_a_missing_available_account_is_made(bank: Bank) -> None:
    """Money is paid out though there is no account for it yet; a dry run makes none."""
    ada = bank.user()
    bank.lot(ada, "10")
    bank.lot(ada, "5")
    bank.database.write_now(_hide_available, ada)
    before = bank.digest()
    assert summary_of(bank.run(dry_run=True)) == (2, 2, "15.00", 0, 0)
    assert bank.digest() == before
    assert summary_of(bank.run()) == (2, 2, "15.00", 0, 0)
    assert bank.wallet(ada) == ("15", "0")
    bank.check()


def test_lots_of_a_user_who_is_gone_are_released_where_they_came_from(bank: Bank) -> None:
    """The books add up before and after, and the money is nobody's."""
    ada, ben = bank.user("ada"), bank.user("ben")
    lot = bank.lot(ada, "10")
    bank.lot(ben, "5")
    bank.database.write_now(account_store.remove, ada, [store.farewell])
    bank.check()
    assert bank.lots()[lot]["user_id"] is None
    assert summary_of(bank.run(dry_run=True)) == (2, 2, "15.00", 0, 0)
    assert summary_of(bank.run()) == (2, 2, "15.00", 0, 0)
    bank.check()
    left = {row["account_type"]: row["balance"] for row in bank.rows(accounts) if row["user_id"] is None}
    assert (left["WALLET_AVAILABLE"], left["WALLET_LOCKED"]) == (Decimal(10), Decimal(0))
    assert bank.wallet(ben) == ("5", "0")


def test_lots_that_break_their_batch_are_the_only_ones_that_fail(bank: Bank, monkeypatch: Patch) -> None:
    """Two lots of a batch fail, each in its own way and one after the other; all others are counted once."""
    ada = bank.user()
    lots = [bank.lot(ada, str(number + 1)) for number in range(6)]
    breaks(monkeypatch, {lots[2]: ArithmeticError("divided by zero"), lots[3]: ZeroDivisionError("again")})
    found = bank.run(lots_at_once=5)
    assert summary_of(found) == (6, 4, "14.00", 0, 2)
    assert [(each.lot_id, each.error) for each in found.errors] == [
        (lots[2], "divided by zero"),
        (lots[3], "again"),
    ]
    monkeypatch.undo()
    assert summary_of(bank.run()) == (6, 2, "7.00", 4, 0)
    bank.check()


def test_a_rule_of_the_database_is_an_error_of_its_lot(bank: Bank) -> None:
    """What the database refuses for one lot it does not refuse for the others; its own words are reported."""
    ada = bank.user()
    lots = [bank.lot(ada, "10") for _ in range(3)]
    bank.database.write_now(_forbid, lots[1])
    found = bank.run()
    assert summary_of(found) == (3, 2, "20.00", 0, 1)
    [error] = found.errors
    assert error.lot_id == lots[1]
    assert "not this one" in error.error
    assert "\n" not in error.error
    bank.check()


def test_a_lot_that_changed_under_its_lock_moves_nothing(bank: Bank, monkeypatch: Patch) -> None:
    """The fence of the last statement: what is not as it was judged is not released."""
    ada = bank.user()
    lots = [bank.lot(ada, "10") for _ in range(2)]
    pay_out = release_store.pay_out

    def late(connection: Connection, job: Any, payouts: Any, now: Any) -> None:
        for payout in payouts:
            if payout.lot.id == lots[0]:
                connection.execute(
                    text("UPDATE vault_vesting_lots SET released_amount = amount WHERE id = :id"),
                    {"id": payout.lot.id},
                )
        pay_out(connection, job, payouts, now)

    monkeypatch.setattr(release_store, "pay_out", late)
    found = bank.run()
    assert summary_of(found) == (2, 1, "10.00", 0, 1)
    assert found.errors[0].lot_id == lots[0]
    bank.check()


def test_errors_are_counted_beyond_those_that_are_listed(bank: Bank, monkeypatch: Patch) -> None:
    """A summary has a bound; its counts have none."""
    monkeypatch.setattr(release, "ERRORS_LISTED_MAX", 2)
    ada = bank.user()
    for _ in range(4):
        bank.lot(ada, "10")
    bank.spend_locked(ada, "40")
    found = bank.run(lots_at_once=3)
    assert (found.errors_count, len(found.errors)) == (4, 2)


def _give_lot(connection: Connection, lot: int, user: int) -> None:
    connection.execute(
        text("UPDATE vault_vesting_lots SET user_id = :user WHERE id = :id"), {"user": user, "id": lot}
    )


def _hide_available(connection: Connection, user: int) -> None:
    connection.execute(
        text(
            "UPDATE accounts SET user_id = NULL WHERE user_id = :user AND account_type = 'WALLET_AVAILABLE'"
        ),
        {"user": user},
    )


def _forbid(connection: Connection, lot: int) -> None:
    """Have the database refuse the release of one lot, as a rule of its own would."""
    if connection.dialect.name == "sqlite":
        statements = [FORBID_ON_SQLITE.format(lot=lot)]
    else:
        statements = [each.format(lot=lot) for each in FORBID_ON_POSTGRES]
    for statement in statements:
        connection.execute(text(statement))
