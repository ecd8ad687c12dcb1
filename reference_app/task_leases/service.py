"""The rules of work leases: one holder a task, who must be heard of, or anybody may take it over.

A lease that has expired is nobody's, whether or not it was taken over: its former holder is refused, and starts
again. So is a holder that starts what it holds, for two processes of one name are two. Nothing here stops a holder
that works on after its lease has ended: that is what heartbeats are refused for.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from reference_app.clock import Clock
from reference_app.database.engine import Database
from reference_app.task_leases import store
from reference_app.task_leases.errors import BadName, LeaseNotHeld, NoSuchTask, TaskTaken
from reference_app.task_leases.store import Lease
from reference_app.task_leases.tables import NAME_LENGTH_MAX

Change = Callable[[Any, Clock, str, str], tuple[bool, Lease | None]]
"""Changes a lease that the holder has, in a transaction; returns whether it did, and the lease."""


class TaskLeases:
    """The leases of one database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def start(self, task: str, holder: str, ttl_s: int) -> Lease:
        """Take the lease of a task for `ttl_s` seconds.

        Raises:
            BadName: of the task or the holder.
            TaskTaken: somebody holds it; the message says who and until when.

        """
        _check_names(task, holder)
        is_ours, lease = self._database.write_now(store.take, self._clock, task, holder, ttl_s)
        if not is_ours:
            raise TaskTaken(f"{task} is held by {lease.holder} until {utc(lease.expires_at)}.")
        return lease

    def heartbeat(self, task: str, holder: str) -> Lease:
        """Put off the end of the holder's lease: from now on it lasts as long as at its start.

        Raises:
            BadName: of the task or the holder.
            LeaseNotHeld: by this holder, or not any more; the message says why.

        """
        return self._kept(store.put_off, task, holder)

    def complete(self, task: str, holder: str) -> Lease:
        """Give the holder's lease back: the task is done, and may be started again. Raises as `heartbeat`."""
        return self._kept(store.complete, task, holder)

    def status(self, task: str | None = None) -> list[tuple[Lease, str]]:
        """Return the leases of all tasks, or of one, each with its state, in the order of their starts.

        Raises:
            BadName, NoSuchTask: of the one that is asked for.

        """
        if task is None:
            found = self._database.read_now(store.everything)
            # Here and not in SQL: databases order texts by rules of their own.
            found.sort(key=lambda lease: (lease.started_at, lease.task_id))
        else:
            _check_names(task)
            one = self._database.read_now(store.find, task)
            if one is None:
                raise NoSuchTask(f"Nobody has started {task}.")
            found = [one]
        now = self._clock()
        return [(each, each.state(now)) for each in found]

    def _kept(self, change: Change, task: str, holder: str) -> Lease:
        _check_names(task, holder)
        was_theirs, lease = self._database.write_now(change, self._clock, task, holder)
        if lease is None or not was_theirs:
            raise LeaseNotHeld(_why(lease, task, holder))
        return lease


def _why(lease: Lease | None, task: str, holder: str) -> str:
    """Return why the holder does not hold the lease."""
    if lease is None:
        return f"Nobody has started {task}."
    if lease.completed_at is not None:
        return f"{task} was completed by {lease.holder} at {utc(lease.completed_at)}."
    if lease.holder != holder:
        return f"{task} was taken by {lease.holder} at {utc(lease.started_at)}."
    return f"The lease of {holder} on {task} has expired at {utc(lease.expires_at)}: start it again."


def utc(instant: datetime) -> str:
    """Return an instant as people read it, to the second: `2026-03-01T12:05:00Z`."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"


def _check_names(*names: str) -> None:
    for name in names:
        if not (0 < len(name) <= NAME_LENGTH_MAX and name.isprintable() and name == name.strip()):
            raise BadName
