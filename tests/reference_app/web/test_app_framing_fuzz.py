"""The server and h11 agree where each message ends, whatever bytes come (SV-6).

300 cases that are always the same; `make soak` tries 10,000 that are new each time, through `FRAMING_CASES`.
"""

import asyncio
import os
from collections.abc import Sequence
from typing import Final

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from tests.reference_app.web.framed import of_h11, of_server

USUAL: Final = 300
CASES: Final = int(os.environ.get("FRAMING_CASES", USUAL))
HIDDEN: Final = b"DELETE /api/articles/1 HTTP/1.1\r\nHost: x\r\n\r\n"
LINES: Final = (
    b"Host: x",
    b"Host: x:80",
    b"Host: [::1]",
    b"Host: ",
    b"Host: a b",
    b"host:x",
    b"Content-Length: 0",
    b"Content-Length: 5",
    b"Content-Length: 47",
    b"Content-Length: 05",
    b"Content-Length: +5",
    b"Content-Length: -1",
    b"Content-Length: 5, 5",
    b"Content-Length:",
    b"Content-Length : 5",
    b"Content-Length: 5 ",
    b"Content-Length: 0x5",
    b"Content-Length: 1e1",
    b"Content-Length: 99999999999999999999",
    b"Transfer-Encoding: chunked",
    b"Transfer-Encoding: Chunked ",
    b"Transfer-Encoding: gzip, chunked",
    b"Transfer-Encoding: identity",
    b"Transfer-Encoding: chunked, chunked",
    b"Transfer-Encoding: xchunked",
    b"Transfer-Encoding:\tchunked",
    b"Transfer-Encoding: chunked\r\n , gzip",
    b"Transfer_Encoding: chunked",
    b"Transfer-Encoding: ",
    b'Transfer-Encoding: "chunked"',
    b"Transfer-Encoding: chunked;q=1",
    b"Connection: Upgrade",
    b"Connection: close",
    b"Connection: keep-alive",
    b"Connection: keep-alive, Upgrade",
    b"Upgrade: websocket",
    b"Upgrade: h2c",
    b"Upgrade: TLS/1.0",
    b"Upgrade: a, b",
    b"HTTP2-Settings: AAMAAABk",
    b"Expect: 100-continue",
    b"Trailer: Content-Length",
    b"Keep-Alive: 5",
    b"Proxy-Connection: close",
    b"X: a\r\n b",
    b"X",
    b": a",
    b"X: \x00",
    b"X: \xe9",
    b"X: a\rb",
    b"X\x0b: a",
)
FIRST: Final = (
    b"GET /a HTTP/1.1", b"POST /b HTTP/1.1", b"PUT /c?d=e HTTP/1.1", b"HEAD /f HTTP/1.1", b"OPTIONS * HTTP/1.1",
    b"DELETE http://y/g HTTP/1.1", b"POST /h HTTP/1.0", b"GET /i HTTP/2.0", b"GET /j HTTP/0.9", b"GET /k",
    b"GET /l HTTP/1.2", b"CONNECT m:1 HTTP/1.1", b"PRI * HTTP/2.0", b"GET  /n HTTP/1.1", b"get /o HTTP/1.1",
    b"GET /p HTTP/1.1 ", b" GET /q HTTP/1.1", b"GET /r http/1.1", b"PATCH /s HTTP/1.1",
)  # fmt: skip
BODIES: Final = (
    b"",
    b"abcde",
    HIDDEN,
    b"0\r\n\r\n",
    b"5\r\nabcde\r\n0\r\n\r\n",
    b"2f;a=b\r\n" + HIDDEN + b"\r\n0\r\n\r\n",
    b"5\r\nabcde\r\n0\r\nContent-Length: 9\r\nHost: y\r\n\r\n",
    b"5\nabcde\n0\n\n",
    b"5 \r\nabcde\r\n0\r\n\r\n",
    b"0x5\r\nabcde\r\n0\r\n\r\n",
    b"+5\r\nabcde\r\n0\r\n\r\n",
    b"5\r\nabcdefg\r\n0\r\n\r\n",
    b"05\r\nabcde\r\n00\r\n\r\n",
    b"5\r\nabcde0\r\n\r\n",
    b"ffffffffffffffffff\r\nabcde",
    b"0\r\n",
    b"\r\n\r\n",
    b"SM\r\n\r\n",
    b"\x16\x03\x01",
)
WHOLE: Final = (
    (b"GET /v HTTP/1.1\r\nHost: x\r\n\r\n"),
    (b"POST /w HTTP/1.1\r\nHost: x\r\nContent-Length: 43\r\n\r\n" + HIDDEN.ljust(43)[:43]),
    (
        b"POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"5;a\r\nabcde\r\n1\r\n!\r\n0\r\nX: y\r\n\r\n"
    ),
    (b"PUT /y HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 5\r\n\r\nabcde"),
    (
        b"PUT /z HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: upgrade, x\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n"
    ),
)
UPGRADED: Final = (
    b"POST /b HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: any\r\nContent-Length: %d\r\n\r\n"
    % len(HIDDEN)
    + HIDDEN
)


