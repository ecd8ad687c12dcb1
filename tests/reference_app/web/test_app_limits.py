"""How large and how slow a request may be, to the byte, and what becomes of its connection (SV-2)."""

import itertools
import select
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Final

import pytest

from fixtures.databases.templates import SqliteTemplate
from tests.reference_app.raw_http import RawAnswer, RawConnection, get, request
from tests.reference_app.stage import Server

BYTES_MAX: Final = 1_024
S_MAX: Final = 0.3
FAR_MORE: Final = 40 * BYTES_MAX
IDLE: Final = 300
STEP_S: Final = 0.05
REFUSED_S_MAX: Final = 10.0
REGISTER: Final = ("POST", "/api/auth/register", "Content-Type: application/json")
CHUNKED: Final = "Transfer-Encoding: chunked"


@pytest.fixture(scope="module")
def narrow(template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that takes a kilobyte of head and of body."""
    bounds = {"HEAD_BYTES_MAX": str(BYTES_MAX), "BODY_BYTES_MAX": str(BYTES_MAX)}
    folder = tmp_path_factory.mktemp("narrow")
    with Server(template.copy(folder), folder, environment=bounds) as server:
        yield server


@pytest.fixture(scope="module")
def hasty(template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that gives a head and a body a third of a second each."""
    folder = tmp_path_factory.mktemp("hasty")
    environment = {"HEAD_S_MAX": str(S_MAX), "BODY_S_MAX": str(S_MAX)}
    with Server(template.copy(folder), folder, environment=environment) as server:
        yield server


@pytest.fixture
def connection(narrow: Server) -> Iterator[RawConnection]:
    with RawConnection(narrow.port) as connection:
        yield connection


@pytest.fixture
def hurried(hasty: Server) -> Iterator[RawConnection]:
    with RawConnection(hasty.port) as connection:
        yield connection


@pytest.mark.parametrize("piece", [BYTES_MAX * 2, 1, 7])
def test_a_head_may_fill_its_bound(connection: RawConnection, piece: int) -> None:
    """A head of exactly the bound is served, in one piece or byte by byte, and the connection stays."""
    for _ in range(2):
        connection.send(*_pieces(_head(BYTES_MAX), piece))
        assert connection.answer().status == 200


@pytest.mark.parametrize("piece", [BYTES_MAX * 2, 1, 7])
@pytest.mark.parametrize("over", [1, BYTES_MAX, FAR_MORE])
def test_a_head_over_its_bound_is_refused(connection: RawConnection, piece: int, over: int) -> None:
    """One byte more is 431, however it arrives and however much follows, and the connection ends."""
    connection.send(*_pieces(_head(BYTES_MAX + over)[: BYTES_MAX + over], max(piece, over // 100)))
    _is_refusal(connection, 431, "head-too-large")


def test_every_head_of_a_connection_is_bounded(connection: RawConnection) -> None:
    """The bound holds for a later head on the same connection too."""
    assert connection.send(_head(BYTES_MAX)).answer().status == 200
    connection.send(_head(BYTES_MAX + 1))
    _is_refusal(connection, 431, "head-too-large")


def test_pipelined_requests_are_answered_in_order(connection: RawConnection) -> None:
    """Requests that are sent without waiting are all answered, in the order in which they came."""
    paths = ["/health", "/nowhere", "/ready", "/metrics", "/openapi.json"]
    connection.send(b"".join(get(path, f"X-Request-ID: id-{path[1:]}") for path in paths))
    answers = [connection.answer() for _ in paths]
    assert [answer.status for answer in answers] == [200, 404, 200, 200, 200]
    assert [answer.headers["x-request-id"] for answer in answers] == [f"id-{path[1:]}" for path in paths]


def test_pipelining_does_not_get_round_the_bound(connection: RawConnection) -> None:
    """A head that is far too large ends the connection behind a good request as well."""
    connection.send(get("/health") + _head(FAR_MORE))
    statuses = []
    with suppress(EOFError, ConnectionResetError):
        for _ in range(3):
            statuses.append(connection.answer().status)  # noqa: PERF401 - those before the end count
    assert statuses in ([], [200], [200, 431])


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize(("size", "status"), [(BYTES_MAX, 422), (BYTES_MAX + 1, 413), (FAR_MORE, 413)])
def test_a_body_may_fill_its_bound_and_no_more(
    connection: RawConnection,
    size: int,
    status: int,
    chunked: bool,  # noqa: FBT001 - a table's column
) -> None:
    """A body of exactly the bound is read; one byte more is 413, with or without a stated length."""
    body = b"{}".ljust(size)
    connection.send(_chunked(body) if chunked else request(*REGISTER, body=body))
    if status == 413:
        _is_refusal(connection, 413, "body-too-large")
    else:
        assert connection.answer().status == status
        assert connection.send(get("/health")).answer().status == 200


def test_trailers_are_bounded(connection: RawConnection) -> None:
    """Headers that follow a chunked body are bounded as well, though nobody asked for them."""
    connection.send(request(*REGISTER, CHUNKED), b"2\r\n{}\r\n0\r\n")
    connection.send(*itertools.repeat(b"X-Trailer: " + b"t" * 1_000 + b"\r\n", 4_000))
    assert _statuses(connection) in ([], [413], [422], [431])


def test_a_body_that_nobody_reads_is_bounded(connection: RawConnection) -> None:
    """A body sent where none is taken does not keep the connection for as long as its sender likes."""
    connection.send(request("GET", "/health", f"Content-Length: {10**9}"))
    assert connection.answer().status == 200
    connection.send(*itertools.repeat(b"b" * 10_000, 2_000))
    assert connection.is_closed()


def test_a_body_that_nobody_reads_is_given_up(hurried: RawConnection) -> None:
    """Nor does one that never comes."""
    assert hurried.send(request("GET", "/health", "Content-Length: 100")).answer().status == 200
    assert hurried.is_closed()


@pytest.mark.parametrize("sent", [b"", b"G", b"GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: "])
def test_a_slow_head_is_refused(hurried: RawConnection, sent: bytes) -> None:
    """A head that is not whole in time, or never begins, is 408, and the connection ends."""
    started_s = time.monotonic()
    hurried.send(sent)
    _is_refusal(hurried, 408, "head-too-slow")
    # Its time began with the connection, a moment before.
    assert S_MAX / 2 < time.monotonic() - started_s < REFUSED_S_MAX


@pytest.mark.parametrize(
    "start", [b"GET /health HTTP/1.1\r\nX-Slow: ", request(*REGISTER, "Content-Length: 60000")]
)
def test_dripping_wins_no_time(hasty: Server, start: bytes) -> None:
    """A head or a body that keeps coming, byte by byte, ends when its time is over, not later."""
    with socket.create_connection(("127.0.0.1", hasty.port), timeout=REFUSED_S_MAX) as dripping:
        dripping.sendall(start)
        deadline = time.monotonic() + REFUSED_S_MAX
        while not select.select([dripping], [], [], STEP_S)[0]:
            assert time.monotonic() < deadline
            dripping.sendall(b" ")
        assert b" 408 " in dripping.recv(BYTES_MAX)


def test_a_slow_body_is_refused(hurried: RawConnection) -> None:
    """A body that is not whole in time is 408, and the connection ends."""
    hurried.send(request(*REGISTER, "Content-Length: 100"), b"{")
    _is_refusal(hurried, 408, "body-too-slow")


def test_idling_between_requests_is_allowed(hasty: Server) -> None:
    """A connection that was served may rest longer than a head may take, and is then served again."""
    with socket.create_connection(("127.0.0.1", hasty.port), timeout=REFUSED_S_MAX) as resting:
        for _ in range(2):
            resting.sendall(get("/health"))
            assert resting.recv(BYTES_MAX).startswith(b"HTTP/1.1 200 ")
            # The body may come by itself; then nothing may come while the connection rests.
            while select.select([resting], [], [], 2 * S_MAX)[0]:
                assert resting.recv(BYTES_MAX).endswith(b"}")


def test_idle_connections_stop_nobody(narrow: Server) -> None:
    """Three hundred connections that say nothing leave the server free for others."""
    idle = [RawConnection(narrow.port) for _ in range(IDLE)]
    try:
        started_s = time.monotonic()
        assert [narrow.ask("GET", "/ready").status_code for _ in range(5)] == [200] * 5
        assert time.monotonic() - started_s < REFUSED_S_MAX
    finally:
        for connection in idle:
            connection.close()


def _is_refusal(connection: RawConnection, status: int, kind: str) -> RawAnswer:
    """The next answer is this problem, says that the connection ends, and it does."""
    answer = connection.answer()
    assert (answer.status, answer.json["type"]) == (status, f"/problems/{kind}")
    assert (answer.headers["content-type"], answer.headers["connection"]) == (
        "application/problem+json",
        "close",
    )
    assert connection.is_closed()
    return answer


def _statuses(connection: RawConnection) -> list[int]:
    try:
        return [connection.answer().status]
    except (EOFError, ConnectionResetError):
        return []


def _head(size: int) -> bytes:
    """Return a request without a body of exactly `size` bytes."""
    bare = get("/health", "X-Pad: ")
    return get("/health", "X-Pad: " + "p" * (size - len(bare)))


def _pieces(data: bytes, size: int) -> Iterable[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


def _chunked(body: bytes, size: int = 100) -> bytes:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in _pieces(body, size))
    return request(*REGISTER, CHUNKED) + chunks + b"0\r\n\r\n"
