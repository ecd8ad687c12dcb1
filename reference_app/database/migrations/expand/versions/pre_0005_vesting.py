"""Accounts, operations, ledger entries that are written once, vesting lots, and idempotency keys."""

import sqlalchemy as sa
from alembic import op

from reference_app.database.metadata import Id, Money, UtcDateTime, UtcTimestamp

revision = "0005_vesting"
down_revision = "0004_failures_told_across"
branch_labels = None
depends_on = None

REFUSAL = "ledger entries are written once"

# Balances are moved in the order of ids, so that nobody waits in a circle, and by an index: the planner would rather
# read all accounts than look up a few hundred, and keeps the plan.
POSTGRES = (
    f"""
    CREATE FUNCTION ledger_entries_are_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation';
    END $$
    """,
    """
    CREATE TRIGGER ledger_entries_written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entries
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_entries_are_written_once()
    """,
    """
    CREATE FUNCTION ledger_entries_move_balances() RETURNS trigger LANGUAGE plpgsql
    SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
    BEGIN
        UPDATE accounts SET balance = accounts.balance + moved.amount
        FROM (
            SELECT account_id, SUM(amount) AS amount FROM added GROUP BY account_id ORDER BY account_id
        ) AS moved
        WHERE accounts.id = moved.account_id;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER ledger_entries_balances AFTER INSERT ON ledger_entries
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_entries_move_balances()
    """,
)

IN_BOUNDS = "typeof(balance) = 'integer' AND balance BETWEEN -999999999999999999 AND 999999999999999999"
# What NUMERIC(18, 4) holds on Postgres. SQLite would go on with a float where a whole number is too large.

# On SQLite a REPLACE deletes rows without any trigger of a deletion: the insert is refused where it would.
SQLITE = (
    *(
        f"""
        CREATE TRIGGER ledger_entries_no_{event.lower()} BEFORE {event} ON ledger_entries
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
        """
        for event in ("UPDATE", "DELETE")
    ),
    f"""
    CREATE TRIGGER ledger_entries_no_replace BEFORE INSERT ON ledger_entries
    WHEN EXISTS (SELECT 1 FROM ledger_entries WHERE id = NEW.id)
        OR EXISTS (
            SELECT 1 FROM ledger_entries WHERE operation_id = NEW.operation_id AND account_id = NEW.account_id
        )
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """,
    """
    CREATE TRIGGER ledger_entries_whole_units BEFORE INSERT ON ledger_entries WHEN typeof(NEW.amount) <> 'integer'
    BEGIN SELECT RAISE(ABORT, 'an amount is kept in whole ten-thousandths'); END
    """,
    """
    CREATE TRIGGER ledger_entries_balances AFTER INSERT ON ledger_entries
    BEGIN UPDATE accounts SET balance = balance + NEW.amount WHERE id = NEW.account_id; END
    """,
)


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    _accounts(is_sqlite=is_sqlite)
    _operations()
    _ledger_entries()
    _lots()
    _idempotency_keys()
    for statement in SQLITE if is_sqlite else POSTGRES:
        op.get_bind().execute(sa.text(statement))


def _accounts(*, is_sqlite: bool) -> None:
    op.create_table(
        "accounts",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("user_id", Id),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("account_type", sa.String(20), nullable=False),
        sa.Column("balance", Money, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_accounts_user_id_users", ondelete="SET NULL"
        ),
        sa.CheckConstraint(
            "account_type IN ('WALLET_AVAILABLE', 'WALLET_LOCKED', 'EXTERNAL')",
            name="ck_accounts_account_type",
        ),
        sa.CheckConstraint("account_type = 'EXTERNAL' OR balance >= 0", name="ck_accounts_balance"),
        sa.CheckConstraint(
            "account_type <> 'EXTERNAL' OR user_id IS NULL", name="ck_accounts_external_is_nobodys"
        ),
        *([sa.CheckConstraint(IN_BOUNDS, name="ck_accounts_balance_bound")] if is_sqlite else []),
    )
    op.create_index(
        "uq_accounts_user_id_currency_account_type",
        "accounts",
        ["user_id", "currency", "account_type"],
        unique=True,
    )
    external = sa.text("account_type = 'EXTERNAL'")
    op.create_index(
        "uq_accounts_external_currency",
        "accounts",
        ["currency"],
        unique=True,
        sqlite_where=external,
        postgresql_where=external,
    )


