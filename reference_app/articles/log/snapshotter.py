"""Makes one snapshot, from the one before it and the log: `python -m … FOLDER SEQ STATE`, in a process of its own.

A server of many objects cannot stop to write them down, and a forked copy of it is unsafe; so its child reads what
is on the disk.

What this promises: the snapshot stands for exactly the events up to SEQ, each of them checked on the way; when it
cannot be made, it ends with 1 and a sentence on stderr, and nothing is changed (AR-15).

What it does not: it does not sync the log. Its caller has made the log durable up to SEQ.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from reference_app import parent
from reference_app.articles.log import owner
from reference_app.articles.log.errors import LogError, SnapshotFailed
from reference_app.articles.log.record import Head
from reference_app.articles.log.scan import EMPTY, Scan, Whole, chunks
from reference_app.articles.log.snapshots import Snapshot, Snapshotable, load_newest, save
from reference_app.articles.log.storage import FolderStorage, Storage
from reference_app.escaping import printable
from reference_app.exit_codes import ExitCode

BESIDE: Final = "snapshotter.beside"
LOCK: Final = "snapshotter.lock"
COMMAND: Final = ("-m", "reference_app.articles.log.snapshotter")
"""What Python is started with to run this module."""
NICENESS: Final = 10
"""Requests come first."""


def build(storage: Storage, seq: int, state_type: type[Snapshotable]) -> Snapshot:
    """Return the snapshot at `seq`, not saved yet.

    Raises:
        SnapshotFailed: the log does not reach `seq`, is not whole up to there, or a batch is not over there.

    """
    loaded = load_newest(storage, state_type, seq_max=seq)
    start = EMPTY if loaded.snapshot is None else loaded.snapshot.head
    head = _replay(storage, start, seq, loaded.state)
    return Snapshot(head, loaded.state.dump())


def make(folder: Path, seq: int, state_type: type[Snapshotable]) -> None:
    """Make the snapshot at `seq` in `folder`, unless another process is making one there.

    Raises:
        SnapshotFailed: as `build` says.
        FolderOwned: another snapshot is being made.
        OSError: the disk cannot be read or written.

    """
    own = owner.take(folder, lock=LOCK)
    try:
        with closing(FolderStorage(folder, writable=False, beside=BESIDE)) as storage:
            save(storage, build(storage, seq, state_type))
    finally:
        own.release()


def state_type_of(path: str) -> type[Snapshotable]:
    """Return the class that `package.module:Class` names."""
    module, _, name = path.partition(":")
    found: Any = getattr(import_module(module), name)
    state_type: type[Snapshotable] = found
    return state_type


def main(arguments: Sequence[str]) -> ExitCode:
    """Make one snapshot; say on stderr what stood against it."""
    folder, seq, state = arguments
    os.nice(NICENESS)
    try:
        make(Path(folder), int(seq), state_type_of(state))
    except (LogError, OSError) as error:
        print(printable(str(error)), file=sys.stderr)
        return ExitCode.NEGATIVE
    return ExitCode.PROVEN


def _replay(storage: Storage, start: Head, seq: int, state: Snapshotable) -> Head:
    scan = Scan(_lines(chunks(storage, start.size), seq - start.seq), start=start)
    for records in scan:
        state.apply(records)
    verdict = scan.verdict
    if not isinstance(verdict, Whole):
        raise SnapshotFailed(f"There is no snapshot at event {seq}: {verdict.fault}.")
    if verdict.head.seq != seq:
        raise SnapshotFailed(
            f"There is no snapshot at event {seq}: the log ends at event {verdict.head.seq}."
        )
    return verdict.head


def _lines(pieces: Iterable[bytes], count: int) -> Iterator[bytes]:
    """Yield `pieces` up to the end of their `count`-th line: events have no holes, so lines count them."""
    for piece in pieces:
        lines = piece.count(b"\n")
        if lines >= count:
            yield b"".join(line + b"\n" for line in piece.split(b"\n", count)[:count])
            return
        count -= lines
        yield piece


if __name__ == "__main__":
    parent.end_with(os.getppid())
    sys.exit(main(sys.argv[1:]))
