"""All SQL about work leases. Each function works in the caller's transaction.

Every change is one statement whose condition is looked at by the database when it has the row: what was read before
it decides nothing. `now` is our clock's, bound by the caller; so machines that share leases need clocks that agree.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, select, update

from reference_app.clock import Clock
from reference_app.database import dialects
from reference_app.task_leases.tables import task_leases

_columns: Final = task_leases.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """One row: the lease of a task, or what is left of it."""

    task_id: str
    holder: str
    started_at: datetime
    last_heartbeat: datetime
    expires_at: datetime
    ttl_s: int
    token: int
    completed_at: datetime | None

    def state(self, now: datetime) -> str:
        """Return `held`, `expired` or `completed`."""
        if self.completed_at is not None:
            return "completed"
        return "held" if self.expires_at > now else "expired"


def take(connection: Connection, clock: Clock, task: str, holder: str, ttl_s: int) -> tuple[bool, Lease]:
    """Take the task's lease unless somebody holds it; return whether that was done, and the lease that is there.

    Safe for any number at the same time: of those who insert the row one does, and the others wait for it. Each
    then looks at the row as it is by then, which has a holder and an end to come. What is taken for now may be
    some moments old by then: no lease is found to have ended before it has.
    """
    now = clock()
    values = {
        "holder": holder,
        "started_at": now,
        "last_heartbeat": now,
        "expires_at": now + timedelta(seconds=ttl_s),
        "ttl_s": ttl_s,
        "completed_at": None,
    }
    is_ours = dialects.of(connection).insert_or_change_if(
        connection,
        task_leases,
        {"task_id": task, "token": 1, **values},
        keys=["task_id"],
        changes={"token": _columns.token + 1, **values},
        condition=_columns.completed_at.is_not(None) | (_columns.expires_at <= now),
    )
    return is_ours, _there(connection, task)


def put_off(connection: Connection, clock: Clock, task: str, holder: str) -> tuple[bool, Lease | None]:
    """Put off the end of the holder's lease if it is still theirs; return whether it was, and the lease as it is.

    Safe because the statement names the token: a lease that was taken after it was read has another.
    """
    lease, now = find(connection, task), clock()
    if lease is None or not _changed(connection, lease, holder, now, _heard_of(lease, now)):
        return False, lease
    return True, _there(connection, task)


def complete(connection: Connection, clock: Clock, task: str, holder: str) -> tuple[bool, Lease | None]:
    """Give the holder's lease back, if it is still theirs. Returns as `put_off`, and is as safe."""
    lease, now = find(connection, task), clock()
    if lease is None or not _changed(connection, lease, holder, now, {"completed_at": now}):
        return False, lease
    return True, _there(connection, task)


def find(connection: Connection, task: str) -> Lease | None:
    """Return the task's lease; None where nobody has started it."""
    row = connection.execute(select(task_leases).where(_columns.task_id == task)).mappings().first()
    return Lease(**row) if row else None


def everything(connection: Connection) -> list[Lease]:
    """Return the leases of all tasks, in no order."""
    return [Lease(**row) for row in connection.execute(select(task_leases)).mappings()]


def _heard_of(lease: Lease, now: datetime) -> dict[str, datetime]:
    return {"last_heartbeat": now, "expires_at": now + timedelta(seconds=lease.ttl_s)}


def _changed(
    connection: Connection, lease: Lease, holder: str, now: datetime, values: Mapping[str, datetime]
) -> bool:
    """Change the lease if it is still the one that was read, and held by this holder; return whether it was."""
    is_theirs = (
        _columns.task_id == lease.task_id,
        _columns.holder == holder,
        _columns.token == lease.token,
        _columns.completed_at.is_(None),
        _columns.expires_at > now,
    )
    return connection.execute(update(task_leases).where(*is_theirs).values(**values)).rowcount == 1


def _there(connection: Connection, task: str) -> Lease:
    lease = find(connection, task)
    assert lease is not None, "the row was there in this transaction, and rows are never deleted"
    return lease
