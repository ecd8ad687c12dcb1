"""Claude, asked in a test, and what the stub that stands for it answers."""

import io
import json
import traceback
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Final, TypeVar

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from reference_app.errors import AppError
from reference_app.interpretations.claude import Claude
from reference_app.interpretations.errors import ClaudeAPIError
from reference_app.interpretations.prompt import Prompt
from reference_app.interpretations.reply import Message, Written, message_in, read
from reference_app.interpretations.texts import builtin
from reference_app.logs import make_log
from reference_app.upstream.errors import UpstreamFailed
from reference_app.upstream.limits import Limits
from reference_app.upstream.metrics import UpstreamMetrics
from tests.reference_app.upstream.stub import Answers, Stub, run, says

KEY: Final = "sk-ant-k3y-that-nobody-may-see"
MODEL: Final = "claude-opus-5-5"
RETURN: Final = {
    "month": "2026-11",
    "return_date": "2026-11-14T03:12:45Z",
    "moon_sign": "Scorpio",
    "moon_house": 8,
    "lunar_ascendant": "Libra",
    "aspects": [{"body": "Venus", "aspect": "trine", "orb_deg": 1.27}],
}
ASKED: Final = Prompt("fr", "full", RETURN)
TEXT, _WEEKS = builtin("full", "fr", "Scorpio", 8, "Libra")
WEEKS: Final = _WEEKS or {}

T = TypeVar("T")


def wrote(text: object = TEXT, weeks: object = WEEKS, lang: str = "fr", **more: Any) -> str:
    """Return what Claude writes into its message; `lang="en"` for the same in English."""
    if lang == "en":
        text, weeks = builtin("full", "en", "Scorpio", 8, "Libra")
    return json.dumps({"text": text, "weekly_advice": weeks, **more}, ensure_ascii=False)


def message(text: str | None = None, **more: Any) -> dict[str, Any]:
    """Return a message as the Messages API sends it."""
    return {
        "id": "msg_01", "type": "message", "role": "assistant", "model": MODEL,
        "content": [{"type": "text", "text": wrote() if text is None else text}],
        "stop_reason": "end_turn", "stop_sequence": None,
        "usage": {"input_tokens": 900, "output_tokens": 800},
        **more,
    }  # fmt: skip


def refuses(status: int, **headers: str) -> Answers:
    """Answer as the API refuses, with the key in what it says."""
    error = {"type": "error", "error": {"type": "some_error", "message": f"no, {KEY}"}}
    return says(error, status=status, **headers)


def judged(text: str | None = None, *, lang: str = "fr", subject: str = "full", **more: Any) -> Written:
    """Return what is read out of a message."""
    found: Message = message_in(json.dumps(message(text, **more)).encode())
    return read(found, lang=lang, subject=subject, model=MODEL)


class Bench:
    """Claude, the stub that stands for it, and what was logged and measured."""

    def __init__(
        self, upstream: Stub, now_s: Callable[[], float] | None = None, model: str = MODEL, **limits: Any
    ) -> None:
        self.stub = upstream
        self.lines = io.StringIO()
        self.registry = CollectorRegistry()
        bounds = Limits(**{"deadline_s": 5.0, "back_off_s": 0.01, **limits})
        metrics, log = UpstreamMetrics(self.registry), make_log(self.lines, "json")
        self.claude = Claude(KEY, model=model, limits=bounds, metrics=metrics, log=log, base_url=upstream.url)
        if now_s:
            self.claude._upstream._breaker._now_s = self.claude._upstream._now_s = now_s

    async def failure(self, asked: Prompt = ASKED) -> UpstreamFailed | ClaudeAPIError:
        """Return how asking failed; neither key nor prompt is in anything that is left of it."""
        with pytest.raises(AppError) as caught:
            await self.claude.write(asked)
        assert isinstance(caught.value, UpstreamFailed | ClaudeAPIError)
        said = "".join(_said(caught.value)) + self.lines.getvalue() + generate_latest(self.registry).decode()
        for secret in (KEY, "Scorpio", "révolution lunaire", TEXT[:40]):
            assert secret not in said
        return caught.value

    def outcome(self, outcome: str) -> float | None:
        """Return how many calls ended so."""
        labels = {"upstream": "claude", "outcome": outcome}
        return self.registry.get_sample_value("upstream_calls_total", labels)

    def log(self) -> list[dict[str, Any]]:
        """Return the records."""
        return [json.loads(line) for line in self.lines.getvalue().splitlines()]


def _said(error: BaseException | None) -> Iterator[str]:
    """Yield what an error shows, and whatever it was raised in the middle of."""
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        seen.append(error)
        yield f"{error!r} {vars(error)} {''.join(traceback.format_exception(error))}"
        assert not type(error).__module__.startswith(("anthropic", "httpx2", "httpcore2")), "it has the key"
        error = error.__cause__ or error.__context__


def asking(*answers: Answers, **limits: Any) -> Callable[[Callable[[Bench], Awaitable[T]]], T]:
    """Run a scenario with a stub that answers so."""

    def with_stub(scenario: Callable[[Bench], Awaitable[T]]) -> T:
        async def whole() -> T:
            async with Stub(*answers) as upstream:
                bench = Bench(upstream, **limits)
                try:
                    return await scenario(bench)
                finally:
                    await bench.claude.close()

        return run(whole)

    return with_stub
