"""Interpretations, templates, and what the first version wrote, with its backup.

Names of columns and indexes are those of the source's plan: an operator's SQL works on them.
"""

from typing import Any, Final

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    func,
    text,
)

from reference_app.database.metadata import metadata
from reference_app.database.types import Id, UtcDateTime

OF_RETURN: Final = ("lunar_return_id", "subject", "lang", "version")
"""What an interpretation is of: there is one of each."""
NULLABLE_JSON: Final = JSON(none_as_null=True)


def _kind(name: str) -> CheckConstraint:
    return CheckConstraint(f"{name} IN ('full', 'climate', 'focus', 'approach')", name=name)


def _version_and_lang() -> tuple[CheckConstraint, ...]:
    return CheckConstraint("version >= 1", name="version"), CheckConstraint(
        "lang IN ('fr', 'en')", name="lang"
    )


def _times() -> list[Column[Any]]:
    return [
        Column(name, UtcDateTime, nullable=False, server_default=func.now())
        for name in ("created_at", "updated_at")
    ]


def _of_first_version(name: str, unique: str) -> Table:
    return Table(
        name,
        metadata,
        Column("id", Id, primary_key=True, autoincrement=True),
        Column("moon_sign", String(20), nullable=False),
        Column("moon_house", Integer, nullable=False),
        Column("lunar_ascendant", String(20), nullable=False),
        Column("version", Integer, nullable=False, server_default="2"),
        Column("lang", String(2), nullable=False, server_default="fr"),
        Column("interpretation_full", Text, nullable=False),
        Column("weekly_advice", NULLABLE_JSON),
        Column("length", Integer, nullable=False),
        Column("model_used", String(100)),
        *_times(),
        Index(unique, "moon_sign", "moon_house", "lunar_ascendant", "version", "lang", unique=True),
    )


lunar_interpretations: Final = Table(
    "lunar_interpretations",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("user_id", Id, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("lunar_return_id", Id, ForeignKey("lunar_returns.id", ondelete="CASCADE"), nullable=False),
    Column("subject", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("lang", String(2), nullable=False, server_default="fr"),
    # All that was sent; of the same input it is the same.
    Column("input_json", JSON, nullable=False),
    Column("output_text", Text, nullable=False),
    Column("weekly_advice", NULLABLE_JSON),
    Column("model_used", String(100), nullable=False),
    # Only what Claude wrote is stored.
    Column("source", String(20), nullable=False, server_default="claude"),
    Column("generation_ms", Integer, nullable=False),
    Column("hit_count", Integer, nullable=False, server_default="0"),
    # How often it was written: 1, and 1 more with each regeneration.
    Column("generations", Integer, nullable=False, server_default="1"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    _kind("subject"),
    *_version_and_lang(),
    CheckConstraint("source = 'claude'", name="source"),
    CheckConstraint("hit_count >= 0", name="hit_count"),
    CheckConstraint("generations >= 1", name="generations"),
    Index("uq_lunar_interpretations_key", *OF_RETURN, unique=True),
    Index("ix_lunar_interpretations_user_id", "user_id"),
)

lunar_interpretation_templates: Final = Table(
    "lunar_interpretation_templates",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("template_type", String(20), nullable=False),
    Column("moon_sign", String(20)),
    Column("moon_house", Integer),
    Column("lunar_ascendant", String(20)),
    Column("version", Integer, nullable=False, server_default="2"),
    Column("lang", String(2), nullable=False, server_default="fr"),
    Column("template_text", Text, nullable=False),
    Column("weekly_advice_template", NULLABLE_JSON),
    Column("model_used", String(100)),
    *_times(),
    _kind("template_type"),
    *_version_and_lang(),
    # NULL is no value to a unique index, so what is unique is what stands for it.
    Index(
        "uq_lunar_interpretation_templates_key",
        "template_type",
        text("coalesce(moon_sign, '')"),
        text("coalesce(moon_house, 0)"),
        text("coalesce(lunar_ascendant, '')"),
        "version",
        "lang",
        unique=True,
    ),
    Index(
        "ix_lunar_interpretation_templates_lookup",
        "template_type",
        "moon_sign",
        "moon_house",
        "lunar_ascendant",
        "lang",
        "version",
    ),
)

pregenerated_lunar_interpretations: Final = _of_first_version(
    "pregenerated_lunar_interpretations", "uq_pregenerated_lunar_interpretations_key"
)
pregenerated_lunar_interpretations_backup: Final = _of_first_version(
    "pregenerated_lunar_interpretations_backup", "uq_pregenerated_lunar_interpretations_backup_key"
)

lunar_migrations: Final = Table(
    "lunar_migrations",
    metadata,
    Column("version", String(20), primary_key=True),
    Column("migrated_at", UtcDateTime, nullable=False),
)
