"""What is done at once when the log's file is gone under a running server: what it held must outlive the process.

A file that was deleted is there for as long as somebody has it open, and no longer. So its content is copied into
a folder beside the log's, which then holds a whole log, as `log verify` and a start find. And the manifest learns
how far the log reached: a start that finds less refuses, also after a kill (SV-12).

What this promises: nothing that is there is overwritten, least of all what another server has made in the place of
a folder that was moved.

What it does not: of a file that was cut off the rest is gone; a file that was moved is where it was moved to.
"""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

from reference_app import folders
from reference_app.articles.log import manifest
from reference_app.articles.log.record import Head
from reference_app.articles.log.scan import chunks, up_to
from reference_app.articles.log.storage import FolderStorage

COPIES_MAX: Final = 1_000


def rescue(storage: FolderStorage, folder: Path, head: Head) -> Mapping[str, str]:
    """Copy a deleted log, note in the manifest how far it reached, and return what to say of both.

    Raises:
        OSError: the copy could not be made.

    """
    noted = _note(storage, head)
    copied = str(_copied(storage, folder, head)) if storage.has_no_name else ""
    return {"copied_to": copied, "manifest": noted}


def _note(storage: FolderStorage, head: Head) -> str:
    if not storage.is_in_its_folder:
        return "not written: the folder was moved or removed"
    try:
        manifest.save(storage, head.seq)
    except OSError as error:
        return f"not written: {error.strerror}"
    return f"it reached event {head.seq}"


def _copied(storage: FolderStorage, folder: Path, head: Head) -> Path:
    target = _new_beside(folder)
    with closing(FolderStorage(target)) as copy:
        # First, so that a copy that breaks off is seen to be too short.
        manifest.save(copy, head.seq)
        for piece in up_to(head.size, chunks(storage)):
            copy.append(piece)
        copy.sync()
    return target


def _new_beside(folder: Path) -> Path:
    """Make a folder that was not there, beside the log's. Raises OSError."""
    folders.make(folder.parent)
    for number in range(COPIES_MAX):
        target = folder.with_name(f"{folder.name}.rescued-{number}")
        if not target.exists():
            folders.make(target)
            return target
    raise OSError(f"there are {COPIES_MAX} rescued logs beside {folder}")
