"""What `reference-app log verify | dump | repair | restore` do to a folder, and what they print.

What this promises: `verify` and `dump` change nothing, and may be asked while a server writes. `repair` and
`restore` own the folder that they write to, or are refused with the owner's number. What is refused is said in one
line, and every ending has its code (AR-11, AR-15, AR-18; `docs/exit-codes.md`).

| code | |
|---|---|
| 0 | whole; done |
| 1 | corrupt; or the log, a snapshot or the target does not allow it: the line says what does |
| 4 | a folder is not there, cannot be read or written, or is owned by another process |
| 5 | only the log's end is torn |

What it does not: it decides nothing about a log; `log.tools` and `log.restoring` do.
"""

import shlex
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import typer

from reference_app.articles.log import manifest, owner, restoring, snapshots, snapshotter, tools
from reference_app.articles.log.errors import FolderUnusable, LogError
from reference_app.articles.log.record import Head
from reference_app.articles.log.scan import Corrupt, TornTail, Verdict
from reference_app.articles.log.storage import BESIDE, LOG, FolderStorage, Storage
from reference_app.articles.settings import FOLDER
from reference_app.commandline import refuse, say, write
from reference_app.escaping import printable_json
from reference_app.exit_codes import ExitCode

_LEFT_BY_A_REFUSAL: Final = {LOG, BESIDE, owner.OWNER_LOCK, snapshotter.LOCK}
"""What a restore that was refused may have left; whether the log there is empty is looked at separately."""


class LogMissing(LogError):
    """The log is not there, but its manifest is."""


@contextmanager
def _told() -> Iterator[None]:
    """End with one line and its code when something stands against a command."""
    try:
        yield
    except LogError as error:
        refuse(str(error), error.exit_code)
    except OSError as error:
        where = f"{error.filename} cannot be used: " if error.filename else ""
        refuse(f"{where}{error.strerror}.", ExitCode.NOT_READY)


@_told()
def verify(directory: Path) -> None:
    """Print what the log is, and what to do next; end with 0 (whole), 1 (corrupt) or 5 (only its end is torn)."""
    with _reading(directory) as storage:
        lines, code = _found(storage, directory)
    say(*lines)
    raise typer.Exit(code)


@_told()
def dump(directory: Path, from_seq: int, to_seq: int | None) -> None:
    """Print the JSON of the events from `from_seq` to `to_seq`, both included, a line each; escaped."""
    if to_seq is not None and to_seq < from_seq:
        raise typer.BadParameter(f"--to {to_seq} comes before --from {from_seq}.")
    with _reading(directory) as storage:
        write(
            printable_json(written) + b"\n"
            for written in tools.dump(storage, from_seq=from_seq, to_seq=to_seq)
        )


@_told()
def repair(directory: Path, truncate_at: int, *, accept_loss: bool) -> None:
    """Cut the log off at a byte, keeping a copy of the rest, and print what that did."""
    with _writing(_folder_of(directory)) as storage:
        try:
            done = tools.repair(storage, truncate_at=truncate_at, accept_loss=accept_loss)
        except tools.WouldLoseEvents as error:
            raise tools.WouldLoseEvents(
                f"{error} Nothing was changed. With --accept-loss it is done, and what is cut off is kept aside."
            ) from None
    say(
        f"cut off: {done.cut_bytes} bytes, from byte {truncate_at} on",
        f"lost: {tools.counted_events(done.lost_events)} that had been kept",
        f"kept aside: {_listed(done.copies)}",
        f"left: {_reach(done.head)}",
    )


@_told()
def restore(directory: Path, seq: int, target: Path) -> None:
    """Make, in an empty folder, the log as it was at the snapshot of event `seq`."""
    with _reading(directory) as source:
        _refuse_bad_snapshot(source, seq)
        _refuse_unless_empty(target)
        with _writing(target) as storage:
            head = restoring.restore(source, seq, storage)
    say(
        f"restored: {_reach(head)}",
        f"to: {target}",
        f"next: a server starts on it where it lies as {FOLDER}/ in the data folder",
    )


def _folder_of(directory: Path) -> Path:
    """Return the folder that holds the log, or its manifest at least."""
    for folder in (directory, directory / FOLDER):
        if any((folder / name).exists() for name in (LOG, manifest.NAME)):
            return folder
    raise FolderUnusable(f"There is no {LOG} in {directory}, nor in {directory / FOLDER}.")


