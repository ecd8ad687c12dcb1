"""Claude is asked through the SDK, and how each of its failures ends (LI-6, LI-10)."""

import asyncio
import json
import logging
import time
from typing import Any

import pytest

from reference_app.interpretations.claude import ANSWER_BYTES_MAX
from reference_app.interpretations.reply import Written
from reference_app.upstream.errors import (
    UpstreamBusy,
    UpstreamFailed,
    UpstreamMalformed,
    UpstreamRejected,
    UpstreamResting,
    UpstreamTimeout,
    UpstreamUnavailable,
)
from tests.reference_app.interpretations.claude_bench import (
    ASKED,
    KEY,
    MODEL,
    TEXT,
    WEEKS,
    Bench,
    asking,
    message,
    refuses,
    wrote,
)
from tests.reference_app.upstream import stub
from tests.reference_app.upstream.stub import Answers, Floods, Held, packed, says

EVENTS = b'event: message_start\ndata: {"type":"message_start","message":{}}\n\n'
DATE = "Sun, 29 Nov 2026 10:00:00 GMT"


def test_one_message_is_asked_for() -> None:
    """By the SDK, not streamed; what is kept as input is to the byte what was sent, and no more was."""

    async def scenario(bench: Bench) -> None:
        assert await bench.claude.write(ASKED) == Written(TEXT, WEEKS, MODEL)
        head = bench.stub.heads[0].lower()
        assert head.startswith("post /v1/messages http/1.1\r\n")
        assert KEY in head
        assert "anthropic-version: " in head
        assert "accept-encoding: identity" in head
        assert "x-stainless-retry-count: 0" in head
        assert json.loads(bench.stub.bodies[0]) == ASKED.input_json(MODEL)
        assert (bench.stub.asked, bench.outcome("ok"), bench.log()) == (1, 1, [])
        assert (bench.claude.name, bench.claude.model) == ("claude", MODEL)

    asking(says(message()))(scenario)


@pytest.mark.parametrize(
    ("answers", "kind", "tries", "wait_s"),
    [
        (refuses(529), UpstreamUnavailable, 3, None),
        (refuses(500), UpstreamUnavailable, 3, None),
        (refuses(503, retry_after="0"), UpstreamUnavailable, 3, 0.0),
        (says(b"<html>bad gateway</html>", status=502), UpstreamUnavailable, 3, None),
        (says(b"[" * 100_000, status=500), UpstreamUnavailable, 3, None),
        (refuses(429), UpstreamBusy, 3, None),
        (refuses(409), UpstreamBusy, 3, None),
        (refuses(408), UpstreamTimeout, 3, None),
        (refuses(400), UpstreamRejected, 1, None),
        (refuses(401), UpstreamRejected, 1, None),
        (refuses(403), UpstreamRejected, 1, None),
        (refuses(404), UpstreamRejected, 1, None),
        (refuses(413), UpstreamRejected, 1, None),
        (refuses(422), UpstreamRejected, 1, None),
        (says(status=302, location=f"/?key={KEY}"), UpstreamRejected, 1, None),
        (says(status=302, location="http://["), UpstreamRejected, 1, None),
        (stub.leaves, UpstreamUnavailable, 3, None),
        (stub.mumbles, UpstreamUnavailable, 3, None),
        (stub.cuts, UpstreamUnavailable, 3, None),
        (stub.cuts_a_chunk, UpstreamUnavailable, 3, None),
        (says(message(), x_long="x" * 2_000_000), UpstreamUnavailable, 3, None),
        (says(b"<html>sorry</html>"), UpstreamMalformed, 1, None),
        (says(b"<html>sorry</html>", content_type="application/json"), UpstreamMalformed, 1, None),
        (says(b"", status=204), UpstreamMalformed, 1, None),
        (says(b"null"), UpstreamMalformed, 1, None),
        (says([]), UpstreamMalformed, 1, None),
        (says({"type": "error"}), UpstreamMalformed, 1, None),
        (says({**message(), "content": "text"}), UpstreamMalformed, 1, None),
        (says({**message(), "stop_reason": 7}), UpstreamMalformed, 1, None),
        (says(b"[" * 100_000), UpstreamMalformed, 1, None),
        (says(b'{"content": [{"type": "text", "text": "\xff"}]}'), UpstreamMalformed, 1, None),
        (says(EVENTS, content_type="text/event-stream"), UpstreamMalformed, 1, None),
        (says(b" " * (ANSWER_BYTES_MAX + 1)), UpstreamMalformed, 1, None),
        (packed(json.dumps(message()).encode()), UpstreamMalformed, 1, None),
        (says(message(), content_encoding="br"), UpstreamMalformed, 1, None),
    ],
)
def test_each_failure_has_its_kind(
    answers: Answers, kind: type[UpstreamFailed], tries: int, wait_s: float | None
) -> None:
    """What may pass is tried three times in all, the rest once; nothing shows the key or the prompt."""

    async def scenario(bench: Bench) -> None:
        failed = await bench.failure()
        assert isinstance(failed, UpstreamFailed)
        assert (type(failed), bench.stub.asked, failed.wait_s) == (kind, tries, wait_s)
        assert bench.outcome(failed.kind) == 1
        assert [each["kind"] for each in bench.log() if each["event"] == "upstream.failed"] == [failed.kind]
        assert all("x-stainless-retry-count: 0" in head.lower() for head in bench.stub.heads)

    asking(answers, answer_bytes_max=ANSWER_BYTES_MAX, failures_before_open=9)(scenario)


