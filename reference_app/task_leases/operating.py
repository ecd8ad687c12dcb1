"""Opens the leases of a database for one command."""

from collections.abc import Iterator
from contextlib import contextmanager

from reference_app.clock import system_clock
from reference_app.database import for_a_command
from reference_app.settings import Settings
from reference_app.task_leases.service import TaskLeases


@contextmanager
def opened(settings: Settings) -> Iterator[TaskLeases]:
    """Open the leases of the settings' database, which must be migrated.

    Raises:
        DatabaseUnavailable, DatabaseNotMigrated: nothing was changed.

    """
    with for_a_command.opened(settings.database, system_clock) as database:
        yield TaskLeases(database, system_clock)
