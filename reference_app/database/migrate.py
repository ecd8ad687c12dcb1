"""Bringing a database's schema to what this version needs, with Alembic.

Runs in one process, with a synchronous driver, before any event loop and under a lock, so that two servers
that start at once do not both migrate; and in one transaction, so that a migration that breaks off changes
nothing. Only the `expand` branch is ever upgraded at start: what destroys is the operator's act. A database
that is there already costs one query and no import of Alembic.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from reference_app import folders
from reference_app.database import sqlite
from reference_app.database.locks import lock_number
from reference_app.database.urls import parse_database_url
from reference_app.errors import DatabaseNotMigrated, DatabaseUnavailable

HEAD: Final = "0003_one_return_a_month"
"""The newest revision of the `expand` branch; a test compares it with the scripts."""
CONNECT_S_MAX: Final = 3
EXPAND: Final = "expand@head"
SCRIPTS: Final = Path(__file__).with_name("migrations")


def upgrade(database: str, target: str = EXPAND) -> bool:
    """Upgrade the database at this URL; return whether there was anything to do.

    Raises:
        SettingsRefused: the URL is not one of a supported database.
        DatabaseUnavailable: it cannot be reached, or a SQLite file cannot be made.
        DatabaseNotMigrated: a migration refused, for example because of duplicates; nothing was changed.

    """
    with connected(database) as connection:
        if current(connection) == HEAD and target == EXPAND:
            return False
        with _alone(connection):
            _run_alembic("upgrade", connection, target)
        return True


def downgrade(database: str, target: str) -> None:
    """Downgrade the database at this URL to `target`. Raises like `upgrade`."""
    with connected(database) as connection, _alone(connection):
        _run_alembic("downgrade", connection, target)


def revision(database: str) -> str | None:
    """Return the revision of the database at this URL; None when it has no schema yet."""
    with connected(database) as connection:
        return current(connection)


def require(database: str) -> None:
    """Check that the database at this URL has the schema that this version needs.

    Raises:
        DatabaseNotMigrated: it has not; the message says what to do.

    """
    found = revision(database)
    if found != HEAD:
        raise DatabaseNotMigrated(
            f"The database is at revision {found or 'none'} and this version needs {HEAD}: "
            "run `reference-app db upgrade`, or start without --no-migrate."
        )


def current(connection: Connection) -> str | None:
    """Return the revision that the connection's database is at."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


@contextmanager
def connected(database: str) -> Iterator[Connection]:
    """Connect to the database at this URL for an operator's work, outside any pool.

    Raises:
        SettingsRefused: the URL is not one of a supported database.
        DatabaseUnavailable: it cannot be reached, or what was done with it failed.

    """
    url = parse_database_url(database)
    try:
        if url.drivername == "sqlite":
            folders.make(Path(str(url.database)).parent)
        engine = _engine(url)
        with engine.connect() as connection:
            yield connection
    except (DBAPIError, OSError) as error:
        reason = str(getattr(error, "orig", error)).strip().splitlines()
        # The options after `?` may hold a password too.
        shown = url.set(query={}).render_as_string()
        raise DatabaseUnavailable(
            f"The database {shown} cannot be used: {reason[0] if reason else repr(error)}"
        ) from error


def _engine(url: URL) -> Engine:
    if url.drivername != "sqlite":
        return create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": CONNECT_S_MAX})
    engine = create_engine(url, poolclass=NullPool, connect_args={"isolation_level": None})
    event.listen(engine, "begin", sqlite.begin)
    return engine


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    """Keep every other process that would migrate this database waiting until the block ends."""
    if connection.dialect.name == "postgresql":
        # Held by the transaction that Alembic then works in; the commit releases it.
        connection.execute(
            text("SELECT pg_advisory_xact_lock(:number)"), {"number": lock_number("migrations")}
        )
        yield
        return
    # What was read before the wait is out of date after it.
    connection.rollback()
    with Path(f"{connection.engine.url.database}.migrating").open("w") as lock_file:
        fcntl.flock(lock_file, fcntl.LOCK_EX)
        connection.execution_options(writes=True).begin()
        yield


def _run_alembic(verb: str, connection: Connection, target: str) -> None:
    from alembic import command  # noqa: PLC0415 - half a second that a migrated database does not pay
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        {"upgrade": command.upgrade, "downgrade": command.downgrade}[verb](config, target)
    except CommandError as error:
        raise DatabaseNotMigrated(f"The migration could not run: {error}") from error
    connection.commit()
