"""Interpretations of lunar returns, and the templates: those that the first version wrote, or else the shipped ones.

What the first version wrote is copied inside the database, so no byte of it changes, and no row of it is held in
memory; it also stays where it was, and in a backup. Going back loses nothing of the first version: what is missing
where it was comes back from the backup. It is refused while it would lose texts that Claude wrote, unless that is
wanted.
"""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import context, op
from alembic.util import CommandError

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
CLEANUP, CONTRACT = "0001_drop_lunar_backup", "alembic_version_contract"
SHOWN_MAX = 5

OF_V1 = "moon_sign, moon_house, lunar_ascendant, version, lang, {text}, {advice}, {more}model_used, created_at, updated_at"
KEPT = OF_V1.format(text="interpretation_full", advice="weekly_advice", more="length, ")
READ = OF_V1.format(text="interpretation_full", advice="weekly_advice", more="")
WRITTEN = OF_V1.format(text="template_text", advice="weekly_advice_template", more="")


def upgrade() -> None:
    _refuse_what_is_no_template()
    _make_templates()
    _make_backup()
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
            sa.text(f"INSERT INTO {TEMPLATES} (template_type, {WRITTEN}) SELECT 'full', {READ} FROM {BACKUP} ORDER BY id")
        )
    else:
        _seed(now)
    # Last, for its foreign keys keep others from writing users and returns until all is done.
    _make_interpretations()


def _refuse_what_is_no_template() -> None:
    """Refuse what the first version may hold and the templates may not, before anything is made."""
    key = "moon_sign, moon_house, lunar_ascendant, version, lang"
    found = op.get_bind().execute(
        sa.text(f"SELECT {key} FROM {V1} WHERE version < 1 OR lang NOT IN ('fr', 'en') ORDER BY {key}")
    ).all()
    if found:
        shown = ", ".join(f"{sign} {house} {ascendant} version {version} {lang}" for sign, house, ascendant, version, lang in found[:SHOWN_MAX])
        more = f", and {len(found) - SHOWN_MAX} more" if len(found) > SHOWN_MAX else ""
        raise CommandError(
            f"{V1} holds texts of a version below 1 or in another language than fr and en: {shown}{more}. "
            "Nothing was changed."
        )


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
    connection = op.get_bind()
    _refuse_to_lose_texts(connection)
    there = sa.inspect(connection)
    if there.has_table(BACKUP):
        lacks = " AND ".join(f"v1.{each} = b.{each}" for each in ("moon_sign", "moon_house", "lunar_ascendant", "version", "lang"))
        connection.execute(
            sa.text(
                f"INSERT INTO {V1} (id, {KEPT}) SELECT id, {KEPT} FROM {BACKUP} AS b "
                f"WHERE NOT EXISTS (SELECT 1 FROM {V1} AS v1 WHERE {lacks}) ORDER BY id"
            )
        )
    if there.has_table(CONTRACT):
        # The next way up makes a backup again, which is then to be removed again.
        connection.execute(sa.text(f"DELETE FROM {CONTRACT} WHERE version_num = '{CLEANUP}'"))
    for table in (MIGRATIONS, INTERPRETATIONS, BACKUP, TEMPLATES):
        op.drop_table(table, if_exists=table == BACKUP)


def _refuse_to_lose_texts(connection: sa.Connection) -> None:
    texts, people = connection.execute(
        sa.text(f"SELECT COUNT(*), COUNT(DISTINCT user_id) FROM {INTERPRETATIONS}")
    ).one()
    if texts and not context.config.attributes.get("loses_texts"):
        raise CommandError(
            f"Going back removes what Claude wrote, which is nowhere else (texts: {texts}, of people: {people}). "
            "With --lose-texts it goes back without them; nothing was changed."
        )
