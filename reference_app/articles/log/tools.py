"""What an operator does to a log while no server runs: verify, dump, repair (`restoring` has the fourth).

What this promises: `verify` and `dump` change nothing. `repair` keeps a copy of what it cuts off, leaves a log that
is whole, and takes events away that had been kept only when told to.

What it does not: it prints nothing (the command line does) and does not own the folder: the caller of `repair` does
first.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from reference_app.articles.log import manifest, snapshots
from reference_app.articles.log.errors import LogError
from reference_app.articles.log.record import Head, body
from reference_app.articles.log.recovery import LogRefused, durable_seq, keep_aside, put_once
from reference_app.articles.log.scan import (
    Corrupt,
    Scan,
    TornTail,
    Verdict,
    Whole,
    chunks,
    judged,
    sound_offsets,
    up_to,
)
from reference_app.articles.log.storage import Storage
from reference_app.exit_codes import ExitCode


class RepairRefused(LogError):
    """The log cannot be cut there."""


class WouldLoseEvents(RepairRefused):
    """Events that had been kept would be lost."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """What `repair` did."""

    head: Head
    """Where the log ends now."""
    cut_bytes: int
    lost_events: int
    """How many kept events are gone from the log; those that can still be read are in the copies."""
    copies: tuple[str, ...]
    """The side files that hold what was cut off, in order."""


def verify(storage: Storage) -> Verdict:
    """Say whether the log is whole, as far as its manifest and its newest good snapshot know of it (AR-11).

    Raises:
        BadManifest: the manifest was changed.
        ForeignFormat: another version wrote the log.

    """
    known = max(durable_seq(manifest.load(storage)), _newest_good_snapshot(storage))
    return judged(chunks(storage), durable_seq=known)


def exit_code(verdict: Verdict) -> ExitCode:
    """Return what `log verify` ends with: 0 whole, 1 corrupt, 5 only the end is torn."""
    match verdict:
        case Whole():
            return ExitCode.PROVEN
        case TornTail():
            return ExitCode.INCONCLUSIVE
        case Corrupt():
            return ExitCode.NEGATIVE


def dump(storage: Storage, *, from_seq: int, to_seq: int | None) -> Iterator[bytes]:
    """Yield the JSON of the events `from_seq` to `to_seq`, both included, without line feeds, and only if whole.

    A torn end is left out silently. When no `to_seq` comes before a corrupt place, LogRefused is raised there.
    """
    scan = Scan(chunks(storage))
    if to_seq is not None and to_seq < from_seq:
        return
    for records in scan:
        for record in records:
            if record.seq >= from_seq:
                yield body(record)
            if record.seq == to_seq:
                return
    if isinstance(scan.verdict, Corrupt):
        raise LogRefused(scan.verdict)


def repair(storage: Storage, *, truncate_at: int, accept_loss: bool = False) -> Repaired:
    """Cut the log off at byte `truncate_at`, which must be the end of a whole record and of its batch.

    A copy of the rest is kept first. The manifest then says how far the log reaches now, and snapshots of what is
    no longer in it are kept under another name, where no start finds them.

    Raises:
        RepairRefused: what would be left is not whole; the message names the last byte at which it would be.
        WouldLoseEvents: kept events are in the rest, or were in the log once, and `accept_loss` is not given.
        ForeignFormat: another version wrote the log.

    """
    head = _whole_up_to(storage, truncate_at)
    known = _known_durable(storage)
    lost = max(_kept_events(storage, head), known - head.seq, 0)
    if lost and not accept_loss:
        raise WouldLoseEvents(f"{counted_events(lost)} that had been kept would be lost.")
    cut_bytes = storage.size() - truncate_at
    copies = keep_aside(storage, truncate_at)
    storage.truncate(truncate_at)
    storage.rewrite(0)
    storage.sync()
    # Only now: were they first, a crash before the cut would leave less known about what is still there.
    copies += [
        _set_aside(storage, snapshots.name_of(seq)) for seq in snapshots.seqs(storage) if seq > head.seq
    ]
    manifest.save(storage, head.seq)
    return Repaired(head, cut_bytes, lost, tuple(copies))


def _whole_up_to(storage: Storage, end: int) -> Head:
    if not 0 <= end <= storage.size():
        raise RepairRefused(f"The log has {storage.size()} bytes; it cannot be cut at byte {end}.")
    verdict = judged(up_to(end, chunks(storage)))
    if not isinstance(verdict, Whole):
        raise RepairRefused(
            f"Cut at byte {end}, the log would not be whole, {verdict.fault}."
            f" The last byte at which it would is {verdict.head.size}."
        )
    return verdict.head


def counted_events(number: int) -> str:
    """Return how many events, in words for a person."""
    return "1 event" if number == 1 else f"{number} events"


def _known_durable(storage: Storage) -> int:
    try:
        known = durable_seq(manifest.load(storage))
    except manifest.BadManifest:
        known = -1  # A repair is the way out of this, too.
    return max(known, _newest_good_snapshot(storage))


def _newest_good_snapshot(storage: Storage) -> int:
    """Return the seq of the newest snapshot that is good, -1 for none; it reads no older one."""
    for seq in snapshots.seqs(storage):
        with suppress(snapshots.BadSnapshot):
            return snapshots.read(storage, seq).seq
    return -1


def _set_aside(storage: Storage, name: str) -> str:
    content = storage.get(name) or b""
    aside = put_once(storage, f"{name}.broken", content)
    storage.delete(name)
    return aside


def _kept_events(storage: Storage, head: Head) -> int:
    """Count what can still be read after `head`. A torn end was never acknowledged."""
    verdict = judged(chunks(storage, head.size), start=head)
    end = verdict.head.size if isinstance(verdict, TornTail) else storage.size()
    rest = up_to(end - head.size, chunks(storage, head.size))
    return sum(1 for _ in sound_offsets(rest, head.size))
