"""Commands that wait become a group of lines: each is decided on what the ones before it decided.

What this promises: `seq` without holes, `ts` strictly rising even when the clock steps back, `prev` the digest of
the line before, `txn` on every event of a command that has several; a command's refusal is kept with the group,
for it may rest on what is only staged. However many events there are, others get their turn in between.

What it does not: it writes nothing and answers nobody; `writer` does.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Generic, Protocol, TypeVar

from reference_app.articles.log.errors import CommandTooBig
from reference_app.articles.log.record import (
    BATCH_EVENTS_MAX,
    Event,
    Head,
    Record,
    digest,
    encode,
    timestamp,
)

COMMAND_BYTES_MAX: Final = 16 * 1024 * 1024
GROUP_EVENTS_MAX: Final = 1_000
"""The command that reaches this closes its group: nobody waits for more than that and one command."""
GROUP_BYTES_MAX: Final = 4 * 1024 * 1024
STAMPED_IN_A_TURN_MAX: Final = 100
"""So many events are stamped, in about a millisecond, before the event loop serves others (AR-12)."""


class View(Protocol):
    """What a decision looks at: the durable state, and on top of it what is staged."""

    def apply(self, records: Sequence[Record], /) -> None:
        """Stage `records`: the decisions after this one see them. Must not fail for what a decision gave."""


ViewT = TypeVar("ViewT", bound=View)
ViewT_co = TypeVar("ViewT_co", bound=View, covariant=True)
Decide = Callable[[ViewT], Sequence[Event]]
"""Says what is to be kept, or raises to refuse. It changes nothing itself."""


class State(Protocol[ViewT_co]):
    """What the log's events add up to, in memory; readers look at it."""

    def stage(self) -> ViewT_co:
        """Return a view with nothing staged."""

    def apply(self, records: Sequence[Record], /) -> None:
        """Take in `records`, which are durable now."""


@dataclass(slots=True)
class Command(Generic[ViewT]):
    """A decision to be taken, and who waits for its answer."""

    decide: Decide[ViewT]
    answer: asyncio.Future[list[Record]]


@dataclass(slots=True)
class Group:
    """Commands that are written, synced and answered together, or fail together."""

    start: Head
    head: Head
    """Where the log ends once this group is in it."""
    records: list[Record] = field(default_factory=list)
    lines: list[bytes] = field(default_factory=list)
    answers: list[asyncio.Future[list[Record]]] = field(default_factory=list)
    """All who wait for this group, whatever becomes of it."""
    kept: list[tuple[asyncio.Future[list[Record]], list[Record]]] = field(default_factory=list)
    refused: list[tuple[asyncio.Future[list[Record]], Exception]] = field(default_factory=list)

    @property
    def is_closed(self) -> bool:
        """Whether no further command may join."""
        return len(self.records) >= GROUP_EVENTS_MAX or self.head.size - self.start.size >= GROUP_BYTES_MAX

    def succeed(self) -> None:
        """Answer everybody: it is durable."""
        for answer, records in self.kept:
            if not answer.done():
                answer.set_result(records)
        for answer, refusal in self.refused:
            if not answer.done():
                answer.set_exception(refusal)

    def fail(self, make_error: Callable[[], Exception]) -> None:
        """Answer everybody, the refused ones too, with an error of their own each."""
        for answer in self.answers:
            if not answer.done():
                answer.set_exception(make_error())


async def seal(group: Group, view: ViewT, waiting: deque[Command[ViewT]], now_us: int) -> None:
    """Move commands from `waiting` into `group`, in order, until it is closed or nobody waits.

    A command whose client has gone away before this moment is dropped.
    """
    while waiting and not group.is_closed:
        command = waiting.popleft()
        if command.answer.done():
            continue
        group.answers.append(command.answer)
        try:
            records, lines, head = await stamp(command.decide(view), group.head, now_us)
        except Exception as refusal:  # noqa: BLE001 - whatever a decision raises is its client's answer
            group.refused.append((command.answer, refusal))
            continue
        group.kept.append((command.answer, records))
        group.records += records
        group.lines += lines
        group.head = head
        view.apply(records)


async def stamp(events: Sequence[Event], head: Head, now_us: int) -> tuple[list[Record], list[bytes], Head]:
    """Return the records and lines of one command's events that follow `head`, and the head after them.

    Raises:
        CommandTooBig: more events or bytes than one command may have.
        Exception: what `encode` raises for data that has no line.

    """
    if len(events) > BATCH_EVENTS_MAX:
        raise CommandTooBig(f"{len(events):,} events are more than the {BATCH_EVENTS_MAX:,} kept in one go.")
    seq, ts_us, prev, size = head
    records, lines = [], []
    for number, event in enumerate(events):
        seq, ts_us = seq + 1, max(now_us, ts_us + 1)
        txn = (number, len(events)) if len(events) > 1 else None
        record = Record(seq, timestamp(ts_us), event.type, event.entity_id, event.data, prev, txn)
        line = encode(record)
        prev, size = digest(line[:-1]), size + len(line)
        if size - head.size > COMMAND_BYTES_MAX:
            raise CommandTooBig(f"More than {COMMAND_BYTES_MAX:,} bytes are not kept in one go.")
        records.append(record)
        lines.append(line)
        if seq % STAMPED_IN_A_TURN_MAX == 0:
            await asyncio.sleep(0)
    return records, lines, Head(seq, ts_us, prev, size)