@contextmanager
def _reading(directory: Path) -> Iterator[Storage]:
    folder = _folder_of(directory)
    if not (folder / LOG).exists():
        raise LogMissing(
            f"{folder / LOG} is not there, but {manifest.NAME} is: all events are missing. Put the file back;"
            f" or begin an empty log, if that is meant: {_repair_command(directory, 0)} --accept-loss"
        )
    with closing(FolderStorage(folder, writable=False)) as storage:
        yield storage


@contextmanager
def _writing(folder: Path) -> Iterator[Storage]:
    """Own the folder; a snapshot's maker that outlived its server must have ended, too."""
    own = owner.take(folder)
    try:
        no_snapshot = owner.take(folder, lock=snapshotter.LOCK)
        try:
            with closing(FolderStorage(folder)) as storage:
                yield storage
        finally:
            no_snapshot.release()
    finally:
        own.release()


def _refuse_bad_snapshot(source: Storage, seq: int) -> None:
    """See to it that nothing is made at the target when there is nothing to restore."""
    try:
        snapshots.read(source, seq)
    except snapshots.BadSnapshot as error:
        raise snapshots.BadSnapshot(
            f"The snapshot at event {seq} cannot be used: {error}. There are: {_snapshots(source)}."
        ) from None


def _refuse_unless_empty(target: Path) -> None:
    """See to it that not even a lock file is made among somebody's files."""
    if target.exists() and not {path.name for path in target.iterdir()} <= _LEFT_BY_A_REFUSAL:
        raise restoring.RestoreRefused(f"There is something in {target}; name an empty folder, or a new one.")


def _found(storage: Storage, directory: Path) -> tuple[list[str], ExitCode]:
    """Return what `verify` prints and ends with."""
    try:
        verdict = tools.verify(storage)
        known = manifest.load(storage)
    except (manifest.BadManifest, manifest.ForeignFormat) as error:
        size = storage.size()
        lines = [f"log: {size} bytes", "verdict: corrupt", f"fault: {error}"]
        return [*lines, *_next_without_manifest(error, directory, size)], ExitCode.NEGATIVE
    lines = [
        f"log: {storage.size()} bytes",
        f"whole: {_reach(verdict.head)}",
        f"manifest: {_known(known)}",
        f"snapshots: {_snapshots(storage)}",
        f"kept aside: {_listed([name for name in storage.names() if '.broken-' in name])}",
    ]
    return lines + _judgement(verdict, directory), tools.exit_code(verdict)


def _judgement(verdict: Verdict, directory: Path) -> list[str]:
    cut = _repair_command(directory, verdict.head.size)
    match verdict:
        case Corrupt():
            return [
                "verdict: corrupt",
                f"fault: {verdict.fault}",
                "next: no server starts on it; put the folder back from a copy, or see what a cut would lose:",
                f"  {cut}",
            ]
        case TornTail():
            return [
                "verdict: torn end",
                f"fault: {verdict.fault}",
                "next: if a server is writing to it, ask again; if none is, the next start cuts it off, as does:",
                f"  {cut}",
            ]
        case _:
            return ["verdict: whole"]


def _next_without_manifest(error: LogError, directory: Path, size: int) -> list[str]:
    if isinstance(error, manifest.ForeignFormat):
        return ["next: use the version of reference-app that wrote it"]
    return [
        f"next: put {manifest.NAME} back from a copy, or have it written anew for the log as it is:",
        f"  {_repair_command(directory, size)}",
    ]


def _repair_command(directory: Path, at: int) -> str:
    return f"reference-app log repair --truncate-at {at} {shlex.quote(str(directory))}"


def _reach(head: Head) -> str:
    count = tools.counted_events(head.seq + 1)
    events = f"{count}, the last is event {head.seq}" if head.seq >= 0 else "no events"
    return f"{events}, {head.size} bytes"


def _known(known: manifest.Manifest | None) -> str:
    if known is None:
        return "none"
    if known.durable_seq < 0:
        return "it knows of no durable event"
    return f"it was durable up to event {known.durable_seq} at least"


def _snapshots(storage: Storage) -> str:
    found = []
    for seq in snapshots.seqs(storage):
        try:
            snapshots.read(storage, seq)
        except snapshots.BadSnapshot as bad:
            found.append(f"event {seq} (bad: {bad})")
        else:
            found.append(f"event {seq}")
    return _listed(found)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"
