"""Several open one SQLite file at once, also the first time: a new or restored one does not write ahead yet."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier, Timer
from typing import Final

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from reference_app.database.sqlite import SqliteDialect

AT_ONCE: Final = 4
FILES: Final = 60
HELD_S: Final = 0.3


def _file(folder: Path, name: str) -> Path:
    file = folder / name
    with closing(sqlite3.connect(file)) as made:
        made.execute("PRAGMA journal_mode=DELETE")
        made.execute("CREATE TABLE counted (number INTEGER)")
    return file


def _mode(file: Path) -> str:
    engine = SqliteDialect().open(make_url(f"sqlite:///{file}"), 1, 1.0)
    with engine.connect() as connection:
        found: str = connection.execute(text("PRAGMA journal_mode")).scalar_one()
    engine.dispose()
    return found


def test_several_that_open_a_new_file_at_once_all_succeed(tmp_path: Path) -> None:
    """One of 17 such files had somebody refused at once: "database is locked"."""
    meet = Barrier(AT_ONCE)

    def mode(file: Path) -> str:
        meet.wait()
        return _mode(file)

    with ThreadPoolExecutor(AT_ONCE) as people:
        for number in range(FILES):
            file = _file(tmp_path, f"{number}.db")
            assert list(people.map(mode, [file] * AT_ONCE)) == ["wal"] * AT_ONCE


def test_a_file_that_another_holds_is_waited_for(tmp_path: Path) -> None:
    """Until it is let go."""
    file = _file(tmp_path, "held.db")
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        Timer(HELD_S, holder.rollback).start()
        assert _mode(file) == "wal"


def test_the_wait_has_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that stays locked is an error."""
    monkeypatch.setattr("reference_app.database.sqlite.BUSY_S_MAX", 0.2)
    file = _file(tmp_path, "locked.db")
    with closing(sqlite3.connect(file, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Exception, match="database is locked"):
            _mode(file)
