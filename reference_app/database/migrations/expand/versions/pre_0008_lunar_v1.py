"""The texts about lunar returns that the first version wrote beforehand. A new database has none."""

import sqlalchemy as sa
from alembic import op

from reference_app.database.metadata import Id, UtcDateTime

revision = "0008_lunar_v1"
down_revision = "0007_product_cache"
branch_labels = None
depends_on = None

TABLE = "pregenerated_lunar_interpretations"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("moon_sign", sa.String(20), nullable=False),
        sa.Column("moon_house", sa.Integer, nullable=False),
        sa.Column("lunar_ascendant", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, nullable=False, server_default="2"),
        sa.Column("lang", sa.String(2), nullable=False, server_default="fr"),
        sa.Column("interpretation_full", sa.Text, nullable=False),
        sa.Column("weekly_advice", sa.JSON),
        sa.Column("length", sa.Integer, nullable=False),
        sa.Column("model_used", sa.String(100)),
        sa.Column("created_at", UtcDateTime, nullable=False, server_default=sa.func.now()),
        sa.Column("updated_at", UtcDateTime, nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("id", name=f"pk_{TABLE}"),
    )
    op.create_index(
        "uq_pregenerated_lunar_interpretations_key",
        TABLE,
        ["moon_sign", "moon_house", "lunar_ascendant", "version", "lang"],
        unique=True,
    )


def downgrade() -> None:
    op.drop_table(TABLE)
