"""All SQL about how the caches are doing. Changes nothing."""

from typing import Final

from sqlalchemy import Connection, Table, func, select

from reference_app.clock import Clock
from reference_app.database import dialects
from reference_app.product_cache.stats import CacheStats, Reused
from reference_app.product_cache.tables import CACHES, CacheName, product_cache_counters

MOST_REUSED: Final = 10


def stats(connection: Connection, clock: Clock) -> dict[CacheName, CacheStats]:
    """Return the figures of each cache."""
    return {cache: _of(connection, cache, table, clock) for cache, table in CACHES.items()}


def _of(connection: Connection, cache: CacheName, table: Table, clock: Clock) -> CacheStats:
    hit_count = table.c.hit_count
    entries, total_hits, avg_reuse, expired = connection.execute(
        select(
            func.count(),
            func.coalesce(func.sum(hit_count), 0),
            func.avg(hit_count),
            func.count().filter(table.c.expires_at < clock()),
        ).select_from(table)
    ).one()
    counters = product_cache_counters.c
    hits, misses = connection.execute(
        select(func.coalesce(func.sum(counters.hits), 0), func.coalesce(func.sum(counters.misses), 0)).where(
            counters.cache == cache
        )
    ).one()
    most = select(table.c.cache_key, hit_count, table.c.created_at)
    ordered = most.order_by(hit_count.desc(), table.c.cache_key).limit(MOST_REUSED)
    return CacheStats(
        entries=entries,
        total_hits=int(total_hits),
        avg_reuse=None if avg_reuse is None else float(avg_reuse),
        expired_entries=expired,
        table_size_bytes=dialects.of(connection).size_of(connection, table.name),
        hits=int(hits),
        misses=int(misses),
        most_reused=[Reused(*row) for row in connection.execute(ordered)],
    )
