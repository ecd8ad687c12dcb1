"""Folders and files that are there after a power cut, too, and that nobody else may open (SV-11).

What this promises: what is made here is its owner's alone, whatever the umask.

What it does not: what is there already is left as it is; `privacy` looks at that when a server starts.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

FOLDER_MODE: Final = 0o700
FILE_MODE: Final = 0o600
UMASK: Final = 0o077


def be_private() -> None:
    """Have whatever this process and its children make be nobody else's, also what a library makes for them."""
    os.umask(UMASK)


def make(folder: Path) -> None:
    """Make `folder`, and those above it that are missing; their names are lasting when this returns.

    A folder whose own name is lost in a power cut loses all that is in it. What is there already is left alone: it
    may lie in a folder that nobody but its owner may read. Raises OSError.
    """
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        make_one(path)
    for path in missing:
        fd = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def make_one(folder: Path) -> None:
    """Make `folder` in one that is there, unless it is there. Raises OSError."""
    try:
        folder.mkdir(FOLDER_MODE)
    except FileExistsError:
        if not folder.is_dir():
            raise
    else:
        folder.chmod(FOLDER_MODE)  # a strict umask takes rights from the owner as well


def make_file(path: Path) -> None:
    """Make an empty file, unless it is there; of a link, the file that it names. Raises OSError."""
    with suppress(FileExistsError):
        fd = os.open(path.resolve(), os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE)
        try:
            os.fchmod(fd, FILE_MODE)
        finally:
            os.close(fd)
