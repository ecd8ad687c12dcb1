"""How asking somebody else's service can fail.

The messages name neither the service's address nor anything that it said, for keys stand in the one and anything in
the other. What an operator needs is in `because`, a few words of ours, which go to the log only.
"""

import math
from typing import ClassVar, Final

from reference_app.errors import AppError
from reference_app.exit_codes import ExitCode

RETRY_AFTER_S_MAX: Final = 86_400
"""A service that asks for more is asked again after a day."""


class UpstreamFailed(AppError):
    """A service that is needed for this did not do its part."""

    exit_code = ExitCode.NOT_READY
    kind: ClassVar[str] = "failed"
    """One word for metrics and logs."""
    may_pass: ClassVar[bool] = False
    """Whether the same call may succeed when it is tried again in a moment."""
    is_trouble: ClassVar[bool] = False
    """Whether it shows that the service itself is in trouble, as the circuit breaker counts it."""

    def __init__(self, message: str | None = None, *, wait_s: float | None = None, because: str = "") -> None:
        """Fail, with the seconds after which the service is worth asking again where they are known."""
        self.wait_s = None if wait_s is None else min(max(wait_s, 0.0), float(RETRY_AFTER_S_MAX))
        self.because = because
        after_s = None if self.wait_s is None else max(1, math.ceil(self.wait_s))
        super().__init__(message, retry_after_s=after_s)


class UpstreamTimeout(UpstreamFailed):
    """A service that is needed for this did not answer in time."""

    kind = "timeout"
    may_pass = True
    is_trouble = True


class UpstreamUnavailable(UpstreamFailed):
    """A service that is needed for this is out of order."""

    kind = "unavailable"
    may_pass = True
    is_trouble = True


class UpstreamBusy(UpstreamFailed):
    """A service that is needed for this takes no more requests for the moment."""

    kind = "busy"
    may_pass = True


class UpstreamMalformed(UpstreamFailed):
    """A service that is needed for this answered something that cannot be understood."""

    kind = "malformed"
    is_trouble = True


class UpstreamRejected(UpstreamFailed):
    """A service that is needed for this refused what we asked of it."""

    kind = "rejected"


class UpstreamResting(UpstreamFailed):
    """A service that is needed for this failed several times, and is left alone for a moment."""

    kind = "resting"


class UpstreamFull(UpstreamFailed):
    """Too many requests wait already for a service that is needed for this."""

    kind = "full"


class UpstreamNotConfigured(UpstreamFailed):
    """This server has no access to a service that is needed for this."""

    kind = "not-configured"


FAILURES: Final[tuple[type[UpstreamFailed], ...]] = (
    UpstreamTimeout,
    UpstreamUnavailable,
    UpstreamBusy,
    UpstreamMalformed,
    UpstreamRejected,
    UpstreamResting,
    UpstreamFull,
    UpstreamNotConfigured,
)
"""All of them, for the `errors` of single-flight work."""
