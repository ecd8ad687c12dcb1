"""Who is let in: every route that knows its caller against every way of not being one; development's headers."""

import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, Final

import jwt
import pytest

from tests.reference_app.stage import (
    BIRTH,
    PASSWORD,
    SECRET_KEY,
    START,
    Server,
    SteppedClock,
    as_dev,
    problem,
)

GUARDED: Final = (
    ("DELETE", "/api/me"),
    ("PUT", "/api/natal-chart"),
    ("GET", "/api/lunar-returns/current"),
    ("GET", "/api/lunar-returns/rolling"),
    ("POST", "/api/lunar-returns/dev/purge"),
    ("POST", "/api/v1/wallet/funding"),
    ("GET", "/api/v1/wallet"),
    ("GET", "/api/v1/transactions"),
    ("POST", "/api/v1/vaults/AVENIR/deposits"),
    ("GET", "/api/v1/vaults/AVENIR/vesting/timeline"),
    ("POST", "/api/v1/admin/vaults/AVENIR/vesting/release"),
)
OPEN: Final = ("/health", "/ready", "/metrics", "/openapi.json")
AT_ONCE: Final = 20
ANSWER_BYTES_MAX: Final = 65_536


def _signed(key: str = SECRET_KEY, algorithm: str = "HS256", **claims: object) -> str:
    now = int(START.timestamp())
    return jwt.encode({"sub": "1", "iat": now, "exp": now + 60, **claims}, key, algorithm)


BAD_AUTHORIZATIONS: Final = {
    "none": None,
    "empty": "",
    "no token": "Bearer",
    "blank token": "Bearer   ",
    "another scheme": "Basic YTpi",
    "the token alone": _signed(),
    "garbage": "Bearer garbage",
    "three dots": "Bearer a.b.c",
    "Latin-1": b"Bearer \xe9\xff",
    "10,000 characters": "Bearer " + "x" * 10_000,
    "signed by another": "Bearer " + _signed("some other key of 32 bytes, or more"),
    "signed by nobody": "Bearer " + jwt.encode({"sub": "1", "exp": 2**33}, None, "none"),
    "another algorithm": "Bearer " + _signed(algorithm="HS512"),
    "expired": "Bearer " + _signed(exp=int(START.timestamp()) - 1),
    "expires now": "Bearer " + _signed(exp=int(START.timestamp())),
    "without an end": "Bearer " + jwt.encode({"sub": "1"}, SECRET_KEY, "HS256"),
    "subject of text": "Bearer " + _signed(sub="one"),
    "subject of 5,000 digits": "Bearer " + _signed(sub="1" * 5_000),
    "subject below 0": "Bearer " + _signed(sub="-1"),
    "a user who is not there": "Bearer " + _signed(sub="4711"),
}


@pytest.fixture(scope="module")
def served(request: pytest.FixtureRequest) -> Server:
    server: Server = request.getfixturevalue("still_server")
    server.token("first@auth.example")
    return server


@pytest.fixture
def start_at(start_server: Callable[..., Server], clock: SteppedClock) -> Callable[..., Server]:
    return lambda **options: start_server(clock=clock, **options)


@pytest.mark.parametrize("what", BAD_AUTHORIZATIONS)
def test_bad_tokens_open_nothing(served: Server, what: str) -> None:
    """Without a valid token of a living user every guarded route is 401, the same way for every cause."""
    header = BAD_AUTHORIZATIONS[what]
    headers = {} if header is None else {"Authorization": header}
    for method, path in GUARDED:
        answer = served.ask(method, path, headers=headers)
        assert (answer.status_code, path) == (401, path)
        assert (problem(answer)["type"], answer.headers["WWW-Authenticate"]) == (
            "/problems/not-authenticated",
            "Bearer",
        )


@pytest.mark.parametrize("path", OPEN)
def test_what_a_server_says_of_itself_needs_no_token(served: Server, path: str) -> None:
    """Health, readiness, figures and description are open, whatever token is sent along."""
    assert served.ask("GET", path, headers={"Authorization": "Bearer garbage"}).status_code == 200


@pytest.mark.parametrize("spelled", ["Bearer {}", "bearer {}", "BEARER  {} "])
def test_a_good_token_opens(served: Server, spelled: str) -> None:
    """A token of a living user lets them in, however the scheme is spelled."""
    headers = {"Authorization": spelled.format(_signed())}
    assert served.ask("GET", "/api/lunar-returns/current", headers=headers).status_code == 409


