"""Natal charts and lunar returns."""

import sqlalchemy as sa
from alembic import op

from reference_app.database.metadata import Id, UtcDateTime

revision = "0002_lunar_returns"
down_revision = "0001_accounts_and_leases"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "natal_charts",
        sa.Column("user_id", Id, autoincrement=False, nullable=False),
        sa.Column("birth_datetime", UtcDateTime, nullable=False),
        sa.Column("latitude", sa.Float(53), nullable=False),
        sa.Column("longitude", sa.Float(53), nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False, server_default="1"),
        sa.Column("updated_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_natal_charts"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_natal_charts_user_id_users", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "lunar_returns",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("return_date", UtcDateTime, nullable=False),
        sa.Column("moon_sign", sa.String(20), nullable=False),
        sa.Column("moon_house", sa.Integer, nullable=False),
        sa.Column("lunar_ascendant", sa.String(20), nullable=False),
        sa.Column("aspects", sa.JSON, nullable=False),
        sa.Column("calculated_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_lunar_returns"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_lunar_returns_user_id_users", ondelete="CASCADE"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_lunar_returns_user_return_date", "lunar_returns", ["user_id", "return_date"])


def downgrade() -> None:
    op.drop_table("lunar_returns")
    op.drop_table("natal_charts")
