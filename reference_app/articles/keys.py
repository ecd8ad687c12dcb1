"""Which requests have made something under an idempotency key, as the log has it (SV-10).

    ArticlesKeyed    {"user":…,"route":…,"digest":…}

`entity_id` is the key. It is the last event of its batch, and the ones before it are what the request made: a key
is kept with what was made, or neither is.

What this promises: it follows from the records alone; so many keys are known of each user and route, and so many in
all, the latest. What was answered is not kept: it follows from the body, which is sent again, and from the place in
the log.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

import msgspec

from reference_app.articles.log.record import Event, Record, parse_timestamp, timestamp

KEYED: Final = "ArticlesKeyed"
NOBODY: Final = 0
"""The user of requests for which nobody need say who they are."""
OF_ONE_MAX: Final = 1_000
"""How many keys of one user are known, of one route."""
OF_NOBODY_MAX: Final = 10_000
IN_ALL_MAX: Final = 100_000


class Of(NamedTuple):
    """Whose key, on which route."""

    user: int
    route: str
    key: str


class Once(NamedTuple):
    """A request with a key, and the digest of its body."""

    of: Of
    digest: str


class Made(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a request with a key made."""

    digest: str
    """Of the request's body."""
    seq: int
    """The first event's."""
    ts_us: int
    """The first event's time, in microseconds since 1970; each one after it is a microsecond later."""
    first_id: int
    """The first article's."""

    def ts_of(self, number: int) -> str:
        """Return the time of the n-th event, counted from 0."""
        return timestamp(self.ts_us + number)


class Known(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A key and what it made, as a snapshot has it."""

    user: int
    route: str
    key: str
    made: Made


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    user: int
    route: str
    digest: str


def keyed(once: Once) -> Event:
    """Return the event that keeps a key."""
    return Event(KEYED, once.of.key, {"user": once.of.user, "route": once.of.route, "digest": once.digest})


def read(record: Record, next_id: int) -> tuple[Of, Made]:
    """Return what an event that keeps a key says; `next_id` is that of the next article.

    Raises ValueError: it is none as this version writes them.
    """
    number, count = record.txn or (0, 0)
    if number + 1 != count:
        raise ValueError("it is not the last of its batch")
    data = msgspec.convert(record.data, _Data)  # its errors are ValueErrors
    made = Made(data.digest, record.seq - number, parse_timestamp(record.ts) - number, next_id - number)
    return Of(data.user, data.route, record.entity_id), made


class Keys:
    """The keys that are known, in the order of the log."""

    def __init__(self) -> None:
        self._made: dict[Of, Made] = {}
        self._of_one: dict[tuple[int, str], dict[Of, None]] = {}

    def __len__(self) -> int:
        """Return how many keys are known."""
        return len(self._made)

    def find(self, of: Of) -> Made | None:
        """Return what was made under this key."""
        return self._made.get(of)

    def add(self, of: Of, made: Made) -> None:
        """Take in a key, and forget the oldest where there are too many."""
        self._forget(of)
        mine = self._of_one.setdefault(of[:2], {})
        self._made[of] = made
        mine[of] = None
        if len(mine) > (OF_ONE_MAX if of.user != NOBODY else OF_NOBODY_MAX):
            self._forget(next(iter(mine)))
        if len(self._made) > IN_ALL_MAX:
            self._forget(next(iter(self._made)))

    def dump(self) -> list[Known]:
        """Return all of them, in their order."""
        return [Known(*of, made) for of, made in self._made.items()]

    def load(self, known: Iterator[Known]) -> None:
        """Take in what `dump` gave."""
        for each in known:
            self.add(Of(each.user, each.route, each.key), each.made)

    def _forget(self, of: Of) -> None:
        if self._made.pop(of, None) is not None:
            mine = self._of_one[of[:2]]
            del mine[of]
            if not mine:
                del self._of_one[of[:2]]
