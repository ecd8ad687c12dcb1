"""All SQL about timers. Each function works in the caller's transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select

from reference_app.background.tables import timed_runs
from reference_app.database import dialects

FINISHED: Final = "finished"
FAILED: Final = "failed"


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a timer: when it began and ended, and how."""

    began_at: datetime
    ended_at: datetime
    outcome: str
    """`FINISHED` or `FAILED`."""
    took_s: float = 0.0
    """As the process measured it that ran it; it is not stored."""


def last_run(connection: Connection, name: str) -> Run | None:
    """Return the last run that was noted; None if there was none."""
    runs = timed_runs.c
    row = connection.execute(
        select(runs.began_at, runs.ended_at, runs.outcome).where(runs.name == name)
    ).one_or_none()
    return None if row is None else Run(row.began_at, row.ended_at, row.outcome)


def note(connection: Connection, name: str, run: Run) -> Run:
    """Note a run, and return it.

    Safe because the caller's transaction has proven at its beginning that the timer's lease is its own, and keeps
    it from others until its end: nobody else notes a run meanwhile.
    """
    last = {"began_at": run.began_at, "ended_at": run.ended_at, "outcome": run.outcome}
    counted = timed_runs.c[run.outcome]
    dialects.of(connection).insert_or_change(
        connection,
        timed_runs,
        {"name": name, **last, run.outcome: 1},
        keys=["name"],
        changes={**last, run.outcome: counted + 1},
    )
    return run