def test_of_two_authorizations_the_first_counts(served: Server) -> None:
    """Two Authorization headers are no way in: only the first is looked at."""
    good, bad = f"Authorization: Bearer {_signed()}\r\n", "Authorization: Bearer bad\r\n"
    assert [_raw_status(served, good + bad), _raw_status(served, bad + good)] == [409, 401]


def test_a_token_ends_with_its_time(start_at: Callable[..., Server], clock: SteppedClock) -> None:
    """A token is good for as long as it was given, by the server's clock, and not longer."""
    server = start_at(environment={"TOKEN_TTL_S": "60"})
    headers = {"Authorization": f"Bearer {server.token('short@auth.example')}"}
    clock.move(timedelta(seconds=59.9).total_seconds())
    assert server.ask("DELETE", "/api/me", headers=headers).status_code == 204
    headers = {"Authorization": f"Bearer {server.token('short@auth.example')}"}
    clock.move(60)
    assert server.ask("DELETE", "/api/me", headers=headers).status_code == 401


def test_a_deleted_users_token_names_nobody(start_at: Callable[..., Server]) -> None:
    """The id of a deleted user is never given out again, so their old token stays worthless."""
    server = start_at()
    old = {"Authorization": f"Bearer {server.token('gone@auth.example')}"}
    assert server.ask("DELETE", "/api/me", headers=old).status_code == 204
    server.token("next@auth.example")
    assert [server.ask(method, path, headers=old).status_code for method, path in GUARDED] == [401] * len(
        GUARDED
    )


def test_a_token_reaches_its_own_user_only(served: Server) -> None:
    """What one user does with their token leaves another user's chart and returns as they were."""
    ada = {"Authorization": f"Bearer {served.token('ada@auth.example')}"}
    grace = {"Authorization": f"Bearer {served.token('grace@auth.example')}"}
    served.ask("PUT", "/api/natal-chart", json=BIRTH, headers=ada)
    before = served.ask("GET", "/api/lunar-returns/rolling", headers=ada).json()
    assert served.ask("GET", "/api/lunar-returns/current", headers=grace).status_code == 409
    assert served.ask("POST", "/api/lunar-returns/dev/purge", headers=grace).json()["deleted_count"] == 0
    assert served.ask("DELETE", "/api/me", headers=grace).status_code == 204
    assert served.ask("GET", "/api/lunar-returns/rolling", headers=ada).json() == before


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("X-Dev-User-Id", "7", 200),
        ("X-Dev-User-Id", "0000007", 200),
        ("X-Dev-User-Id", str(2**31 - 1), 200),
        ("X-Dev-User-Id", str(2**31), 401),
        ("X-Dev-User-Id", str(2**63), 401),
        ("X-Dev-User-Id", "000000000001" + "9" * 30, 401),
        ("X-Dev-User-Id", "000000000001" + "9" * 5_000, 401),
        ("X-Dev-User-Id", "9" * 5_000, 401),
        ("X-Dev-User-Id", "0", 401),
        ("X-Dev-User-Id", "-1", 401),
        ("X-Dev-User-Id", "+1", 401),
        ("X-Dev-User-Id", "1_0", 401),
        ("X-Dev-User-Id", "1.0", 401),
        ("X-Dev-User-Id", "0x10", 401),
        ("X-Dev-User-Id", "\xb2", 401),
        ("X-Dev-User-Id", "", 401),
        ("X-Dev-User-Id", "d2719b1e-6b6c-4f5c-9f5e-3d1f6f0a7b11", 401),
        ("X-Dev-External-Id", "d2719b1e-6b6c-4f5c-9f5e-3d1f6f0a7b11", 200),
        ("X-Dev-External-Id", "42", 200),
        ("X-Dev-External-Id", "Zo\xeb", 200),
        ("X-Dev-External-Id", "a@b", 200),
        ("X-Dev-External-Id", "%' OR 1=1 --", 200),
        ("X-Dev-External-Id", "x" * 128, 200),
        ("X-Dev-External-Id", "x" * 129, 401),
        ("X-Dev-External-Id", "tab\tbed", 401),
        ("X-Dev-External-Id", "soft\xadhyphen", 401),
        ("X-Dev-External-Id", "", 401),
    ],
)
def test_what_the_development_headers_take(served: Server, header: str, value: str, status: int) -> None:
    """A development header names a user by a number from 1, or by any printable text; all else is refused."""
    sent = {header: value.encode("latin-1")}
    answer = served.ask("GET", "/api/lunar-returns/current", headers=sent)
    assert answer.status_code == status
    if status == 401:
        assert problem(answer)["type"] == "/problems/bad-dev-user"


