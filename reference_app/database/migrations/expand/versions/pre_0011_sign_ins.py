"""Sign-ins: failures that are counted, sources that are known, and an epoch for the tokens of each user."""

import sqlalchemy as sa
from alembic import op

from reference_app.database.metadata import Id, UtcDateTime

revision = "0011_sign_ins"
down_revision = "0010_work_leases"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("users", sa.Column("token_epoch", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "sign_in_sources",
        sa.Column("user_id", Id, autoincrement=False, nullable=False),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("last_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "source", name="pk_sign_in_sources"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_sign_in_sources_user_id_users", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "sign_in_failures",
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_sign_in_failures"),
    )
    op.create_index("ix_sign_in_failures_last_at", "sign_in_failures", ["last_at"])


def downgrade() -> None:
    op.drop_table("sign_in_failures")
    op.drop_table("sign_in_sources")
    op.drop_column("users", "token_epoch")
