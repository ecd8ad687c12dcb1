"""The client for SDKs: bounded in bytes, and heedless of the environment (LI-6)."""

import gzip
import logging
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import httpx2
import pytest

from reference_app.upstream.bounded import bounded_client
from reference_app.upstream.errors import UpstreamMalformed
from reference_app.upstream.limits import Limits
from tests.reference_app.upstream.stub import Answers, Floods, Stub, packed, run, says

BYTES_MAX: Final = 100_000

T = TypeVar("T")


def asking(answers: Answers) -> Callable[[Callable[[httpx2.AsyncClient, Stub], Awaitable[T]]], T]:
    """Run a scenario with a client and a stub that answers so."""

    def with_stub(scenario: Callable[[httpx2.AsyncClient, Stub], Awaitable[T]]) -> T:
        async def whole() -> T:
            limits = Limits(answer_bytes_max=BYTES_MAX, calls_max=1)
            async with Stub(answers) as upstream, bounded_client(limits) as client:
                return await scenario(client, upstream)

        return run(whole)

    return with_stub


def test_an_answer_of_the_allowed_size_is_taken() -> None:
    """To the byte."""

    async def scenario(client: httpx2.AsyncClient, upstream: Stub) -> None:
        assert len((await client.get(upstream.url)).content) == BYTES_MAX
        assert "accept-encoding: identity" in upstream.heads[0].lower()

    asking(says(b" " * BYTES_MAX))(scenario)


@pytest.mark.parametrize(
    ("answers", "because"),
    [
        (says(b" " * (BYTES_MAX + 1)), "too large"),
        (Floods(), "too large"),
        (packed(b"[]"), "packed in a way that was not asked for"),
        (
            says(gzip.compress(b" " * 50_000_000), content_encoding=" GZIP "),
            "packed in a way that was not asked for",
        ),
        (says(b"[]", content_encoding="br"), "packed in a way that was not asked for"),
    ],
)
def test_anything_else_is_malformed(answers: Answers, because: str) -> None:
    """The connection is given back: with a single one, the next request is made."""

    async def scenario(client: httpx2.AsyncClient, upstream: Stub) -> None:
        for _ in range(3):
            with pytest.raises(UpstreamMalformed) as caught:
                await client.get(upstream.url)
            assert caught.value.because == because
        assert upstream.asked == 3

    asking(answers)(scenario)


def test_redirects_and_proxies_are_not_followed(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """And no address is logged."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    caplog.set_level(logging.DEBUG)

    async def scenario(client: httpx2.AsyncClient, upstream: Stub) -> None:
        answer = await client.get(upstream.url)
        assert (answer.status_code, upstream.asked) == (302, 1)

    asking(says(status=302, location="/elsewhere"))(scenario)
    assert not [each for each in caplog.records if each.name.startswith("http")]
