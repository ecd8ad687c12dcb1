"""The table of work leases: one row a task, kept after it is completed.

`work_leases` beside it is something else: the locks of the server's own generations.
"""

from typing import Final

from sqlalchemy import CheckConstraint, Column, Integer, String, Table

from reference_app.database.metadata import metadata
from reference_app.database.types import Id, UtcDateTime

NAME_LENGTH_MAX: Final = 100

task_leases: Final = Table(
    "task_leases",
    metadata,
    Column("task_id", String(NAME_LENGTH_MAX), primary_key=True),
    Column("holder", String(NAME_LENGTH_MAX), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("last_heartbeat", UtcDateTime, nullable=False),
    # From this instant on anybody may take the lease over.
    Column("expires_at", UtcDateTime, nullable=False),
    # How long it lasts without a heartbeat, as its start said.
    Column("ttl_s", Integer, nullable=False),
    # How often the task was started: 1, and 1 more with each start that took the lease.
    Column("token", Id, nullable=False, server_default="1"),
    # Null while the task is being worked on, and when its holder was not heard of again.
    Column("completed_at", UtcDateTime),
    CheckConstraint("ttl_s >= 1", name="ttl_s"),
    CheckConstraint("token >= 1", name="token"),
)
