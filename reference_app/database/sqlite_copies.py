"""SQLite, copied as one file: with SQLite's own backup, which reads one moment and stops no writer."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote

from sqlalchemy.engine import URL

from reference_app import folders
from reference_app.database.copies import LEAP, CopyFailed

GIVES_NUMBERS: Final = "SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'"
LEAPS: Final = f"""
    BEGIN IMMEDIATE;
    INSERT INTO sqlite_sequence (name, seq)
    SELECT name, 0 FROM sqlite_master
    WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%' AND name NOT IN (SELECT name FROM sqlite_sequence);
    UPDATE sqlite_sequence SET seq = seq + {LEAP};
    COMMIT;
"""  # noqa: S608 - nothing from outside
BUSY_S_MAX: Final = 30.0
PRIVATE: Final = 0o600
PIECE_BYTES: Final = 1_048_576
BESIDE: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file, by what is added to its name."""


class SqliteCopies:
    """What `copies.Copies` promises, on SQLite."""

    name = "database.sqlite3"

    def back_up(self, url: URL, file: Path) -> None:
        """Copy the file in one transaction, and have SQLite check the copy, which needs no other file."""
        with _said():
            _make_private(file)
            with closing(_opened(Path(str(url.database)))) as source, closing(_opened(file)) as copy:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")
                _check(copy)

    def holds_something(self, url: URL) -> bool:
        """Return whether the file is there, or one that belongs to it."""
        return any(Path(f"{url.database}{end}").exists() for end in ("", *BESIDE))

    def restore(self, file: Path, url: URL) -> None:
        """Write the file beside its place, and give it its name once it is whole."""
        place = Path(str(url.database))
        folders.make(place.parent)
        beside = place.with_name(f"{place.name}.restoring")
        with _said():
            beside.unlink(missing_ok=True)
            _copy(file, beside)
            with closing(_opened(beside)) as copy:
                _check(copy)
                _leap(copy)
            # A link, for a rename would replace what somebody has made there meanwhile.
            os.link(beside, place)
            beside.unlink()
            _sync(place.parent)


def _opened(file: Path) -> sqlite3.Connection:
    """Open a file that is there; a log of writes that lies beside it belongs to it."""
    address = f"file:{quote(str(file.absolute()))}?mode=rw"
    return sqlite3.connect(address, uri=True, timeout=BUSY_S_MAX, isolation_level=None)


def _check(copy: sqlite3.Connection) -> None:
    found = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise CopyFailed(f"The copy of the database is not sound: {found}")


def _leap(copy: sqlite3.Connection) -> None:
    if copy.execute(GIVES_NUMBERS).fetchone():
        copy.executescript(LEAPS)


def _copy(file: Path, target: Path) -> None:
    _make_private(target)
    with file.open("rb") as source, target.open("r+b") as copy:
        while piece := source.read(PIECE_BYTES):
            copy.write(piece)
        copy.flush()
        os.fsync(copy.fileno())


def _make_private(file: Path) -> None:
    """Make an empty file; what SQLite puts beside it gets its rights."""
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE))


def _sync(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise CopyFailed(f"The database could not be copied: {error}") from error
