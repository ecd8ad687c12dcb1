"""What all processes of a run measured, put together.

Promises: a percentile of the whole is that of all requests, whichever process sent them; a figure over time is kept
in at most `BUCKETS_MAX` buckets a name, which grow wider as the run grows longer. A piece from before the run, or
from before it was reset, is dropped.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from fixtures.measuring.histograms import Times
from load.engine.recording import LATE, PIECE_S, Piece
from load.engine.thresholds import ALL

BUCKETS_MAX: Final = 300


@dataclass
class Bucket:
    """The requests of one name that ended within one stretch of time."""

    encoded: list[bytes] = field(default_factory=list)
    good: int = 0
    failures: int = 0

    def add(self, other: "Bucket") -> None:
        """Count those of another one too, in one histogram."""
        self.encoded = [Times([*self.encoded, *other.encoded]).encoded()]
        self.good += other.good
        self.failures += other.failures


@dataclass
class Named:
    """All requests of one name."""

    times: Times = field(default_factory=Times)
    good: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    buckets: dict[int, Bucket] = field(default_factory=dict)

    @property
    def failures(self) -> int:
        """How many went wrong, in whatever way."""
        return self.errors.total()

    @property
    def samples(self) -> int:
        """How many there were."""
        return self.good + self.failures


class Merged:
    """The measurements of one run.

    Args:
        clock: seconds that never go back; pieces are dated by it.

    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.reset()

    def reset(self) -> None:
        """Begin again, now."""
        self.since_s = self._clock()
        self.stopped_s: float | None = None
        self.width_s = PIECE_S
        self._names: dict[str, Named] = {}

    def stop(self) -> None:
        """Note when the run ended; what was under way then may still come in."""
        self.stopped_s = self._clock()

    @property
    def passed_s(self) -> float:
        """How long the run has taken so far."""
        return (self._clock() if self.stopped_s is None else self.stopped_s) - self.since_s

    def add(self, pieces: Iterable[Piece]) -> None:
        """Count what one process measured and has just handed over."""
        now_s = self._clock()
        for piece in pieces:
            # The middle of the second, so that one that came a little late is not put into the next.
            at_s = now_s - piece.age_s + PIECE_S / 2 - self.since_s
            if at_s >= 0:
                self._add(piece, at_s)

    def names(self, *, is_over_time: bool = True) -> Iterator[tuple[str, Named]]:
        """Yield all requests together, if there were any, and then each name in order.

        Without `is_over_time` all together have no buckets, and cost next to nothing.
        """
        named = list(self.each_name())
        if named:
            yield ALL, _together([each for _, each in named], is_over_time=is_over_time)
        yield from named

    def each_name(self) -> Iterator[tuple[str, Named]]:
        """Yield each name in order."""
        for name in sorted(self._names):
            if name != LATE:
                yield name, self._names[name]

    @property
    def late(self) -> Times:
        """How late arrivals left, for reasons of the generator's own."""
        return self._names[LATE].times if LATE in self._names else Times()

    def _add(self, piece: Piece, at_s: float) -> None:
        named = self._names.setdefault(piece.name, Named())
        named.times.add(piece.times)
        named.good += piece.good
        named.errors.update(piece.errors)
        while at_s >= BUCKETS_MAX * self.width_s:
            self._widen()
        bucket = named.buckets.setdefault(int(at_s / self.width_s), Bucket())
        bucket.encoded.append(piece.times)
        bucket.good += piece.good
        bucket.failures += sum(piece.errors.values())

    def _widen(self) -> None:
        self.width_s *= 2
        for named in self._names.values():
            named.buckets = _joined((number // 2, each) for number, each in named.buckets.items())


def _together(all_named: list[Named], *, is_over_time: bool) -> Named:
    whole = Named()
    for named in all_named:
        whole.times.add(named.times.encoded())
        whole.good += named.good
        whole.errors.update(named.errors)
    if is_over_time:
        whole.buckets = _joined(pair for named in all_named for pair in named.buckets.items())
    return whole


def _joined(pairs: Iterable[tuple[int, Bucket]]) -> dict[int, Bucket]:
    joined: dict[int, Bucket] = {}
    for number, bucket in pairs:
        joined.setdefault(number, Bucket()).add(bucket)
    return joined
