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
    """One line of revisions. `head` is the newest of them, or None while there are none."""

    name: str
    head: str | None
    version_table: str
    revisions: Path
    """The folder of the revisions' files."""


EXPAND: Final = Chain(
    "expand", "0004_failures_told_across", "alembic_version", SCRIPTS / "expand" / "versions"
)
CONTRACT: Final = Chain("contract", None, "alembic_version_contract", SCRIPTS / "contract" / "versions")
