"""The one source of wall-clock time; tests and scenarios put another in its place.

Deadlines inside a process use `time.monotonic` and never this.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)

Clock = Callable[[], datetime]
"""Returns the present instant as an aware datetime in UTC."""


def system_clock() -> datetime:
    """Return the machine's time, in UTC."""
    return datetime.now(UTC)


def utc_text(instant_us: int) -> str:
    """Return `2026-11-22T05:00:00.000000Z` for microseconds since 1970: as text in the order of time.

    Raises OverflowError before the year 1 and after the year 9999.
    """
    second, rest_us = divmod(instant_us, 1_000_000)
    return f"{_second_text(second)}.{rest_us:06d}Z"


@lru_cache(maxsize=16)
def _second_text(second: int) -> str:
    """Return the part that thousands of instants have in common; to make it is what costs."""
    return (EPOCH + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%S")
