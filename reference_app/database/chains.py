"""The two chains of migrations: what a start runs by itself, and what only an operator runs.

`expand` adds: tables, columns, indexes. A server of the version before can go on with what it leaves. `contract`
removes what no running server needs any more. Each chain has its own folder of revisions and its own table that
says how far a database is, so that neither can keep the other from going on.
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
    """The folder of the revisions' files, each of which bears its revision's name."""

    @property
    def head(self) -> str | None:
        """The newest revision, None while there are none: their names begin with a number, which counts up.

        Read from the names of the files, because a start should not have to import Alembic. A test compares.
        """
        return max((file.stem for file in self.revisions.glob("[0-9]*.py")), default=None)


EXPAND: Final = Chain("expand", "alembic_version", SCRIPTS / "expand" / "versions")
CONTRACT: Final = Chain("contract", "alembic_version_contract", SCRIPTS / "contract" / "versions")
