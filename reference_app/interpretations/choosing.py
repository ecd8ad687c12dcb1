"""Who writes: Claude, unless it is switched off or there is no key."""

from reference_app.interpretations.generating import Writer
from reference_app.interpretations.settings import InterpretationsSettings
from reference_app.system import Context
from reference_app.upstream.limits import Limits
from reference_app.upstream.metrics import UpstreamMetrics


def writer_of(context: Context) -> Writer | None:
    """Return Claude, or what was given in its place; None, said in the log, where Claude is off."""
    given = context.part(Writer)  # type: ignore[type-abstract] # nothing is made of it
    if given is not None:
        return given
    settings = context.settings.of(InterpretationsSettings)
    if not settings.asks_claude:
        why = "LUNAR_LLM_MODE is off" if settings.anthropic_api_key else "there is no ANTHROPIC_API_KEY"
        context.log.info("lunar_interpretations.claude_off", why=why)
        return None
    from reference_app.interpretations.claude import ANSWER_BYTES_MAX, Claude  # noqa: PLC0415 - takes a second

    return Claude(
        settings.anthropic_api_key,
        model=settings.lunar_claude_model,
        limits=_limits(settings, ANSWER_BYTES_MAX),
        metrics=context.metrics.part(UpstreamMetrics),
        log=context.log,
        base_url=settings.anthropic_base_url,
    )


def _limits(settings: InterpretationsSettings, answer_bytes_max: int) -> Limits:
    return Limits(
        deadline_s=settings.lunar_claude_deadline_s,
        tries=settings.lunar_claude_tries,
        calls_max=settings.lunar_claude_calls_max,
        failures_before_open=settings.lunar_claude_failures_max,
        open_s=settings.lunar_claude_rest_s,
        answer_bytes_max=answer_bytes_max,
    )
