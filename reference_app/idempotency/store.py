"""All SQL about idempotency keys. Each function works in the caller's transaction.

A key and its first answer are committed with what the request did, or not at all: a request that failed has left no
key, and may be sent again with the same one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, delete, select, tuple_, update

from reference_app.database import dialects
from reference_app.errors import DatabaseUnavailable
from reference_app.idempotency.errors import KeyUsedOtherwise
from reference_app.idempotency.tables import idempotency_keys
from reference_app.settings import Settings

REMOVED_AT_ONCE_MAX: Final = 100
"""How many old keys one request removes at most, and how many that are too many."""
TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Keyed:
    """A request with a key: who asks which route, under which key, and the digest of what they ask."""

    user_id: int
    route: str
    key: str
    body_digest: str


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """What was answered: the status, and the body as JSON."""

    status: int
    body: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long keys are kept, and how many of one user and route."""

    age_max: timedelta
    number_max: int


def bounds_of(settings: Settings) -> Bounds:
    """Return the bounds of a server with these settings."""
    return Bounds(timedelta(seconds=settings.idempotency_keys_s), settings.idempotency_keys_max)


def find(connection: Connection, keyed: Keyed, bounds: Bounds, now: datetime) -> FirstAnswer | None:
    """Return the first answer to this key; None where there is none, or where it is too old.

    Raises:
        KeyUsedOtherwise: the key came with another body before.

    """
    return _first_answer(connection, keyed, now - bounds.age_max)


def once(
    connection: Connection,
    keyed: Keyed,
    bounds: Bounds,
    now: datetime,
    work: Callable[[Connection], FirstAnswer],
) -> FirstAnswer:
    """Return the first answer to this key, which is what `work` returns if there was none yet.

    Safe for requests at the same time: the key's row is inserted first, so a second one waits at the primary key
    until the first is committed, and then finds its answer; or until it is rolled back, and then is the first.

    Raises:
        KeyUsedOtherwise: the key came with another body before.
        DatabaseUnavailable: keys come and go too fast.
        Exception: as `work`; the key is then free again, for the caller's transaction is rolled back.

    """
    oldest = now - bounds.age_max
    for _ in range(TRIES):
        if _begin(connection, keyed, oldest, now):
            break
        found = _first_answer(connection, keyed, oldest)
        if found is not None:
            return found
        # It was removed between the two statements, as one too many.
    else:
        raise DatabaseUnavailable
    answer = work(connection)
    connection.execute(
        update(idempotency_keys).where(_is(keyed)).values(status=answer.status, answer=answer.body)
    )
    _forget_old(connection, keyed, oldest, bounds.number_max)
    return answer


def forget(connection: Connection, user_id: int) -> None:
    """Remove all keys of a user who goes."""
    connection.execute(delete(idempotency_keys).where(idempotency_keys.c.user_id == user_id))


def _begin(connection: Connection, keyed: Keyed, oldest: datetime, now: datetime) -> bool:
    """Take the key for this request; return whether nobody had it, or had it too long ago."""
    keys = idempotency_keys.c
    one = {"user_id": keyed.user_id, "route": keyed.route, "key": keyed.key}
    begun = {"body_digest": keyed.body_digest, "status": 0, "answer": "", "created_at": now}
    if dialects.of(connection).insert_if_absent(connection, idempotency_keys, one | begun, keys=list(one)):
        return True
    again = update(idempotency_keys).where(_is(keyed), keys.created_at < oldest).values(begun)
    return connection.execute(again).rowcount == 1


def _first_answer(connection: Connection, keyed: Keyed, oldest: datetime) -> FirstAnswer | None:
    keys = idempotency_keys.c
    row = connection.execute(
        select(keys.body_digest, keys.status, keys.answer).where(_is(keyed), keys.created_at >= oldest)
    ).one_or_none()
    if row is not None and row.body_digest != keyed.body_digest:
        raise KeyUsedOtherwise
    return None if row is None else FirstAnswer(row.status, row.answer)


def _forget_old(connection: Connection, keyed: Keyed, oldest: datetime, number_max: int) -> None:
    """Remove keys that are older than allowed, and the oldest where there are too many, a bounded number at once.

    Those that are too old are anybody's: who never comes again would leave theirs for good. Safe for requests at
    the same time: rows that somebody else has locked are left to them, so nobody waits, and it is done last, so
    who waits for us waits for a commit only.
    """
    keys = idempotency_keys.c
    one = (keys.user_id, keys.route, keys.key)
    others = and_(keys.user_id == keyed.user_id, keys.route == keyed.route, keys.key != keyed.key)
    some = select(*one).limit(REMOVED_AT_ONCE_MAX).with_for_update(skip_locked=True)
    for too_many in (
        some.where(keys.created_at < oldest).order_by(keys.created_at),
        some.where(others).order_by(keys.created_at.desc(), keys.key).offset(number_max - 1),
    ):
        connection.execute(delete(idempotency_keys).where(tuple_(*one).in_(too_many)))


def _is(keyed: Keyed) -> ColumnElement[bool]:
    keys = idempotency_keys.c
    return and_(keys.user_id == keyed.user_id, keys.route == keyed.route, keys.key == keyed.key)
