"""Users, and the leases under which work is done once."""

import sqlalchemy as sa
from alembic import op

from reference_app.database.metadata import Id, UtcDateTime

revision = "0001_accounts_and_leases"
down_revision = None
branch_labels = ("expand",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False, server_default=""),
        sa.Column("is_admin", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("email", name="uq_users_email"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "work_leases",
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("token", Id, nullable=False, server_default="0"),
        sa.Column("holder", sa.String(200), nullable=False, server_default=""),
        sa.Column("expires_at", UtcDateTime),
        sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
        sa.Column("last_failure", sa.String(100), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("key", name="pk_work_leases"),
    )


def downgrade() -> None:
    op.drop_table("work_leases")
    op.drop_table("users")
