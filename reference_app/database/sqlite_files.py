"""The files of a SQLite database, as this process has opened them: nothing is acknowledged into one that is gone.

SQLite writes into what it has opened, whatever became of the name: a file that was deleted, moved or replaced takes
commits for as long as somebody has it open, and a new connection would make an empty file in its place. So each
connection notes which files it has opened, and each transaction that writes looks before its commit and after it
whether their names still lead there, and whether they have become smaller (SV-12): three calls of `stat` each time.

What this promises: a commit that is acknowledged is in the files that have the names. No connection makes a
database in the place of one that is gone. When only `-wal` was deleted, what is in it is brought into the file at
once; of a file that was deleted a whole copy is made beside it.

What it does not: of a file that was cut off the rest is gone. It never opens the database's file by itself: closing
it would give up the locks that SQLite holds on it. A file that was written over in place it does not see; SQLite
does when it reads there.
"""

import os
import sqlite3
import threading
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from reference_app import folders
from reference_app.errors import DatabaseUnavailable, OutcomeUnknown

FILES: Final = "files"
"""The execution option of engines with such files, and what a connection's info holds of them."""
WAL_MAGICS: Final = {b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83"}
WAL_MAGIC_BYTES: Final = 4
CLOSER_S_MAX: Final = 0.5
"""Who holds the file against readers for longer is not waited for: it is looked at again."""
WHOLE: Final = "ok"

Identity = tuple[int, int]
"""A file's device and inode."""
Opened = tuple[Identity, Identity, Identity]
"""Which files a connection has opened: the database's, its `-wal` and its `-shm`."""


class FilesGone(DatabaseUnavailable):
    """The files of the database were moved or changed by others: nothing is written until that is mended."""

    reason = ""
    """What is wrong, for the operator."""


class FilesGoneMeanwhile(OutcomeUnknown):
    """The files of the database were moved or changed by others, and what was kept by then is not known."""


class SqliteFiles:
    """The files of one database."""

    def __init__(self, file: Path) -> None:
        self._file = file
        # Of a link SQLite follows to the file, and puts the others beside that.
        self._real = file.resolve()
        self._names = [str(file), f"{self._real}-wal", f"{self._real}-shm"]
        self._known = _identity(file)
        self._bytes = (0, 0)
        self._guard = threading.Lock()

    def only_what_is_there(
        self, _dialect: Any, _record: Any, arguments: list[Any], options: dict[str, Any]
    ) -> None:
        """Have a connection open a file that is there: SQLite would make one in the place of one that is gone."""
        if self._bytes[0] and not self._found(self._names[0]).st_size:
            raise _gone(
                f"{self._file} is empty"
            )  # SQLite would wait for those who have it open, to begin anew
        if self._known is not None:
            arguments[0] = f"file:{quote(str(arguments[0]))}?mode=rw"
            options["uri"] = True

    def noted(self, connection: sqlite3.Connection, record: Any) -> None:
        """Note which files the connection has opened. Raises FilesGone: they are not those of the others."""
        connection.execute("PRAGMA schema_version").fetchone()  # a first read opens -wal and -shm
        try:
            opened = self._identities()
            if opened[0] != (self._known or opened[0]):
                raise _gone(f"{self._file} is another file than the one that was opened")
        except FilesGone:
            connection.close()
            raise
        self._known = opened[0]
        record.info[FILES] = opened

    def check(self, opened: Opened) -> None:
        """See whether the names lead to the files that were opened, and none was cut. Raises FilesGone."""
        with self._guard:
            sizes = self._looked_at(opened)
            if not sizes[0]:
                raise _gone(f"{self._file} is empty")  # SQLite, asked to look, would remove its -wal
            if sizes[0] < self._bytes[0] or sizes[1] < self._bytes[1]:
                self._look_closer()
            self._bytes = sizes

    def check_kept(self, opened: Opened) -> None:
        """See the same after a commit, and that who opens the files finds what was committed.

        A `-wal` that was cut and then written to has nothing at its beginning, and all of it is ignored.

        Raises FilesGoneMeanwhile: it may be in files that are gone.
        """
        try:
            self.check(opened)
            if (begins := _beginning(self._names[1])) and begins not in WAL_MAGICS:
                raise _gone(f"{self._names[1]} was cut")
        except FilesGone as gone:
            raise FilesGoneMeanwhile from gone

    def rescue(self, connection: sqlite3.Connection, opened: Opened) -> Mapping[str, str]:
        """Keep what the connection still has open, and return what to say of it. Raises OSError, sqlite3.Error."""
        if _identity(self._file) == opened[0]:
            if not Path(self._names[1]).exists():  # else it is somebody's who has opened the files since
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
                return {"brought_into": str(self._file)}
            return {}
        if not _is_deleted(str(self._real)):
            return {}  # it is where it was moved to
        folders.make(self._file.parent)
        target = self._file.with_name(f"{self._file.name}.rescued-{opened[0][1]}")
        part = target.with_name(f"{target.name}-{os.getpid()}.part")
        folders.make_file(part)
        with closing(sqlite3.connect(part)) as copy:
            connection.backup(copy)
        part.replace(target)
        return {"copied_to": str(target)}

    def _identities(self) -> Opened:
        db, wal, shm = (self._found(name) for name in self._names)
        return (db.st_dev, db.st_ino), (wal.st_dev, wal.st_ino), (shm.st_dev, shm.st_ino)

    def _looked_at(self, opened: Opened) -> tuple[int, int]:
        db, wal, shm = (self._found(name) for name in self._names)
        for name, found, known in zip(self._names, (db, wal, shm), opened, strict=True):
            if (found.st_dev, found.st_ino) != known:
                raise _gone(f"{name} is another file than the one that was opened")
        return db.st_size, wal.st_size

    def _found(self, name: str) -> os.stat_result:
        try:
            return os.stat(name)  # noqa: PTH116 - for each commit
        except OSError as error:
            raise _gone(
                f"{name} is not there" if isinstance(error, FileNotFoundError) else str(error)
            ) from None

    def _look_closer(self) -> None:
        """See whether files that became smaller are whole, as after VACUUM or a checkpoint that cuts `-wal`."""
        uri = f"file:{quote(str(self._file))}?mode=rw"
        try:
            with closing(sqlite3.connect(uri, uri=True, timeout=CLOSER_S_MAX)) as fresh:
                [found] = fresh.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.Error as error:
            found = str(error)
        if found != WHOLE:
            raise _gone(f"{self._file} or its -wal was cut: {found}")


def _identity(path: Path) -> Identity | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _beginning(name: str) -> bytes:
    """Return the first bytes of a `-wal`; SQLite holds no locks on it, so it may be opened and closed."""
    try:
        fd = os.open(name, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise _gone(f"{name} cannot be read: {error.strerror}") from None
    try:
        return os.pread(fd, WAL_MAGIC_BYTES, 0)
    finally:
        os.close(fd)


def _gone(reason: str) -> FilesGone:
    error = FilesGone()
    error.reason = reason
    return error


def _is_deleted(name: str) -> bool:
    """Whether this process has a file open that had this name and has none."""
    ours = Path("/proc/self/fd")
    for entry in os.listdir(ours):  # noqa: PTH208 - the descriptor of this look is among them and gone by then
        try:
            if os.readlink(ours / entry) == f"{name} (deleted)":  # noqa: PTH115 - the same
                return True
        except OSError:
            continue
    return False
