"""What one process measures: times and errors by the name of a request, in pieces of a second.

Promises: a request costs one `record` of a histogram and no more than a few lookups; every request is in one piece,
and every piece is taken once. A piece says how old it is, not when it was: clocks of two machines need not agree.
It does not judge, and knows no locust.
"""

import time
from collections import Counter
from collections.abc import Callable
from typing import Final, NamedTuple

from fixtures.measuring.histograms import Times

PIECE_S: Final = 1.0
LATE_S_MAX: Final = 0.1
"""An arrival that leaves later than this after it was due has not been offered in time."""
LATE: Final = "(late by the generator)"
"""The name under which it is kept how late arrivals left, for reasons of the generator's own."""


class Piece(NamedTuple):
    """What became of the requests of one name that ended in one second."""

    name: str
    age_s: float
    """How long before it was taken the second began."""
    times: bytes
    """A histogram, as `Times.encoded` returns it, of all that were answered."""
    good: int
    errors: dict[str, int]
    """How many went wrong, by kind: see `errors.KINDS`."""


class Effort(NamedTuple):
    """What the generator did itself, since it was last cleared."""

    busy_s: float
    """Time on a core."""
    passed_s: float
    due: int
    """Arrivals that were due; 0 where nothing follows a schedule."""
    in_time: int
    """How many of these left in time."""


class _Second:
    """One name in the second that goes on."""

    __slots__ = ("answered", "errors", "good", "times")

    def __init__(self) -> None:
        self.times = Times()
        self.good = 0
        self.errors: Counter[str] = Counter()


class Recorder:
    """What this process measures.

    Args:
        clock: seconds that never go back.

    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.is_on = False
        """Whether requests are counted: between the start of a run and its end."""
        self.clear()

    def clear(self) -> None:
        """Forget everything; the next second begins now."""
        self._began_s = self._ends_s = self._clock()
        self._began_busy_s = time.process_time()
        self._now: dict[str, _Second] = {}
        self._done: list[tuple[float, str, _Second]] = []
        self._due = self._in_time = 0
        self._spent: tuple[float, float] | None = None
        self._next_second()

    def rest(self) -> None:
        """Count what this process does from now on for no effort of the generator's: the load is over."""
        self._spent = self._spent or self._so_far()

    def good(self, name: str, took_us: int) -> None:
        """Count a request that was answered well."""
        second = self._second(name)
        second.times.record(took_us)
        second.good += 1

    def bad(self, name: str, took_us: int, kind: str, *, is_answered: bool) -> None:
        """Count a request that went wrong; its time counts if it was answered at all."""
        second = self._second(name)
        if is_answered:
            second.times.record(took_us)
        second.errors[kind] += 1

    def left(self, late_s: float) -> None:
        """Count an arrival that left, so late for reasons of the generator's own."""
        self._due += 1
        self._in_time += late_s <= LATE_S_MAX
        self._second(LATE).times.record(int(1_000_000 * late_s))

    def never_left(self, count: int) -> None:
        """Count arrivals that were due and did not leave before the end."""
        self._due += count

    def take(self) -> list[Piece]:
        """Return the pieces that have come together since it was last asked, the second that goes on included."""
        now_s = self._clock()
        self._next_second()
        done, self._done = self._done, []
        return [
            Piece(name, now_s - began_s, each.times.encoded(), each.good, dict(each.errors))
            for began_s, name, each in done
        ]

    @property
    def effort(self) -> Effort:
        """What the generator did itself so far."""
        return Effort(*(self._spent or self._so_far()), self._due, self._in_time)

    def _so_far(self) -> tuple[float, float]:
        return time.process_time() - self._began_busy_s, self._clock() - self._began_s

    def _second(self, name: str) -> _Second:
        if self._clock() >= self._ends_s:
            self._next_second()
        found = self._now.get(name)
        if found is None:
            found = self._now[name] = _Second()
        return found

    def _next_second(self) -> None:
        began_s = self._ends_s - PIECE_S
        self._done += [(began_s, name, each) for name, each in self._now.items()]
        self._now = {}
        seconds = (self._clock() - self._began_s) // PIECE_S
        self._ends_s = self._began_s + (seconds + 1) * PIECE_S


RECORDER: Final = Recorder()
"""The recorder of this process."""
