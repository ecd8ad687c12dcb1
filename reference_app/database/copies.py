"""Copies of a whole database: into a file of a backup, and back into a database that holds nothing.

What this promises: a copy is made of one moment, while others write, and is for its owner alone; what could not be
copied raises. A database that holds something is never written to.

What it does not: it copies no event log; `reference_app.backups` puts both halves together.
"""

from pathlib import Path
from typing import Final, Protocol

from sqlalchemy.engine import URL

from reference_app.errors import AppError
from reference_app.exit_codes import ExitCode

LEAP: Final = 1_000_000
"""By how much all numbers leap that the database gives out, when it is restored: more than were given since."""
COPY_S_MAX: Final = 6 * 3_600.0
"""How long a copy may take: a bound on what hangs."""


class CopyFailed(AppError):
    """The database could not be copied."""

    exit_code = ExitCode.NOT_READY


class Copies(Protocol):
    """How one kind of database is copied."""

    name: str
    """The copy's name in a backup."""

    def back_up(self, url: URL, file: Path) -> None:
        """Copy the database into `file`, which is made. Raises CopyFailed, OSError."""

    def holds_something(self, url: URL) -> bool:
        """Return whether the database at the URL holds anything, or a file is there. Raises CopyFailed."""

    def restore(self, file: Path, url: URL) -> None:
        """Copy `file` into the database, which holds nothing. Raises CopyFailed, OSError.

        No number that was given after the copy was made is given again: logs and tokens name people by theirs.
        """
