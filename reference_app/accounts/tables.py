"""The tables of accounts: users, where they have signed in from, and how often somebody failed to."""

from typing import Final

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, false

from reference_app.database.dialects import NEVER_GIVEN_TWICE
from reference_app.database.metadata import metadata
from reference_app.database.types import Id, UtcDateTime

EMAIL_LENGTH_MAX: Final = 254
SOURCE_LENGTH_MAX: Final = 64
KEY_LENGTH_MAX: Final = 80

users: Final = Table(
    "users",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    # In its one form (`reference_app.addresses`), but for users of the bypass, and twins from before there was one.
    Column("email", String(EMAIL_LENGTH_MAX), nullable=False, unique=True),
    # Empty for users whom the development bypass made: no password fits it.
    Column("password_hash", String(200), nullable=False, server_default=""),
    Column("is_admin", Boolean, nullable=False, server_default=false()),
    Column("created_at", UtcDateTime, nullable=False),
    # Tokens of an earlier epoch count no more: each new password begins one.
    Column("token_epoch", Integer, nullable=False, server_default="0"),
    # An id is never given twice, so a token of a deleted user names nobody.
    **NEVER_GIVEN_TWICE,
)

sign_in_sources: Final = Table(
    "sign_in_sources",
    metadata,
    Column("user_id", Id, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("source", String(SOURCE_LENGTH_MAX), primary_key=True),
    Column("last_at", UtcDateTime, nullable=False),
)

sign_in_failures: Final = Table(
    "sign_in_failures",
    metadata,
    # Of an account by a digest, of a source by its address: what somebody typed as a user's name is not kept.
    Column("key", String(KEY_LENGTH_MAX), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Index("ix_sign_in_failures_last_at", "last_at"),
)
