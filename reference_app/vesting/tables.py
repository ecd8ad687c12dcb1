"""The tables of money: accounts, operations and their ledger entries, and the lots that are locked.

What the database itself holds to, on both kinds: entries are written once (triggers), an account's balance is the
sum of its entries (a trigger keeps it), no user's balance is below zero, a lot is RELEASED only when all of it is.
"""

from typing import Final

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    String,
    Table,
    column,
)

from reference_app.database.dialects import only_where
from reference_app.database.metadata import metadata
from reference_app.database.types import Id, Money, UtcTimestamp
from reference_app.vesting.judging import VESTED

AVAILABLE: Final = "WALLET_AVAILABLE"
LOCKED: Final = "WALLET_LOCKED"
EXTERNAL: Final = "EXTERNAL"
"""Where money comes from: one account a currency, which belongs to nobody."""

FUNDING: Final = "WALLET_FUNDING"
DEPOSIT: Final = "VAULT_DEPOSIT"
RELEASE: Final = "VAULT_VESTING_RELEASE"
COMPLETED: Final = "COMPLETED"

CREDIT: Final = "CREDIT"
DEBIT: Final = "DEBIT"

accounts: Final = Table(
    "accounts",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    # Null for EXTERNAL, and once the user is gone: the books must still add up.
    Column("user_id", Id, ForeignKey("users.id", ondelete="SET NULL")),
    Column("currency", String(3), nullable=False),
    Column("account_type", String(20), nullable=False),
    # The sum of the account's entries, kept by a trigger: no code writes it.
    Column("balance", Money, nullable=False, server_default="0"),
    CheckConstraint("account_type IN ('WALLET_AVAILABLE', 'WALLET_LOCKED', 'EXTERNAL')", name="account_type"),
    CheckConstraint("account_type = 'EXTERNAL' OR balance >= 0", name="balance"),
    CheckConstraint("account_type <> 'EXTERNAL' OR user_id IS NULL", name="external_is_nobodys"),
    Index("uq_accounts_user_id_currency_account_type", "user_id", "currency", "account_type", unique=True),
    Index(
        "uq_accounts_external_currency",
        "currency",
        unique=True,
        **only_where(column("account_type") == EXTERNAL),
    ),
)

operations: Final = Table(
    "operations",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("type", String(30), nullable=False),
    Column("status", String(20), nullable=False),
    Column("operation_metadata", JSON, nullable=False),
    Column("created_at", UtcTimestamp, nullable=False),
    CheckConstraint("type IN ('WALLET_FUNDING', 'VAULT_DEPOSIT', 'VAULT_VESTING_RELEASE')", name="type"),
)

ledger_entries: Final = Table(
    "ledger_entries",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("operation_id", Id, ForeignKey("operations.id"), nullable=False),
    Column("account_id", Id, ForeignKey("accounts.id"), nullable=False),
    # Above zero for CREDIT, below for DEBIT: the entries of an operation sum to zero.
    Column("amount", Money, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("entry_type", String(10), nullable=False),
    # The operation's, here too: the pages of an account's history are read in its order.
    Column("created_at", UtcTimestamp, nullable=False),
    CheckConstraint(
        "(entry_type = 'CREDIT' AND amount > 0) OR (entry_type = 'DEBIT' AND amount < 0)", name="amount"
    ),
    Index("uq_ledger_entries_operation_id_account_id", "operation_id", "account_id", unique=True),
    Index("ix_ledger_entries_account_id_created_at_id", "account_id", "created_at", "id"),
)

vault_vesting_lots: Final = Table(
    "vault_vesting_lots",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("vault_code", String(20), nullable=False),
    # Null once the user is gone; the lot is released as any other, to the account it came from.
    Column("user_id", Id, ForeignKey("users.id", ondelete="SET NULL")),
    Column("currency", String(3), nullable=False),
    Column("deposit_day", Date, nullable=False),
    Column("release_day", Date, nullable=False),
    Column("amount", Money, nullable=False),
    Column("released_amount", Money, nullable=False, server_default="0"),
    Column("status", String(10), nullable=False, server_default=VESTED),
    Column("source_operation_id", Id, ForeignKey("operations.id"), nullable=False, unique=True),
    Column("last_released_at", UtcTimestamp),
    Column("last_release_operation_id", Id, ForeignKey("operations.id")),
    Column("release_job_trace_id", String(50)),
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint("released_amount >= 0 AND released_amount <= amount", name="released_amount"),
    CheckConstraint("status IN ('VESTED', 'RELEASED')", name="status"),
    CheckConstraint("status <> 'RELEASED' OR released_amount = amount", name="released_is_all"),
    CheckConstraint("release_day >= deposit_day", name="release_day"),
    # What a run looks for, in its order; and what it counts.
    Index("ix_vault_vesting_lots_due", "vault_code", "currency", "status", "release_day", "id"),
    Index("ix_vault_vesting_lots_user_id_status", "user_id", "status", "release_day"),
)