@pytest.mark.parametrize("answers", [stub.hangs, stub.hangs_in_the_body, stub.drips, stub.drips_a_head])
def test_the_deadline_ends_it(answers: Answers) -> None:
    """However it drags on: a client's own limit is for each read, and a byte a second outlives it."""

    async def scenario(bench: Bench) -> None:
        begun = time.monotonic()
        assert type(await bench.failure()) is UpstreamTimeout
        assert 0.3 <= time.monotonic() - begun < 2.0

    asking(answers, deadline_s=0.3)(scenario)


def test_a_flood_is_cut_off() -> None:
    """The rest of it is not even taken from the network."""
    flood = Floods()

    async def scenario(bench: Bench) -> None:
        failed = await bench.failure()
        assert isinstance(failed, UpstreamMalformed)
        assert failed.because == "too large"

    asking(flood, answer_bytes_max=ANSWER_BYTES_MAX)(scenario)
    assert flood.sent < 50 * ANSWER_BYTES_MAX


@pytest.mark.parametrize(
    "headers", [{"retry_after": "1"}, {"retry_after": "Sun, 29 Nov 2026 10:00:01 GMT", "date": DATE}]
)
@pytest.mark.parametrize("status", [429, 529])
def test_retry_after_is_waited_for(status: int, headers: dict[str, str]) -> None:
    """In either form, where it fits within the deadline."""

    async def scenario(bench: Bench) -> None:
        begun = time.monotonic()
        assert (await bench.claude.write(ASKED)).text == TEXT
        assert (bench.stub.asked, time.monotonic() - begun >= 1.0) == (2, True)

    asking(refuses(status, **headers), says(message()))(scenario)


def test_a_wait_that_does_not_fit_is_not_begun() -> None:
    """The refusal says how long; until then Claude is not asked, and a look says so at once."""

    async def scenario(bench: Bench) -> None:
        failed = await bench.failure()
        assert (type(failed), failed.retry_after_s, bench.stub.asked) == (UpstreamBusy, 40, 1)
        with pytest.raises(UpstreamBusy):
            bench.claude.refuse_if_resting()
        assert (bench.stub.asked, bench.outcome("busy")) == (1, 2)

    asking(refuses(429, retry_after="40"))(scenario)


