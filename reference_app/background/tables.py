"""The table of timers: when each began last, and how that ended."""

from typing import Final

from sqlalchemy import Column, String, Table

from reference_app.database.metadata import metadata
from reference_app.database.types import Id, UtcDateTime

NAME_LENGTH_MAX: Final = 100
OUTCOME_LENGTH_MAX: Final = 20

timed_runs: Final = Table(
    "timed_runs",
    metadata,
    Column("name", String(NAME_LENGTH_MAX), primary_key=True),
    # The app's clock. The next run is due an interval later; the interval is a setting, and so not kept.
    Column("began_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime, nullable=False),
    Column("outcome", String(OUTCOME_LENGTH_MAX), nullable=False),
    # Of each outcome: how often it was noted, by all processes since the table was made.
    Column("finished", Id, nullable=False, server_default="0"),
    Column("failed", Id, nullable=False, server_default="0"),
)
