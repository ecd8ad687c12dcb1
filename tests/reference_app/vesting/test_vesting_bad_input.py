"""What is refused of wallets, deposits and runs: by the field's name, and without a trace (VR-15)."""

from collections.abc import Callable
from typing import Any, Final

import pytest

from reference_app.accounts import store as account_store
from tests.reference_app.stage import Server, as_dev, fields, problem
from tests.reference_app.vesting.bank import Bank
from tests.reference_app.vesting.person import (
    DEPOSITS,
    FUNDING,
    RELEASE,
    TIMELINE,
    TRANSACTIONS,
    WALLET,
    Person,
)

BAD_AMOUNTS: Final[tuple[Any, ...]] = (
    0, 12.5, 10, True, None, [], {}, "", "0", "0.00", "-1", "+1", "1e3", "1E3", "NaN", "Infinity", "1,5", " 1",
    "1 ", "1\n", "01", ".5", "5.", "1.234", "1.00001", "1000000000000", "9" * 13, "9" * 400, "١٢", "0x10", "1_000",
)  # fmt: skip
BAD_CURRENCIES: Final = ("", "aed", "AE", "AEDX", "ZZZ", "XXX", "CHF", 7, None, "AED\n")


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


@pytest.mark.parametrize(
    "query",
    [{"limit": "0"}, {"limit": "201"}, {"limit": "x"}, {"cursor": "x"}, {"cursor": ""}, {"cursor": "A" * 27}],
)
def test_a_bad_page_is_refused(module_bank: Any, query: dict[str, str]) -> None:
    """The parameter is named."""
    ada, _bank = module_bank
    found = ada._server.ask("GET", TRANSACTIONS, params=query, headers=as_dev("ada"))
    assert (found.status_code, fields(problem(found))) == (422, [*query])


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


def _user(bank: Bank, name: str) -> int:
    found = bank.database.read_now(account_store.by_email, f"{name}@dev.invalid")
    assert found is not None
    return found.id
