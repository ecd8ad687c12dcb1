"""Copies a log into another folder, as far as it is whole; a server may be writing to it meanwhile.

What this promises: the copy holds every event that was acknowledged before the copying began, and none in part. It
is read back and checked line by line. It has a manifest, which is there before the events: a copy that was cut off
is seen to be too short. The newest good snapshot comes with it, so that a start need not add up everything.

What it does not: it owns no folder, and copies nothing of a log that is corrupt.
"""

from reference_app.articles.log import manifest, snapshots, tools
from reference_app.articles.log.errors import LogError
from reference_app.articles.log.record import Head
from reference_app.articles.log.recovery import LogRefused
from reference_app.articles.log.scan import Corrupt, Whole, chunks, judged, up_to
from reference_app.articles.log.storage import Storage


class CopyBroken(LogError):
    """The copy of the event log is not what was read: copy it again, to another disk."""


def copy(source: Storage, target: Storage) -> Head:
    """Copy `source` into the empty `target`, durably; return where the copy ends.

    Raises:
        LogRefused: `source` is corrupt.
        BadManifest, ForeignFormat: as `manifest.load` says.
        CopyBroken: what was written does not read as what was copied.
        OSError: a disk cannot be read or written; what `target` holds then is to be thrown away.

    """
    verdict = tools.verify(source)
    if isinstance(verdict, Corrupt):
        raise LogRefused(verdict)
    head = verdict.head
    manifest.save(target, head.seq)
    for piece in up_to(head.size, chunks(source)):
        target.append(piece)
    target.sync()
    copied = judged(chunks(target), durable_seq=head.seq)
    if not isinstance(copied, Whole) or copied.head != head:
        raise CopyBroken
    _copy_snapshot(source, target, head)
    return head


def _copy_snapshot(source: Storage, target: Storage, head: Head) -> None:
    for seq in snapshots.seqs(source):
        if seq > head.seq:  # of events that came meanwhile
            continue
        try:
            snapshots.save(target, snapshots.read(source, seq))
        except snapshots.BadSnapshot:
            continue
        return
