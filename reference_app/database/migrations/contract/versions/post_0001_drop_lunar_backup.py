"""Without the backup of what the first version wrote. Only after an audit, and there is no way back."""

from alembic import context, op
from alembic.util import CommandError

revision = "0001_drop_lunar_backup"
down_revision = None
branch_labels = ("contract",)
depends_on = None

BACKUP = "pregenerated_lunar_interpretations_backup"


def upgrade() -> None:
    if not context.config.attributes.get("is_audited"):
        raise CommandError(
            f"{BACKUP} is removed by `reference-app db cleanup-backup`, which audits the migration first; "
            "nothing was changed."
        )
    op.drop_table(BACKUP)


def downgrade() -> None:
    raise CommandError(f"what {BACKUP} held is gone, and cannot be brought back; nothing was changed.")
