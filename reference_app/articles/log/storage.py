"""Where the event log lies: one file that is appended to, and side files that are replaced whole.

What this promises: `append` keeps all it was given or raises; what was appended before a `sync` that returned
survives a power cut; a side file is found old or new, whole, whatever happened during a `put`.

What it does not: it knows nothing of records, decides nothing about errors (they are passed on as they are) and
locks nothing: `owner` does, and `writer` calls it from one thread at a time. A log on several machines would be
another `Storage`.
"""

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

from reference_app.folders import FILE_MODE

LOG: Final = "events.raftlog"
BESIDE: Final = "server.beside"
READ_BYTES_MAX: Final = 16 * 1024 * 1024
"""The most that is asked of the kernel in one call; the rest is asked for in the next."""

_NOT_SIDE_FILES: Final = (".beside", ".lock")


class Storage(Protocol):
    """What the log needs of a disk. Every call may raise OSError; one thread calls at a time."""

    def append(self, data: bytes) -> None:
        """Add `data` at the log's end, all of it; after an OSError any part of it may be there."""

    def sync(self) -> None:
        """Return when all that was appended or cut off would survive a power cut."""

    def truncate(self, size: int) -> None:
        """Cut the log to `size` bytes; lasting only after the next `sync`."""

    def rewrite(self, start: int) -> None:
        """Have the next `sync` keep the log from byte `start` on, even if a `sync` before has failed.

        What a system counts as written after a sync that failed is on no disk, and no later sync would write it.
        """

    def size(self) -> int:
        """Return the log's length in bytes, synced or not."""

    def read(self, start: int, length_max: int) -> bytes:
        """Return up to `length_max` bytes of the log from byte `start`; fewer only at its end."""

    def put(self, name: str, data: bytes) -> None:
        """Replace the side file `name`, or make it; lasting when this returns, old or new whole if it raises."""

    def get(self, name: str) -> bytes | None:
        """Return the side file `name`, or None when there is none."""

    def delete(self, name: str) -> None:
        """Remove the side file `name`, if there is one; lasting when this returns."""

    def names(self) -> list[str]:
        """Return the names of all side files, sorted."""

    def wrong(self, size: int) -> str:
        """Return what is wrong with the log's file where it lies; empty if it is there and has `size` bytes.

        Others may have moved, replaced, cut or added to it; who appends does not notice (SV-12).
        """

    def close(self) -> None:
        """Let go of the log; nothing may be called afterwards."""


class Files(Protocol):
    """The file calls a folder is used with: those of `os`, or a fake disk's."""

    def open(self, path: str, flags: int, mode: int = ..., /) -> int:
        """Open as `os.open` does."""

    def close(self, fd: int, /) -> None:
        """Close as `os.close` does."""

    def write(self, fd: int, data: memoryview, /) -> int:
        """Write as `os.write` does: perhaps less than all."""

    def pwrite(self, fd: int, data: bytes, offset: int, /) -> int:
        """Write as `os.pwrite` does: perhaps less than all."""

    def pread(self, fd: int, length: int, offset: int, /) -> bytes:
        """Read as `os.pread` does: perhaps less than all."""

    def lseek(self, fd: int, position: int, whence: int, /) -> int:
        """Seek as `os.lseek` does."""

    def ftruncate(self, fd: int, length: int, /) -> None:
        """Cut as `os.ftruncate` does."""

    def fdatasync(self, fd: int, /) -> None:
        """Sync a file's content and length as `os.fdatasync` does."""

    def fsync(self, fd: int, /) -> None:
        """Sync a file, or a folder's names, as `os.fsync` does."""

    def rename(self, source: str, target: str, /) -> None:
        """Rename over whatever is there as `os.rename` does."""

    def unlink(self, path: str, /) -> None:
        """Remove a name as `os.unlink` does."""

    def listdir(self, path: str, /) -> list[str]:
        """Return a folder's names as `os.listdir` does."""

    def stat(self, path: str, /) -> os.stat_result:
        """Return what a name leads to as `os.stat` does."""

    def fstat(self, fd: int, /) -> os.stat_result:
        """Return what is open as `os.fstat` does."""


