"""Wallets, deposits and their release over HTTP: who may, what is answered, and what is refused without a trace."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, Final

import pytest
import requests

from reference_app.accounts import store as account_store
from reference_app.accounts.store import NewUser
from reference_app.database.engine import Database
from reference_app.vesting.tables import ledger_entries, operations
from tests.reference_app.stage import START, Server, SteppedClock, as_dev, fields, problem
from tests.reference_app.vesting.bank import TODAY, Bank

FUNDING: Final = "/api/v1/wallet/funding"
WALLET: Final = "/api/v1/wallet"
TRANSACTIONS: Final = "/api/v1/transactions"
DEPOSITS: Final = "/api/v1/vaults/AVENIR/deposits"
TIMELINE: Final = "/api/v1/vaults/AVENIR/vesting/timeline"
RELEASE: Final = "/api/v1/admin/vaults/AVENIR/vesting/release"
DEV: Final = {"DEV_AUTH_BYPASS": "1"}
YEAR_S: Final = 365 * 86_400

BAD_AMOUNTS: Final[tuple[Any, ...]] = (
    0, 12.5, 10, True, None, [], {}, "", "0", "0.00", "-1", "+1", "1e3", "1E3", "NaN", "Infinity", "1,5", " 1",
    "1 ", "1\n", "01", ".5", "5.", "1.234", "1.00001", "1000000000000", "9" * 13, "9" * 400, "١٢", "0x10", "1_000",
)  # fmt: skip
BAD_CURRENCIES: Final = ("", "aed", "AE", "AEDX", "ZZZ", "XXX", "CHF", 7, None, "AED\n")


class Person:
    """Somebody at a server, known by the development bypass."""

    def __init__(self, server: Server, name: str) -> None:
        self._server = server
        self._headers = as_dev(name)
        self._keys = iter(range(1_000))
        self._name = name

    def post(self, path: str, body: Any, key: str | None = "") -> requests.Response:
        """Send a body; under a new key, under this one, or with None under none."""
        key = f"{self._name}-{next(self._keys)}" if key == "" else key
        headers = self._headers | ({} if key is None else {"Idempotency-Key": key})
        return self._server.ask("POST", path, json=body, headers=headers)

    def get(self, path: str, **query: Any) -> Any:
        """Return what is there."""
        found = self._server.ask("GET", path, params=query, headers=self._headers)
        assert found.status_code == 200, found.text
        return found.json()

    def funds(self, amount: str, currency: str = "AED") -> None:
        """Put money into the wallet."""
        assert self.post(FUNDING, {"amount": amount, "currency": currency}).status_code == 201

    def deposits(self, amount: str, currency: str = "AED") -> Any:
        """Lock money."""
        found = self.post(DEPOSITS, {"amount": amount, "currency": currency})
        assert found.status_code == 201, found.text
        return found.json()


@pytest.fixture
def server(start_server: Callable[..., Server], clock: SteppedClock) -> Server:
    """A development server at an hour that stands still."""
    return start_server(clock=clock, environment=DEV)


@pytest.fixture
def ada(server: Server) -> Person:
    return Person(server, "ada")


@pytest.fixture(scope="module")
def module_bank(module_server: Server) -> Iterator[tuple[Person, Bank]]:
    """Ada at one server for what is refused anyway, on SQLite, with its books."""
    clock = SteppedClock()
    database = Database(module_server.database_url, clock=clock, threads=1, holders=0, wait_s_max=10.0)
    ada = Person(module_server, "ada")
    ada.funds("1000")
    yield ada, Bank(database, clock)
    database.close()


@pytest.fixture
def admin(bank: Bank, server: Server) -> dict[str, str]:
    """The headers of an administrator, whom the bypass finds."""
    bank.database.write_now(account_store.add, NewUser("root@dev.invalid", "", START, is_admin=True))
    assert server is not None
    return as_dev("root")


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


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"as_of": "2026-01-11"}, "as_of"),
        ({"as_of": "2026-1-1"}, "as_of"),
        ({"as_of": "20260101"}, "as_of"),
        ({"as_of": "2026-02-30"}, "as_of"),
        ({"as_of": ""}, "as_of"),
        ({"as_of": ["2026-01-01", "2026-01-01"]}, "as_of"),
        ({"currency": "ZZZ"}, "currency"),
        ({"currency": ""}, "currency"),
        ({"dry_run": "maybe"}, "dry_run"),
        ({"dry_run": ""}, "dry_run"),
    ],
)
def test_a_bad_run_is_refused(
    server: Server, admin: dict[str, str], bank: Bank, query: dict[str, Any], field: str
) -> None:
    """The parameter is named, and nothing is released."""
    bank.lot(bank.user(), "10")
    found = server.ask("POST", RELEASE, params=query, headers=admin)
    assert found.status_code == 422
    assert fields(problem(found)) == [field]
    assert bank.releases() == []


def test_only_an_administrator_releases(server: Server, ada: Person, bank: Bank) -> None:
    """Others are refused before anything is looked at."""
    bank.lot(bank.user(), "10")
    found = ada.post(RELEASE, {})
    assert (found.status_code, problem(found)["type"]) == (403, "/problems/not-allowed")
    assert server.ask("POST", RELEASE).status_code == 401
    assert bank.releases() == []


@pytest.mark.parametrize("path", [FUNDING, DEPOSITS])
@pytest.mark.parametrize("amount", BAD_AMOUNTS)
def test_a_bad_amount_moves_nothing(module_bank: Any, path: str, amount: Any) -> None:
    """It is refused with the field's name, whatever it is (VR-15)."""
    ada, bank = module_bank
    before = bank.digest()
    found = ada.post(path, {"amount": amount, "currency": "AED"})
    assert (found.status_code, fields(problem(found))) == (422, ["amount"])
    assert bank.digest() == before