def test_claude_is_left_alone_after_failures_in_a_row() -> None:
    """And asked again by one call when it has rested."""
    now = [100.0]
    limits: dict[str, Any] = {"failures_before_open": 3, "open_s": 10.0, "now_s": lambda: now[0]}

    async def scenario(bench: Bench) -> None:
        bench.claude.refuse_if_resting()
        await bench.failure()
        with pytest.raises(UpstreamResting) as caught:
            bench.claude.refuse_if_resting()
        assert (caught.value.retry_after_s, bench.outcome("resting")) == (10, 1)
        assert type(await bench.failure()) is UpstreamResting
        assert bench.stub.asked == 3
        now[0] += 10.0
        bench.claude.refuse_if_resting()
        assert (await bench.claude.write(ASKED)).text == TEXT

    asking(*[refuses(500)] * 3, says(message()), **limits)(scenario)


def test_a_bad_reply_is_not_paid_for_twice() -> None:
    """Claude lives, so the breaker hears nothing of it; the log has one word for it."""

    async def scenario(bench: Bench) -> None:
        for _ in range(3):
            await bench.failure()
        assert (bench.stub.asked, bench.outcome("ok")) == (3, 3)
        assert [(each["event"], each["why"]) for each in bench.log()] == [
            ("claude.bad_reply", "language")
        ] * 3
        bench.claude.refuse_if_resting()

    asking(says(message(wrote(lang="en"))), failures_before_open=1)(scenario)


def test_who_leaves_frees_the_place() -> None:
    """A cancelled call ends at once, and the next is made."""
    held = Held()

    async def scenario(bench: Bench) -> None:
        first = asyncio.create_task(bench.claude.write(ASKED))
        await held.until(1)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        assert (await bench.claude.write(ASKED)).text == TEXT

    asking(held, says(message()), calls_max=1)(scenario)


def test_nothing_of_the_environment_is_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy, no other key, no other address."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "another")
    monkeypatch.setenv("ANTHROPIC_AUTH_TOKEN", "another")

    async def scenario(bench: Bench) -> None:
        await bench.claude.write(ASKED)
        assert "another" not in bench.stub.heads[0]

    asking(says(message()))(scenario)


def test_the_sdk_logs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """Not even where `ANTHROPIC_LOG=debug` had it write whole prompts."""
    logging.getLogger("anthropic").setLevel(logging.DEBUG)
    logging.getLogger("httpx2").setLevel(logging.DEBUG)
    caplog.set_level(logging.DEBUG)

    async def scenario(bench: Bench) -> None:
        await bench.failure()
        await bench.claude.write(ASKED)

    asking(refuses(400), says(message()))(scenario)
    assert not [each for each in caplog.records if each.name.startswith(("anthropic", "http"))]


def test_the_event_loop_goes_on_meanwhile() -> None:
    """Ten calls wait at the same time, and so does a clock that would show a pause."""
    held = Held()

    async def scenario(bench: Bench) -> None:
        await asyncio.gather(bench.claude.write(ASKED), return_exceptions=True)  # What is imported late, is.
        ten = [asyncio.create_task(bench.claude.write(ASKED)) for _ in range(10)]
        gaps = []
        async with asyncio.timeout(5.0):
            while held.now < 10:
                begun = time.monotonic()
                await asyncio.sleep(0.01)
                gaps.append(time.monotonic() - begun)
        held.go_on.set()
        await asyncio.gather(*ten, return_exceptions=True)
        assert max(gaps) < 0.5

    asking(says(message()), held, calls_max=10)(scenario)


def test_nothing_shows_the_key() -> None:
    """Neither the object nor a part of it, as an assertion or a debugger shows it."""

    async def scenario(bench: Bench) -> None:
        assert KEY not in f"{bench.claude!r} {bench.claude._sdk!r} {bench.claude._upstream!r}"

    asking(says(message()))(scenario)


def test_a_model_that_ends_is_said_once() -> None:
    """At the start, with the day; the SDK would warn in every call. One that is kept is not mentioned."""
    ends = "claude-opus-4-5"

    async def scenario(bench: Bench) -> None:
        await bench.claude.write(ASKED)
        [said] = bench.log()
        assert (said["event"], said["model"]) == ("claude.model_ends", ends)
        assert "2027" in said["on"]

    async def kept(bench: Bench) -> None:
        await bench.claude.write(ASKED)
        assert bench.log() == []

    asking(says(message()), model=ends)(scenario)
    asking(says(message()))(kept)
