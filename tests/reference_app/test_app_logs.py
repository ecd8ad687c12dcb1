"""The log is one JSON line a record whatever clients send, and no secret is in it or in any answer (LR-9)."""

import json
import re
from collections.abc import Callable
from typing import Final

import pytest
from sqlalchemy import text

from fixtures.scenario.eventually import eventually
from reference_app.database.engine import Database
from tests.reference_app.raw_http import RawConnection, get, request
from tests.reference_app.stage import BIRTH, Server, as_dev

CANARY: Final = "canary-0f3b9c-secret"
CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
PAGES: Final = ("/health", "/ready", "/metrics", "/openapi.json")
NASTY_PATHS: Final = (
    "/a%0d%0a%7b%22event%22:%22forged%22%7d", "/a%1b%5b31mred", "/a%00b", "/a%c2%85b", "/a%e2%80%a8b",
    "/%22%7d,%7b%22event%22:%22forged%22", "/%ff%fe", "/" + "%0a" * 1_000,
)  # fmt: skip
NASTY_HEADERS: Final = (
    "X-Request-ID: a\tb", "X-Request-ID: \x1b[31mred", 'X-Request-ID: "}{"event":"forged', "X-Request-ID: \xe9",
    "X-Dev-External-Id: \x1b[2Jgone", "X-Dev-External-Id: a\x85b", 'X-Dev-External-Id: "}{"event":"forged"',
    "X-Dev-User-Id: 1\t", "Authorization: Bearer \x1b[31m", "User-Agent: \x1b]0;title\x07",
)  # fmt: skip


@pytest.mark.parametrize("path", NASTY_PATHS, ids=lambda path: path[:30])
def test_no_path_forges_a_line(module_server: Server, path: str) -> None:
    """Whatever a path decodes to, its request has one line, which bears its id."""
    request_id = f"nasty-{NASTY_PATHS.index(path)}"
    with RawConnection(module_server.port) as connection:
        connection.send(get(path, f"X-Request-ID: {request_id}")).answer()
    records = [json.loads(line) for line in _lines(module_server, request_id)]
    assert [record["event"] for record in records if record.get("request_id") == request_id] == [
        "http.request"
    ]
    assert [record for record in records if record["event"] == "forged"] == []


@pytest.mark.parametrize("header", NASTY_HEADERS)
def test_no_header_forges_a_line(module_server: Server, header: str) -> None:
    """Line feeds, terminal codes and quotes in headers and ids stay inside their record, escaped or left out."""
    with RawConnection(module_server.port) as connection:
        answer = connection.send(get("/api/lunar-returns/current", header)).answer()
    assert answer.status < 500
    assert not any(CONTROL.search(value) for value in answer.headers.values())
    records = [json.loads(line) for line in _lines(module_server, answer.headers.get("x-request-id", ""))]
    assert [record for record in records if record["event"] == "forged"] == []
    levels = {record["level"] for record in records if record["event"] != "http.refused"}
    assert levels <= {"info"}


@pytest.mark.parametrize("sent", ["order-4711", "a" * 128, "!#$%&'*+-./:;<=>?@[]^_`{|}~"])
def test_safe_ids_are_kept(module_server: Server, sent: str) -> None:
    """An id of printable characters is the request's, in the answer and in a problem."""
    answer = module_server.ask("GET", "/nowhere", headers={"X-Request-ID": sent})
    assert (answer.headers["X-Request-ID"], answer.json()["request_id"]) == (sent, sent)


@pytest.mark.parametrize("sent", ["", "a" * 129, "a b", "a\tb", "\xe9", "\x7f"])
def test_unsafe_ids_are_replaced(module_server: Server, sent: str) -> None:
    """Any other id gives way to one that the server makes."""
    with RawConnection(module_server.port) as connection:
        answer = connection.send(get("/nowhere", f"X-Request-ID: {sent}")).answer()
    if answer.status != 400:  # no HTTP at all, and so no request
        assert re.fullmatch("[0-9a-f]{32}", answer.headers["x-request-id"])


