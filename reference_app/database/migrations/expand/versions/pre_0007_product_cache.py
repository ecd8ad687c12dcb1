"""The caches of products that were found and scored, and the counts of hits and misses."""

import sqlalchemy as sa
from alembic import op

from reference_app.database.metadata import Id, UtcDateTime

revision = "0007_product_cache"
down_revision = "0006_timed_runs"
branch_labels = None
depends_on = None

CACHES = {"discovery": "product_discovery_cache", "scoring": "product_scoring_cache"}

# The statement's hits are counted together, into a row that this connection's server process shares with few others:
# entries are locked first and one counter last, so nobody waits in a circle.
POSTGRES = (
    """
    CREATE FUNCTION product_cache_count_hits() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO product_cache_counters (cache, slot, hits)
        SELECT TG_ARGV[0], pg_backend_pid() % 16, SUM(after.hit_count - before.hit_count)
        FROM after JOIN before USING (cache_key)
        WHERE after.hit_count > before.hit_count
        HAVING COUNT(*) > 0
        ON CONFLICT (cache, slot) DO UPDATE SET hits = product_cache_counters.hits + EXCLUDED.hits;
        RETURN NULL;
    END $$
    """,
    *(
        f"""
        CREATE TRIGGER {table}_hits AFTER UPDATE ON {table}
        REFERENCING OLD TABLE AS before NEW TABLE AS after
        FOR EACH STATEMENT EXECUTE FUNCTION product_cache_count_hits('{cache}')
        """
        for cache, table in CACHES.items()
    ),
)
SQLITE = tuple(
    f"""
    CREATE TRIGGER {table}_hits AFTER UPDATE OF hit_count ON {table} WHEN NEW.hit_count > OLD.hit_count
    BEGIN
        INSERT INTO product_cache_counters (cache, slot, hits)
        VALUES ('{cache}', 0, NEW.hit_count - OLD.hit_count)
        ON CONFLICT (cache, slot) DO UPDATE SET hits = hits + excluded.hits;
    END
    """
    for cache, table in CACHES.items()
)


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    hundredths = sa.Float if is_sqlite else sa.Numeric(14, 2)
    _cache("product_discovery_cache", sa.Column("asins", sa.JSON, nullable=False), sa.Column("filters_applied", sa.JSON))
    _cache(
        "product_scoring_cache",
        sa.Column("asin", sa.String(20), nullable=False),
        sa.Column("roi_percent", hundredths),
        sa.Column("velocity_score", hundredths),
        sa.Column("recommendation", sa.String(20), nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("price", hundredths),
        sa.Column("bsr", sa.Integer),
        sa.CheckConstraint(
            "recommendation IN ('STRONG_BUY', 'BUY', 'CONSIDER', 'SKIP')",
            name="ck_product_scoring_cache_recommendation",
        ),
    )
    op.create_table(
        "product_cache_counters",
        sa.Column("cache", sa.String(20), nullable=False),
        sa.Column("slot", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("hits", Id, nullable=False, server_default="0"),
        sa.Column("misses", Id, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("cache", "slot", name="pk_product_cache_counters"),
    )
    for statement in SQLITE if is_sqlite else POSTGRES:
        op.get_bind().execute(sa.text(statement))


def _cache(name: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("cache_key", sa.String(200), nullable=False),
        *columns,
        sa.Column("created_at", UtcDateTime, nullable=False, server_default=sa.func.now()),
        sa.Column("expires_at", UtcDateTime, nullable=False),
        sa.Column("hit_count", sa.Integer, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("cache_key", name=f"pk_{name}"),
        sa.CheckConstraint("hit_count >= 0", name=f"ck_{name}_hit_count"),
    )
    op.create_index(f"ix_{name}_expires_at", name, ["expires_at"])


def downgrade() -> None:
    for table in reversed(CACHES.values()):
        op.drop_table(table)
    op.drop_table("product_cache_counters")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION product_cache_count_hits()")
