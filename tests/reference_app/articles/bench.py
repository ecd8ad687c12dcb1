"""A writer on a fake disk, and all that a test looks at.

The disk's work is done in the event loop, in turns (`toy.InTurns`), so that a test runs the same each time.
"""

import asyncio
from dataclasses import dataclass, field

from reference_app.articles.log.keeping import Durability
from reference_app.articles.log.record import Head
from reference_app.articles.log.storage import LOG, FolderStorage
from reference_app.articles.log.writer import Writer
from reference_app.logs import Log
from tests.reference_app.articles.fake_disk import FOLDER, FakeDisk
from tests.reference_app.articles.toy import Clock, InTurns, ToyState, ToyView, silent_log

TURNS_MAX = 100


@dataclass
class Bench:
    """A writer on a fake disk, and all that a test looks at."""

    durability: Durability = Durability.FSYNC
    disk: FakeDisk = field(default_factory=FakeDisk)
    clock: Clock = field(default_factory=Clock)
    state: ToyState = field(default_factory=ToyState)
    noticed: list[int] = field(default_factory=list)
    log: Log = field(default_factory=silent_log)
    writer: Writer[ToyView] = field(init=False)

    def __post_init__(self) -> None:
        self.writer = Writer(
            FolderStorage(FOLDER, files=self.disk),
            self.state,
            Head(),
            clock=self.clock,
            log=self.log,
            durability=self.durability,
            executor=InTurns(),
        )
        self.writer.listen(self.noticed.append)
        self.disk.calls.clear()

    def lines(self) -> list[bytes]:
        """Return the log's lines as a reader sees them."""
        return self.disk.file(LOG).splitlines()

    def syncs(self) -> int:
        """Return how often the log was synced."""
        return self.disk.calls["fdatasync"]

    async def sealed(self) -> None:
        """Return when the commands that were just asked are sealed, and nothing of them is written yet."""
        for _ in range(TURNS_MAX):
            await asyncio.sleep(0)
            if self.writer._flushing is not None and not self.writer._waiting:
                return
        raise AssertionError("Nothing was sealed.")
