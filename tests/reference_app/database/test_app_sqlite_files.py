"""What becomes of rows when others take a SQLite database's files away: none is acknowledged or lost (SV-12)."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import text

from reference_app.database.file_watch import GONE
from reference_app.database.sqlite_files import FilesGone
from reference_app.errors import DatabaseUnavailable, OutcomeUnknown
from tests.reference_app.database.file_stage import Stage, add, rows, stored

MANY: Final = """
WITH RECURSIVE numbers(x) AS (SELECT 2 UNION ALL SELECT x + 1 FROM numbers WHERE x < 9000)
INSERT INTO rows SELECT x FROM numbers
"""


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path / "db")
    yield made
    made.end()


def _cut_by_a_page(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint")
    os.truncate(path, path.stat().st_size - 4096)


def _copied_over(path: Path) -> None:
    copy = path.with_name("copy")
    shutil.copy2(path, copy)
    copy.replace(path)


LOST: Final[dict[str, Callable[[Stage], object]]] = {
    "deleted": lambda stage: stage.file.unlink(),
    "moved": lambda stage: stage.file.rename(stage.file.with_name("moved")),
    "copied over": lambda stage: _copied_over(stage.file),
    "cut to nothing": lambda stage: os.truncate(stage.file, 0),
    "cut by a page": lambda stage: _cut_by_a_page(stage.file),
    "-wal deleted": lambda stage: stage.beside("-wal").unlink(),
    "-wal moved": lambda stage: stage.beside("-wal").rename(stage.file.with_name("moved")),
    "-wal copied over": lambda stage: _copied_over(stage.beside("-wal")),
    "-wal cut to nothing": lambda stage: os.truncate(stage.beside("-wal"), 0),
    "-shm deleted": lambda stage: stage.beside("-shm").unlink(),
    "the folder moved": lambda stage: stage.file.parent.rename(stage.file.parent.with_name("moved")),
}


@pytest.mark.parametrize("lost", LOST)
def test_nothing_is_acknowledged_any_more(stage: Stage, lost: str) -> None:
    """Neither the next row nor the one after it, and the watch says so, once in the log."""

    async def scenario() -> None:
        await stage.begin()
        LOST[lost](stage)
        for _ in range(2):
            with pytest.raises(DatabaseUnavailable):
                await stage.database.write(add, 2)
            assert await stage.watch.trouble() == GONE

    asyncio.run(scenario())
    assert len(stage.logged("database_files_gone")) == 1


@pytest.mark.parametrize("lost", ["moved", "-wal moved", "the folder moved"])
def test_what_is_put_back_is_written_to_again(stage: Stage, lost: str) -> None:
    """The same files under the same names: nothing was lost, and nothing was written meanwhile."""

    async def scenario() -> None:
        await stage.begin()
        LOST[lost](stage)
        assert await stage.watch.trouble() == GONE
        with pytest.raises(FilesGone):
            await stage.database.write(add, 2)
        if lost == "the folder moved":
            stage.file.parent.with_name("moved").rename(stage.file.parent)
        else:
            name = stage.beside("-wal") if lost == "-wal moved" else stage.file
            stage.file.with_name("moved").rename(name)
        await stage.database.write(add, 3)
        assert await stage.watch.trouble() == ""
        assert await stage.database.read(rows) == [1, 3]

    asyncio.run(scenario())


def test_a_deleted_database_is_copied(stage: Stage) -> None:
    """With every row that was acknowledged, in a private file that the log names."""

    async def scenario() -> None:
        await stage.begin()
        stage.file.unlink()
        await stage.watch.trouble()

    asyncio.run(scenario())
    [copy] = stage.file.parent.glob("*.rescued-*")
    assert stage.logged("database_rescued")[0]["copied_to"] == str(copy)
    assert (stored(copy), copy.stat().st_mode & 0o077) == ([1], 0)


def test_a_deleted_wal_is_brought_into_the_file(stage: Stage) -> None:
    """At once, for the process may be killed: the file alone has every row that was acknowledged."""

    async def scenario() -> None:
        await stage.begin()
        stage.beside("-wal").unlink()
        await stage.watch.trouble()

    asyncio.run(scenario())
    copy = stage.file.with_name("the file alone")
    shutil.copy2(stage.file, copy)
    assert stored(copy) == [1]


def test_no_connection_makes_a_file_in_its_place(stage: Stage) -> None:
    """A read that needs a new connection is refused; an empty database would have no tables."""

    async def scenario() -> None:
        await stage.begin()
        stage.database._reading.dispose()
        stage.file.unlink()
        with pytest.raises(DatabaseUnavailable):
            await asyncio.to_thread(stage.database.read_now, rows)

    asyncio.run(scenario())
    assert not stage.file.exists()


def test_another_file_in_its_place_is_not_read(stage: Stage) -> None:
    """A new connection does not answer from another database than the others have."""

    async def scenario() -> None:
        await stage.begin()
        stage.database._reading.dispose()
        _copied_over(stage.file)
        with pytest.raises(FilesGone):
            await asyncio.to_thread(stage.database.read_now, rows)

    asyncio.run(scenario())


@pytest.mark.parametrize(
    "command", ["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)"]
)
def test_what_an_operator_may_do_is_no_loss(stage: Stage, command: str) -> None:
    """Files that become smaller by SQLite's own doing are whole."""

    async def scenario() -> None:
        await stage.begin()
        await stage.database.write(lambda connection: connection.execute(text(MANY)))
        await stage.database.write(
            lambda connection: connection.execute(text("DELETE FROM rows WHERE x > 1"))
        )
        with closing(sqlite3.connect(stage.file, isolation_level=None)) as connection:
            connection.executescript(command)
        assert await stage.watch.trouble() == ""
        await stage.database.write(add, 2)
        assert await stage.database.read(rows) == [1, 2]

    asyncio.run(scenario())
    assert stage.logged("database_files_gone") == []


