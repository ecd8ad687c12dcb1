"""What can be set of interpretations."""

from typing import Annotated, Final, Literal

from pydantic import Field

from reference_app.settings import Seconds, SystemSettings, UpstreamAddress

ANTHROPIC_URL: Final = "https://api.anthropic.com"
OFF: Final = "off"


class InterpretationsSettings(SystemSettings):
    """Whether Claude is asked, within which bounds, and which version of the texts is served."""

    anthropic_api_key: str = Field(default="", repr=False)
    """The key with which Claude is asked. Without one no text is generated: readers get templates."""
    anthropic_base_url: UpstreamAddress = ANTHROPIC_URL
    """Where Claude is; `http://` on this machine only."""
    lunar_llm_mode: Literal["", "anthropic", "off"] = ""
    """`anthropic`, which needs the key, or `off`: Claude is never asked. Without it, `anthropic` if there is a key.
    """
    lunar_claude_model: Annotated[str, Field(pattern=r"^[A-Za-z0-9._:@-]{1,100}$")] = "claude-opus-5-5"
    """The model that writes."""
    lunar_interpretation_version: Annotated[int, Field(ge=1, le=1_000_000)] = 2
    """Which version of the texts is served and generated; each is kept beside the others. For `1` nothing is
    generated, and what the first version wrote is served.
    """
    lunar_reader_wait_s: Annotated[float, Field(gt=0, le=60)] = 9.0
    """How long a reader waits for Claude; then a template is answered, and Claude writes on."""
    lunar_claude_deadline_s: Annotated[float, Field(gt=0, le=60)] = 30.0
    """How long asking Claude may take, with all tries and waits."""
    lunar_claude_tries: Annotated[int, Field(ge=1, le=10)] = 3
    """How often a call is tried, if it fails in a way that may pass."""
    lunar_claude_calls_max: Annotated[int, Field(ge=1, le=256)] = 64
    """Calls at the same time, in each process."""
    lunar_claude_failures_max: Annotated[int, Field(ge=1, le=1_000)] = 5
    """After so many failures in a row Claude is left alone for `LUNAR_CLAUDE_REST_S`."""
    lunar_claude_rest_s: Seconds = 10.0
    """How many seconds Claude is left alone; then one call tries it."""

    @property
    def asks_claude(self) -> bool:
        """Whether Claude may be asked."""
        return self.lunar_llm_mode != OFF and bool(self.anthropic_api_key)

    def refusals(self) -> list[str]:
        """Refuse a mode that needs a key without one, and a key that cannot be sent."""
        key, reasons = self.anthropic_api_key, []
        if self.lunar_llm_mode == "anthropic" and not key:
            reasons.append("LUNAR_LLM_MODE=anthropic needs ANTHROPIC_API_KEY, which is not set.")
        if not (key.isascii() and key.isprintable()):
            reasons.append("ANTHROPIC_API_KEY holds more than printable ASCII.")
        return reasons
