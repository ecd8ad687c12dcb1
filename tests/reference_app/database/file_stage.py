"""A SQLite database with a row, whose files a test takes away; the watch over them, and what that logs."""

import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from reference_app.clock import system_clock
from reference_app.database.engine import Database
from reference_app.database.file_watch import FileWatch
from reference_app.logs import make_log


class Stage:
    """A database with a row, the watch over its files, and what that logs."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.file = folder / "data # 1%.sqlite3"
        with closing(sqlite3.connect(self.file)) as connection:
            connection.execute("CREATE TABLE rows (x)")
        self.url = f"sqlite:///{folder}/data # 1%25.sqlite3".replace("%25", "%")
        self.database = Database(self.url, clock=system_clock, threads=2, holders=0, wait_s_max=60.0)
        self.said = io.StringIO()
        watch = self.database.file_watch(make_log(self.said, "json"))
        assert watch is not None
        self.watch: FileWatch = watch

    def beside(self, ending: str) -> Path:
        """Return the file that SQLite keeps beside the database."""
        return Path(f"{self.file}{ending}")

    async def begin(self) -> None:
        """Store a row, with the watch begun."""
        assert await self.watch.trouble() == ""
        await self.database.write(add, 1)
        await self.database.read(rows)

    def end(self) -> None:
        """Close it."""
        self.watch.close()
        self.database.close()

    def logged(self, event: str) -> list[dict[str, Any]]:
        """Return the records of this event."""
        return [each for each in map(json.loads, self.said.getvalue().splitlines()) if each["event"] == event]


def add(connection: Connection, number: int) -> None:
    """Store a row."""
    connection.execute(text("INSERT INTO rows VALUES (:x)"), {"x": number})


def rows(connection: Connection) -> list[int]:
    """Return all rows."""
    return [row[0] for row in connection.execute(text("SELECT x FROM rows ORDER BY x"))]


def stored(file: Path) -> list[int]:
    with closing(sqlite3.connect(file)) as connection:
        return [row[0] for row in connection.execute("SELECT x FROM rows ORDER BY x")]
