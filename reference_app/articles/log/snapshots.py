r"""Snapshots: what the log adds up to at one event, kept so that a start need not add it all up again.

    snapshot-000000000999.json

    4c1e09aa {"format":1,"seq":999,"ts_us":…,"prev":"…","size":…,"body_bytes":…,"body_sha256":"…"}⏎
    …body: what the state's `dump` gave…

    The first line is framed as a record's is: its CRC protects it, and its SHA-256 protects the body.
    seq, ts_us, prev and size say where the log ends that it stands for.

What this promises: a snapshot is found whole or not at all; any bit changed in one is seen, and it is passed over
for the one before, or for the whole log (AR-15). At least `KEPT` are kept.

What it does not: it makes none (`snapshotter` does, in a process of its own), and it judges no log: `recovery`
does, and refuses one that is shorter than its newest good snapshot.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final, Generic, Protocol, Self, TypeVar

import msgspec
from msgspec import Meta

from reference_app.articles.log.errors import LogError
from reference_app.articles.log.record import LINE_BYTES_MAX, BadLine, Head, Record, digest, frame, unframe
from reference_app.articles.log.storage import Storage

FORMAT: Final = 1
KEPT: Final = 5
"""How many are kept; older ones are dropped when a new one is there."""

_NAME: Final = re.compile(r"snapshot-([0-9]{12})\.json")
_HEADER_BYTES_MAX: Final = 1024


class BadSnapshot(LogError):
    """This snapshot is not as it was written."""


class Snapshotable(Protocol):
    """A state that can be put into a snapshot. Made without arguments, it is what an empty log adds up to."""

    def apply(self, records: Sequence[Record], /) -> None:
        """Take in `records`."""

    def dump(self) -> bytes:
        """Return the state as bytes; equal states may differ here, but each must load as what it was."""

    @classmethod
    def load(cls, body: bytes, /) -> Self:
        """Return the state that `dump` gave; raise whatever it likes for bytes it does not know."""


StateT = TypeVar("StateT", bound=Snapshotable)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the log up to `head` adds up to."""

    head: Head
    body: bytes

    @property
    def seq(self) -> int:
        """The last event that is in it."""
        return self.head.seq


@dataclass(frozen=True, slots=True)
class Loaded(Generic[StateT]):
    """A state to begin with."""

    state: StateT
    snapshot: Snapshot | None
    """What it was loaded from; None when the whole log has to be added up."""
    notes: tuple[str, ...]
    """What an operator should be told: which snapshots were passed over, and why."""


class _Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: int
    seq: Annotated[int, Meta(ge=0)]
    ts_us: Annotated[int, Meta(ge=0)]
    prev: str
    size: Annotated[int, Meta(gt=0)]
    body_bytes: Annotated[int, Meta(ge=0)]
    body_sha256: str


def name_of(seq: int) -> str:
    """Return the side file's name of the snapshot at `seq`."""
    return f"snapshot-{seq:012d}.json"


def seqs(storage: Storage) -> list[int]:
    """Return the seqs of all snapshots that are there, good or bad, the newest first."""
    found = (_NAME.fullmatch(name) for name in storage.names())
    return sorted((int(match[1]) for match in found if match), reverse=True)


def encode(snapshot: Snapshot) -> bytes:
    """Return the snapshot's bytes."""
    head, body = snapshot.head, snapshot.body
    header = _Header(
        FORMAT, head.seq, head.ts_us, head.prev, head.size, len(body), hashlib.sha256(body).hexdigest()
    )
    return frame(msgspec.json.encode(header)) + body


def decode(content: bytes) -> Snapshot:
    """Return what a snapshot's bytes say; raise BadSnapshot, with the reason, for any others."""
    end = content.find(b"\n", 0, _HEADER_BYTES_MAX)
    try:
        header = msgspec.json.decode(unframe(content[: max(end, 0)]), type=_Header)
    except (BadLine, msgspec.DecodeError) as error:
        raise BadSnapshot("its first line is not as it was written") from error
    body = content[end + 1 :]
    if header.format != FORMAT:
        raise BadSnapshot(f"it has format {header.format}; this version knows format {FORMAT}")
    if len(body) != header.body_bytes or hashlib.sha256(body).hexdigest() != header.body_sha256:
        raise BadSnapshot("its body is not as it was written")
    return Snapshot(Head(header.seq, header.ts_us, header.prev, header.size), body)


def read(storage: Storage, seq: int) -> Snapshot:
    """Return the snapshot at `seq`; raise BadSnapshot when it is missing, bad, or not this log's."""
    content = storage.get(name_of(seq))
    if content is None:
        raise BadSnapshot("it is missing")
    snapshot = decode(content)
    if snapshot.seq != seq:
        raise BadSnapshot(f"it stands for event {snapshot.seq}")
    if (
        storage.size() >= snapshot.head.size
        and _digest_before(storage, snapshot.head.size) != snapshot.head.prev
    ):
        raise BadSnapshot("the log has another line where it ends")
    return snapshot


def load_newest(storage: Storage, state_type: type[StateT], *, seq_max: int | None = None) -> Loaded[StateT]:
    """Return the state of the newest snapshot that is good, up to `seq_max`, or the state of an empty log.

    A bad one is passed over, with a note, and so is one that the state's `load` does not take. One that knows of
    more events than the log has is good: it is the log that is bad then.
    """
    notes: list[str] = []
    for seq in seqs(storage):
        if seq_max is not None and seq > seq_max:
            continue
        try:
            snapshot = read(storage, seq)
            return Loaded(state_type.load(snapshot.body), snapshot, tuple(notes))
        except Exception as error:  # noqa: BLE001 - a state may raise what it likes; the log has it all
            notes.append(f"The snapshot {name_of(seq)} is passed over: {error}.")
    return Loaded(state_type(), None, tuple(notes))


def save(storage: Storage, snapshot: Snapshot) -> None:
    """Put the snapshot there, then drop what is older than the newest `KEPT`; raise OSError when it cannot be."""
    storage.put(name_of(snapshot.seq), encode(snapshot))
    for seq in seqs(storage)[KEPT:]:
        storage.delete(name_of(seq))


def _digest_before(storage: Storage, end: int) -> str:
    """Return the digest of the log's line that ends at byte `end`."""
    start = max(0, end - LINE_BYTES_MAX)
    return digest(storage.read(start, end - 1 - start).rpartition(b"\n")[2])
