"""When each timer began last, and how that ended."""

import sqlalchemy as sa
from alembic import op

from reference_app.database.types import Id, UtcDateTime

revision = "0006_timed_runs"
down_revision = "0005_vesting"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "timed_runs",
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("began_at", UtcDateTime, nullable=False),
        sa.Column("ended_at", UtcDateTime, nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("finished", Id, nullable=False, server_default="0"),
        sa.Column("failed", Id, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("name", name="pk_timed_runs"),
    )


def downgrade() -> None:
    op.drop_table("timed_runs")
