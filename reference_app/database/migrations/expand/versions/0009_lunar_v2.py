"""Interpretations of lunar returns, and the templates: those that the first version wrote, or else the shipped ones.

What the first version wrote is copied inside the database, so no byte of it changes; it also stays where it was, and
in a backup. Going back loses what this version wrote, and nothing of the first.
"""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from reference_app.database.metadata import Id, UtcDateTime

revision = "0009_lunar_v2"
down_revision = "0008_lunar_v1"
branch_labels = None
depends_on = None

V1 = "pregenerated_lunar_interpretations"
BACKUP = "pregenerated_lunar_interpretations_backup"
TEMPLATES = "lunar_interpretation_templates"
INTERPRETATIONS = "lunar_interpretations"
MIGRATIONS = "lunar_migrations"

OF_V1 = "moon_sign, moon_house, lunar_ascendant, version, lang, {text}, {advice}, {more}model_used, created_at, updated_at"
KEPT = OF_V1.format(text="interpretation_full", advice="weekly_advice", more="length, ")
READ = OF_V1.format(text="interpretation_full", advice="weekly_advice", more="")
WRITTEN = OF_V1.format(text="template_text", advice="weekly_advice_template", more="")


def upgrade() -> None:
    _make_templates()
    _make_backup()
    _make_interpretations()
    op.create_table(
        MIGRATIONS,
        sa.Column("version", sa.String(20), nullable=False),
        sa.Column("migrated_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("version", name=f"pk_{MIGRATIONS}"),
    )
    connection, now = op.get_bind(), datetime.now(UTC)
    op.bulk_insert(_table(MIGRATIONS, "version", migrated_at=UtcDateTime), [{"version": "2.0", "migrated_at": now}])
    if connection.scalar(sa.text(f"SELECT EXISTS (SELECT 1 FROM {V1})")):
        connection.execute(sa.text(f"INSERT INTO {BACKUP} (id, {KEPT}) SELECT id, {KEPT} FROM {V1} ORDER BY id"))
        connection.execute(
            sa.text(f"INSERT INTO {TEMPLATES} (template_type, {WRITTEN}) SELECT 'full', {READ} FROM {V1} ORDER BY id")
        )
    else:
        _seed(now)


def _make_templates() -> None:
    op.create_table(
        TEMPLATES,
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("template_type", sa.String(20), nullable=False),
        sa.Column("moon_sign", sa.String(20)),
        sa.Column("moon_house", sa.Integer),
        sa.Column("lunar_ascendant", sa.String(20)),
        sa.Column("version", sa.Integer, nullable=False, server_default="2"),
        sa.Column("lang", sa.String(2), nullable=False, server_default="fr"),
        sa.Column("template_text", sa.Text, nullable=False),
        sa.Column("weekly_advice_template", sa.JSON),
        sa.Column("model_used", sa.String(100)),
        sa.Column("created_at", UtcDateTime, nullable=False, server_default=sa.func.now()),
        sa.Column("updated_at", UtcDateTime, nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("id", name=f"pk_{TEMPLATES}"),
        sa.CheckConstraint(
            "template_type IN ('full', 'climate', 'focus', 'approach')", name=f"ck_{TEMPLATES}_template_type"
        ),
        sa.CheckConstraint("lang IN ('fr', 'en')", name=f"ck_{TEMPLATES}_lang"),
        sa.CheckConstraint("version >= 1", name=f"ck_{TEMPLATES}_version"),
    )
    # NULL is no value to a unique index, so what is unique is what stands for it.
    op.create_index(
        "uq_lunar_interpretation_templates_key",
        TEMPLATES,
        [
            "template_type",
            sa.text("coalesce(moon_sign, '')"),
            sa.text("coalesce(moon_house, 0)"),
            sa.text("coalesce(lunar_ascendant, '')"),
            "version",
            "lang",
        ],
        unique=True,
    )
    op.create_index(
        "ix_lunar_interpretation_templates_lookup",
        TEMPLATES,
        ["template_type", "moon_sign", "moon_house", "lunar_ascendant", "lang", "version"],
    )


def _make_backup() -> None:
    op.create_table(
        BACKUP,
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
        sa.PrimaryKeyConstraint("id", name=f"pk_{BACKUP}"),
    )
    op.create_index(
        "uq_pregenerated_lunar_interpretations_backup_key",
        BACKUP,
        ["moon_sign", "moon_house", "lunar_ascendant", "version", "lang"],
        unique=True,
    )


def _make_interpretations() -> None:
    op.create_table(
        INTERPRETATIONS,
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("lunar_return_id", Id, nullable=False),
        sa.Column("subject", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("lang", sa.String(2), nullable=False, server_default="fr"),
        sa.Column("input_json", sa.JSON, nullable=False),
        sa.Column("output_text", sa.Text, nullable=False),
        sa.Column("weekly_advice", sa.JSON),
        sa.Column("model_used", sa.String(100), nullable=False),
        sa.Column("source", sa.String(20), nullable=False, server_default="claude"),
        sa.Column("generation_ms", sa.Integer, nullable=False),
        sa.Column("hit_count", sa.Integer, nullable=False, server_default="0"),
        sa.Column("generations", sa.Integer, nullable=False, server_default="1"),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("updated_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{INTERPRETATIONS}"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=f"fk_{INTERPRETATIONS}_user_id_users", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["lunar_return_id"],
            ["lunar_returns.id"],
            name=f"fk_{INTERPRETATIONS}_lunar_return_id_lunar_returns",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "subject IN ('full', 'climate', 'focus', 'approach')", name=f"ck_{INTERPRETATIONS}_subject"
        ),
        sa.CheckConstraint("lang IN ('fr', 'en')", name=f"ck_{INTERPRETATIONS}_lang"),
        sa.CheckConstraint("version >= 1", name=f"ck_{INTERPRETATIONS}_version"),
        sa.CheckConstraint("source = 'claude'", name=f"ck_{INTERPRETATIONS}_source"),
        sa.CheckConstraint("hit_count >= 0", name=f"ck_{INTERPRETATIONS}_hit_count"),
        sa.CheckConstraint("generations >= 1", name=f"ck_{INTERPRETATIONS}_generations"),
    )
    op.create_index(
        "uq_lunar_interpretations_key",
        INTERPRETATIONS,
        ["lunar_return_id", "subject", "lang", "version"],
        unique=True,
    )
    op.create_index("ix_lunar_interpretations_user_id", INTERPRETATIONS, ["user_id"])


def _seed(now: datetime) -> None:
    from reference_app.interpretations.texts import templates

    full = {"template_type": "full", "version": 2, "lang": "fr", "created_at": now, "updated_at": now}
    table = _table(
        TEMPLATES,
        "template_type", "moon_sign", "moon_house", "lunar_ascendant", "version", "lang", "template_text",
        weekly_advice_template=sa.JSON, created_at=UtcDateTime, updated_at=UtcDateTime,
    )  # fmt: skip
    op.bulk_insert(
        table,
        [
            {
                **full,
                "moon_sign": each.moon_sign,
                "moon_house": each.moon_house,
                "lunar_ascendant": each.lunar_ascendant,
                "template_text": each.text,
                "weekly_advice_template": each.weekly_advice,
            }
            for each in templates()
        ],
    )


def _table(name: str, *columns: str, **typed: type[sa.types.TypeEngine[Any]]) -> sa.TableClause:
    return sa.table(
        name, *map(sa.column, columns), *(sa.column(column, kind) for column, kind in typed.items())
    )


def downgrade() -> None:
    for table in (MIGRATIONS, INTERPRETATIONS, BACKUP, TEMPLATES):
        op.drop_table(table)
