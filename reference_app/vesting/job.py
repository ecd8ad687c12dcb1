"""A run of the release as a command: its arguments checked, its database opened for it alone."""

from collections.abc import Iterator
from contextlib import contextmanager

from reference_app.clock import system_clock
from reference_app.database import for_a_command
from reference_app.settings import Settings
from reference_app.vesting.errors import BadDay
from reference_app.vesting.judging import AVENIR
from reference_app.vesting.release import Run
from reference_app.vesting.release_store import Due
from reference_app.vesting.service import day_due, known_currency
from reference_app.vesting.settings import VestingSettings
from reference_app.web.parameters import day_of


@contextmanager
def started(
    settings: Settings, as_of: str | None, currency: str, *, dry_run: bool, lots_at_once: int
) -> Iterator[Run]:
    """Begin a run, and close its database when the block ends.

    Raises:
        BadDay, UnknownCurrency: an argument is wrong; nothing was opened.
        DatabaseUnavailable, DatabaseNotMigrated: it cannot be worked with; nothing was written.

    """
    day = None if as_of is None else day_of(as_of)
    if as_of is not None and day is None:
        raise BadDay(f"as_of must be a day, as in 2025-01-27, not {as_of!r}.")
    known_currency(currency, settings.of(VestingSettings).currencies)
    due = Due(AVENIR, currency, day_due(day, system_clock))
    with for_a_command.opened(settings.database, system_clock) as database:
        yield Run(database, system_clock, due, dry_run=dry_run, lots_at_once=lots_at_once)
