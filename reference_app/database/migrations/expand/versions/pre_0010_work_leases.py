"""Work leases: one row a task, with its holder, kept after it is completed."""

import sqlalchemy as sa
from alembic import op

from reference_app.database.metadata import Id, UtcDateTime

revision = "0010_work_leases"
down_revision = "0009_lunar_v2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "task_leases",
        sa.Column("task_id", sa.String(100), nullable=False),
        sa.Column("holder", sa.String(100), nullable=False),
        sa.Column("started_at", UtcDateTime, nullable=False),
        sa.Column("last_heartbeat", UtcDateTime, nullable=False),
        sa.Column("expires_at", UtcDateTime, nullable=False),
        sa.Column("ttl_s", sa.Integer, nullable=False),
        sa.Column("token", Id, nullable=False, server_default="1"),
        sa.Column("completed_at", UtcDateTime),
        sa.PrimaryKeyConstraint("task_id", name="pk_task_leases"),
        sa.CheckConstraint("ttl_s >= 1", name="ck_task_leases_ttl_s"),
        sa.CheckConstraint("token >= 1", name="ck_task_leases_token"),
    )


def downgrade() -> None:
    op.drop_table("task_leases")
