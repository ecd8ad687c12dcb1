"""Which HTTP answer each failure of an upstream gets; a system that asks one adds this to its own table.

All are 503: the caller has done nothing wrong, and nothing was stored. Where the upstream said when to ask again,
or the breaker knows, `Retry-After` says that instead.
"""

from collections.abc import Mapping
from typing import Final

from reference_app.errors import AppError
from reference_app.upstream import errors
from reference_app.web.problem import Problem

PROBLEMS: Final[Mapping[type[AppError], Problem]] = {
    errors.UpstreamTimeout: Problem(503, "upstream-timeout", retry_after_s=5),
    errors.UpstreamUnavailable: Problem(503, "upstream-unavailable", retry_after_s=5),
    errors.UpstreamBusy: Problem(503, "upstream-busy", retry_after_s=60),
    errors.UpstreamMalformed: Problem(503, "upstream-malformed", retry_after_s=30),
    errors.UpstreamRejected: Problem(503, "upstream-rejected", retry_after_s=60),
    errors.UpstreamResting: Problem(503, "upstream-resting", retry_after_s=10),
    errors.UpstreamFull: Problem(503, "upstream-full", retry_after_s=1),
    errors.UpstreamNotConfigured: Problem(503, "upstream-not-configured", retry_after_s=3_600),
}
