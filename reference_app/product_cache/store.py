"""All SQL about entries of the two caches. Each function works in the caller's transaction.

What *now* is each statement asks when it runs, not when the request came: an entry that ends while a request waits
for a connection is not served any more (PC-1).

Locks are taken in this order, so that nobody waits in a circle: entries in the order of their keys, then one
counter.
"""

import random
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

import msgspec
from sqlalchemy import BindParameter, ColumnElement, Connection, Table, bindparam, delete, select, update

from reference_app.clock import Clock
from reference_app.database import dialects
from reference_app.database.queries import Query
from reference_app.product_cache.query import DiscoverQuery
from reference_app.product_cache.scoring import Score
from reference_app.product_cache.tables import (
    CACHES,
    CacheName,
    product_cache_counters,
    product_discovery_cache,
    product_scoring_cache,
)

DISCOVERY_TTL: Final = timedelta(hours=24)
SCORING_TTL: Final = timedelta(hours=6)
SLOTS: Final = 16
"""Counter rows a cache; a hit's is chosen by the trigger, a miss's at random."""

_DISCOVERY: Final = (
    product_discovery_cache.c.cache_key,
    product_discovery_cache.c.asins,
    product_discovery_cache.c.expires_at,
)
_SCORE: Final = (
    product_scoring_cache.c.cache_key,
    product_scoring_cache.c.asin,
    product_scoring_cache.c.title,
    product_scoring_cache.c.price,
    product_scoring_cache.c.bsr,
    product_scoring_cache.c.roi_percent,
    product_scoring_cache.c.velocity_score,
    product_scoring_cache.c.recommendation,
)


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found for a query, and until when it is served."""

    cache_key: str
    asins: list[str]
    expires_at: datetime


class Incomplete(Exception):
    """Some of the entries are missing; raised so that nothing of the transaction stays."""

    def __init__(self, found: set[str]) -> None:
        super().__init__()
        self.found = found


def hit_discovery(connection: Connection, key: str, clock: Clock) -> Discovery | None:
    """Return the entry if it is valid, and count the hit, or the miss where there is none.

    Safe for any number of hits at the same time: the database adds, on the row as it is when this transaction has
    it locked, so none is lost (PC-3). And for a purge and a refresh: who comes second looks at the row again, and
    finds no valid one, or the new one.
    """
    row = _hit().one(connection, key=key, now=_now(clock))
    if row is None:
        count_misses(connection, "discovery", 1)
        return None
    return Discovery(*row)


def hit_discoveries(connection: Connection, keys: Sequence[str], clock: Clock) -> list[Discovery | None]:
    """Do what `hit_discovery` does for each of these keys, which may be the same; return what it would, in order.

    Safe as that is; and for others who hit some of the same, for the rows are locked in the order of their keys
    before any is changed.
    """
    if len(keys) == 1:
        return [hit_discovery(connection, keys[0], clock)]
    hits = [{"cache_key": key, "hits": number} for key, number in Counter(keys).items()]
    asked = msgspec.json.encode(hits).decode()
    rows = _hits(dialects.of(connection)).all(connection, asked=asked, now=_now(clock))
    found = {row[0]: Discovery(*row) for row in rows}
    answers = [found.get(key) for key in keys]
    if misses := answers.count(None):
        count_misses(connection, "discovery", misses)
    return answers


def find_discovery(connection: Connection, key: str, clock: Clock) -> Discovery | None:
    """Return the entry if it is valid, and count nothing."""
    row = _found().one(connection, key=key, now=_now(clock))
    return Discovery(*row) if row else None


def put_discovery(
    connection: Connection, key: str, query: DiscoverQuery, asins: list[str], clock: Clock
) -> Discovery:
    """Store what was found, over an entry that has expired; it was never hit."""
    found = {"asins": asins, "filters_applied": query.filters}
    return Discovery(key, asins, _put(connection, product_discovery_cache, key, found, clock, DISCOVERY_TTL))


def hit_scores(connection: Connection, keys: Sequence[str], clock: Clock) -> dict[str, Score]:
    """Return the entries by their keys, and count a hit of each.

    Safe as `hit_discovery`; and for others who ask for some of the same, for the rows are locked in the order of
    their keys before any is changed.

    Raises:
        Incomplete: not all of them are valid.

    """
    if not keys:
        return {}
    table = product_scoring_cache
    valid = _valid(table, _now(clock))
    found = select(table.c.cache_key).where(table.c.cache_key.in_(keys), valid)
    locked = found.order_by(table.c.cache_key).with_for_update().cte("locked")
    raised = update(table).where(table.c.cache_key.in_(select(locked.c.cache_key)), valid)
    rows = connection.execute(raised.values(hit_count=table.c.hit_count + 1).returning(*_SCORE)).all()
    if len(rows) < len(keys):
        raise Incomplete({row.cache_key for row in rows})
    return {row.cache_key: _scored(row) for row in rows}


def find_scores(connection: Connection, keys: Collection[str], clock: Clock) -> dict[str, Score]:
    """Return those of the entries that are valid, by their keys, and count nothing."""
    table = product_scoring_cache
    rows = connection.execute(select(*_SCORE).where(table.c.cache_key.in_(keys), _valid(table, _now(clock))))
    return {row.cache_key: _scored(row) for row in rows}


def put_scores(connection: Connection, scores: Mapping[str, Score], clock: Clock) -> None:
    """Store scores by their keys, over those that have expired; they were never hit.

    Rows are locked in the order of their keys, as everywhere, so nobody waits in a circle.
    """
    for key in sorted(scores):
        values = {column.name: getattr(scores[key], column.name) for column in _SCORE[1:]}
        _put(connection, product_scoring_cache, key, values, clock, SCORING_TTL)


def count_misses(connection: Connection, cache: CacheName, misses: int) -> None:
    """Count those that were asked for and not found."""
    slot = random.randrange(SLOTS)  # noqa: S311 - any will do
    counters = product_cache_counters
    dialects.of(connection).insert_or_change(
        connection,
        counters,
        {"cache": cache, "slot": slot, "misses": misses},
        keys=["cache", "slot"],
        changes={"misses": counters.c.misses + misses},
    )


def remove_expired(
    connection: Connection, cache: CacheName, now: datetime, after: str, entries_max: int
) -> list[str]:
    """Remove entries that expired before `now`, the next ones after the key `after`; return their keys in order.

    Safe for a refresh at the same time: the row is locked, and its end looked at again, before it is removed.
    Either the refresh came first, and the row has not expired any more; or it comes after, and stores a new row.
    And for other clean-ups: they lock in the same order, and who comes second finds the rows gone, so that each
    entry is reported once.
    """
    table = CACHES[cache]
    expired = table.c.expires_at < now
    due = select(table.c.cache_key).where(expired, table.c.cache_key > after)
    locked = due.order_by(table.c.cache_key).limit(entries_max).with_for_update().cte("locked")
    removed = delete(table).where(table.c.cache_key.in_(select(locked.c.cache_key)), expired)
    return sorted(connection.scalars(removed.returning(table.c.cache_key)))


def _put(
    connection: Connection, table: Table, key: str, found: dict[str, Any], clock: Clock, lives: timedelta
) -> datetime:
    """Store an entry and return when it ends."""
    now = clock()
    values = {**found, "created_at": now, "expires_at": now + lives, "hit_count": 0}
    dialects.of(connection).insert_or_change(
        connection, table, {"cache_key": key, **values}, keys=["cache_key"], changes=values
    )
    return now + lives


@cache
def _hit() -> Query:
    table = product_discovery_cache
    mine = table.c.cache_key == bindparam("key")
    raised = (
        update(table).where(mine, _valid(table, bindparam("now"))).values(hit_count=table.c.hit_count + 1)
    )
    return Query(raised.returning(*_DISCOVERY))


@cache
def _hits(dialect: dialects.Dialect) -> Query:
    table = product_discovery_cache
    now: BindParameter[datetime] = bindparam("now")
    asked = dialect.rows("asked", {"cache_key": table.c.cache_key.type, "hits": table.c.hit_count.type})
    found = select(table.c.cache_key, asked.c.hits).join(asked, asked.c.cache_key == table.c.cache_key)
    in_order = found.where(_valid(table, now)).order_by(table.c.cache_key)
    locked = in_order.with_for_update(of=table).cte("locked")
    raised = update(table).where(table.c.cache_key == locked.c.cache_key, _valid(table, now))
    return Query(raised.values(hit_count=table.c.hit_count + locked.c.hits).returning(*_DISCOVERY))


@cache
def _found() -> Query:
    table = product_discovery_cache
    mine = table.c.cache_key == bindparam("key")
    return Query(select(*_DISCOVERY).where(mine, _valid(table, bindparam("now"))))


def _now(clock: Clock) -> datetime:
    return clock()


def _valid(table: Table, now: datetime | ColumnElement[datetime]) -> ColumnElement[bool]:
    return table.c.expires_at > now


def _scored(row: Any) -> Score:
    return Score(**{column.name: getattr(row, column.name) for column in _SCORE[1:]})
