"""What all connections together may hold, to the byte, and that it is given back (SV-8)."""

import socket
from collections.abc import Iterator
from typing import Final

import pytest

from fixtures.databases.templates import SqliteTemplate
from fixtures.scenario.eventually import eventually
from tests.reference_app.raw_http import RawConnection, get, request
from tests.reference_app.stage import Server

BODIES: Final = 100_000
CONNECTIONS: Final = 16
PAGE: Final = "/api/articles?limit=1000"
JSON: Final = "Content-Type: application/json"
SOON_S: Final = 10.0
CUT_S: Final = 60.0
IN_ALL: Final = "answers-unread-in-all"


@pytest.fixture(scope="module")
def narrow(template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with small budgets, and with articles that make several pages."""
    folder = tmp_path_factory.mktemp("narrow")
    environment = {
        "BODIES_BYTES_MAX": str(BODIES), "CONNECTIONS_MAX": str(CONNECTIONS), "WRITE_S_MAX": "1",
        "ANSWERS_BYTES_MAX": "200000", "PIPELINED_MAX": "8", "BODY_BYTES_MAX": "80000",
    }  # fmt: skip
    with Server(template.copy(folder), folder, environment=environment) as server:
        for _ in range(40):
            draft = {"title": "large", "content": "x" * 59_000}
            assert server.ask("POST", "/api/articles", json=draft).status_code == 201
        yield server


def test_a_budget_of_bodies_is_used_and_given_back(narrow: Server) -> None:
    """What one client has sent in part counts until it is answered, or has left."""
    whole = request("POST", "/api/articles", JSON, body=b"{}".ljust(60_000))
    with RawConnection(narrow.port) as half:
        half.send(whole[:-10])
        eventually(lambda: _status(narrow, whole) == 503, within_s=SOON_S, what="the budget to be used up")
        with RawConnection(narrow.port) as other:
            answer = other.send(whole).answer()
            assert (answer.json["type"], answer.headers["retry-after"]) == ("/problems/bodies-too-many", "1")
            assert other.is_closed()
        assert narrow.ask("GET", "/health").ok
        assert half.send(whole[-10:]).answer().status == 422
    for _ in range(5):
        assert _status(narrow, whole) == 422
    assert 'http_refused_total{problem="bodies-too-many"}' in narrow.ask("GET", "/metrics").text


def test_many_that_do_not_read_are_cut(narrow: Server) -> None:
    """However much of a page the kernel takes, three exceed the budget; then others are served as before."""
    unread = [socket.create_connection(("127.0.0.1", narrow.port), timeout=SOON_S) for _ in range(10)]
    try:
        for each in unread:
            each.sendall(get(PAGE) * 8)
        eventually(
            lambda: _kinds(narrow),
            within_s=CUT_S,
            what="cuts for the budget",
            holds=lambda found: IN_ALL in found,
        )
    finally:
        for each in unread:
            each.close()
    page = narrow.ask("GET", PAGE)
    assert len(page.json()["items"]) >= 10
    assert [each for each in narrow.log() if each["level"] == "error"] == []


def test_no_more_wait_on_a_connection_than_may(narrow: Server) -> None:
    """Those before are answered; the next one is told when to ask again, and it is the last."""
    with RawConnection(narrow.port) as connection:
        connection.send(get("/health") * 20)
        assert [connection.answer().status for _ in range(9)] == [200] * 9
        answer = connection.answer()
        assert (answer.status, answer.headers["retry-after"]) == (503, "1")
        assert connection.is_closed()


def test_far_too_many_connections_are_closed(narrow: Server) -> None:
    """More than are served are told so; more than twice as many are not even let in; then all is as before."""
    several = [RawConnection(narrow.port) for _ in range(2 * CONNECTIONS + 8)]
    try:
        assert several[-1].is_closed()
        assert several[CONNECTIONS + 1].send(get("/livez")).answer().status == 200
        assert several[CONNECTIONS + 2].send(get("/health")).answer().status == 503
    finally:
        for each in several:
            each.close()
    eventually(lambda: _alive(narrow) == 200, within_s=SOON_S, what="a server that serves again")


def _status(server: Server, data: bytes) -> int:
    with RawConnection(server.port) as connection:
        return connection.send(data).answer().status


def _alive(server: Server) -> int:
    return server.ask("GET", "/health").status_code


def _kinds(server: Server) -> set[str]:
    refused = {each["problem"] for each in server.log() if each["event"] == "http.refused"}
    return refused & {"answer-unread", "answers-unread-in-all"}
