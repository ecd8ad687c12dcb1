"""Paths and methods that lead nowhere, and request lines that no library would send: never a 5xx (SV-1)."""

import re
from collections.abc import Callable
from typing import Final

import pytest

from fixtures.scenario.eventually import eventually
from tests.reference_app.raw_http import RawConnection, get, request
from tests.reference_app.stage import BIRTH, Server, as_dev, fields, problem

NOT_HTTP: Final = {
    "nothing of HTTP": b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
    "an unknown method": b"BREW /pot HTTP/1.1\r\nHost: x\r\n\r\n",
    "another version": b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
    "a header without a colon": b"GET / HTTP/1.1\r\nHost x\r\n\r\n",
    "a NUL in a header": b"GET / HTTP/1.1\r\nHost: x\r\nX-A: a\x00b\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    "a length and chunks": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n",
    "a length below 0": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "a length beyond 64 bits": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n",
    "a bad chunk": b"POST /api/auth/register HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "a path beyond ASCII": b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
}
NOWHERE: Final = (
    "/", "//", "//health", "/health//", "/api", "/api/", "/api/lunar-returns/current/x", "/API/me", "/.",
    "/%00", "/health%00", "/%2e%2e/%2e%2e/etc/passwd", "/../../etc/passwd", "/%2fhealth", "/health%0d%0aX:1",
    "/%ff%fe", "/%ed%a0%80", "/%zz", "/%", "/health;x", "/health%3f", "/" + "a" * 60_000, "/a" * 20_000,
)  # fmt: skip


@pytest.mark.parametrize("path", NOWHERE, ids=lambda path: path[:40])
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_nowhere_is_404(module_server: Server, method: str, path: str) -> None:
    """A path that no route has is a 404 in the form of every other problem, however it is spelled."""
    with RawConnection(module_server.port) as connection:
        answer = connection.send(request(method, path)).answer()
    assert answer.status == 404
    assert answer.json["type"] == "/problems/not-found"
    assert answer.json["request_id"] == answer.headers["x-request-id"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/api/auth/register", "POST"),
        ("POST", "/api/natal-chart", "PUT"),
        ("DELETE", "/api/lunar-returns/current", "GET, HEAD"),
        ("GET", "/api/me", "DELETE"),
        ("POST", "/health", "GET, HEAD"),
        ("OPTIONS", "/health", "GET, HEAD"),
        ("TRACE", "/api/me", "DELETE"),
        ("PATCH", "/api/lunar-returns/dev/purge", "POST"),
        ("PUT", "/api/articles", "GET, HEAD, POST"),
        ("POST", "/api/articles/7", "DELETE, GET, HEAD, PUT"),
    ],
)
def test_another_method_is_405(module_server: Server, method: str, path: str, allowed: str) -> None:
    """A method that a path does not take is a 405 that lists those that it takes."""
    answer = module_server.ask(method, path)
    assert (answer.status_code, problem(answer)["type"]) == (405, "/problems/method-not-allowed")
    assert sorted(answer.headers["Allow"].split(", ")) == allowed.split(", ")


@pytest.mark.parametrize("path", ["/health", "/metrics", "/openapi.json", "/api/lunar-returns/current"])
def test_head_is_get_without_a_body(module_server: Server, path: str) -> None:
    """HEAD has the status and the headers of GET, and no body."""
    with RawConnection(module_server.port) as connection:
        line = "X-Dev-External-Id: head"
        got = connection.send(get(path, line)).answer()
        head = connection.send(request("HEAD", path, line)).answer(body=False)
        assert (head.status, head.headers["content-type"]) == (got.status, got.headers["content-type"])
        assert connection.send(get("/health")).answer().status == 200


@pytest.mark.parametrize("what", NOT_HTTP)
def test_what_is_no_http_is_refused_and_cut_off(module_server: Server, what: str) -> None:
    """Bytes that are no request get a 400 in the form of every other problem, and the connection ends."""
    with RawConnection(module_server.port) as connection:
        connection.send(NOT_HTTP[what])
        answer = connection.answer()
        assert answer.status in (400, 404, 405, 422)
        assert answer.json["status"] == answer.status
        assert answer.status != 400 or connection.is_closed()
    assert module_server.ask("GET", "/health").ok


@pytest.mark.parametrize("line", ["Upgrade: websocket", "Upgrade: h2c", "Expect: 100-continue", "Expect: x"])
def test_other_protocols_are_not_spoken(module_server: Server, line: str) -> None:
    """A client that would like another protocol is answered in this one."""
    with RawConnection(module_server.port) as connection:
        assert connection.send(get("/health", "Connection: Upgrade", line)).answer().status == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:99999", "[::1]:80", "%41", ""])
def test_any_host_is_served(module_server: Server, host: str) -> None:
    """The Host header is no input to anything: whatever host it names, the answer is the same."""
    head = f"GET /health HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
    with RawConnection(module_server.port) as connection:
        assert connection.send(head).answer().status == 200


@pytest.mark.parametrize("value", ["-1", "1.5", "60001", "9" * 30, "abc", "", "\xb2", "1e3", "0x1"])
def test_a_bad_delay_is_named(module_server: Server, value: str) -> None:
    """In development a delay that is no number of milliseconds up to the bound is refused by its name."""
    headers = {**as_dev("delays"), "X-Dev-Delay-Ms": value.encode("latin-1")}
    answer = module_server.ask("GET", "/api/lunar-returns/current", headers=headers)
    assert (answer.status_code, fields(problem(answer))) == (422, ["X-Dev-Delay-Ms"])


def test_outside_development_a_delay_is_not_even_read(start_server: Callable[..., Server]) -> None:
    """In production the delay's header means nothing, well-formed or not."""
    server = start_server(
        environment={"APP_ENV": "production", "DEV_AUTH_BYPASS": "0", "ALLOW_DEV_PURGE": "0"}
    )
    headers = {"Authorization": f"Bearer {server.token('p@paths.example')}", "X-Dev-Delay-Ms": "abc"}
    assert server.ask("GET", "/api/lunar-returns/current", headers=headers).status_code == 409


def test_a_client_that_leaves_is_no_error_of_ours(start_server: Callable[..., Server]) -> None:
    """A client that goes away in the middle of its body is noted as such, not as an internal error."""
    server = start_server()
    with RawConnection(server.port) as connection:
        connection.send(
            request("PUT", "/api/natal-chart", "Content-Type: application/json", "X-Dev-External-Id: gone",
                    body=b'{"latitude": 1.0')[:-5]
        )  # fmt: skip
        eventually(lambda: server.ask("GET", "/ready").ok, within_s=10, what="the server to be ready")
    eventually(
        lambda: [record for record in server.log() if record.get("path") == "/api/natal-chart"],
        within_s=10,
        what="the access line of the request that was left",
    )
    assert [record for record in server.log() if record["event"] == "http.internal_error"] == []
    assert 'status="500"' not in server.ask("GET", "/metrics").text


def test_figures_know_routes_and_no_paths(module_server: Server) -> None:
    """Figures are kept by route, so that no client can make the server keep one more for each path."""
    module_server.ask("GET", "/nowhere/4711")
    module_server.ask("PUT", "/api/natal-chart", json=BIRTH, headers=as_dev("figures"))
    page = module_server.ask("GET", "/metrics").text
    assert 'http_requests_total{method="PUT",route="/api/natal-chart",status="200"}' in page
    assert 'route="none",status="404"' in page
    # In a label; a figure may have any digits.
    assert re.findall(r'="[^"]*4711[^"]*"', page) == []
