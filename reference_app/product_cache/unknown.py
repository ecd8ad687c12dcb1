"""A short memory of products that do not exist, so that who asks for one again and again spends no token each time.

Of this process, not of the database: an unknown product has no score that could be kept, and may exist tomorrow.
Bounded in time and number; what is forgotten too early costs one call.
"""

from collections import OrderedDict
from collections.abc import Callable
from typing import Final

KNOWN_FOR_S: Final = 600.0
KEYS_MAX: Final = 10_000

MonotonicSeconds = Callable[[], float]
"""Returns seconds that nobody can set back."""


class Unknown:
    """Keys of products that were asked for lately and do not exist."""

    def __init__(self, seconds: MonotonicSeconds) -> None:
        self._seconds = seconds
        self._until: OrderedDict[str, float] = OrderedDict()

    def add(self, key: str) -> None:
        """Remember the key for `KNOWN_FOR_S` seconds; of more than `KEYS_MAX`, forget the oldest."""
        self._until[key] = self._seconds() + KNOWN_FOR_S
        self._until.move_to_end(key)
        if len(self._until) > KEYS_MAX:
            self._until.popitem(last=False)

    def __contains__(self, key: str) -> bool:
        until = self._until.get(key)
        if until is None:
            return False
        if until <= self._seconds():
            del self._until[key]
            return False
        return True