def test_secrets_are_nowhere(start_server: Callable[..., Server]) -> None:
    """A password, a token and a key are in no log line, no figure and no problem, whatever goes wrong with them."""
    server = start_server(environment={"SECRET_KEY": CANARY * 3})
    account = {"email": "canary@logs.example", "password": CANARY}
    form = {"username": account["email"], "password": CANARY}
    bearer = {"Authorization": f"Bearer {CANARY}"}
    answers = [
        server.ask("POST", "/api/auth/register", json=account),
        server.ask("POST", "/api/auth/register", json=account),
        server.ask("POST", "/api/auth/register", json={**account, "email": 1}),
        server.ask("POST", "/api/auth/register", json={**account, "password": CANARY * 20}),
        server.ask("POST", "/api/auth/register", json={**account, "password": CANARY + "\x00"}),
        server.ask("POST", "/api/auth/register", data=CANARY),
        server.ask("POST", "/api/auth/login", data={**form, "username": "other@logs.example"}),
        server.ask("POST", "/api/auth/login", data={"password": CANARY}),
        server.ask("GET", "/api/lunar-returns/current", headers=bearer),
        server.ask("GET", f"/nowhere?access_token={CANARY}", headers=bearer),
        server.ask("PUT", "/api/natal-chart", json=BIRTH, headers={**bearer, "Cookie": CANARY}),
    ]
    token = server.ask("POST", "/api/auth/login", data=form).json()["access_token"]
    answers += [server.ask("DELETE", "/api/me", headers={"Authorization": f"Bearer {token}"}) for _ in "ab"]
    answers += [server.ask("GET", page) for page in PAGES]
    assert [answer.status_code for answer in answers[-6:-4]] == [204, 401]
    _lines(server, len(answers))
    said = [answer.text + str(answer.headers) for answer in answers] + [server.log_path.read_text("utf-8")]
    assert [text for text in said if CANARY in text or token in text] == []


def test_an_inner_error_shows_no_values(
    start_server: Callable[..., Server], open_database: Callable[..., Database]
) -> None:
    """When the database breaks, the log tells of the statement and not of the values that went with it."""
    server = start_server()
    open_database().write_now(lambda connection: connection.execute(text("DROP TABLE users")))
    account = {"email": f"{CANARY}@logs.example", "password": f"{CANARY}, and more"}
    answer = server.ask("POST", "/api/auth/register", json=account)
    assert answer.status_code in (500, 503)
    assert CANARY not in answer.text
    _lines(server, 1)
    log = server.log_path.read_text("utf-8")
    assert "no such table: users" in log
    assert CANARY not in log
    assert "argon2" not in log


OF_ITSELF = {"event_log_open", "lunar_interpretations.claude_off"}
"""What the server says of itself, and not of a request, each once at its start."""


def test_each_record_has_its_frame(start_server: Callable[..., Server]) -> None:
    """Every record tells its time, level, process and event; each request has exactly one access line."""
    server = start_server()
    server.ask("PUT", "/api/natal-chart", json=BIRTH, headers=as_dev("frame"))
    server.ask("GET", "/api/lunar-returns/current", headers=as_dev("frame"))
    records = [json.loads(line) for line in _lines(server, 2)]
    for record in records:
        assert {"timestamp", "level", "pid", "event"} <= set(record)
        assert record["timestamp"].endswith("Z")
        assert ("request_id" in record) != (record["event"] in OF_ITSELF)
    access = [record for record in records if record["event"] == "http.request"]
    assert [(record["method"], record["path"], record["status"]) for record in access] == [
        ("PUT", "/api/natal-chart", 200),
        ("GET", "/api/lunar-returns/current", 200),
    ]
    assert all(record["duration_ms"] >= 0 for record in access)


def test_a_refused_request_is_logged_once_like_any_other(start_server: Callable[..., Server]) -> None:
    """A body that is too large has its one access line with its status, and no traceback."""
    server = start_server(environment={"BODY_BYTES_MAX": "1024"})
    with RawConnection(server.port) as connection:
        connection.send(
            request("POST", "/api/auth/register", "Content-Type: application/json", body=b" " * 2_000)
        )
        assert connection.answer().status == 413
    records = [json.loads(line) for line in _lines(server, 1)]
    of_requests = [record for record in records if "request_id" in record]
    assert [(record["event"], record["status"]) for record in of_requests] == [("http.request", 413)]


def _lines(server: Server, last: str | int) -> list[str]:
    """Return the log's lines once the request of this id, or so many requests, have their access line.

    Each line must be JSON by itself, without a control character.
    """

    def logged() -> bool:
        ids = [record["request_id"] for record in server.log() if record["event"] == "http.request"]
        return len(ids) >= last if isinstance(last, int) else last in ids or not last

    eventually(logged, within_s=10, what=f"access lines up to {last}")
    lines = server.log_path.read_text("utf-8").split("\n")
    assert lines.pop() == ""
    for line in lines:
        assert isinstance(json.loads(line), dict)
        assert not CONTROL.search(line)
    return lines
