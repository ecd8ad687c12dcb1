"""A database that is opened for one command, and closed when that ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from reference_app.clock import Clock
from reference_app.database import migrate
from reference_app.database.engine import Database

STATEMENT_S_MAX: Final = 60.0
"""How long a statement may take, with its waits: many commands at once stand in a queue."""


@contextmanager
def opened(database: str, clock: Clock) -> Iterator[Database]:
    """Open the database at this URL, which must be there and migrated.

    One that is not there is a mistake, and not to be made by a command.

    Raises:
        DatabaseUnavailable, DatabaseNotMigrated: it cannot be worked with; nothing was written.

    """
    migrate.require(database, make=False)
    found = Database(
        database,
        clock=clock,
        threads=1,
        holders=0,
        wait_s_max=STATEMENT_S_MAX,
        statement_s_max=STATEMENT_S_MAX,
    )
    try:
        yield found
    finally:
        found.close()
