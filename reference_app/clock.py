"""The one source of wall-clock time; tests and scenarios put another in its place.

Deadlines inside a process use `time.monotonic` and never this.
"""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the present instant as an aware datetime in UTC."""


def system_clock() -> datetime:
    """Return the machine's time, in UTC."""
    return datetime.now(UTC)