def _operations() -> None:
    op.create_table(
        "operations",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("type", sa.String(30), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("operation_metadata", sa.JSON, nullable=False),
        sa.Column("created_at", UtcTimestamp, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_operations"),
        sa.CheckConstraint(
            "type IN ('WALLET_FUNDING', 'VAULT_DEPOSIT', 'VAULT_VESTING_RELEASE')", name="ck_operations_type"
        ),
    )


def _ledger_entries() -> None:
    op.create_table(
        "ledger_entries",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("operation_id", Id, nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("amount", Money, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("entry_type", sa.String(10), nullable=False),
        sa.Column("created_at", UtcTimestamp, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_entries"),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operations.id"], name="fk_ledger_entries_operation_id_operations"
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_ledger_entries_account_id_accounts"),
        sa.CheckConstraint(
            "(entry_type = 'CREDIT' AND amount > 0) OR (entry_type = 'DEBIT' AND amount < 0)",
            name="ck_ledger_entries_amount",
        ),
    )
    op.create_index(
        "uq_ledger_entries_operation_id_account_id", "ledger_entries", ["operation_id", "account_id"], unique=True
    )
    op.create_index(
        "ix_ledger_entries_account_id_created_at_id", "ledger_entries", ["account_id", "created_at", "id"]
    )


def _lots() -> None:
    op.create_table(
        "vault_vesting_lots",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("vault_code", sa.String(20), nullable=False),
        sa.Column("user_id", Id),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("deposit_day", sa.Date, nullable=False),
        sa.Column("release_day", sa.Date, nullable=False),
        sa.Column("amount", Money, nullable=False),
        sa.Column("released_amount", Money, nullable=False, server_default="0"),
        sa.Column("status", sa.String(10), nullable=False, server_default="VESTED"),
        sa.Column("source_operation_id", Id, nullable=False),
        sa.Column("last_released_at", UtcTimestamp),
        sa.Column("last_release_operation_id", Id),
        sa.Column("release_job_trace_id", sa.String(50)),
        sa.PrimaryKeyConstraint("id", name="pk_vault_vesting_lots"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_vault_vesting_lots_user_id_users", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["source_operation_id"],
            ["operations.id"],
            name="fk_vault_vesting_lots_source_operation_id_operations",
        ),
        sa.ForeignKeyConstraint(
            ["last_release_operation_id"],
            ["operations.id"],
            name="fk_vault_vesting_lots_last_release_operation_id_operations",
        ),
        sa.UniqueConstraint("source_operation_id", name="uq_vault_vesting_lots_source_operation_id"),
        sa.CheckConstraint("amount > 0", name="ck_vault_vesting_lots_amount"),
        sa.CheckConstraint(
            "released_amount >= 0 AND released_amount <= amount", name="ck_vault_vesting_lots_released_amount"
        ),
        sa.CheckConstraint("status IN ('VESTED', 'RELEASED')", name="ck_vault_vesting_lots_status"),
        sa.CheckConstraint(
            "status <> 'RELEASED' OR released_amount = amount", name="ck_vault_vesting_lots_released_is_all"
        ),
        sa.CheckConstraint("release_day >= deposit_day", name="ck_vault_vesting_lots_release_day"),
    )
    op.create_index(
        "ix_vault_vesting_lots_due",
        "vault_vesting_lots",
        ["vault_code", "currency", "status", "release_day", "id"],
    )
    op.create_index(
        "ix_vault_vesting_lots_user_id_status", "vault_vesting_lots", ["user_id", "status", "release_day"]
    )


def _idempotency_keys() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("user_id", Id, autoincrement=False, nullable=False),
        sa.Column("route", sa.String(100), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("body_digest", sa.String(64), nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "route", "key", name="pk_idempotency_keys"),
    )
    op.create_index(
        "ix_idempotency_keys_user_id_route_created_at", "idempotency_keys", ["user_id", "route", "created_at"]
    )


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in ("idempotency_keys", "vault_vesting_lots", "ledger_entries", "operations", "accounts"):
        op.drop_table(table)
    if not is_sqlite:
        for function in ("ledger_entries_are_written_once", "ledger_entries_move_balances"):
            op.execute(f"DROP FUNCTION {function}()")
