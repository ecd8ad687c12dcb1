"""What is taken for an answer: JSON of the right shape and size, and nothing of the environment (PC-10)."""

import gzip
import json
import logging
import traceback
from typing import Any, Final

import msgspec
import pytest
from prometheus_client import generate_latest

from reference_app.upstream.errors import (
    UpstreamFailed,
    UpstreamMalformed,
    UpstreamRejected,
    UpstreamUnavailable,
)
from reference_app.upstream.limits import Limits
from reference_app.upstream.wire import Wire, retry_after_s
from tests.reference_app.upstream import stub
from tests.reference_app.upstream.stub import Answers, Asking, Floods, Stub, packed, run, says

BYTES_MAX: Final = 200_000
KEY: Final = "k3y-that-nobody-may-see"
DATE: Final = "Sun, 29 Nov 2026 10:00:00 GMT"


class Toy(msgspec.Struct, frozen=True):
    """A shape."""

    name: str
    price: int


@pytest.mark.parametrize(
    ("body", "because"),
    [
        (b"", "not JSON"),
        (b"<html>sorry</html>", "not JSON"),
        (b'{"name": "ball", "price"', "not JSON"),
        (b'{"name": "ball", "price": NaN}', "not JSON"),
        (b'\xff\xfe{"name"', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"null", "not of the shape that was expected"),
        (b"[]", "not of the shape that was expected"),
        (b'{"name": "ball"}', "not of the shape that was expected"),
        (b'{"name": "ball", "price": "7"}', "not of the shape that was expected"),
        (b'{"name": 5, "price": 7}', "not of the shape that was expected"),
    ],
)
def test_what_has_another_shape_is_malformed(body: bytes, because: str) -> None:
    """And raises nothing else."""

    async def scenario() -> None:
        async with Stub(says(body)) as upstream, Asking(upstream.url) as asking:
            with pytest.raises(UpstreamMalformed) as caught:
                await asking.ask(Toy)
            # Deep nesting may be found too deep, or of another shape, before it is found to be cut.
            assert caught.value.because == because or body.startswith(b"[[")

    run(scenario)


@pytest.mark.parametrize(
    "answers", [says({"name": "ball", "price": 7}), packed(b'{"name":"ball","price":7}')]
)
def test_an_answer_is_returned_in_its_shape(answers: Answers) -> None:
    """Packed or not; what the shape does not know is left out."""

    async def scenario() -> None:
        async with Stub(answers) as upstream, Asking(upstream.url) as asking:
            assert await asking.ask(Toy) == Toy("ball", 7)
            assert "accept-encoding: gzip" in upstream.heads[0].lower()

    run(scenario)


def test_a_post_sends_its_body() -> None:
    """As JSON, with its length."""

    async def scenario() -> None:
        async with Stub(says(3)) as upstream, Asking(upstream.url) as asking:
            body = {"name": "ball"}
            assert await asking.wire.post_json("/toys", {"key": KEY}, body, int) == 3
            assert upstream.heads[0].startswith(f"POST /toys?key={KEY} HTTP/1.1\r\n")
            assert "content-type: application/json" in upstream.heads[0].lower()
            assert json.loads(upstream.bodies[0]) == body

    run(scenario)


def test_a_flood_is_cut_off() -> None:
    """The rest of it is not even taken from the network."""
    flood = Floods()

    async def scenario() -> None:
        async with Stub(flood) as upstream, Asking(upstream.url, answer_bytes_max=BYTES_MAX) as asking:
            with pytest.raises(UpstreamMalformed) as caught:
                await asking.ask()
            assert caught.value.because == "too large"

    run(scenario)
    assert flood.sent < 50 * BYTES_MAX, "what the sockets hold was sent, and no more"


def test_a_flood_of_headers_is_cut_off() -> None:
    """It is no HTTP that we would read."""

    async def scenario() -> None:
        answers = says(1, x_long="x" * 20_000_000)
        async with Stub(answers) as upstream, Asking(upstream.url, tries=1) as asking:
            with pytest.raises(UpstreamUnavailable):
                await asking.ask()

    run(scenario)


@pytest.mark.parametrize(
    "answers", [packed(b" " * (BYTES_MAX + 1)), says(b" " * (BYTES_MAX + 1)), packed(b" " * 50_000_000)]
)
def test_an_answer_that_is_too_large_is_malformed(answers: Answers) -> None:
    """As it is sent, and as it is unpacked: 50 MB of blanks are 50 KB of gzip."""

    async def scenario() -> None:
        async with Stub(answers) as upstream, Asking(upstream.url, answer_bytes_max=BYTES_MAX) as asking:
            with pytest.raises(UpstreamMalformed) as caught:
                await asking.ask()
            assert caught.value.because.startswith("too large")

    run(scenario)


