"""A registration sent again under its key: one account, one answer, and no way to guess the password (SV-10)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import Any, Final

import msgspec
import pytest
from sqlalchemy import select

from reference_app.idempotency.tables import idempotency_keys
from tests.reference_app.stage import OpenDatabase, Server, SteppedClock, problem

REGISTER: Final = "/api/auth/register"
PASSWORD: Final = "a long enough password"
ADA: Final = {"email": "ada@b.example", "password": PASSWORD}
AT_ONCE: Final = 5


@pytest.fixture
def database_url(each_database_url: str) -> str:
    """One of each kind."""
    return each_database_url


@pytest.fixture
def server(start_server: Callable[..., Server], clock: SteppedClock) -> Server:
    return start_server(clock=clock)


def _register(server: Server, account: dict[str, str], key: str | None = "key") -> tuple[int, Any]:
    headers = {} if key is None else {"Idempotency-Key": key}
    answer = server.ask("POST", REGISTER, json=account, headers=headers)
    return answer.status_code, answer.json() if answer.ok else problem(answer)["type"]


def test_the_same_again_gets_the_first_answer(server: Server) -> None:
    """Whatever else is other is refused: the password under the key, and the key of the address."""
    first = _register(server, ADA)
    assert first[0] == 201
    assert _register(server, {**ADA, "email": "ADA@B.example"}) == first
    assert _register(server, {**ADA, "password": PASSWORD + "!"}) == (409, "/problems/idempotency-key-used")
    assert _register(server, ADA, "another") == (409, "/problems/email-taken")
    assert _register(server, ADA, None) == (409, "/problems/email-taken")


def test_a_key_is_of_one_address(server: Server) -> None:
    """So nobody can take up the key of another."""
    grace = {**ADA, "email": "grace@b.example"}
    made = [_register(server, account)[1]["email"] for account in (ADA, grace, ADA)]
    assert made == ["ada@b.example", "grace@b.example", "ada@b.example"]


def test_many_at_once(server: Server) -> None:
    """One account is made, and all get its answer."""
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        answers = list(crowd.map(lambda _: _register(server, ADA), range(AT_ONCE)))
    assert answers == [answers[0]] * AT_ONCE
    assert answers[0][0] == 201


def test_a_key_is_known_for_a_day(server: Server, clock: SteppedClock) -> None:
    """After that the address is taken, as without a key; and the next request of anybody removes the key."""
    first = _register(server, ADA)
    clock.move(86_400)
    assert _register(server, ADA) == first
    clock.move(1)
    assert _register(server, ADA) == (409, "/problems/email-taken")


def test_nothing_of_the_password_is_kept_with_the_key(server: Server, open_database: OpenDatabase) -> None:
    """A digest of it could be guessed a billion times a second."""
    _register(server, ADA)
    [row] = open_database().read_now(lambda connection: connection.execute(select(idempotency_keys)).all())
    assert row.body_digest == sha256(b"ada@b.example").hexdigest()
    assert PASSWORD not in str(row)
    assert msgspec.json.decode(row.answer).keys() == {"id", "email"}


def test_who_leaves_takes_the_key_along(server: Server, open_database: OpenDatabase) -> None:
    """And the address can be registered again under it."""
    [_, first] = _register(server, ADA)
    token = server.ask(
        "POST", "/api/auth/login", data={"username": ADA["email"], "password": PASSWORD}
    ).json()
    mine = {"Authorization": f"Bearer {token['access_token']}"}
    assert server.ask("DELETE", "/api/me", headers=mine).status_code == 204
    kept = open_database().read_now(lambda connection: connection.execute(select(idempotency_keys)).all())
    assert kept == []
    assert _register(server, ADA)[1]["id"] != first["id"]