def test_names_and_numbers_do_not_collide(served: Server) -> None:
    """No external id, whatever its text, is the user of a number or keeps that number from being one."""
    for external_id in ("dev-user-51", "51", "dev-user-51@dev.invalid"):
        assert served.ask("POST", "/api/lunar-returns/dev/purge", headers=as_dev(external_id)).ok
    answer = served.ask("POST", "/api/lunar-returns/dev/purge", headers={"X-Dev-User-Id": "51"})
    assert (answer.status_code, answer.json().get("user_id")) == (200, 51)
    named = served.ask("POST", "/api/lunar-returns/dev/purge", headers=as_dev("dev-user-51"))
    assert named.json()["user_id"] != 51


@pytest.mark.parametrize("headers", [as_dev("crowd"), {"X-Dev-User-Id": "900"}])
def test_a_development_user_is_made_once(served: Server, headers: dict[str, str]) -> None:
    """However many first requests come at once under one development header, they are one user."""

    def ask(_number: int) -> tuple[int, Any]:
        answer = served.ask("POST", "/api/lunar-returns/dev/purge", headers=headers)
        return answer.status_code, answer.json().get("user_id")

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        found = set(crowd.map(ask, range(AT_ONCE)))
    assert [status for status, _ in found] == [200]


def test_login_says_the_same_for_every_cause(served: Server) -> None:
    """A wrong password, an unknown address and a user without a password cannot be told apart."""
    served.token("known@auth.example")
    served.ask("POST", "/api/lunar-returns/dev/purge", headers=as_dev("no-password"))
    said = []
    for username, password in (
        ("known@auth.example", "wrong password"),
        ("known@auth.example", ""),
        ("unknown@auth.example", PASSWORD),
        ("no-password@dev.invalid", ""),
        ("", ""),
    ):
        answer = served.ask("POST", "/api/auth/login", data=f"username={username}&password={password}",
                            headers={"Content-Type": "application/x-www-form-urlencoded"})  # fmt: skip
        body = problem(answer)
        del body["request_id"]
        said.append((answer.status_code, body))
    assert said == [said[0]] * 5
    assert said[0][0] == 401


def test_upper_and_lower_case_are_one_address(served: Server) -> None:
    """An address is taken in every spelling, and lets its owner in by every spelling."""
    account = {"email": "Mixed@Auth.Example", "password": PASSWORD}
    made = served.ask("POST", "/api/auth/register", json=account)
    assert (made.status_code, made.json()["email"]) == (201, "mixed@auth.example")
    again = served.ask("POST", "/api/auth/register", json={**account, "email": "mixed@auth.example"})
    assert (again.status_code, problem(again)["type"]) == (409, "/problems/email-taken")
    form = {"username": "MIXED@AUTH.EXAMPLE", "password": PASSWORD}
    assert served.ask("POST", "/api/auth/login", data=form).status_code == 200


@pytest.mark.parametrize(
    "password", ["12 letters..", "a longer one " * 19, "\u00e9\u4e2d\U0001f511 and eight", " spaces  kept "]
)
def test_passwords_are_taken_as_they_are(served: Server, password: str) -> None:
    """Any 12 to 256 characters are a password, and the whole of it counts."""
    email = f"p{sum(map(ord, password))}@auth.example"
    assert served.ask("POST", "/api/auth/register", json={"email": email, "password": password}).ok
    for tried, status in ((password, 200), (password[:-1], 401), (password.strip() + "x", 401)):
        answer = served.ask("POST", "/api/auth/login", data={"username": email, "password": tried})
        assert answer.status_code in (status, 422)
        assert answer.ok == (status == 200)


def test_an_address_is_taken_once(served: Server) -> None:
    """Of twenty who register one address at once exactly one gets it."""
    account = {"email": "race@auth.example", "password": PASSWORD}
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        statuses = list(
            crowd.map(
                lambda _: served.ask("POST", "/api/auth/register", json=account).status_code, range(AT_ONCE)
            )
        )
    assert sorted(statuses) == [201] + [409] * (AT_ONCE - 1)


def _raw_status(server: Server, headers: str) -> int:
    """Ask for the current return with these raw header lines."""
    head = f"GET /api/lunar-returns/current HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        connection.sendall(head.encode("latin-1"))
        return int(connection.recv(ANSWER_BYTES_MAX).split(b" ")[1])
