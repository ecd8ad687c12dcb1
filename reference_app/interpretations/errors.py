"""What can go wrong with an interpretation.

A failure of Claude's service is one of `reference_app.upstream.errors`; a reply of Claude's that is no
interpretation is a `ClaudeAPIError` of `reply.py`.
"""

from reference_app.errors import AppError


class LunarInterpretationError(AppError):
    """There is no interpretation."""


class ClaudeAPIError(LunarInterpretationError):
    """Claude did not write an interpretation."""


class TemplateNotFoundError(LunarInterpretationError):
    """There is no template for this."""


class InvalidLunarReturnError(LunarInterpretationError):
    """There is no such lunar return."""
