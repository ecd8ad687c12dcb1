"""An operator at a terminal: a log in a folder, and `reference-app log` typed there.

What this promises: commands run as they are typed, in this process and in the operator's folder; what they print
and end with is returned. What lies in the folder is as it was asked for, right or damaged.
"""

import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from reference_app.__main__ import main
from reference_app.articles.event_log import EventLog
from reference_app.articles.log import manifest, snapshots
from reference_app.articles.log.recovery import recover
from reference_app.articles.log.snapshots import Snapshot, name_of
from reference_app.articles.log.storage import LOG, FolderStorage
from tests.reference_app.articles.lines import SINGLE, log_of

PROVEN, NEGATIVE, NOT_READY, INCONCLUSIVE, USAGE = 0, 1, 4, 5, 64
PLAIN: Final = log_of(SINGLE)
TORN: Final = PLAIN.content[:-5]
TORN_AT: Final = PLAIN.heads[29].size
BAD: Final = 20
"""The number of the record that is bad in `CORRUPT`."""
BAD_AT: Final = PLAIN.heads[BAD].size
CORRUPT: Final = PLAIN.content[:BAD_AT] + PLAIN.content[BAD_AT:].replace(b"dull", b"dutl", 1)
SHORT: Final = PLAIN.content[: PLAIN.heads[15].size]


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Operator:
    """Somebody in a folder."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def type(self, *arguments: str | int) -> Ended:
        """Type `reference-app log` with these arguments."""
        self.monkeypatch.chdir(self.folder)
        self.monkeypatch.setattr(sys, "argv", ["reference-app", "log", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = self.capsys.readouterr()
        return Ended(int(ended.value.code or 0), captured.out, captured.err)

    def has(self, log: bytes, *, known: int | None = -1, at: tuple[int, ...] = ()) -> Path:
        """Make the log's folder, data/articles; a manifest knows an event, and snapshots of `PLAIN` are there."""
        folder = self.folder / "data" / "articles"
        folder.mkdir(parents=True)
        (folder / LOG).write_bytes(log)
        with closing(FolderStorage(folder)) as storage:
            if known is not None:
                manifest.save(storage, known)
            for seq in at:
                snapshot = Snapshot(PLAIN.heads[seq + 1], b"state")
                storage.put(name_of(seq), snapshots.encode(snapshot))
        return folder


async def opened(event_log: EventLog) -> None:
    """Return when the log that was started is open, or refused."""
    assert event_log._opening is not None
    await event_log._opening


def held(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def events_of(folder: Path) -> int:
    """Return how many events a start finds that has nothing to say."""
    with closing(FolderStorage(folder)) as storage:
        recovered = recover(storage, lambda _: None)
    assert recovered.notes == ()
    return recovered.head.seq + 1
