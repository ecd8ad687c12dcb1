"""What an operator does with the caches from the command line: each on a database that is opened for it alone."""

from reference_app.clock import system_clock
from reference_app.database import for_a_command, migrate
from reference_app.product_cache import verifying
from reference_app.product_cache.cleaning import PURPOSES, CleanUp
from reference_app.product_cache.tables import CACHES
from reference_app.settings import Settings
from reference_app.single_flight import old_locks


def clean_up(settings: Settings, *, with_keys: bool) -> tuple[dict[str, int], dict[str, list[str]]]:
    """Remove what has expired; return how many entries of each cache, and with `with_keys` their keys.

    Forgets locks that were not used for a day, too.

    Raises:
        DatabaseUnavailable, DatabaseNotMigrated: what was removed before is.

    """
    keys: dict[str, list[str]] = {cache: [] for cache in CACHES}
    with for_a_command.opened(settings.database, system_clock) as database:
        run = CleanUp(system_clock)
        while run.going:
            removed = database.write_now(run.step)
            cache = run.note(removed)
            keys[cache] += removed if with_keys else []
        old_locks.forget(database, PURPOSES)
        return run.removed, keys


def verify(settings: Settings) -> dict[str, list[str]]:
    """Return for each table what is wrong with it.

    Raises:
        DatabaseUnavailable: it cannot be reached.

    """
    with migrate.connected(settings.database, make=False) as connection:
        return verifying.problems(connection)
