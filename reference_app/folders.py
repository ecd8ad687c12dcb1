"""Folders that are there after a power cut, too."""

import os
from pathlib import Path


def make(folder: Path) -> None:
    """Make `folder`, and those above it that are missing; their names are lasting when this returns.

    A folder whose own name is lost in a power cut loses all that is in it. What is there already is left alone: it
    may lie in a folder that nobody but its owner may read. Raises OSError.
    """
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for path in missing:
        fd = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)
