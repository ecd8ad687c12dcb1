"""The table of keys, each with the first answer."""

from typing import Final

from sqlalchemy import Column, Index, Integer, String, Table, Text

from reference_app.database.metadata import metadata
from reference_app.database.types import Id, UtcDateTime

KEY_LENGTH_MAX: Final = 200
ROUTE_LENGTH_MAX: Final = 100
DIGEST_LENGTH: Final = 64

idempotency_keys: Final = Table(
    "idempotency_keys",
    metadata,
    # No foreign key: it would lock the user's row before all others, and who deletes a user locks it last.
    Column("user_id", Id, primary_key=True, autoincrement=False),
    Column("route", String(ROUTE_LENGTH_MAX), primary_key=True),
    Column("key", String(KEY_LENGTH_MAX), primary_key=True),
    Column("body_digest", String(DIGEST_LENGTH), nullable=False),
    Column("status", Integer, nullable=False),
    Column("answer", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_idempotency_keys_user_id_route_created_at", "user_id", "route", "created_at"),
    Index("ix_idempotency_keys_created_at", "created_at"),
)
