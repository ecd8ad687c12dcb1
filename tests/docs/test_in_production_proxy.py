"""The nginx of the page on production, really run: TLS, one name, and nothing is smuggled past it."""

import socket
import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import pytest

from fixtures.scenario.eventually import eventually
from fixtures.systems.server import framing
from fixtures.targets.server_log import named
from reference_app.settings import Settings
from tests.docs.proxied import NAME, Proxy, proxying
from tests.reference_app.stage import Server

ARTICLES: Final = 3
CLIENT: Final = "127.0.0.9"
"""An address of loopback that is no proxy's."""
QUIET_S: Final = 0.7
"""Longer than nginx and server take to answer; what waits for more bytes is left alone then."""
HOST: Final = f"Host: {NAME}\r\n".encode()
LAST: Final = b"GET /livez HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
HIDDEN: Final = (framing.HIDDEN % 1).replace(b"Host: x\r\n", HOST)
CODINGS: Final = (
    b"Transfer-Encoding: chunked", b"Transfer-Encoding: xchunked", b"Transfer-Encoding : chunked",
    b"Transfer-Encoding:\tchunked", b"Transfer-Encoding: chunked, identity", b"Transfer-Encoding: identity",
    b"Transfer-Encoding: gzip, chunked", b"Transfer-Encoding: chunked\r\nTransfer-Encoding: x",
    b"X: y\nTransfer-Encoding: chunked",
    b"Transfer-Encoding:\x0bchunked", b"Transfer_Encoding: chunked", b"Transfer-Encoding: Chunked",
    b" Transfer-Encoding: chunked", b"Transfer-Encoding\r\n : chunked", b'Transfer-Encoding: "chunked"',
)  # fmt: skip
NO_CODING: Final = b"Transfer_Encoding"
"""A header like any other: with a length of 4 the rest is a request of its own, rightly."""
LENGTHS: Final = (
    b"Content-Length: 5\r\nContent-Length: %d", b"Content-Length: %d\r\nContent-Length: 5", b"Content-Length: +%d",
    b"Content-Length: %d, 5", b"Content-Length : %d", b"Content-Length: 0x%d", b"Content-Length: 5 %d",
)  # fmt: skip


def _attacks() -> dict[str, bytes]:
    """Return bytes in which a deletion lies within a body, for a reader who keeps to the standard."""
    post = b"POST /api/auth/register HTTP/1.1\r\n" + HOST
    found = {
        f"an upgrade to {token!r}, chunked {chunked}": b"".join(
            (*framing.upgrade(HIDDEN, token, chunked=chunked), LAST)
        )
        for token in framing.TOKENS
        for chunked in (False, True)
    }
    found |= framing.ONE
    found |= {
        what: b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n" + more for what, more in framing.BEHIND.items()
    }
    ended = b"0\r\n\r\n" + HIDDEN
    chunk = framing.in_chunks(HIDDEN)
    for line in CODINGS:
        found[f"a length over an end of chunks, {line!r}"] = (
            post + b"Content-Length: %d\r\n" % len(ended) + line + b"\r\n\r\n" + ended
        )
        if NO_CODING not in line:
            found[f"chunks over a length, {line!r}"] = post + line + b"\r\nContent-Length: 4\r\n\r\n" + chunk
    for line in LENGTHS:
        found[f"lengths, {line!r}"] = post + line % len(HIDDEN) + b"\r\n\r\n" + HIDDEN
    return {what: data.replace(b"Host: x\r\n", HOST) for what, data in found.items()}


