"""A log on a fake disk that is written to, and what a power cut may have done to it is judged.

What this promises: every answer that a client gets stands in the disk's journal at the place where he got it, so
that for a cut at any point it is known what was promised by then. `violations` names each promise that a start on
what is left does not keep.

What it does not: it knows the toy state only, and no faults; those are the disk's.
"""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from reference_app.articles.log.errors import LogError, LogFull, LogPoisoned
from reference_app.articles.log.keeping import Durability
from reference_app.articles.log.record import Head, decode, digest, encode, parse_timestamp
from reference_app.articles.log.recovery import Recovered, recover
from reference_app.articles.log.sealing import Decide
from reference_app.articles.log.snapshots import load_newest, save
from reference_app.articles.log.snapshotter import build
from reference_app.articles.log.storage import LOG, FolderStorage
from reference_app.articles.log.writer import Writer
from tests.reference_app.articles.fake_disk import FOLDER, FakeDisk
from tests.reference_app.articles.power_cut import CrashState
from tests.reference_app.articles.toy import (
    Clock,
    InTurns,
    Missing,
    ToyState,
    ToyView,
    create,
    replayed,
    silent_log,
)


@dataclass(frozen=True)
class Kept:
    """A client was told that these lines are kept."""

    lines: tuple[bytes, ...]


@dataclass(frozen=True)
class Refused:
    """The answer to a client: this value is not kept, there is no room."""

    value: int


@dataclass
class Session:
    """A server's life on one disk, over several starts."""

    disk: FakeDisk
    durability: Durability = Durability.FSYNC
    values: Iterator[int] = field(default_factory=count)
    """Each value is written once, so that it is known where it came from."""
    clock: Clock = field(default_factory=Clock)
    writer: Writer[ToyView] = field(init=False)
    storage: FolderStorage = field(init=False)
    state: ToyState = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> Recovered:
        """Start on what is on the disk; raise LogError when that is refused."""
        self.storage = FolderStorage(FOLDER, files=self.disk)
        loaded = load_newest(self.storage, ToyState)
        recovered = recover(self.storage, loaded.state.apply, snapshot=loaded.snapshot)
        self.state = loaded.state
        self.writer = Writer(
            self.storage,
            self.state,
            recovered.head,
            clock=self.clock,
            log=silent_log(),
            durability=self.durability,
            executor=InTurns(),
        )
        return recovered

    async def ask(self, *decisions: Decide[ToyView]) -> None:
        """Ask for all of these at once, each by a client of its own, and note what each is told."""
        await asyncio.gather(*(asyncio.create_task(self._ask(decide)) for decide in decisions))

    async def create(self, *sizes: int) -> None:
        """Ask at once for batches of so many values each; 1 is a single event."""
        values = [[next(self.values) for _ in range(size)] for size in sizes]
        await asyncio.gather(*(asyncio.create_task(self._create(batch)) for batch in values))

    async def stop(self) -> None:
        """Stop cleanly."""
        await self.writer.close()
        self.storage.close()

    async def snapshot(self) -> None:
        """Make the snapshot of what is durable now."""
        seq = await self.writer.checkpoint()
        save(self.storage, build(self.storage, seq, ToyState))

    async def _create(self, batch: list[int]) -> None:
        try:
            await self._ask(create(*batch))
        except LogFull:
            for value in batch:
                self.disk.note(Refused(value))

    async def _ask(self, decide: Decide[ToyView]) -> None:
        try:
            records = await self.writer.do(decide)
        except (LogPoisoned, Missing):
            return  # Nothing was promised.
        self.disk.note(Kept(tuple(encode(record) for record in records)))


def violations(states: Iterable[CrashState], disk: FakeDisk) -> Iterator[str]:
    """Yield what a start on each of `states` breaks of what was promised until then on `disk`."""
    writes = (call.data for call in disk.journal if call.kind == "write")
    known = {line for data in writes for line in data.splitlines(keepends=True)}
    for state in states:
        try:
            yield from _broken_promises(state, known)
        except LogError as error:
            yield f"after {state.calls} calls the start is refused: {error}"


def _broken_promises(state: CrashState, known: set[bytes]) -> Iterator[str]:
    at = f"after {state.calls} calls"
    session = Session(FakeDisk(state.image))
    lines = session.disk.file(LOG).splitlines(keepends=True)
    kept = {line for note in state.notes if isinstance(note, Kept) for line in note.lines}
    refused = {note.value for note in state.notes if isinstance(note, Refused)}
    records = [decode(line[:-1]) for line in lines]
    if lost := kept.difference(lines):
        yield f"{at} {len(lost)} acknowledged events are lost"
    if not known.issuperset(lines):
        yield f"{at} there are events that nobody wrote"
    if records and records[-1].txn is not None and records[-1].txn[0] + 1 != records[-1].txn[1]:
        yield f"{at} a batch is there in part"
    if refused & {record.data for record in records}:
        yield f"{at} there are events that were refused"
    if session.state.values != replayed(records).values:
        yield f"{at} the state is not what the log adds up to"
    if session.writer.head != _head_of(lines):
        yield f"{at} writing would not go on where the log ends"


def _head_of(lines: list[bytes]) -> Head:
    if not lines:
        return Head()
    last = lines[-1][:-1]
    ts_us = parse_timestamp(decode(last).ts)
    return Head(len(lines) - 1, ts_us, digest(last), sum(map(len, lines)))
