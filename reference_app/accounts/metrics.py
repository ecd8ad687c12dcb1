"""What is measured of sign-ins."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from prometheus_client import CollectorRegistry, Counter

from reference_app.accounts.errors import PasswordsBusy, TooManyFailures, WrongPassword

GRANTED: Final = "granted"
BROKEN: Final = "broken"
OF_ERRORS: Final[dict[type[BaseException], str]] = {
    WrongPassword: "wrong",
    TooManyFailures: "too_many",
    PasswordsBusy: "busy",
    asyncio.CancelledError: "abandoned",
}


class SignInMetrics:
    """The figures of one app: `Metrics.part(SignInMetrics)`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.sign_ins = Counter("sign_ins", "Passwords that were asked for", ("outcome",), registry=registry)
        self.forgotten = Counter(
            "sign_in_failures_forgotten", "Failures forgotten since there were too many", registry=registry
        )
        for outcome in (GRANTED, BROKEN, *OF_ERRORS.values()):
            self.sign_ins.labels(outcome)

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count what becomes of the block."""
        try:
            yield
        except BaseException as error:
            self.sign_ins.labels(OF_ERRORS.get(type(error), BROKEN)).inc()
            raise
        self.sign_ins.labels(GRANTED).inc()