@pytest.mark.parametrize("path", [FUNDING, DEPOSITS])
@pytest.mark.parametrize("currency", BAD_CURRENCIES)
def test_a_bad_currency_moves_nothing(module_bank: Any, path: str, currency: Any) -> None:
    """It is refused with the field's name."""
    ada, bank = module_bank
    before = bank.digest()
    found = ada.post(path, {"amount": "1", "currency": currency})
    assert (found.status_code, fields(problem(found))) == (422, ["currency"])
    assert bank.digest() == before


@pytest.mark.parametrize(
    ("currency", "good", "bad"),
    [("JPY", "100", "100.5"), ("BHD", "1.234", "1.2345"), ("AED", "1.20", "1.201"), ("USD", "0.01", "0.001")],
)
def test_each_currency_has_its_decimals(module_bank: Any, currency: str, good: str, bad: str) -> None:
    """One more is refused; what is answered has all of them."""
    ada, _bank = module_bank
    assert ada.post(FUNDING, {"amount": bad, "currency": currency}).status_code == 422
    assert ada.post(FUNDING, {"amount": good, "currency": currency}).json()["amount"] == good
    ada.deposits(good, currency)
    assert ada.get(TIMELINE, currency=currency)["items"][0]["amount"] == good


@pytest.mark.parametrize("key", [None, "", "a b", "a" * 201, "\xe9"])
def test_a_key_is_needed(module_bank: Any, key: str | None) -> None:
    """Without one that can be kept nothing is moved (VR-14)."""
    ada, bank = module_bank
    before = bank.digest()
    headers = as_dev("ada") | ({} if key is None else {"Idempotency-Key": key.encode("latin-1")})
    found = ada._server.ask("POST", FUNDING, json={"amount": "1", "currency": "AED"}, headers=headers)
    assert (found.status_code, fields(problem(found))) == (422, ["Idempotency-Key"])
    assert bank.digest() == before


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


def test_who_may_put_money_into_which_wallet(
    start_server: Callable[..., Server], server: Server, ada: Person, admin: dict[str, str], bank: Bank
) -> None:
    """In development the owner; an administrator anybody's, by their number; and elsewhere nobody else."""
    ada.funds("1")
    mine = {"amount": "5", "currency": "AED"}
    users = {name: _user(bank, name) for name in ("ada", "root")}
    others = {**mine, "user_id": users["root"]}
    assert ada.post(FUNDING, others).status_code == 403
    assert ada.post(FUNDING, {**mine, "user_id": users["ada"]}).status_code == 201
    for number, (user_id, status) in enumerate([(users["ada"], 201), (4_711, 422), (0, 422)]):
        headers = {**admin, "Idempotency-Key": str(number)}
        found = server.ask("POST", FUNDING, json={**mine, "user_id": user_id}, headers=headers)
        assert found.status_code == status
        if status != 201:
            assert fields(problem(found)) == ["user_id"]
    assert ada.get(WALLET)["available"] == "11.00"
    strict = start_server(
        environment={"APP_ENV": "production", "DEV_AUTH_BYPASS": "0", "ALLOW_DEV_PURGE": "0"}
    )
    token = {"Authorization": f"Bearer {strict.token('eve@b.example')}", "Idempotency-Key": "k"}
    found = strict.ask("POST", FUNDING, json=mine, headers=token)
    assert (found.status_code, problem(found)["type"]) == (403, "/problems/not-allowed")
    bank.check()


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


@pytest.mark.parametrize(
    "query",
    [{"limit": "0"}, {"limit": "201"}, {"limit": "x"}, {"cursor": "x"}, {"cursor": ""}, {"cursor": "A" * 27}],
)
def test_a_bad_page_is_refused(module_bank: Any, query: dict[str, str]) -> None:
    """The parameter is named."""
    ada, _bank = module_bank
    found = ada._server.ask("GET", TRANSACTIONS, params=query, headers=as_dev("ada"))
    assert (found.status_code, fields(problem(found))) == (422, [*query])


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


def _user(bank: Bank, name: str) -> int:
    found = bank.database.read_now(account_store.by_email, f"{name}@dev.invalid")
    assert found is not None
    return found.id
