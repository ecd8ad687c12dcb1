"""One process owns the log's folder; a second one is refused at once, with the number of the first.

What this promises: between `take` and `release` nobody else takes the same folder, on this machine; a process that
dies, however it dies, gives it back; a child of the owner does not keep it. A lock file that somebody removes
meanwhile lets nobody in: the folder itself is locked as well.

What it does not: it does not see processes on other machines that share the folder over a network, and it stops
nobody who writes to the log without asking.
"""

import fcntl
import os
import time
from pathlib import Path
from typing import Final

from reference_app import folders
from reference_app.articles.log.errors import FolderOwned, FolderUnusable

OWNER_LOCK: Final = "owner.lock"
PID_BYTES_MAX: Final = 20
PID_WAIT_S_MAX: Final = 0.5
"""A process that has just taken the folder writes its number within this time; a refusal comes within a second."""

_LOOK_S: Final = 0.01


class Owner:
    """The ownership of a folder: hold it for as long as the log is open."""

    def __init__(self, *fds: int) -> None:
        self.fds = list(fds)

    def release(self) -> None:
        """Give the folder back; a second call does nothing."""
        while self.fds:
            os.close(self.fds.pop())


def take(folder: Path, *, lock: str = OWNER_LOCK) -> Owner:
    """Make `folder` if need be, and own it (AR-18).

    Args:
        folder: the log's folder.
        lock: the lock file's name in it; the snapshotter has one of its own.

    Raises:
        FolderOwned: another process owns it; the message names it. Raised within one second.
        FolderUnusable: the folder cannot be made, or no file in it.

    """
    try:
        folders.make(folder)
        own = Owner(os.open(folder, os.O_RDONLY)) if lock == OWNER_LOCK else Owner()
        try:
            for fd in own.fds:
                _lock_folder(fd, folder)
            own.fds.append(os.open(folder / lock, os.O_RDWR | os.O_CREAT, folders.FILE_MODE))
            _lock(own.fds[-1], folder)
        except BaseException:
            own.release()
            raise
    except OSError as error:
        raise FolderUnusable(f"The log's folder {folder} cannot be used: {error.strerror}.") from error
    return own


def _lock_folder(fd: int, folder: Path) -> None:
    """Lock the folder itself, where its file system can. Raises FolderOwned."""
    try:
        is_locked = _locked(fd)
    except OSError:
        return  # network file systems lock files only; the lock file decides there
    if not is_locked:
        raise FolderOwned(
            f"The log's folder {folder} is owned by {_named_in(folder)}: one process at a time."
        )


def _lock(fd: int, folder: Path) -> None:
    """Lock the file and write our number into it. Raises FolderOwned, OSError."""
    if not _locked(fd):
        raise FolderOwned(f"The log's folder {folder} is owned by {_owner_of(fd)}: one process at a time.")
    os.ftruncate(fd, 0)
    os.pwrite(fd, f"{os.getpid()}\n".encode(), 0)


def _locked(fd: int) -> bool:
    """Try to lock. Not `lockf`: it loses the lock when any other descriptor of the file is closed."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _named_in(folder: Path) -> str:
    """Return who the lock file says the owner is."""
    try:
        fd = os.open(folder / OWNER_LOCK, os.O_RDONLY)
    except OSError:
        return "another process"
    try:
        return _owner_of(fd)
    finally:
        os.close(fd)


def _owner_of(fd: int) -> str:
    deadline = time.monotonic() + PID_WAIT_S_MAX
    while time.monotonic() < deadline:
        text = os.pread(fd, PID_BYTES_MAX, 0)
        if text.endswith(b"\n"):
            return f"process {text.decode().strip()}"
        time.sleep(_LOOK_S)
    return "another process"