def test_what_is_added_at_the_end_is_harmless(stage: Stage) -> None:
    """SQLite knows how many pages its file has, and where its log ends."""

    async def scenario() -> None:
        await stage.begin()
        for path in (stage.file, stage.beside("-wal")):
            with path.open("ab") as file:
                file.write(b"x" * 5_000)
        for number in (2, 3):
            await stage.database.write(add, number)
        assert await stage.database.read(rows) == [1, 2, 3]

    asyncio.run(scenario())
    stage.end()
    assert stored(stage.file) == [1, 2, 3]


def test_a_damaged_database_is_unavailable_and_no_internal_error(stage: Stage) -> None:
    """What SQLite says of a file that was written over."""

    async def scenario() -> None:
        await stage.begin()
        stage.database._reading.dispose()
        with closing(sqlite3.connect(stage.file)) as connection:
            connection.execute("PRAGMA wal_checkpoint")
        with stage.file.open("r+b") as file:
            file.write(b"x" * stage.file.stat().st_size)
        with pytest.raises(DatabaseUnavailable):
            await asyncio.to_thread(stage.database.read_now, rows)

    asyncio.run(scenario())


def test_a_commit_during_which_it_went_is_not_acknowledged(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look after the commit finds it; whether it is there when the file is back is open."""
    files = stage.watch._files
    check = files.check

    async def scenario() -> None:
        await stage.begin()
        left = [stage.file]

        def gone_afterwards(opened: Any) -> None:
            check(opened)
            if left:
                left.pop().rename(stage.file.with_name("moved"))

        monkeypatch.setattr(files, "check", gone_afterwards)
        with pytest.raises(OutcomeUnknown):
            await stage.database.write(add, 2)
        monkeypatch.undo()
        with pytest.raises(FilesGone):  # known again: nothing more is written
            await stage.database.write(add, 3)

    asyncio.run(scenario())


def test_a_wal_that_was_cut_during_a_commit_is_found(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size says nothing then: the commit has made it as long as it was."""
    files = stage.watch._files
    check = files.check

    async def scenario() -> None:
        await stage.begin()
        left = [0]

        def cut_before_the_commit(opened: Any) -> None:
            check(opened)
            if left:
                os.truncate(stage.beside("-wal"), left.pop())

        monkeypatch.setattr(files, "check", cut_before_the_commit)
        with pytest.raises(OutcomeUnknown):
            await stage.database.write(add, 2)

    asyncio.run(scenario())
