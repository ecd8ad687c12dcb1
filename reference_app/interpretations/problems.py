"""Which HTTP answer each error of interpretations gets."""

from collections.abc import Mapping
from typing import Final

from reference_app.errors import AppError
from reference_app.idempotency.problems import PROBLEMS as OF_KEYS
from reference_app.interpretations.errors import (
    ClaudeAPIError,
    ClaudeOff,
    InvalidLunarReturnError,
    StillWriting,
)
from reference_app.web.problem import UNKNOWN, Problem

PROBLEMS: Final[Mapping[type[AppError], Problem]] = {
    InvalidLunarReturnError: Problem(404, "no-lunar-return"),
    ClaudeAPIError: Problem(503, "claude-failed", retry_after_s=5),
    # No Retry-After: who asks again is answered the same.
    ClaudeOff: Problem(503, "claude-off"),
    StillWriting: Problem(503, "claude-still-writing", retry_after_s=5, outcome=UNKNOWN),
    **OF_KEYS,
}
