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
from reference_app.idempotency.errors import KeyUsedOtherwise
from reference_app.idempotency.tables import idempotency_keys

REMOVED_AT_ONCE_MAX: Final = 100
"""How many old keys one request removes at most."""
OF_ONE: Final = ("user_id", "route", "key")


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
        Exception: as `work`; the key is then free again, for the caller's transaction is rolled back.

    """
    _forget_old(connection, keyed, bounds, now)
    row = {
        "user_id": keyed.user_id,
        "route": keyed.route,
        "key": keyed.key,
        "body_digest": keyed.body_digest,
        "status": 0,
        "answer": "",
        "created_at": now,
    }
    if not dialects.of(connection).insert_if_absent(connection, idempotency_keys, row, keys=OF_ONE):
        return _first_answer(connection, keyed)
    answer = work(connection)
    connection.execute(
        update(idempotency_keys).where(_is(keyed)).values(status=answer.status, answer=answer.body)
    )
    return answer


def forget(connection: Connection, user_id: int) -> None:
    """Remove all keys of a user who goes."""
    connection.execute(delete(idempotency_keys).where(idempotency_keys.c.user_id == user_id))


def _first_answer(connection: Connection, keyed: Keyed) -> FirstAnswer:
    row = connection.execute(
        select(idempotency_keys.c.body_digest, idempotency_keys.c.status, idempotency_keys.c.answer).where(
            _is(keyed)
        )
    ).one()
    if row.body_digest != keyed.body_digest:
        raise KeyUsedOtherwise
    return FirstAnswer(row.status, row.answer)


def _forget_old(connection: Connection, keyed: Keyed, bounds: Bounds, now: datetime) -> None:
    """Remove keys that are older than allowed, and the oldest where there are too many, a bounded number at once.

    Safe for requests at the same time: rows that somebody else is removing are left to them, so nobody waits.
    """
    keys = idempotency_keys.c
    mine = and_(keys.user_id == keyed.user_id, keys.route == keyed.route)
    _remove(connection, and_(mine, keys.created_at < now - bounds.age_max))
    newest_too_many = connection.scalar(
        select(keys.created_at)
        .where(mine)
        .order_by(keys.created_at.desc())
        .offset(bounds.number_max - 1)
        .limit(1)
    )
    if newest_too_many is not None:
        _remove(connection, and_(mine, keys.created_at <= newest_too_many))


def _remove(connection: Connection, which: ColumnElement[bool]) -> None:
    keys = idempotency_keys.c
    one = (keys.user_id, keys.route, keys.key)
    old = select(*one).where(which).order_by(keys.created_at).limit(REMOVED_AT_ONCE_MAX)
    connection.execute(
        delete(idempotency_keys).where(tuple_(*one).in_(old.with_for_update(skip_locked=True)))
    )


def _is(keyed: Keyed) -> ColumnElement[bool]:
    keys = idempotency_keys.c
    return and_(keys.user_id == keyed.user_id, keys.route == keyed.route, keys.key == keyed.key)
