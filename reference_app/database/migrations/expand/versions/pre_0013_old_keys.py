"""Idempotency keys by their age: those that are too old are found for all users at once."""

from alembic import op

revision = "0013_old_keys"
down_revision = "0012_one_form_of_addresses"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_idempotency_keys_created_at", "idempotency_keys", ["created_at"])


def downgrade() -> None:
    op.drop_index("ix_idempotency_keys_created_at", "idempotency_keys")
