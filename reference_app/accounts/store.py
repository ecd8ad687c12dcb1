"""All SQL about users. Each function takes a connection and works in the caller's transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, text

from reference_app.accounts.tables import users


@dataclass(frozen=True, slots=True)
class User:
    """One user, without the password's hash."""

    id: int
    email: str
    is_admin: bool


@dataclass(frozen=True, slots=True)
class NewUser:
    """A user to be made; `id` only where the development bypass names one."""

    email: str
    password_hash: str
    created_at: datetime
    is_admin: bool = False
    id: int | None = None


def add(connection: Connection, new: NewUser) -> User:
    """Insert a user. Raises sqlalchemy's IntegrityError when the e-mail or the id is taken."""
    values = {
        "email": new.email,
        "password_hash": new.password_hash,
        "is_admin": new.is_admin,
        "created_at": new.created_at,
    }
    if new.id is not None:
        values["id"] = new.id
    user_id = connection.execute(insert(users).values(values).returning(users.c.id)).scalar_one()
    if new.id is not None and connection.dialect.name == "postgresql":
        # An id given by hand does not move the sequence, and so would be given out again. The sequence never goes
        # back: the id of a deleted user must not come back either, for their token would name somebody else.
        sequence = "pg_get_serial_sequence('users', 'id')"
        connection.execute(
            text(f"SELECT setval({sequence}, GREATEST(:id, nextval({sequence})))"), {"id": new.id}
        )
    return User(user_id, new.email, new.is_admin)


def by_id(connection: Connection, user_id: int) -> User | None:
    """Return the user with this id."""
    row = connection.execute(
        select(users.c.id, users.c.email, users.c.is_admin).where(users.c.id == user_id)
    ).one_or_none()
    return User(*row) if row else None


def by_email(connection: Connection, email: str) -> User | None:
    """Return the user with this e-mail address, in lower case."""
    row = connection.execute(
        select(users.c.id, users.c.email, users.c.is_admin).where(users.c.email == email)
    ).one_or_none()
    return User(*row) if row else None


def password_hash(connection: Connection, email: str) -> tuple[int, str] | None:
    """Return the id and the password's hash of the user with this e-mail address."""
    row = connection.execute(
        select(users.c.id, users.c.password_hash).where(users.c.email == email)
    ).one_or_none()
    return (row.id, row.password_hash) if row else None


def remove(connection: Connection, user_id: int) -> int:
    """Delete the user, and by cascade every row that is theirs; return how many users that were (0 or 1)."""
    return connection.execute(delete(users).where(users.c.id == user_id)).rowcount
