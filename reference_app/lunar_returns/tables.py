"""The tables of natal charts and lunar returns."""

from typing import Final

from sqlalchemy import JSON, Column, Float, ForeignKey, Index, Integer, String, Table

from reference_app.database.dialects import NEVER_GIVEN_TWICE
from reference_app.database.metadata import metadata
from reference_app.database.types import Id, UtcDateTime

natal_charts: Final = Table(
    "natal_charts",
    metadata,
    Column("user_id", Id, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("birth_datetime", UtcDateTime, nullable=False),
    Column("latitude", Float(53), nullable=False),
    Column("longitude", Float(53), nullable=False),
    # Counts up with each change of the chart and each purge: a generation that started before stores nothing.
    Column("epoch", Integer, nullable=False, server_default="1"),
    Column("updated_at", UtcDateTime, nullable=False),
)

lunar_returns: Final = Table(
    "lunar_returns",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("user_id", Id, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("month", String(7), nullable=False),
    Column("return_date", UtcDateTime, nullable=False),
    Column("moon_sign", String(20), nullable=False),
    Column("moon_house", Integer, nullable=False),
    Column("lunar_ascendant", String(20), nullable=False),
    Column("aspects", JSON, nullable=False),
    Column("calculated_at", UtcDateTime, nullable=False),
    Index("uq_lunar_returns_user_month", "user_id", "month", unique=True),
    Index("ix_lunar_returns_user_return_date", "user_id", "return_date"),
    **NEVER_GIVEN_TWICE,
)
