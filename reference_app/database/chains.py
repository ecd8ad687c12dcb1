"""The two chains of migrations: what a start runs by itself, and what only an operator runs.

`expand` adds: tables, columns, indexes. A server of the version before can go on with what it leaves. `contract`
removes what no running server needs any more. Each chain has its own folder of revisions and its own table that
says how far a database is, so that neither can keep the other from going on.

A revision's file says when it is safe: `pre_…` may run before the new version is deployed, while servers of the
version before serve; `post_…` only when the last of them is gone.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

SCRIPTS: Final = Path(__file__).with_name("migrations")


@dataclass(frozen=True, slots=True)
class Chain:
    """One line of revisions."""

    name: str
    version_table: str
    revisions: Path
    """The folder of the revisions' files, each of which bears its revision's name after `prefix`."""
    prefix: str
    """What the file names begin with: when it is safe to run them."""

    @property
    def head(self) -> str | None:
        """The newest revision, None while there are none: their names begin with a number, which counts up.

        Read from the names of the files, because a start should not have to import Alembic. A test compares.
        """
        names = (file.stem for file in self.revisions.glob(f"{self.prefix}[0-9]*.py"))
        return max((name.removeprefix(self.prefix) for name in names), default=None)


EXPAND: Final = Chain("expand", "alembic_version", SCRIPTS / "expand" / "versions", "pre_")
CONTRACT: Final = Chain("contract", "alembic_version_contract", SCRIPTS / "contract" / "versions", "post_")
