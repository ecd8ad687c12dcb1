"""The tables' common ground: one `MetaData`, whose naming convention also names what migrations make.

Migrations import the column types from here, and a migration is never changed once it has run somewhere.
"""

from typing import Final

from sqlalchemy import MetaData

from reference_app.database.types import Id, Money, UtcDateTime, UtcTimestamp

__all__ = ["Id", "Money", "UtcDateTime", "UtcTimestamp", "metadata"]

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
