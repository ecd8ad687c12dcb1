"""Beat files: how a holder on SQLite shows that it lives, without a transaction.

One small file a lease, in a folder beside the database. Its holder writes the machine's monotonic clock into it,
by one `pwrite` of a fixed size: a process that is frozen there holds nothing that others need. A waiter
reads it, and locks nothing either. A beat counts only within one boot of the machine, and no clock that is set
makes it older or younger.

A holder whose file is gone has lost its lease, so taking a lease over removes the former holder's file.
Nothing is synced: after a power cut no beat counts anyway. Does not tell processes apart that have different
monotonic clocks in one boot (time namespaces): such may not share a file.
"""

import os
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from reference_app import folders
from reference_app.database.holders import this_boot
from reference_app.database.locks import LEASE_S

SWEEP_S_MIN: Final = 600.0
"""A file whose last beat is older belongs to nobody who may still write: longer than any holder may hold."""
NS_PER_S: Final = 1_000_000_000
BOOT_LENGTH: Final = 36
TICKS_LENGTH: Final = 20
RECORD_LENGTH: Final = BOOT_LENGTH + 1 + TICKS_LENGTH + 1
NAME: Final = re.compile(r"[0-9a-f]{16}\.beat")

Ticks = Callable[[], int]
"""Returns nanoseconds that all processes of a machine count alike, and that nobody can set."""


class BeatFiles:
    """The beat files of one database."""

    def __init__(self, folder: Path, ticks: Ticks) -> None:
        """Use `folder`, which is made when the first lease is taken."""
        self._folder = folder
        self._ticks = ticks

    def begin(self) -> "BeatFile":
        """Make a file under a name that was never used, with a first beat. Raises OSError."""
        folders.make_one(self._folder)
        path = self._folder / f"{secrets.token_hex(8)}.beat"
        fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, folders.FILE_MODE)
        file = BeatFile(path, fd, self._ticks)
        try:
            file.beat()
        except OSError:
            file.end()
            raise
        return file

    def is_fresh(self, name: str) -> bool:
        """Whether the last beat of this file is younger than a lease; one that is missing or damaged is not.

        Raises:
            OSError: the file is there and cannot be read, so nothing can be said.

        """
        age_s = self._age_s(name)
        return age_s is not None and age_s < LEASE_S

    def remove(self, name: str) -> None:
        """Remove the file of a holder that lost its lease; one that cannot be removed is left to `sweep`."""
        with suppress(OSError):
            (self._folder / name).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what processes left behind that were killed: files without a beat in `SWEEP_S_MIN`.

        What has another name than a beat file is left alone. What cannot be removed stays for the next time.
        """
        with suppress(OSError):
            for name in self._names():
                with suppress(OSError):
                    age_s = self._age_s(name)
                    if age_s is None or age_s > SWEEP_S_MIN:
                        self.remove(name)

    def _names(self) -> Iterator[str]:
        with os.scandir(self._folder) as entries:
            yield from (entry.name for entry in entries if NAME.fullmatch(entry.name))

    def _age_s(self, name: str) -> float | None:
        """Return how old the last beat is; None if there is none of this boot."""
        try:
            with (self._folder / name).open("rb") as file:
                boot, _, ticks = file.read(RECORD_LENGTH + 1).decode("ascii", "replace").partition(" ")
        except FileNotFoundError:
            return None
        if boot != _boot() or len(ticks) != TICKS_LENGTH + 1 or not ticks[:-1].isdigit():
            return None
        return (self._ticks() - int(ticks)) / NS_PER_S


class BeatFile:
    """The file of one lease. One thread at a time uses it."""

    def __init__(self, path: Path, fd: int, ticks: Ticks) -> None:
        self.name = path.name
        self._path = path
        self._fd = fd
        self._ticks = ticks

    def beat(self) -> bool:
        """Write the present instant; return False if the file was removed, and with it the lease.

        Raises:
            OSError: it cannot be written.

        """
        record = f"{_boot()} {self._ticks():0{TICKS_LENGTH}d}\n".encode("ascii")
        if os.pwrite(self._fd, record, 0) != RECORD_LENGTH:
            raise OSError(f"{self._path} takes no whole beat")
        return os.fstat(self._fd).st_nlink > 0

    def end(self) -> None:
        """Remove the file. Harmless when that was done before."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
            with suppress(OSError):
                self._path.unlink(missing_ok=True)


def _boot() -> str:
    return this_boot()[:BOOT_LENGTH].ljust(BOOT_LENGTH, "-")