@pytest.fixture(scope="module")
def server(template: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("behind")
    trusted = {"TRUSTED_PROXIES": "127.0.0.1"}
    with Server(template.copy(folder), folder, environment=trusted) as server:
        for number in range(ARTICLES):
            draft = {"title": f"title {number}", "content": "x"}
            assert server.ask("POST", "/api/articles", json=draft).status_code == 201
        yield server


@pytest.fixture(scope="module")
def proxy(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with proxying(server.port, tmp_path_factory.mktemp("nginx")) as proxy:
        yield proxy


def _get(path: bytes, host: bytes = HOST, *more: bytes) -> bytes:
    return b"GET " + path + b" HTTP/1.1\r\n" + host + b"".join(more) + b"Connection: close\r\n\r\n"


def _status(received: bytes) -> int:
    return int(received.split(b" ", 2)[1]) if received.startswith(b"HTTP/1.1 ") else 0


def test_a_request_gets_through_with_tls(proxy: Proxy) -> None:
    """Its answer is the server's, and tells browsers to come with TLS again."""
    received = proxy.asked(_get(b"/api/articles"))

    assert _status(received) == 200
    assert b"title 0" in received
    assert b"strict-transport-security: max-age=31536000" in received.lower()


def test_nothing_is_smuggled_past_it(server: Server, proxy: Proxy) -> None:
    """Whatever nginx and the server take for the end of a message: no deletion in a body is run."""
    attacks = _attacks()
    assert len(attacks) > 50
    with ThreadPoolExecutor(16) as senders:
        received = dict(
            zip(attacks, senders.map(lambda data: proxy.asked(data, QUIET_S), attacks.values()), strict=True)
        )

    lines = [(line["method"], line["path"]) for line in named(server.log(), "http.request")]
    assert "DELETE" not in {method for method, _ in lines}
    assert ("GET", "/health") in lines, "no attack has reached the server"
    assert server.ask("GET", "/api/articles").json()["items"][1]["title"] == "title 1"
    assert _status(proxy.asked(_get(b"/health"))) == 200
    # What it answers is nothing that an honest client could take for the answer to another's request.
    assert not [what for what, data in received.items() if b" 204 " in data]


@pytest.mark.parametrize(
    "path", [b"/metrics", b"/ready", b"//health", b"/health/", b"/./metrics", b"/%6detrics"]
)
def test_what_is_not_for_strangers_is_not_there(proxy: Proxy, path: bytes) -> None:
    """The figures, and whether the server is ready; however the path is written."""
    assert _status(proxy.asked(_get(path))) == 404


@pytest.mark.skipif("trusted_proxies" not in Settings.model_fields, reason="this server trusts no proxy")
def test_the_log_has_the_clients_address(server: Server, proxy: Proxy) -> None:
    """That from which nginx was asked, whatever the client says of itself, there and past nginx."""
    spoofed = b"X-Forwarded-For: 203.0.113.9\r\nForwarded: for=203.0.113.9\r\nX-Forwarded-Proto: gopher\r\n"
    more = (spoofed, b"X-Request-ID: proxied\r\n")
    assert _status(proxy.asked(_get(b"/health", HOST, *more), source=CLIENT)) == 200
    address = ("127.0.0.1", server.port)
    with socket.create_connection(address, timeout=5, source_address=(CLIENT, 0)) as direct:
        direct.sendall(_get(b"/health", HOST, spoofed, b"X-Request-ID: direct\r\n"))
        assert direct.recv(65_536)

    def logged() -> dict[str, dict[str, Any]]:
        return {line["request_id"]: line for line in named(server.log(), "http.request")}

    lines = eventually(logged, holds=lambda found: "direct" in found, within_s=5.0, what="both lines")
    assert (lines["proxied"]["client"], lines["proxied"]["scheme"]) == (CLIENT, "https")
    assert (lines["direct"]["client"], "scheme" in lines["direct"]) == (CLIENT, False)


def test_another_name_gets_nothing(proxy: Proxy) -> None:
    """By TLS there is no certificate for it; by the Host header no answer."""
    with pytest.raises(ssl.SSLError):
        proxy.connected("evil.example")
    assert proxy.asked(_get(b"/health", b"Host: evil.example\r\n")) == b""


def test_without_tls_a_client_is_led_to_the_written_name(proxy: Proxy) -> None:
    """Not to the one that it asked for."""
    for host, expected in ((HOST, b"location: https://app.example/a?b"), (b"Host: evil.example\r\n", b"")):
        with socket.create_connection(("127.0.0.1", proxy.plain_port), timeout=5) as plain:
            plain.sendall(_get(b"/a?b", host))
            received = b"".join(iter(lambda: plain.recv(65_536), b""))
        assert (_status(received) in {301, 0}, expected in received.lower()) == (True, True)
        assert b"evil" not in received


def test_a_body_that_is_too_large_is_refused_there(proxy: Proxy) -> None:
    """At the largest that the server takes it is passed on; a byte more is nginx's 413."""
    head = (
        b"POST /api/articles/batch HTTP/1.1\r\n"
        + HOST
        + b"Connection: close\r\nContent-Type: application/json\r\n"
    )
    length = b"Content-Length: %d\r\n\r\n"
    assert _status(proxy.asked(head + length % (8 * 1_048_576 + 1), QUIET_S)) == 413
    largest = proxy.asked(head + length % (8 * 1_048_576) + b" " * (8 * 1_048_576))
    assert b"application/problem+json" in largest, largest[:300]


def test_a_flood_of_sign_ins_from_one_place_is_cut_down(proxy: Proxy) -> None:
    """So many at once, and no more; nobody else's request is."""

    def sign_in(_number: int) -> int:
        data = b"username=a@b.example&password=wrong wrong wrong"
        head = b"POST /api/auth/login HTTP/1.1\r\n" + HOST + b"Connection: close\r\n"
        kind = b"Content-Type: application/x-www-form-urlencoded\r\n"
        return _status(proxy.asked(head + kind + b"Content-Length: %d\r\n\r\n" % len(data) + data))

    with ThreadPoolExecutor(16) as senders:
        found = list(senders.map(sign_in, range(60)))
    limited = found.count(429)
    assert limited >= 20, found
    assert _status(proxy.asked(_get(b"/health"))) == 200
