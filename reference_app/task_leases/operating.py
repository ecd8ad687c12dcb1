"""Opens the leases of a database for one command."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from reference_app.clock import system_clock
from reference_app.database import migrate
from reference_app.database.engine import Database
from reference_app.settings import Settings
from reference_app.task_leases.service import TaskLeases

STATEMENT_S_MAX: Final = 60.0
"""How long a statement may take, with its waits for others."""


@contextmanager
def opened(settings: Settings) -> Iterator[TaskLeases]:
    """Open the leases of the settings' database, which must be migrated.

    Raises:
        DatabaseUnavailable, DatabaseNotMigrated: nothing was changed.

    """
    migrate.require(settings.database, make=False)
    database = Database(
        settings.database,
        clock=system_clock,
        threads=1,
        holders=0,
        wait_s_max=STATEMENT_S_MAX,
        statement_s_max=STATEMENT_S_MAX,
    )
    try:
        yield TaskLeases(database, system_clock)
    finally:
        database.close()