def test_an_answer_of_the_allowed_size_is_taken() -> None:
    """To the byte."""
    body = b'"' + b"x" * (BYTES_MAX - 2) + b'"'

    async def scenario() -> None:
        bound = {"answer_bytes_max": BYTES_MAX}
        async with Stub(says(body), packed(body)) as upstream, Asking(upstream.url, None, **bound) as asking:
            assert len(await asking.ask(str)) == BYTES_MAX - 2
            assert len(await asking.ask(str)) == BYTES_MAX - 2

    run(scenario)


@pytest.mark.parametrize(
    "answers",
    [
        says([1], content_encoding="br"),
        says([1], content_encoding="gzip"),
        packed(gzip.compress(b"[1]")),
        says(gzip.compress(b"[1]")[:-4], content_encoding="gzip"),
    ],
)
def test_what_is_packed_otherwise_is_malformed(answers: Answers) -> None:
    """Not asked for, not gzip at all, twice, or without its end."""

    async def scenario() -> None:
        async with Stub(answers) as upstream, Asking(upstream.url) as asking:
            with pytest.raises(UpstreamMalformed):
                await asking.ask()

    run(scenario)


@pytest.mark.parametrize(
    ("name", "holder", "kind"),
    [
        ("getpeername", None, UpstreamUnavailable),
        ("getpeername", "a socket", AttributeError),
        ("price", None, AttributeError),
    ],
)
def test_a_connection_that_is_broken_off_at_once_is_unavailable(
    name: str, holder: str | None, kind: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What anyio raises then is no mistake of ours; any other attribute that is missing is."""

    def no_socket(*_: object, **__: object) -> object:
        raise AttributeError("no socket", name=name, obj=holder)

    async def scenario() -> None:
        wire = Wire("http://127.0.0.1:9", Limits())
        monkeypatch.setattr(wire._client, "stream", no_socket)
        with pytest.raises(kind):
            await wire.get_json("/", {}, Toy)
        await wire.close()

    run(scenario)


def test_nothing_of_the_environment_is_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy in the environment would be told every key."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    async def scenario() -> None:
        async with Stub(says(3)) as upstream, Asking(upstream.url) as asking:
            assert await asking.ask() == 3

    run(scenario)


@pytest.mark.parametrize(
    "answers",
    [
        says({"error": KEY}, status=500),
        says({"error": KEY}, status=400),
        says(status=302, location=f"/?key={KEY}"),
        says(KEY.encode()),
        says([KEY]),
        stub.leaves,
        stub.mumbles,
        stub.cuts,
        stub.hangs,
    ],
)
def test_a_key_is_nowhere_to_be_read(answers: Answers, caplog: pytest.LogCaptureFixture) -> None:
    """Not in an error, its traceback, our log, a library's at any level, or the metrics; nor what was answered."""
    caplog.set_level(logging.DEBUG)
    shown: list[Any] = []

    async def scenario() -> None:
        async with Stub(answers) as upstream, Asking(upstream.url, deadline_s=0.5) as asking:
            with pytest.raises(UpstreamFailed) as caught:
                await asking.upstream.call(lambda: asking.wire.get_json("/toys", {"key": KEY}, Toy))
            assert KEY in upstream.heads[0]
            shown.extend([repr(caught.value), str(caught.value), caught.value.because])
            shown.extend(traceback.format_exception(caught.value))
            shown.extend([asking.lines.getvalue(), generate_latest(asking.registry).decode()])

    run(scenario)
    shown.extend(record.getMessage() for record in caplog.records if record.name.startswith("httpx2"))
    shown.extend(record.getMessage() for record in caplog.records if record.name.startswith("httpcore2"))
    assert shown[5:]
    assert KEY not in "\n".join(shown)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": " 1.5 "}, 1.5),
        ({"retry-after": "-3"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "٣"}, None),
        ({"retry-after": "Sun, 29 Nov 2026 10:00:30 GMT", "date": DATE}, 30.0),
        ({"retry-after": "Sun, 29 Nov 2026 09:00:00 GMT", "date": DATE}, 0.0),
        ({"retry-after": "Sun, 29 Nov 2026 10:00:30 GMT"}, None),
        ({"retry-after": "Sun, 29 Nov 2026 10:00:30", "date": DATE}, None),
        ({"retry-after": "Sun, 99 Nov 2026 10:00:30 GMT", "date": DATE}, None),
    ],
)
def test_retry_after_is_read(headers: dict[str, str], seconds: float | None) -> None:
    """Seconds, or an instant by their own clock; anything else says nothing."""
    assert retry_after_s(headers) == seconds


def test_a_wait_has_a_bound() -> None:
    """Nobody is told to come back in thirty years."""
    assert UpstreamRejected(wait_s=1e12).retry_after_s == 86_400
    assert UpstreamRejected(wait_s=0.2).retry_after_s == 1
    assert UpstreamRejected("said").retry_after_s is None
