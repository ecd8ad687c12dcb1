"""Months that a user has more than one return for, in a database from before the unique index (LR-6).

Works on any revision that has the table, and upgrades nothing: the migration that adds the index refuses while
there are duplicates, and this is how they go.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, inspect, select

from reference_app.database import migrate
from reference_app.errors import DatabaseNotMigrated
from reference_app.lunar_returns.tables import lunar_returns


@dataclass(frozen=True, slots=True)
class Duplicate:
    """One month of one user that has several rows; `ids` are in order, the newest last."""

    user_id: int
    month: str
    ids: tuple[int, ...]


def find(database: str) -> list[Duplicate]:
    """Return the duplicates in the database at this URL. Raises like `migrate.connected`."""
    with migrate.connected(database) as connection:
        return _find(connection)


def repair(database: str) -> list[Duplicate]:
    """Keep the newest row of each month and delete the others, all or none; return what was found."""
    with migrate.connected(database) as connection:
        # A reader that turned writer half way would be refused on SQLite if a server wrote meanwhile.
        connection.execution_options(writes=True)
        found = _find(connection)
        for duplicate in found:
            # The newest is compared with the rows as they are now: one that came meanwhile is kept.
            newest = (
                select(func.max(lunar_returns.c.id))
                .where(lunar_returns.c.user_id == duplicate.user_id, lunar_returns.c.month == duplicate.month)
                .scalar_subquery()
            )
            connection.execute(
                delete(lunar_returns).where(
                    lunar_returns.c.user_id == duplicate.user_id,
                    lunar_returns.c.month == duplicate.month,
                    lunar_returns.c.id < newest,
                )
            )
        connection.commit()
        return found


def _find(connection: Connection) -> list[Duplicate]:
    if not inspect(connection).has_table(lunar_returns.name):
        raise DatabaseNotMigrated("The database has no lunar returns yet: run `reference-app db upgrade`.")
    month = (lunar_returns.c.user_id, lunar_returns.c.month)
    several = select(*month).group_by(*month).having(func.count() > 1).subquery()
    rows = connection.execute(
        select(*month, lunar_returns.c.id)
        .join(several, (month[0] == several.c.user_id) & (month[1] == several.c.month))
        .order_by(*month, lunar_returns.c.id)
    )
    found: dict[tuple[int, str], list[int]] = {}
    for user_id, name, row_id in rows:
        found.setdefault((user_id, name), []).append(row_id)
    return [Duplicate(user_id, name, tuple(ids)) for (user_id, name), ids in found.items()]
