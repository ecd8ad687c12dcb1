"""What can go wrong with an interpretation.

A failure of Claude's service is one of `reference_app.upstream.errors`; a reply of Claude's that is no
interpretation is a `ClaudeAPIError` of `reply.py`.
"""

from typing import ClassVar

from reference_app.errors import AppError


class LunarInterpretationError(AppError):
    """There is no interpretation."""


class ClaudeAPIError(LunarInterpretationError):
    """Claude did not write an interpretation."""

    kind: ClassVar[str] = "failed"
    """One word for logs, beside those of `UpstreamFailed`."""


class ClaudeOff(ClaudeAPIError):
    """This server does not ask Claude."""

    kind = "off"


class StillWriting(ClaudeAPIError):
    """Claude is still writing. Ask again in a moment."""

    kind = "slow"


class TemplateNotFoundError(LunarInterpretationError):
    """There is no template for this."""


class InvalidLunarReturnError(LunarInterpretationError):
    """There is no such lunar return."""
