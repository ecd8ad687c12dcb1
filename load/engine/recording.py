"""What one process measures: times and errors by the name of a request, in pieces of a second.

Promises: a request costs a few lookups, and histograms are filled once a second; every request is in one piece, and
every piece is taken once. A piece says how old it is, not when it was: clocks of two machines need not agree.
It does not judge, and knows no locust.
"""

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from fixtures.measuring.histograms import Times

PIECE_S: Final = 1.0
LATE_S_MAX: Final = 0.1
"""An arrival that leaves later than this after it was due has not been offered in time."""
SCHEDULED: Final = Path("/proc/self/schedstat")
"""Nanoseconds on a core, nanoseconds of waiting for one, and how often: of the main thread, which is locust's."""
LATE_MS: Final = "late_ms"
"""In the context of a request: by how much it left later than it was due."""
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
    """Time that it had a core or waited for one."""
    passed_s: float
    due: int
    """Arrivals that were due; 0 where nothing follows a schedule."""
    in_time: int
    """How many of these left in time."""


class _Second:
    """One name in the second that goes on."""

    __slots__ = ("errors", "took_ms", "went_wrong")

    def __init__(self) -> None:
        self.took_ms: list[float] = []
        """Of all that were answered."""
        self.went_wrong = 0
        """How many of these went wrong nevertheless."""
        self.errors: Counter[str] = Counter()

    def piece(self, name: str, age_s: float) -> Piece:
        times = Times()
        times.record_ms(self.took_ms)
        return Piece(name, age_s, times.encoded(), len(self.took_ms) - self.went_wrong, dict(self.errors))


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
        self._began_busy_s = _busy_s()
        self._now: dict[tuple[str, str], _Second] = {}
        self._done: list[tuple[float, tuple[str, str], _Second]] = []
        self._folded: list[Piece] = []
        self._due = self._in_time = 0
        self._spent: tuple[float, float] | None = None
        self._next_second()

    def rest(self) -> None:
        """Count what this process does from now on for no effort of the generator's: the load is over."""
        self._spent = self._spent or self._so_far()

    def good(self, method: str, name: str, took_ms: float) -> None:
        """Count a request that was answered well."""
        if self._clock() >= self._ends_s:
            self._next_second()
        try:
            self._now[method, name].took_ms.append(took_ms)
        except KeyError:
            self._second(method, name).took_ms.append(took_ms)

    def bad(self, method: str, name: str, took_ms: float, kind: str, *, is_answered: bool) -> None:
        """Count a request that went wrong; its time counts if it was answered at all."""
        second = self._second(method, name)
        if is_answered:
            second.took_ms.append(took_ms)
            second.went_wrong += 1
        second.errors[kind] += 1

    def left(self, late_s: float) -> None:
        """Count an arrival that left, so late for reasons of the generator's own."""
        self._due += 1
        self._in_time += late_s <= LATE_S_MAX
        self.good("", LATE, 1_000 * late_s)

    def never_left(self, count: int) -> None:
        """Count arrivals that were due and did not leave before the end."""
        self._due += count

    def take(self) -> list[Piece]:
        """Return the pieces that have come together since it was last asked, the second that goes on included."""
        self._next_second()
        self.fold()
        now_s = self._clock()
        folded, self._folded = self._folded, []
        # Until it is taken a piece has when it began in place of its age.
        return [piece._replace(age_s=now_s - piece.age_s) for piece in folded]

    def fold(self) -> None:
        """Make pieces of the seconds that are over: once a second, lest requests wait for many at once."""
        done, self._done = self._done, []
        self._folded += [
            second.piece(f"{method} {name}".lstrip(), began_s) for began_s, (method, name), second in done
        ]

    @property
    def effort(self) -> Effort:
        """What the generator did itself so far."""
        return Effort(*(self._spent or self._so_far()), self._due, self._in_time)

    def _so_far(self) -> tuple[float, float]:
        return _busy_s() - self._began_busy_s, self._clock() - self._began_s

    def _second(self, method: str, name: str) -> _Second:
        if self._clock() >= self._ends_s:
            self._next_second()
        return self._now.setdefault((method, name), _Second())

    def _next_second(self) -> None:
        began_s = self._ends_s - PIECE_S
        self._done += [(began_s, key, each) for key, each in self._now.items()]
        self._now = {}
        seconds = (self._clock() - self._began_s) // PIECE_S
        self._ends_s = self._began_s + (seconds + 1) * PIECE_S


def _busy_s() -> float:
    """Return how long this process has had a core or, where the kernel says it, waited for one in vain.

    A generator that waits for its core measures its own waiting.
    """
    try:
        _, waited_ns, _ = SCHEDULED.read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return time.process_time()
    return time.process_time() + int(waited_ns) / 1_000_000_000


RECORDER: Final = Recorder()
"""The recorder of this process."""
