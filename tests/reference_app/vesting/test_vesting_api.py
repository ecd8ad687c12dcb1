"""Wallets, deposits and their release over HTTP: what is answered, to whom, and once a key."""

from datetime import timedelta
from typing import Any, Final

from reference_app.vesting.tables import ledger_entries, operations
from tests.reference_app.stage import Server, SteppedClock, as_dev, problem
from tests.reference_app.vesting.bank import TODAY, Bank
from tests.reference_app.vesting.person import (
    DEPOSITS,
    FUNDING,
    RELEASE,
    TIMELINE,
    TRANSACTIONS,
    WALLET,
    Person,
)

YEAR_S: Final = 365 * 86_400


def test_money_comes_in_is_locked_and_is_shown(ada: Person, bank: Bank) -> None:
    """A wallet, a lot, a history, the newest first, and what is to come."""
    ada.funds("10000.00")
    lot = ada.deposits("2500.5")
    assert lot == {
        "id": 1,
        "vault_code": "AVENIR",
        "currency": "AED",
        "deposit_day": str(TODAY),
        "release_day": str(TODAY + timedelta(days=365)),
        "amount": "2500.50",
        "released_amount": "0.00",
        "status": "VESTED",
    }
    assert ada.get(WALLET) == {"available": "7499.50", "locked": "2500.50"}
    at = "2026-01-10T12:00:00Z"
    assert ada.get(TRANSACTIONS) == {
        "items": [
            {
                "operation_type": "VAULT_DEPOSIT", "product_label": "COFFRE AVENIR", "direction": "OUT",
                "amount_display": "2500.50", "currency": "AED", "created_at": at,
            },
            {
                "operation_type": "WALLET_FUNDING", "product_label": "WALLET", "direction": "IN",
                "amount_display": "10000.00", "currency": "AED", "created_at": at,
            },
        ],
        "next_cursor": None,
    }  # fmt: skip
    assert ada.get(TIMELINE) == {
        "vault_code": "AVENIR",
        "currency": "AED",
        "items": [{"date": str(TODAY + timedelta(days=365)), "amount": "2500.50"}],
    }
    bank.check()


def test_a_release_shows_up_with_its_owner_only(
    server: Server, ada: Person, admin: dict[str, str], clock: SteppedClock, bank: Bank
) -> None:
    """The administrator is told the summary, and the server's log too (VR-11)."""
    ben = Person(server, "ben")
    for person in (ada, ben):
        person.funds("100")
    ada.deposits("60")
    clock.move(YEAR_S)
    ben.deposits("1")
    for dry_run in ("true", "false"):
        found = server.ask("POST", RELEASE, params={"dry_run": dry_run}, headers=admin)
        assert found.status_code == 200
        summary = found.json()
        assert (summary["matured_found"], summary["executed_count"], summary["executed_amount"]) == (
            1,
            1,
            "60.00",
        )
        assert (summary["skipped_count"], summary["errors_count"], summary["errors"]) == (0, 0, [])
        assert summary["as_of_date"] == str(TODAY + timedelta(days=365))
    assert [each["operation_type"] for each in ada.get(TRANSACTIONS)["items"]] == [
        "VAULT_VESTING_RELEASE", "VAULT_DEPOSIT", "WALLET_FUNDING",
    ]  # fmt: skip
    assert ada.get(TRANSACTIONS)["items"][0]["direction"] == "IN"
    assert [each["operation_type"] for each in ben.get(TRANSACTIONS)["items"]] == [
        "VAULT_DEPOSIT",
        "WALLET_FUNDING",
    ]
    assert ada.get(TIMELINE)["items"] == []
    assert ada.get(WALLET) == {"available": "100.00", "locked": "0.00"}
    told = [record for record in server.log() if record["event"] == "vesting.release"]
    assert [record["dry_run"] for record in told] == [True, False]
    assert told[1]["trace_id"] == summary["trace_id"]
    bank.check()


def test_a_request_with_its_key_is_carried_out_once(server: Server, ada: Person, bank: Bank) -> None:
    """Each try gets the first answer, byte for byte; another body is a conflict; a user has keys of their own."""
    ben = Person(server, "ben")
    for person in (ada, ben):
        person.funds("100")
    body = {"amount": "10", "currency": "AED"}
    first = ada.post(DEPOSITS, body, "k")
    tries = [ada.post(DEPOSITS, dict(reversed(body.items())), "k") for _ in range(3)]
    assert {(each.status_code, each.content) for each in (first, *tries)} == {(201, first.content)}
    other = ada.post(DEPOSITS, {"amount": "11", "currency": "AED"}, "k")
    assert (other.status_code, problem(other)["type"]) == (409, "/problems/idempotency-key-used")
    assert ada.post(FUNDING, body, "k").status_code == 201
    assert ben.post(DEPOSITS, body, "k").status_code == 201
    assert (ada.get(WALLET)["locked"], ben.get(WALLET)["locked"]) == ("10.00", "10.00")
    bank.check()


def test_what_was_refused_may_be_tried_again_with_its_key(ada: Person) -> None:
    """A key is kept with what was done, so not for what was not."""
    body = {"amount": "10", "currency": "AED"}
    refused = ada.post(DEPOSITS, body, "k")
    assert (refused.status_code, problem(refused)["type"]) == (422, "/problems/too-little-available")
    ada.funds("10")
    assert ada.post(DEPOSITS, body, "k").status_code == 201


def test_pages_follow_each_other(ada: Person, clock: SteppedClock) -> None:
    """All transactions, each once, of all currencies, the newest first, while new ones come."""
    for number in range(7):
        ada.funds(str(number + 1), ("AED", "JPY")[number % 2])
        clock.move(60 if number % 3 else 0)
    seen: list[Any] = []
    page = ada.get(TRANSACTIONS, limit=3)
    while True:
        seen += page["items"]
        if page["next_cursor"] is None:
            break
        ada.funds("1000")
        page = ada.get(TRANSACTIONS, limit=3, cursor=page["next_cursor"])
    assert [each["amount_display"] for each in seen] == ["7.00", "6", "5.00", "4", "3.00", "2", "1.00"]
    assert len(ada.get(TRANSACTIONS)["items"]) == 9


def test_a_wallet_is_its_owners(server: Server, ada: Person) -> None:
    """Somebody else sees nothing of it."""
    ada.funds("100")
    ada.deposits("10")
    ben = Person(server, "ben")
    assert ben.get(WALLET) == {"available": "0.00", "locked": "0.00"}
    assert ben.get(TRANSACTIONS) == {"items": [], "next_cursor": None}
    assert ben.get(TIMELINE)["items"] == []


def test_who_goes_leaves_the_books_as_they_are(server: Server, ada: Person, bank: Bank) -> None:
    """No entry goes with a user, and who comes by the same name finds nothing."""
    ada.funds("100")
    ada.deposits("10")
    before = bank.rows(ledger_entries), bank.rows(operations)
    assert server.ask("DELETE", "/api/me", headers=as_dev("ada")).status_code == 204
    assert (bank.rows(ledger_entries), bank.rows(operations)) == before
    assert ada.get(WALLET) == {"available": "0.00", "locked": "0.00"}
    bank.check()
