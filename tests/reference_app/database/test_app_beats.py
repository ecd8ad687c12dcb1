"""Beat files: what counts as a beat, what becomes of a holder whose file is gone, and who cleans up."""

import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from reference_app.database import leases, sqlite
from reference_app.database.beats import RECORD_LENGTH, SWEEP_S_MIN, BeatFiles
from reference_app.database.engine import Database
from reference_app.database.locks import LEASE_S, Hold, LockLost
from reference_app.database.sqlite import BUSY_S_MAX
from reference_app.errors import DatabaseUnavailable
from tests.reference_app.database.locks_contract import KEY
from tests.reference_app.stage import OpenDatabase, SteppedClock

DAMAGED: Final = {
    "empty": b"",
    "cut short": b"0" * (RECORD_LENGTH - 1),
    "of another boot": f"{'0' * 36} {'9' * 20}\n".encode(),
    "no number": f"{'0' * 36} {'x' * 20}\n".encode(),
    "no text": bytes(range(200, 256)),
}


@pytest.fixture
def folder(database_url: str) -> Path:
    """Return where the database's beats lie."""
    return Path(database_url.removeprefix("sqlite:///") + ".beats")


@pytest.fixture
def hold(database: Database) -> Hold:
    """Return a lease that was just taken."""
    taken = database.locks.acquire(KEY)
    assert taken is not None
    return taken


def test_a_beat_counts_until_the_lease_is_over(tmp_path: Path, clock: SteppedClock) -> None:
    """A nanosecond before its end it counts, and at its end no more; a later beat counts anew."""
    files = BeatFiles(tmp_path / "beats", clock.ticks)
    file = files.begin()
    clock.move(LEASE_S - 1e-9)
    assert files.is_fresh(file.name)
    clock.move(1e-9)
    assert not files.is_fresh(file.name)
    assert file.beat()
    assert files.is_fresh(file.name)


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_beat_does_not_count(folder: Path, database: Database, hold: Hold, damage: str) -> None:
    """A waiter takes over from a holder whose file says nothing, and the holder learns it."""
    next(folder.iterdir()).write_bytes(DAMAGED[damage])
    assert database.locks.held([KEY]) == set()
    assert database.locks.acquire(KEY) is not None
    with pytest.raises(LockLost):
        hold.beat()
    with pytest.raises(LockLost):
        hold.finish(lambda _connection: None)


def test_a_holder_whose_file_is_gone_gives_up(folder: Path, database: Database, hold: Hold) -> None:
    """A removed file frees the lease, and the next beat says so."""
    next(folder.iterdir()).unlink()
    assert database.locks.held([KEY]) == set()
    with pytest.raises(LockLost):
        hold.beat()
    hold.release()
    assert database.locks.acquire(KEY) is not None


def test_a_holder_that_cannot_beat_gives_up(
    database: Database, hold: Hold, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a full disk a holder does not go on as one that others think dead, and no other begins."""
    _disk_is_full(monkeypatch)
    with pytest.raises(LockLost):
        hold.beat()
    hold.release()
    with pytest.raises(DatabaseUnavailable):
        database.said_plainly(lambda: database.locks.acquire(KEY))
    monkeypatch.undo()
    assert database.locks.acquire(KEY) is not None


def test_a_beat_that_cannot_be_read_is_no_answer(
    database: Database, hold: Hold, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A waiter that has no more file descriptors, for example, does not take the holder for dead."""

    def none_left(_files: BeatFiles, _name: str) -> float:
        raise OSError(errno.EMFILE, "too many open files")

    monkeypatch.setattr(BeatFiles, "_age_s", none_left)
    for look in (lambda: database.locks.held([KEY]), lambda: database.locks.acquire(KEY)):
        with pytest.raises(DatabaseUnavailable):
            look()
    monkeypatch.undo()
    assert database.locks.held([KEY]) == {KEY}
    hold.release()


def test_who_is_told_to_wait_waits_for_no_writer(
    database: Database, open_database: OpenDatabase, hold: Hold, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While somebody is in the middle of a write, a waiter learns that the lease is held."""
    monkeypatch.setattr(sqlite, "BUSY_S_MAX", 0.1)
    impatient = open_database()
    assert database.write_now(lambda _connection: impatient.locks.acquire(KEY)) is None
    hold.release()


def test_nobody_else_can_read_or_enter(folder: Path, hold: Hold) -> None:
    """The folder and its files are their owner's alone."""
    assert [path.stat().st_mode & 0o777 for path in (folder, *folder.iterdir())] == [0o700, 0o600]
    hold.release()


def test_no_file_outlives_its_lease(
    folder: Path, database: Database, hold: Hold, clock: SteppedClock
) -> None:
    """A holder that ends its lease removes its file; one that takes over removes the former holder's."""
    for _ in range(3):
        clock.move(2 * LEASE_S)
        assert database.locks.acquire(KEY) is not None
        assert len(list(folder.iterdir())) == 1
    hold.release()
    clock.move(2 * LEASE_S)
    last = database.locks.acquire(KEY)
    assert last is not None
    last.finish(lambda _connection: None)
    assert list(folder.iterdir()) == []


def test_a_taking_that_is_not_stored_leaves_no_file(
    folder: Path, database: Database, hold: Hold, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the row cannot be changed after all, the file of its beat goes, too."""
    hold.release()
    monkeypatch.setattr(leases, "LEASE", "no time")
    with pytest.raises(TypeError):
        database.locks.acquire(KEY)
    assert list(folder.iterdir()) == []
    monkeypatch.undo()
    assert database.locks.acquire(KEY) is not None


def test_files_of_the_killed_are_swept_at_the_next_start(
    folder: Path, open_database: OpenDatabase, hold: Hold, clock: SteppedClock
) -> None:
    """Old and damaged files go; what is young, or no beat at all, stays."""
    damaged, foreign = folder / f"{'0' * 16}.beat", folder / "notes.txt"
    for path in (damaged, foreign):
        path.write_text("x", encoding="ascii")
    [young] = [path for path in folder.iterdir() if path not in {damaged, foreign}]
    open_database()
    assert set(folder.iterdir()) == {young, foreign}
    clock.move(SWEEP_S_MIN + 1)
    open_database()
    assert set(folder.iterdir()) == {foreign}
    hold.release()


def test_a_copy_of_a_database_has_no_live_holders(
    tmp_path: Path, database_url: str, hold: Hold, clock: SteppedClock
) -> None:
    """A lease that was held when the copy was made is free in the copy, and stays held where it was."""
    copy = tmp_path / "elsewhere.sqlite3"
    _copied(database_url, copy)
    other = Database(
        f"sqlite:///{copy}", clock=clock, ticks=clock.ticks, threads=1, holders=1, wait_s_max=BUSY_S_MAX
    )
    taken = other.locks.acquire(KEY)
    assert taken is not None
    hold.beat()
    other.close()


def test_another_name_of_the_same_file_finds_the_beats(
    tmp_path: Path, database_url: str, hold: Hold, clock: SteppedClock
) -> None:
    """Processes that open the database through a link see who holds its leases."""
    link = tmp_path / "link.sqlite3"
    link.symlink_to(database_url.removeprefix("sqlite:///"))
    other = Database(
        f"sqlite:///{link}", clock=clock, ticks=clock.ticks, threads=1, holders=1, wait_s_max=BUSY_S_MAX
    )
    assert other.locks.held([KEY]) == {KEY}
    other.close()
    hold.release()


def _disk_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(os, "pwrite", full)


def _copied(url: str, target: Path) -> None:
    source = sqlite3.connect(url.removeprefix("sqlite:///"))
    with closing(source), closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
