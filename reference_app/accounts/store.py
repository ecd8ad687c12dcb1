"""All SQL about users. Each function takes a connection and works in the caller's transaction."""

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from reference_app.accounts import sign_in_store
from reference_app.accounts.tables import users
from reference_app.database import dialects
from reference_app.database.queries import Query
from reference_app.database.types import Id
from reference_app.idempotency import store as keys
from reference_app.idempotency.store import Bounds, FirstAnswer, Keyed

Welcome = Callable[[Connection, int], None]
"""What a system does for a user whom the bypass makes, in the same transaction: gets connection and user id."""
Farewell = Callable[[Connection, int], None]
"""What a system does before a user goes, in the same transaction: it deletes what it keeps of theirs."""

_USER: Final = select(users.c.id, users.c.email, users.c.is_admin, users.c.token_epoch)
_BY_ID: Final = Query(_USER.where(users.c.id == bindparam("user_id")))
_BY_EMAIL: Final = Query(_USER.where(users.c.email == bindparam("email")))
_ACCOUNT: Final = select(users.c.id, users.c.email, users.c.password_hash, users.c.token_epoch)
_ACCOUNT_BY_ID: Final = Query(_ACCOUNT.where(users.c.id == bindparam("user_id")))
_ACCOUNTS_BY_EMAIL: Final = Query(
    _ACCOUNT.where(or_(users.c.email == bindparam("address"), users.c.email == bindparam("typed")))
)


@dataclass(frozen=True, slots=True)
class User:
    """One user, without the password's hash."""

    id: int
    email: str
    is_admin: bool
    token_epoch: int = 0
    """Tokens of an earlier epoch count no more."""


@dataclass(frozen=True, slots=True)
class Account:
    """One user as a sign-in sees them."""

    id: int
    email: str
    password_hash: str
    token_epoch: int


@dataclass(frozen=True, slots=True)
class NewUser:
    """A user to be made; `id` only where the development bypass names one."""

    email: str
    password_hash: str
    created_at: datetime
    is_admin: bool = False
    id: int | None = None


def add(connection: Connection, new: NewUser) -> User:
    """Insert a user; the database forbids an e-mail address or an id that is taken."""
    values = {
        "email": new.email,
        "password_hash": new.password_hash,
        "is_admin": new.is_admin,
        "created_at": new.created_at,
    }
    if new.id is not None:
        values["id"] = new.id
    user_id = connection.execute(insert(users).values(values).returning(users.c.id)).scalar_one()
    if new.id is not None:
        dialects.of(connection).id_was_given(connection, users.c.id, new.id)
    return User(user_id, new.email, new.is_admin)


def add_welcome(connection: Connection, new: NewUser, welcome: Sequence[Welcome]) -> User:
    """Insert a user like `add`, and have each system do what it does for a new one."""
    user = add(connection, new)
    for greet in welcome:
        greet(connection, user.id)
    return user


def add_once(
    connection: Connection,
    new: NewUser,
    key: tuple[str, str],
    bounds: Bounds,
    answer: Callable[[User], FirstAnswer],
) -> FirstAnswer:
    """Insert a user like `add`, with the route and key of who asked for it; return the answer, which is kept."""
    user = add(connection, new)
    asked = _keyed(user.id, new.email, key)
    return keys.once(connection, asked, bounds, new.created_at, lambda _connection: answer(user))


def registered(
    connection: Connection, new: NewUser, key: tuple[str, str], bounds: Bounds
) -> FirstAnswer | None:
    """Return how the request with this key was answered that made the user; None where it was another's."""
    user = by_email(connection, new.email)
    return keys.find(connection, _keyed(user.id, new.email, key), bounds, new.created_at) if user else None


def find(connection: Connection, wanted: NewUser) -> User | None:
    """Return the user who has the id, or without one the e-mail address, of `wanted`."""
    if wanted.id is not None:
        return by_id(connection, wanted.id)
    return by_email(connection, wanted.email)


def by_id(connection: Connection, user_id: int) -> User | None:
    """Return the user with this id."""
    row = _BY_ID.one(connection, user_id=user_id)
    return User(*row) if row else None


def by_ids(connection: Connection, user_ids: Collection[int]) -> dict[int, User]:
    """Return those of these users who are there, by their ids."""
    if len(user_ids) == 1:
        user = by_id(connection, *user_ids)
        return {user.id: user} if user else {}
    wanted = msgspec.json.encode([{"id": user_id} for user_id in user_ids]).decode()
    rows = _by_ids(dialects.of(connection)).all(connection, wanted=wanted)
    return {row[0]: User(*row) for row in rows}


@cache
def _by_ids(dialect: dialects.Dialect) -> Query:
    wanted = dialect.rows("wanted", {"id": Id})
    return Query(_USER.join(wanted, wanted.c.id == users.c.id))


def by_email(connection: Connection, email: str) -> User | None:
    """Return the user with this e-mail address, as it is kept."""
    row = _BY_EMAIL.one(connection, email=email)
    return User(*row) if row else None


def account(connection: Connection, address: str, typed: str) -> Account | None:
    """Return the account with this address, or as it was typed: a twin from before addresses had one form."""
    found = [Account(*row) for row in _ACCOUNTS_BY_EMAIL.all(connection, address=address, typed=typed)]
    return next((each for each in found if each.email == typed), found[0] if found else None)


def account_of(connection: Connection, user_id: int) -> Account | None:
    """Return the account of this user."""
    row = _ACCOUNT_BY_ID.one(connection, user_id=user_id)
    return Account(*row) if row else None


def change_password(connection: Connection, was: Account, password_hash: str) -> int:
    """Put another hash in place of the account's, end its tokens, and forget from where it has signed in.

    Returns how many users that were (0 or 1).

    Safe because only the hash that was looked at is replaced: of two changes at the same moment the second finds
    another one, and changes nothing.
    """
    sign_in_store.forget_sources(connection, was.id)
    mine = (users.c.id == was.id, users.c.password_hash == was.password_hash)
    changed = {"password_hash": password_hash, "token_epoch": users.c.token_epoch + 1}
    return connection.execute(update(users).where(*mine).values(changed)).rowcount


def _keyed(user_id: int, email: str, key: tuple[str, str]) -> Keyed:
    """Return a registration's key. Nothing of the password is in its digest, which would be one to guess by."""
    return Keyed(user_id, *key, hashlib.sha256(email.encode()).hexdigest())


def remove(connection: Connection, user_id: int, farewell: Sequence[Farewell] = ()) -> int:
    """Delete the user, after what each system keeps of theirs; return how many users that were (0 or 1).

    What no system deletes goes by cascade.
    """
    for part in farewell:
        part(connection, user_id)
    return connection.execute(delete(users).where(users.c.id == user_id)).rowcount
