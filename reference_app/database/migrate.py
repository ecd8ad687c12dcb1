"""Bringing a database's schema to what this version needs, with Alembic.

Runs in one process, with a synchronous driver, before any event loop and under a lock, so that two servers
that start at once do not both migrate; and in one transaction, so that a migration that breaks off changes
nothing. A start runs the chain `expand` and looks at no other: what destroys is the chain `contract`, and the
operator's act. A database that is there already costs one query and no import of Alembic.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from reference_app.database import dialects
from reference_app.database.chains import CONTRACT, EXPAND, SCRIPTS, Chain
from reference_app.database.urls import parse_database_url
from reference_app.errors import DatabaseNotMigrated, DatabaseUnavailable

HEAD: Final = str(EXPAND.head)
"""The revision that a server of this version needs."""


def upgrade(database: str, target: str = "head") -> bool:
    """Add what this version needs to the database at this URL; return whether there was anything to do.

    Raises:
        SettingsRefused: the URL is not one of a supported database.
        DatabaseUnavailable: it cannot be reached, or a SQLite file cannot be made.
        DatabaseNotMigrated: a migration refused, for example because of duplicates; nothing was changed.

    """
    return _upgrade(database, EXPAND, target)


def upgrade_contract(
    database: str, target: str = "head", *, audit: Callable[[Connection], None] | None = None
) -> bool:
    """Remove from the database at this URL what this version needs no more; return whether there was anything.

    `audit` looks at the database before, in the transaction that removes, and raises what stands against it. There
    are revisions that run only after one.

    Raises:
        DatabaseNotMigrated: `upgrade` must run first, or a migration refused; nothing was changed.
        Exception: as `upgrade`, or as `audit`.

    """
    require(database)
    return _upgrade(database, CONTRACT, target, audit)


def downgrade(database: str, target: str, chain: Chain = EXPAND, *, loses_texts: bool = False) -> None:
    """Take a chain of the database at this URL back to `target`. Raises like `upgrade`.

    Without `loses_texts` it is refused where it would remove what was written for people and is nowhere else.
    """
    with connected(database) as connection, dialects.of(connection).alone(connection):
        _run_alembic("downgrade", connection, chain, target, loses_texts=loses_texts)


def seed(database: str, seeds: Mapping[str, Callable[[Connection], int]]) -> dict[str, int]:
    """Have each of `seeds` add its rows to the database at this URL, all or none; return how many each has added.

    Raises:
        DatabaseNotMigrated: `upgrade` must run first.
        Exception: as `upgrade`.

    """
    require(database)
    with connected(database) as connection, dialects.of(connection).alone(connection):
        added = {name: add(connection) for name, add in seeds.items()}
        connection.commit()
        return added


def revision(database: str, chain: Chain = EXPAND, *, make: bool = True) -> str | None:
    """Return the revision of the database at this URL; None when the chain has not begun there."""
    with connected(database, make=make) as connection:
        return current(connection, chain)


def require(database: str, *, make: bool = True) -> None:
    """Check that the database at this URL has the schema that this version needs.

    Raises:
        DatabaseUnavailable: it cannot be reached; without `make` also a SQLite file that is not there.
        DatabaseNotMigrated: it has not; the message says what to do.

    """
    found = revision(database, make=make)
    if found != HEAD:
        raise DatabaseNotMigrated(
            f"The database is at revision {found or 'none'} and this version needs {HEAD}: "
            "run `reference-app db upgrade`, or start without --no-migrate."
        )


def current(connection: Connection, chain: Chain = EXPAND) -> str | None:
    """Return the revision that the connection's database is at."""
    if not inspect(connection).has_table(chain.version_table):
        return None
    found: str | None = connection.scalar(text(f"SELECT version_num FROM {chain.version_table}"))  # noqa: S608
    return found


@contextmanager
def connected(database: str, *, make: bool = True) -> Iterator[Connection]:
    """Connect to the database at this URL for an operator's work, outside any pool.

    With `make` a SQLite file that is not there is made.

    Raises:
        SettingsRefused: the URL is not one of a supported database.
        DatabaseUnavailable: it cannot be reached, or what was done with it failed.

    """
    url = parse_database_url(database)
    try:
        with dialects.of_url(url).open_once(url, make=make).connect() as connection:
            yield connection
    except (DBAPIError, OSError) as error:
        reason = str(getattr(error, "orig", error)).strip().splitlines()
        # The options after `?` may hold a password too.
        shown = url.set(query={}).render_as_string()
        raise DatabaseUnavailable(
            f"The database {shown} cannot be used: {reason[0] if reason else repr(error)}"
        ) from error


def _upgrade(
    database: str, chain: Chain, target: str, audit: Callable[[Connection], None] | None = None
) -> bool:
    wanted = chain.head if target == "head" else target
    with connected(database) as connection:
        if current(connection, chain) == wanted:
            return False
        with dialects.of(connection).alone(connection):
            if current(connection, chain) == wanted:  # somebody else has done it while this one waited
                return False
            if audit:
                audit(connection)
            _run_alembic("upgrade", connection, chain, target, is_audited=audit is not None)
        return True


def _run_alembic(verb: str, connection: Connection, chain: Chain, target: str, **said: bool) -> None:
    from alembic import command  # noqa: PLC0415 - half a second that a migrated database does not pay
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    for option, value in alembic_options(chain).items():
        config.set_main_option(option, value)
    config.attributes.update(connection=connection, chain=chain, **said)
    try:
        {"upgrade": command.upgrade, "downgrade": command.downgrade}[verb](config, target)
    except CommandError as error:
        raise DatabaseNotMigrated(f"The migration could not run: {error}") from error
    connection.commit()


def alembic_options(chain: Chain) -> dict[str, str]:
    """Return Alembic's options for the chain: its environment, and the folder of its revisions."""
    options = {
        "script_location": str(SCRIPTS),
        # Folders may have any character in their names but this one.
        "path_separator": "newline",
        "version_locations": str(chain.revisions),
    }
    return {name: value.replace("%", "%%") for name, value in options.items()}