class FolderStorage:
    """A `Storage` in a folder that is there already.

    Args:
        folder: where `events.raftlog` and its side files lie.
        writable: False opens an existing log for reading and makes nothing; a missing one raises FileNotFoundError.
        beside: where a side file is written before it gets its name. Two processes that put side files into one
            folder take two; a rest that a crash left is overwritten by the next `put`.
        files: the file calls, for tests.

    """

    def __init__(
        self, folder: Path, *, writable: bool = True, beside: str = BESIDE, files: Files = os
    ) -> None:
        self._files = files
        self._folder = str(folder)
        self._beside = self._path(beside)
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT if writable else os.O_RDONLY
        self._name = self._path(LOG)
        self._log = files.open(self._name, flags, FILE_MODE)
        opened = files.fstat(self._log)
        self._file = opened.st_dev, opened.st_ino
        lies_in = files.stat(self._folder)
        self._lies_in = lies_in.st_dev, lies_in.st_ino
        if writable:
            self._sync_names()  # The log's own name may be as new as the log.

    def append(self, data: bytes) -> None:
        """Add `data` at the log's end. See `Storage`."""
        self._write(self._log, data)

    def sync(self) -> None:
        """Return when the log would survive a power cut. See `Storage`."""
        self._files.fdatasync(self._log)

    def truncate(self, size: int) -> None:
        """Cut the log to `size` bytes. See `Storage`."""
        self._files.ftruncate(self._log, size)

    def rewrite(self, start: int) -> None:
        """Write the same bytes in the same place, which makes them unsynced again. See `Storage`.

        Nothing can be lost by it: wherever it breaks off, the disk has what it had, or the same.
        """
        # Through the descriptor that appends, no place can be chosen.
        fd = self._files.open(self._path(LOG), os.O_WRONLY)
        try:
            while piece := self.read(start, READ_BYTES_MAX):
                start += _taken(self._files.pwrite(fd, piece, start))
        finally:
            self._files.close(fd)
        self.truncate(self.size())

    def size(self) -> int:
        """Return the log's length in bytes."""
        return self._files.lseek(self._log, 0, os.SEEK_END)

    def read(self, start: int, length_max: int) -> bytes:
        """Return up to `length_max` bytes of the log from byte `start`. See `Storage`."""
        return self._read(self._log, start, length_max)

    def put(self, name: str, data: bytes) -> None:
        """Write beside, sync, rename, sync the folder: in this order a crash leaves old or new. See `Storage`."""
        target = self._path(name)
        try:
            self._write_beside(data)
            self._files.rename(self._beside, target)
        except OSError:
            with suppress(OSError):
                self._files.unlink(self._beside)  # On a full disk it would take the log's room.
            raise
        self._sync_names()

    def get(self, name: str) -> bytes | None:
        """Return the side file `name`, or None. See `Storage`."""
        try:
            fd = self._files.open(self._path(name), os.O_RDONLY)
        except FileNotFoundError:
            return None
        try:
            return self._read(fd, 0, self._files.lseek(fd, 0, os.SEEK_END))
        finally:
            self._files.close(fd)

    def delete(self, name: str) -> None:
        """Remove the side file `name`, if there is one. See `Storage`."""
        try:
            self._files.unlink(self._path(name))
        except FileNotFoundError:
            return
        self._sync_names()

    def names(self) -> list[str]:
        """Return the names of all side files, sorted; neither the log nor locks nor what lies beside."""
        names = self._files.listdir(self._folder)
        return sorted(name for name in names if name != LOG and not name.endswith(_NOT_SIDE_FILES))

    def wrong(self, size: int) -> str:
        """Return what is wrong with the log's file where it lies. See `Storage`."""
        try:
            found = self._files.stat(self._name)
        except (FileNotFoundError, NotADirectoryError):
            return f"{self._name} is not there"
        if (found.st_dev, found.st_ino) != self._file:
            return f"{self._name} is another file than the one that was opened"
        if found.st_size != size:
            return f"{self._name} has {found.st_size} bytes, and {size} were written"
        return ""

    @property
    def has_no_name(self) -> bool:
        """Whether the log's file was deleted: it is gone when it is closed."""
        return self._files.fstat(self._log).st_nlink == 0

    @property
    def is_in_its_folder(self) -> bool:
        """Whether the folder's name still leads to the folder that was opened: another one is somebody else's."""
        try:
            found = self._files.stat(self._folder)
        except OSError:
            return False
        return (found.st_dev, found.st_ino) == self._lies_in

    def close(self) -> None:
        """Let go of the log. See `Storage`."""
        self._files.close(self._log)

    def _path(self, name: str) -> str:
        if os.sep in name or name in {"", os.curdir, os.pardir}:
            raise ValueError(f"{name!r} is no name of a file in a folder.")
        return os.path.join(self._folder, name)  # noqa: PTH118 - the file calls take text, as the fake disk does

    def _write(self, fd: int, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[_taken(self._files.write(fd, rest)) :]

    def _write_beside(self, data: bytes) -> None:
        fd = self._files.open(self._beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
        try:
            self._write(fd, data)
            self._files.fsync(fd)
        finally:
            self._files.close(fd)

    def _read(self, fd: int, start: int, length_max: int) -> bytes:
        pieces: list[bytes] = []
        end = start + length_max
        while start < end:
            piece = self._files.pread(fd, min(end - start, READ_BYTES_MAX), start)
            if not piece:
                break
            pieces.append(piece)
            start += len(piece)
        return b"".join(pieces)

    def _sync_names(self) -> None:
        fd = self._files.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            self._files.fsync(fd)
        finally:
            self._files.close(fd)


def _taken(written: int) -> int:
    """Return how many bytes a write took; none at all would be tried for ever, and is an error."""
    if written == 0:
        raise OSError(errno.ENOSPC, "The disk took nothing of what was written to it")
    return written
