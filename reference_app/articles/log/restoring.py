"""Brings back the log as it was at one snapshot, in another folder; the one it comes from is not touched.

What this promises: the new folder holds the log up to the snapshot's event, checked line by line, the snapshot and
a manifest; a server that starts on it has the state that the snapshot holds (AR-15). A folder where this was cut
off half-way is refused by the next start or is empty.

What it does not: it brings nothing back that the log has lost. A snapshot holds a state, not the events before it.
"""

from collections.abc import Iterator

from reference_app.articles.log import manifest, snapshots
from reference_app.articles.log.errors import LogError
from reference_app.articles.log.record import Head
from reference_app.articles.log.scan import Whole, chunks, judged, up_to
from reference_app.articles.log.storage import Storage


class RestoreRefused(LogError):
    """The log cannot be brought back there."""


def restore(source: Storage, seq: int, target: Storage) -> Head:
    """Copy `source`, as it was at its snapshot of event `seq`, into the empty `target`; return where it ends.

    Raises:
        BadSnapshot: there is no such snapshot, or it is not as it was written.
        RestoreRefused: `target` is not empty, or the log is not whole up to the snapshot.
        OSError: the disk cannot be read or written; what `target` holds then is to be thrown away.

    """
    if target.size() > 0 or target.names():
        raise RestoreRefused("There is something where the log should be brought back; name an empty folder.")
    snapshot = snapshots.read(source, seq)
    _check(source, snapshot.head)
    # The manifest comes first: with it a copy that was cut off is seen to be too short.
    manifest.save(target, seq)
    for piece in _pieces(source, snapshot.head.size):
        target.append(piece)
    target.sync()
    snapshots.save(target, snapshot)
    return snapshot.head


def _check(source: Storage, head: Head) -> None:
    verdict = judged(_pieces(source, head.size), durable_seq=head.seq)
    if not isinstance(verdict, Whole):
        raise RestoreRefused(f"The log is not whole up to event {head.seq}, {verdict.fault}.")
    if verdict.head != head:
        raise RestoreRefused(f"The log up to event {head.seq} is not the one that the snapshot was made of.")


def _pieces(source: Storage, end: int) -> Iterator[bytes]:
    return up_to(end, chunks(source))
