"""What a failure says, and when to ask again, for those who wait for it in another process."""

import sqlalchemy as sa
from alembic import op

revision = "0004_failures_told_across"
down_revision = "0003_one_return_a_month"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "work_leases", sa.Column("last_failure_message", sa.String(500), nullable=False, server_default="")
    )
    op.add_column("work_leases", sa.Column("last_failure_retry_after_s", sa.Integer))


def downgrade() -> None:
    with op.batch_alter_table("work_leases") as table:
        table.drop_column("last_failure_retry_after_s")
        table.drop_column("last_failure_message")