def _odd(first: bytes, lines: Sequence[bytes], end: bytes, body: bytes) -> bytes:
    return end.join([first, *lines, b"", b""]) + body


ODD = some.builds(
    _odd,
    some.sampled_from(FIRST),
    some.lists(some.sampled_from(LINES), max_size=5).map(lambda lines: [b"Host: x", *lines])
    | some.lists(some.sampled_from(LINES), max_size=5),
    some.sampled_from([b"\r\n"] * 9 + [b"\n", b"\r\r\n"]),
    some.sampled_from(BODIES),
)
ONE = some.sampled_from(WHOLE) | ODD
CUTS = some.lists(some.integers(1, 400), max_size=4)


@some.composite
def _bytes(draw: some.DrawFn) -> bytes:
    """Requests that are joined, repeated, cut short, or have bytes changed."""
    data = b"".join(draw(some.lists(ONE, min_size=1, max_size=4))) * draw(some.sampled_from([1, 1, 1, 2]))
    if draw(some.integers(0, 3)) == 0:
        at = draw(some.integers(0, len(data)))
        data = data[:at] + draw(some.binary(max_size=3)) + data[at + draw(some.integers(0, 3)) :]
    if draw(some.integers(0, 5)) == 0:
        data = data[: draw(some.integers(0, len(data)))]
    return data


@settings(
    max_examples=CASES, deadline=None, derandomize=CASES == USUAL, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(data=_bytes(), cuts=CUTS)
@example(data=UPGRADED + WHOLE[0], cuts=[])
@example(data=UPGRADED + WHOLE[0], cuts=[90])
def test_messages_end_where_an_independent_parser_ends_them(data: bytes, cuts: list[int]) -> None:
    """What the server runs is what h11 sees, from the first on; where it runs less, it has refused the rest."""
    ours, theirs = asyncio.run(of_server(_cut(data, cuts))), of_h11([data])
    count = len(ours.messages)
    assert ours.messages == theirs.messages[:count]
    assert count == len(theirs.messages) or ours.refused


@settings(max_examples=CASES // 3, deadline=None, derandomize=CASES == USUAL, database=None)
@given(wholes=some.lists(some.sampled_from(WHOLE), min_size=1, max_size=8), cuts=CUTS)
def test_what_is_well_formed_is_all_served(wholes: list[bytes], cuts: list[int]) -> None:
    """Requests that are right in every way are all run, in their order: the test above is no empty one."""
    data = b"".join(wholes)
    ours = asyncio.run(of_server(_cut(data, cuts)))
    assert len(ours.messages) == len(wholes)
    assert ours.messages == of_h11([data]).messages
    assert not ours.refused


def _cut(data: bytes, sizes: Sequence[int]) -> list[bytes]:
    pieces, at = [], 0
    for size in sizes:
        pieces.append(data[at : at + size])
        at += size
    return [piece for piece in (*pieces, data[at:]) if piece]


def test_the_comparison_notices_a_body_that_is_run() -> None:
    """Control: uvicorn's own protocol runs the body of an upgrade, and the comparison sees it."""
    pieces = [UPGRADED.removesuffix(HIDDEN), HIDDEN]
    found = asyncio.run(of_server(pieces, HttpToolsProtocol)).messages
    assert found[0] != of_h11(pieces).messages[0]
    assert found[1].method == b"DELETE"
