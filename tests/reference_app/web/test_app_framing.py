"""What is read of a connection, what is answered on it, and how refusals are counted (SV-6)."""

import asyncio
import json
import re
import socket
from collections.abc import Iterator
from typing import Final

import pytest

from fixtures.databases.templates import SqliteTemplate
from tests.reference_app.raw_http import RawConnection, get, request
from tests.reference_app.stage import BIRTH, Server, as_dev
from tests.reference_app.web.framed import Seen, of_server

S_MAX: Final = 0.7
LONGER_MS: Final = 1_100
CURRENT: Final = "/api/lunar-returns/current"
JSON: Final = "Content-Type: application/json"
ACCOUNT: Final = b'{"email": "%b@framing.example", "password": "a long enough password"}'


@pytest.fixture(scope="module")
def hasty(template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that gives a head and a body less time than a request takes, on which `framing` has a return."""
    folder = tmp_path_factory.mktemp("hasty")
    environment = {"HEAD_S_MAX": str(S_MAX), "BODY_S_MAX": str(S_MAX)}
    with Server(template.copy(folder), folder, environment=environment) as server:
        server.ask("PUT", "/api/natal-chart", json=BIRTH, headers=as_dev("framing"))
        assert server.ask("GET", CURRENT, headers=as_dev("framing")).ok
        yield server


def _slow() -> bytes:
    return get(CURRENT, "X-Dev-External-Id: framing", f"X-Dev-Delay-Ms: {LONGER_MS}")


def _account(name: bytes) -> bytes:
    return request("POST", "/api/auth/register", JSON, body=ACCOUNT % name)


def test_the_clients_clock_stands_still_while_nothing_is_read(hasty: Server) -> None:
    """A body that may not be sent, for the server reads nothing before it has answered, is not too slow."""
    whole = _account(b"waits")
    with RawConnection(hasty.port) as connection:
        connection.send(_slow() + whole[:-10])
        assert connection.answer().status == 200
        assert connection.send(whole[-10:]).answer().status == 201


@pytest.mark.parametrize(
    ("behind", "status"),
    [
        (b"\x16\x03", 400),
        (b"GET /health HTT", 408),
        (_account(b"half")[:-10], 408),
        (get("/") * 3 + b"x\r\n", 400),
    ],
)
def test_what_was_taken_is_answered_before_a_refusal(hasty: Server, behind: bytes, status: int) -> None:
    """Everything before what is wrong gets its own answer; then comes the refusal, and the end."""
    with RawConnection(hasty.port) as connection:
        connection.send(_slow() + behind)
        assert connection.answer().status == 200
        for _ in range(behind.count(b"GET / ")):
            assert connection.answer().status == 404
        assert connection.answer().status == status
        assert connection.is_closed()


@pytest.mark.parametrize(
    ("sent", "statuses"),
    [
        (b"", []),
        (get("/health")[:-2], [400]),
        (_account(b"cut")[:-1], [400]),
        (_account(b"whole"), [201]),
        (_slow() + get("/health"), [200, 200]),
        (_slow() + get("/health")[:-2], [200, 400]),
    ],
)
def test_a_client_that_has_ended_its_side_is_answered(
    hasty: Server, sent: bytes, statuses: list[int]
) -> None:
    """What is whole is answered, what is not is refused, and then the server ends its side too."""
    with socket.create_connection(("127.0.0.1", hasty.port), timeout=10) as ending:
        ending.sendall(sent)
        ending.shutdown(socket.SHUT_WR)
        received = b""
        while piece := ending.recv(65_536):
            received += piece
    assert [int(found) for found in re.findall(rb"HTTP/1.1 (\d{3}) ", received)] == statuses


def test_refusals_are_counted_by_their_kind_and_logged(hasty: Server) -> None:
    """An operator sees how often, what kind, and from where."""
    with RawConnection(hasty.port) as connection:
        connection.send(b"GET / HTTP/1.1\r\n\r\n")
        assert connection.answer().json["type"] == "/problems/wrong-host"
    assert 'http_refused_total{problem="wrong-host"} 1.0' in hasty.ask("GET", "/metrics").text
    [line] = [
        each for each in hasty.log() if each["event"] == "http.refused" and each["problem"] == "wrong-host"
    ]
    assert (line["level"], line["status"], line["peer"]) == ("warning", 400, "127.0.0.1")


def test_trailers_are_no_headers(hasty: Server) -> None:
    """A trailer that names a user lets nobody in, whenever it comes."""
    start = request("PUT", "/api/natal-chart", JSON, "Transfer-Encoding: chunked")
    body = json.dumps(BIRTH).encode()
    with RawConnection(hasty.port) as connection:
        connection.send(start + b"%x\r\n%b\r\n0\r\nX-Dev-External-Id: framing\r\n\r\n" % (len(body), body))
        assert connection.answer().status == 401


@pytest.mark.parametrize("line", ["Connection: close", "Connection: x, Close"])
@pytest.mark.parametrize("behind", [get("/b"), b"\x16\x03"])
def test_nothing_is_read_behind_a_last_request(line: str, behind: bytes) -> None:
    """What stands behind a request that ends the connection is neither run nor refused."""
    seen = _seen(get("/a", line) + behind)
    assert [message.target for message in seen.messages] == [b"/a"]
    assert not seen.refused


def test_a_connection_of_http_1_0_ends_with_its_request() -> None:
    """Even where it asks to stay: it would wait for an answer that says so."""
    old = b"GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
    assert [message.target for message in _seen(old + get("/b")).messages] == [b"/a"]


@pytest.mark.parametrize("token", [b"websocket", b"h2c", b"TLS/1.0", b"x", b"a, b"])
@pytest.mark.parametrize("size", [1, 7, 1_000])
def test_upgrades_are_ignored_with_their_bodies(token: bytes, size: int) -> None:
    """In whatever pieces it comes: the body is the body, and the next request the next."""
    hidden = request("DELETE", "/hidden")
    head = b"POST /a HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: %b\r\nContent-Length: %d\r\n\r\n"
    data = (head % (token, len(hidden)) + hidden) * 2 + get("/b")
    seen = _seen(*(data[at : at + size] for at in range(0, len(data), size)))
    assert [(message.target, message.body) for message in seen.messages] == [
        (b"/a", hidden),
        (b"/a", hidden),
        (b"/b", b""),
    ]


def _seen(*pieces: bytes) -> Seen:
    return asyncio.run(of_server(pieces))
