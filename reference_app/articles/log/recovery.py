"""What is done with the log when the server starts: replay it, cut off a torn end, or refuse.

| it finds | it does |
|---|---|
| every line right, as far as is known to have been durable | goes on |
| a torn end, after all that is known to have been durable | keeps the end aside, cuts it off, says so, goes on |
| anything else wrong; fewer events than manifest or snapshot know of; a foreign format | refuses, says why |

What this promises: what `recover` gives to `apply` is durable when it returns, for a killed process may have left
lines that no sync has reached yet, or that one has failed to keep: whatever is not known to be durable is written
once more in its place. Nothing is cut before its copy is safe, and the same again is found after a
crash at any point.

What it does not: it does not choose the snapshot, and does not own the folder: its caller does both first.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from reference_app.articles.log import manifest
from reference_app.articles.log.errors import LogError
from reference_app.articles.log.record import Head, Record
from reference_app.articles.log.scan import Corrupt, Scan, TornTail, chunks
from reference_app.articles.log.storage import LOG, Storage

COPY_BYTES_MAX: Final = 16 * 1024 * 1024
"""The most of a cut-off end that lies in one side file; the rest lies in more of them."""
COPIES_MAX: Final = 1_000
"""How many different ends may have been cut off at one and the same byte."""


class LogRefused(LogError):
    """The event log is not as it was written; nothing is started on it."""

    def __init__(self, verdict: Corrupt) -> None:
        self.verdict = verdict
        super().__init__(
            f"The event log is corrupt, {verdict.fault}. It is whole up to event {verdict.head.seq};"
            f" `reference-app log repair --truncate-at {verdict.head.size}` would cut off what follows."
        )


class TooManyCopies(LogError):
    """Ends of the log were cut off at the same byte too often; move the `.broken-…` files away."""


class ReplayStopped(LogError):
    """The event log was not read to its end: the server was told to stop."""


class HasSeq(Protocol):
    """A snapshot, as far as it matters here."""

    @property
    def seq(self) -> int:
        """The last event that is in it."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """A log that is whole and durable."""

    head: Head
    """Where it ends, and the next event goes."""
    notes: tuple[str, ...]
    """What an operator should be told, a sentence each."""


def recover(
    storage: Storage,
    apply: Callable[[Sequence[Record]], None],
    *,
    snapshot: HasSeq | None = None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Recovered:
    """Check the whole log and give `apply` the records after the snapshot, in order, a batch never in part.

    Raises:
        ReplayStopped: `is_stopped`, which is asked again and again, says so; the log is as it was.
        LogRefused: the log is corrupt, or shorter than the manifest or the snapshot knows.
        ForeignFormat: another version wrote it.
        BadManifest: the manifest was changed.
        OSError: the disk cannot be read, or what must be written cannot. After any of these, what `apply` got
            is ignored.

    """
    known = manifest.load(storage)
    snapshot_seq = -1 if snapshot is None else snapshot.seq
    scan = Scan(chunks(storage), durable_seq=max(durable_seq(known), snapshot_seq))
    for records in scan:
        if is_stopped():
            raise ReplayStopped
        if new := _after(records, snapshot_seq):
            apply(new)
    if isinstance(scan.verdict, Corrupt):
        raise LogRefused(scan.verdict)
    notes = _without_manifest(known, scan.verdict.head)
    if isinstance(scan.verdict, TornTail):
        notes.append(_cut_tail(storage, scan.verdict))
    storage.rewrite(scan.durable_bytes)
    storage.sync()
    notes += _note_durable(storage, known, scan.verdict.head.seq)
    return Recovered(scan.verdict.head, tuple(notes))


def durable_seq(known: manifest.Manifest | None) -> int:
    """Return the last event that a manifest, if there is one, knows to be durable; -1 for none."""
    return -1 if known is None else known.durable_seq


def keep_aside(storage: Storage, start: int) -> list[str]:
    """Copy the log from byte `start` to its end into side files; return their names.

    The name is `events.raftlog.broken-<byte it begins at>-<n>`, with the first n that is free or holds the same.
    """
    names = []
    while part := storage.read(start, COPY_BYTES_MAX):
        names.append(put_once(storage, f"{LOG}.broken-{start}", part))
        start += len(part)
    return names


def put_once(storage: Storage, stem: str, part: bytes) -> str:
    """Put `part` into the side file `<stem>-<n>`, n the first that is free or holds the same; return the name."""
    for number in range(COPIES_MAX):
        name = f"{stem}-{number}"
        there = storage.get(name)
        if there is None:
            storage.put(name, part)
        if there in {None, part}:
            return name
    raise TooManyCopies


def _after(records: list[Record], seq: int) -> list[Record]:
    if not records or records[0].seq > seq:
        return records
    return records[seq + 1 - records[0].seq :]


def _cut_tail(storage: Storage, torn: TornTail) -> str:
    start = torn.head.size
    length = storage.size() - start
    names = ", ".join(keep_aside(storage, start))
    storage.truncate(start)
    return (
        f"The event log's end was torn, {torn.fault}. Its last {length} bytes, from byte {start} on, were cut off"
        f" and are kept in {names}."
    )


def _without_manifest(known: manifest.Manifest | None, head: Head) -> list[str]:
    if known is None and head.size > 0:
        return [f"The event log has no {manifest.NAME}: events may be missing at its end."]
    return []


def _note_durable(storage: Storage, known: manifest.Manifest | None, seq: int) -> list[str]:
    if known is not None and known.durable_seq == seq:
        return []
    try:
        manifest.save(storage, seq)
    except OSError as error:
        # A full disk is no reason not to serve readers: what was known before still holds.
        return [f"{manifest.NAME} could not be rewritten: {error.strerror}."]
    return []
