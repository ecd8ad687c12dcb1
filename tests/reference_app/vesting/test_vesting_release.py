"""A run releases every lot that has matured, once, and writes nothing else (VR-1 to VR-5)."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from reference_app.vesting.tables import ledger_entries, operations
from tests.reference_app.stage import START, SteppedClock
from tests.reference_app.vesting.bank import TODAY, Bank, change_lot, summary_of

DAY = timedelta(days=1)


def test_what_has_matured_is_released_whole(bank: Bank) -> None:
    """Money moves from locked to available, by one operation and two entries for each lot."""
    ada = bank.user()
    lots = [bank.lot(ada, amount) for amount in ("10000.00", "0.01", "19999.99")]
    found = bank.run()
    assert summary_of(found) == (3, 3, "30000.00", 0, 0)
    assert bank.wallet(ada) == ("30000", "0")
    assert [bank.lots()[lot]["status"] for lot in lots] == ["RELEASED"] * 3
    released = bank.releases()
    assert [row["operation_metadata"]["vesting_lot_id"] for row in released] == lots
    entries = [row for row in bank.rows(ledger_entries) if row["operation_id"] == released[0]["id"]]
    assert sorted((row["entry_type"], row["amount"], row["currency"]) for row in entries) == [
        ("CREDIT", Decimal("10000.00"), "AED"),
        ("DEBIT", Decimal("-10000.00"), "AED"),
    ]
    bank.check()


def test_what_is_written_of_a_release(bank: Bank) -> None:
    """The operation names the run, the lot and the amount; the lot names the operation and the run (VR-5)."""
    lot = bank.lot(bank.user(), "10000")
    found = bank.run()
    [release] = bank.releases()
    assert release["operation_metadata"] == {
        "trace_id": found.trace_id,
        "release_amount": "10000.00",
        "vault_code": "AVENIR",
        "vesting_lot_id": lot,
        "as_of_date": TODAY.isoformat(),
    }
    assert (release["status"], release["created_at"]) == ("COMPLETED", START)
    stored = bank.lots()[lot]
    assert stored["last_release_operation_id"] == release["id"]
    assert (stored["release_job_trace_id"], stored["last_released_at"]) == (found.trace_id, START)
    assert stored["released_amount"] == stored["amount"] == Decimal(10_000)


def test_a_second_run_does_nothing(bank: Bank) -> None:
    """Whatever its trace id: what was released is skipped, and no row is new (VR-2)."""
    ada = bank.user()
    for _ in range(3):
        bank.lot(ada, "5")
    first = bank.run()
    before = bank.digest()
    second = bank.run()
    assert summary_of(second) == (3, 0, "0.00", 3, 0)
    assert second.trace_id != first.trace_id
    assert bank.digest() == before


def test_a_dry_run_says_what_a_run_does_and_writes_nothing(bank: Bank) -> None:
    """No row, no sequence, no lot; and the run after it does just that (VR-3)."""
    ada, ben = bank.user("ada"), bank.user("ben")
    for amount in ("40", "50", "60"):
        bank.lot(ada, amount)
    bank.lot(ben, "7.25")
    # Of what Ada has locked the first lot fits, the second does not, and the third no more.
    bank.spend_locked(ada, "65")
    before = bank.digest()
    said = bank.run(dry_run=True, lots_at_once=1)
    assert bank.digest() == before
    assert summary_of(said) == (4, 2, "47.25", 0, 2)
    done = bank.run(lots_at_once=1)
    assert summary_of(done) == summary_of(said)
    assert done.errors[0].lot_id == said.errors[0].lot_id
    bank.check()


@pytest.mark.parametrize("lots_at_once", [1, 2, 3, 7, 200])
def test_batches_make_no_difference(bank: Bank, lots_at_once: int) -> None:
    """A run goes on, batch by batch, until nothing is left."""
    users = [bank.user(f"user{number}") for number in range(3)]
    for number in range(7):
        bank.lot(users[number % 3], f"{number + 1}")
    assert summary_of(bank.run(lots_at_once=lots_at_once)) == (7, 7, "28.00", 0, 0)
    assert [bank.wallet(user)[1] for user in users] == ["0"] * 3
    bank.check()


def test_the_day_decides(bank: Bank) -> None:
    """A lot is released from its day on, and a run for a past day leaves what matured later (VR-4)."""
    ada = bank.user()
    for days in (-30, -1, 0, 1, 30):
        bank.lot(ada, "1", due=TODAY + days * DAY)
    assert summary_of(bank.run(as_of=TODAY - 31 * DAY)) == (0, 0, "0.00", 0, 0)
    assert summary_of(bank.run(as_of=TODAY - 2 * DAY)) == (1, 1, "1.00", 0, 0)
    assert summary_of(bank.run()) == (3, 2, "2.00", 1, 0)
    assert bank.wallet(ada) == ("3", "2")
    later = [row["release_day"] for row in bank.lots().values() if row["status"] == "VESTED"]
    assert later == [TODAY + DAY, TODAY + 30 * DAY]


def test_a_run_is_for_one_currency(bank: Bank) -> None:
    """Lots of other currencies are neither touched nor counted."""
    ada = bank.user()
    bank.lot(ada, "10")
    bank.lot(ada, "1000", currency="JPY")
    bank.lot(ada, "1.234", currency="BHD")
    assert summary_of(bank.run(currency="JPY")) == (1, 1, "1000", 0, 0)
    assert summary_of(bank.run(currency="BHD")) == (1, 1, "1.234", 0, 0)
    assert bank.wallet(ada) == ("0", "10")
    assert [row["operation_metadata"]["release_amount"] for row in bank.releases()] == ["1000", "1.234"]
    bank.check()


def test_what_is_left_of_a_lot_is_released(bank: Bank) -> None:
    """A lot of which a part was released before releases the rest."""
    ada = bank.user()
    lot = bank.lot(ada, "100")
    bank.database.write_now(change_lot, lot, released_amount=Decimal("40.50"))
    assert summary_of(bank.run()) == (1, 1, "59.50", 0, 0)
    assert bank.wallet(ada) == ("59.5", "40.5")
    bank.check()


def test_a_lot_of_which_nothing_is_left_is_skipped(bank: Bank) -> None:
    """Whatever its status says, no money moves."""
    lot = bank.lot(bank.user(), "100")
    bank.database.write_now(change_lot, lot, released_amount=Decimal(100))
    before = bank.digest()
    assert summary_of(bank.run()) == (1, 0, "0.00", 1, 0)
    assert bank.digest() == before


def test_another_vaults_lots_are_not_touched(bank: Bank) -> None:
    """The run is for AVENIR."""
    lot = bank.lot(bank.user(), "100")
    bank.database.write_now(change_lot, lot, vault_code="AUTRE")
    before = bank.digest()
    assert summary_of(bank.run()) == (0, 0, "0.00", 0, 0)
    assert bank.digest() == before


@pytest.mark.parametrize("as_of", [TODAY, date(1, 1, 1), date(987, 6, 5)])
def test_trace_ids_have_the_day_and_are_of_one_run(bank: Bank, as_of: date) -> None:
    """The day is the one that the run is for, with all its digits."""
    ids = {bank.begun(as_of=as_of).job.trace_id for _ in range(50)}
    day = as_of.isoformat().replace("-", "")
    assert len(ids) == 50
    assert all(re.fullmatch(rf"job-avenir-vesting-{day}-[0-9a-f]{{8}}", each) for each in ids)


def test_amounts_are_exact(bank: Bank) -> None:
    """Neither many small amounts nor a large one lose a unit."""
    ada, ben = bank.user("ada"), bank.user("ben")
    for _ in range(30):
        bank.lot(ada, "0.1")
    bank.lot(ben, "999999999999.99")
    assert bank.run().executed_amount == "1000000000002.99"
    assert (bank.wallet(ada), bank.wallet(ben)) == (("3", "0"), ("999999999999.99", "0"))
    bank.check()


def test_releases_have_the_time_at_which_they_were_made(bank: Bank, clock: SteppedClock) -> None:
    """A replay of a past day is of today."""
    bank.lot(bank.user(), "1", due=TODAY - 9 * DAY)
    clock.move(3_600)
    bank.run(as_of=TODAY - 5 * DAY)
    [release] = bank.releases()
    assert release["created_at"] == START + timedelta(hours=1)
    assert _metadata(bank)["as_of_date"] == (TODAY - 5 * DAY).isoformat()


def test_nothing_is_written_where_nothing_has_matured(bank: Bank) -> None:
    """An empty database stays one."""
    before = bank.digest()
    assert summary_of(bank.run()) == (0, 0, "0.00", 0, 0)
    assert bank.digest() == before
    assert bank.rows(operations) == []


def _metadata(bank: Bank) -> Any:
    [release] = bank.releases()
    return release["operation_metadata"]
