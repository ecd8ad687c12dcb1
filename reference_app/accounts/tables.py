"""The table of users."""

from typing import Final

from sqlalchemy import Boolean, Column, String, Table, false

from reference_app.database.dialects import NEVER_GIVEN_TWICE
from reference_app.database.metadata import metadata
from reference_app.database.types import Id, UtcDateTime

EMAIL_LENGTH_MAX: Final = 254

users: Final = Table(
    "users",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("email", String(EMAIL_LENGTH_MAX), nullable=False, unique=True),
    # Empty for users whom the development bypass made: no password fits it.
    Column("password_hash", String(200), nullable=False, server_default=""),
    Column("is_admin", Boolean, nullable=False, server_default=false()),
    Column("created_at", UtcDateTime, nullable=False),
    # An id is never given twice, so a token of a deleted user names nobody.
    **NEVER_GIVEN_TWICE,
)
