"""Claude, asked through the vendor's SDK, within the bounds of `reference_app.upstream` (LI-6).

    claude = Claude(key, model="claude-…", limits=limits, metrics=metrics.part(UpstreamMetrics), log=log)
    written = await claude.write(Prompt("fr", "full", facts))

One try is one call of the SDK, whose own retries, tracing and logs are off: the deadline over all tries, the
waits and the breaker are `Upstream.call`'s. The SDK sends the request and says how that failed; the answer's
bytes are bounded by the transport and read by `reply`, for the SDK takes an answer of any size and shape.

The key and the prompt are in no error, no log and no metric. An SDK's error has the request with its key, so
none is chained to ours: what is raised has no context.

Takes a second to import, so only a server that asks Claude imports this. Does not promise that a call that
failed costs nothing. `ANTHROPIC_CUSTOM_HEADERS` is read by the SDK: an operator's gateway may need it.
"""

import logging
import warnings
from typing import Any, Final

import anthropic
from anthropic._data import DEPRECATED_MODELS

from reference_app.interpretations.prompt import Prompt
from reference_app.interpretations.reply import BadReply, Message, Written, message_in, read
from reference_app.logs import Log
from reference_app.upstream.bounded import bounded_client
from reference_app.upstream.calls import Upstream
from reference_app.upstream.errors import (
    UpstreamBusy,
    UpstreamFailed,
    UpstreamMalformed,
    UpstreamRejected,
    UpstreamTimeout,
    UpstreamUnavailable,
)
from reference_app.upstream.limits import Limits
from reference_app.upstream.metrics import UpstreamMetrics
from reference_app.upstream.wire import retry_after_s

NAME: Final = "claude"
ANTHROPIC_URL: Final = "https://api.anthropic.com"
ANSWER_BYTES_MAX: Final = 262_144
"""What to give as `Limits.answer_bytes_max`: many times the longest reply."""
TIMEOUT: Final = 408
CONFLICT: Final = 409
TOO_MANY: Final = 429
SERVER_ERROR: Final = 500


class Claude:
    """Claude, asked with one key for one model. Used from one event loop."""

    def __init__(
        self,
        key: str,
        *,
        model: str,
        limits: Limits,
        metrics: UpstreamMetrics,
        log: Log,
        base_url: str = ANTHROPIC_URL,
    ) -> None:
        """Ask nothing yet; `base_url` begins with `https://`, or with `http://` on this machine."""
        # ANTHROPIC_LOG=debug would write whole prompts.
        logging.getLogger("anthropic").setLevel(logging.WARNING)
        self.model = model
        self._log = log
        self._say_if_it_ends()
        self._upstream = Upstream(NAME, limits, metrics, log)
        self._sdk = anthropic.AsyncAnthropic(
            api_key=key,
            base_url=base_url,
            max_retries=0,
            open_telemetry=False,
            http_client=bounded_client(limits),
        )
        # Reached for now, since the SDK imports its parts when they are first used.
        self._create = self._sdk.messages.with_raw_response.create

    @property
    def name(self) -> str:
        """What logs and metrics call it."""
        return NAME

    def refuse_if_resting(self) -> None:
        """Fail at once if Claude would not be asked now. Raises UpstreamResting or UpstreamBusy."""
        self._upstream.refuse_if_resting()

    async def write(self, asked: Prompt) -> Written:
        """Return what Claude writes.

        Raises:
            UpstreamFailed: Claude could not be asked; one of its kinds, within the deadline.
            BadReply: it answered, with something else than was asked for. Not asked again.

        """
        message = await self._upstream.call(lambda: self._once(asked.input_json(self.model)))
        try:
            return read(message, lang=asked.lang, subject=asked.subject, model=self.model)
        except BadReply as bad:
            self._log.warning("claude.bad_reply", why=str(bad.why))
            raise

    async def close(self) -> None:
        """Close the connections."""
        await self._sdk.close()

    def _say_if_it_ends(self) -> None:
        """Log once that the model will be switched off, which the SDK would warn of in every call."""
        warnings.filterwarnings("ignore", r"The model '.*' is deprecated", DeprecationWarning)
        if self.model in DEPRECATED_MODELS:
            self._log.warning("claude.model_ends", model=self.model, on=DEPRECATED_MODELS[self.model])

    async def _once(self, sent: dict[str, Any]) -> Message:
        """Try once. What failed is raised outside of the handler, so that the SDK's error is not its context."""
        try:
            answer = await self._create(**sent)
        except anthropic.APIStatusError as error:
            failed = _refusal(error)
        except anthropic.APIConnectionError as error:
            failed = _lost(error)
        except Exception as error:  # noqa: BLE001 - the SDK breaks in ways of its own on answers that are broken
            failed = UpstreamMalformed(because=type(error).__name__)
        else:
            return message_in(answer.http_response.content)
        raise failed


def _refusal(error: anthropic.APIStatusError) -> UpstreamFailed:
    """Return what an answer of another status than 2xx means."""
    status = error.status_code
    because = f"status {status}"
    wait_s = retry_after_s(error.response.headers)
    if status == TOO_MANY:
        return UpstreamBusy(wait_s=wait_s, because=because)
    if status == CONFLICT:
        return UpstreamBusy(because=because)
    if status == TIMEOUT:
        return UpstreamTimeout(because=because)
    if status >= SERVER_ERROR:
        return UpstreamUnavailable(wait_s=wait_s, because=because)
    return UpstreamRejected(because=because)


def _lost(error: anthropic.APIConnectionError) -> UpstreamFailed:
    """Return what it means that there was no answer, or none that could be read to its end."""
    cause = error.__cause__
    if isinstance(cause, UpstreamMalformed):
        return UpstreamMalformed(because=cause.because)
    because = type(cause or error).__name__
    return (UpstreamTimeout if isinstance(error, anthropic.APITimeoutError) else UpstreamUnavailable)(
        because=because
    )
