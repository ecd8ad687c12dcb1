"""One lunar return a user and month: the unique index, refused while there are duplicates."""

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

revision = "0003_one_return_a_month"
down_revision = "0002_lunar_returns"
branch_labels = None
depends_on = None

SHOWN_MAX = 5


def upgrade() -> None:
    duplicates = op.get_bind().execute(
        sa.text(
            "SELECT user_id, month, COUNT(*) FROM lunar_returns "
            "GROUP BY user_id, month HAVING COUNT(*) > 1 ORDER BY user_id, month"
        )
    ).all()
    if duplicates:
        shown = ", ".join(f"user {user} has {count} for {month}" for user, month, count in duplicates[:SHOWN_MAX])
        more = f", and {len(duplicates) - SHOWN_MAX} more" if len(duplicates) > SHOWN_MAX else ""
        raise CommandError(
            f"lunar_returns holds more than one row for {len(duplicates)} user-months ({shown}{more}). "
            "Remove the duplicates first; nothing was changed."
        )
    op.create_index("uq_lunar_returns_user_month", "lunar_returns", ["user_id", "month"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_lunar_returns_user_month", "lunar_returns")
