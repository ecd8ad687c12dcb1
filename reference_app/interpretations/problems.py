"""Which HTTP answer each error of interpretations gets."""

from collections.abc import Mapping
from typing import Final

from reference_app.errors import AppError
from reference_app.interpretations.errors import (
    ClaudeAPIError,
    ClaudeOff,
    InvalidLunarReturnError,
    StillWriting,
)
from reference_app.upstream.problems import PROBLEMS as OF_UPSTREAMS
from reference_app.web.problem import Problem

PROBLEMS: Final[Mapping[type[AppError], Problem]] = {
    **OF_UPSTREAMS,
    InvalidLunarReturnError: Problem(404, "no-lunar-return"),
    # No Retry-After: whether asking again helps is not known, or it is known that it does not.
    ClaudeAPIError: Problem(503, "claude-failed"),
    ClaudeOff: Problem(503, "claude-off"),
    StillWriting: Problem(503, "claude-still-writing", retry_after_s=5),
}
