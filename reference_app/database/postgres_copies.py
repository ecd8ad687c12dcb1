"""Postgres, copied by its own programs, `pg_dump` and `pg_restore`: a dump is of one moment and stops no writer.

The programs are found on the PATH, and must be of the server's major version or a newer one. A password goes to
them by their environment, where other users do not see it.
"""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

from psycopg import Error as DriverError
from psycopg import connect
from sqlalchemy.engine import URL

from reference_app.database.copies import COPY_S_MAX, LEAP, CopyFailed

CONNECT_S_MAX: Final = 10
PRIVATE: Final = 0o600
COMMON: Final = ("--no-owner", "--no-privileges", "--no-password")
LEAPS: Final = f"""
    SELECT count(setval(format('%I.%I', schemaname, sequencename)::regclass, coalesce(last_value, 0) + {LEAP}))
    FROM pg_catalog.pg_sequences
"""  # noqa: S608 - nothing from outside
ANYTHING: Final = """
    SELECT EXISTS (SELECT FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace AS n ON n.oid = relnamespace
                   WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema')
"""


class PostgresCopies:
    """What `copies.Copies` promises, on Postgres."""

    name = "database.dump"

    def back_up(self, url: URL, file: Path) -> None:
        """Dump the database, in the format that is compressed and that `pg_restore` can check."""
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE))
        _run(url, "pg_dump", "--format=custom", *COMMON, f"--file={file}", f"--dbname={_address(url)}")
        _run(url, "pg_restore", "--list", str(file))

    def holds_something(self, url: URL) -> bool:
        """Return whether there is a table, a view or a sequence that is not Postgres's own."""
        return bool(self._ask(url, ANYTHING))

    def restore(self, file: Path, url: URL) -> None:
        """Restore the dump in one transaction, and have all sequences leap in another."""
        _run(
            url, "pg_restore", "--exit-on-error", "--single-transaction", *COMMON,
            f"--dbname={_address(url)}", str(file),
        )  # fmt: skip
        self._ask(url, LEAPS)

    def _ask(self, url: URL, statement: str) -> Any:
        """Return the first value that the statement gives. Raises CopyFailed."""
        try:
            with connect(
                _address(url), password=_password(url), connect_timeout=CONNECT_S_MAX, autocommit=True
            ) as connection:
                row = connection.execute(statement).fetchone()
        except DriverError as error:
            raise CopyFailed(f"The database cannot be used: {_first_line(str(error))}") from error
        return row[0] if row else None


def _address(url: URL) -> str:
    """Return the URL as libpq takes it, without a password."""
    query = url.difference_update_query(["password"]).query
    # Not by `set`, which takes None for a part that stays.
    bare = URL.create("postgresql", url.username, None, url.host, url.port, url.database, query)
    return bare.render_as_string(hide_password=False)


def _password(url: URL) -> str | None:
    found = url.password or url.query.get("password")
    return found if isinstance(found, str) else None


def _run(url: URL, program: str, *arguments: str) -> None:
    path = shutil.which(program)
    if path is None:
        raise CopyFailed(f"{program} is not on the PATH: install the client programs of your Postgres.")
    password = _password(url)
    environment = {**os.environ, "PGCONNECT_TIMEOUT": str(CONNECT_S_MAX)}
    done = subprocess.run(
        [path, *arguments],
        env=environment | ({"PGPASSWORD": password} if password else {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=COPY_S_MAX,
        check=False,
    )
    if done.returncode:
        raise CopyFailed(f"{program} failed: {_first_line(done.stderr)}")


def _first_line(text: str) -> str:
    return next(iter(text.strip().splitlines()), "it did not say why")
