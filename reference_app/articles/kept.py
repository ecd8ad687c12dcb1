"""The event log in a backup: copied beside the database, and brought back into an empty folder."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from reference_app import folders
from reference_app.articles.log import copying, owner, snapshotter
from reference_app.articles.log.record import Head
from reference_app.articles.log.storage import BESIDE, LOG, FolderStorage, Storage
from reference_app.articles.log.tools import counted_events
from reference_app.articles.settings import log_folder
from reference_app.settings import Settings

LEFT_EMPTY: Final = {BESIDE, snapshotter.BESIDE, owner.OWNER_LOCK, snapshotter.LOCK}
"""What may lie in a folder that holds nothing."""


class KeptLog:
    """What `system.Kept` promises, for the log in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def is_there(self) -> bool:
        """Whether the folder holds anything of a log."""
        return self._folder.exists() and not {path.name for path in self._folder.iterdir()} <= LEFT_EMPTY

    def back_up(self, target: Path) -> str:
        """Copy the log into the new folder `target`, while a server may write to it; say what was copied.

        Raises:
            LogError: there is none, or it is corrupt.
            OSError: it cannot be read, or the copy not be written.

        """
        if not (self._folder / LOG).exists():
            raise FileNotFoundError(2, "there is no event log", str(self._folder / LOG))
        folders.make(target)
        with closing(FolderStorage(self._folder, writable=False)) as source, _made(target) as copy:
            return _said(copying.copy(source, copy))

    def restore(self, backup: Path) -> str:
        """Copy the log of a backup to where the server looks for it; say what was copied.

        Raises:
            LogError: another process owns the folder, or the backup's log is corrupt.
            OSError: it cannot be read, or the log not be written.

        """
        own = owner.take(self._folder)
        try:
            with closing(FolderStorage(backup, writable=False)) as source, _made(self._folder) as copy:
                return _said(copying.copy(source, copy))
        finally:
            own.release()


def kept_log(settings: Settings) -> KeptLog:
    """Return the log of a server with these settings, as it is kept in backups."""
    return KeptLog(log_folder(settings))


@contextmanager
def _made(folder: Path) -> Iterator[Storage]:
    with closing(FolderStorage(folder)) as storage:
        yield storage


def _said(head: Head) -> str:
    last = f", the last is event {head.seq}" if head.seq >= 0 else ""
    return f"{counted_events(head.seq + 1)}{last}, {head.size} bytes"
