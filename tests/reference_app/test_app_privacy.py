"""What is stored is its owner's alone: what is made so, what is refused, and what is mended (SV-11)."""

import os
import shlex
import sqlite3
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from reference_app import folders, privacy
from reference_app.database import migrate
from reference_app.privacy import OpenToOthers, Stored
from reference_app.serving import stored
from reference_app.systems import load_settings

SOMEBODY_ELSE: Final = 12_345
KEY: Final = "k" * 32


class Said:
    """A log that keeps the events of its warnings."""

    def __init__(self) -> None:
        self.events: list[tuple[str, dict[str, Any]]] = []

    def warning(self, event: str, **about: Any) -> None:
        """Keep it."""
        self.events.append((event, about))


@pytest.fixture(params=[0o000, 0o022, 0o777])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """The umask of this process while a test runs."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.usefixtures("umask")
def test_what_is_made_is_the_owners_whatever_the_umask(tmp_path: Path) -> None:
    """Each folder that was missing is 0700 and the file 0600, also under a umask that leaves the owner nothing."""
    folders.make(tmp_path / "a" / "b")
    folders.make_file(tmp_path / "a" / "b" / "file")
    modes = [_mode(each) for each in (tmp_path / "a", tmp_path / "a" / "b", tmp_path / "a" / "b" / "file")]
    assert modes == [0o700, 0o700, 0o600]


@pytest.mark.usefixtures("umask")
def test_the_database_and_what_lies_beside_it_are_the_owners(tmp_path: Path) -> None:
    """SQLite's own files have the rights of the file, which is made for it."""
    file = tmp_path / "data" / "x.sqlite3"
    migrate.upgrade(f"sqlite:///{file}")
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE t (x)")
        found = {path.name: _mode(path) for path in file.parent.iterdir()}
    names = ["x.sqlite3", "x.sqlite3-shm", "x.sqlite3-wal", "x.sqlite3.migrating"]
    assert found == dict.fromkeys(names, 0o600)


def test_what_is_there_is_left(tmp_path: Path) -> None:
    """A file that is there keeps its rights and what it holds, and so does a folder; a link leads to its file."""
    folder, file, link = tmp_path / "folder", tmp_path / "file", tmp_path / "link"
    folder.mkdir()
    folder.chmod(0o750)
    file.write_text("mine")
    file.chmod(0o640)
    link.symlink_to(tmp_path / "behind the link")
    folders.make(folder)
    folders.make_file(file)
    folders.make_file(link)
    assert (_mode(folder), _mode(file), file.read_text()) == (0o750, 0o640, "mine")
    assert _mode(tmp_path / "behind the link") == 0o600


def test_a_file_in_the_place_of_a_folder_is_an_error(tmp_path: Path) -> None:
    """It is not taken for a folder that is there."""
    (tmp_path / "file").touch()
    with pytest.raises(FileExistsError):
        folders.make_one(tmp_path / "file")


@pytest.mark.parametrize("mode", [0o701, 0o702, 0o704, 0o710, 0o720, 0o740, 0o777, 0o1777])
def test_each_right_of_others_is_refused_until_it_is_mended(tmp_path: Path, mode: int) -> None:
    """In production; the command in the refusal mends it, whatever the folder is called."""
    folder = tmp_path / "it's $HOME; a folder"
    folder.mkdir()
    folder.chmod(mode)
    with pytest.raises(OpenToOthers, match=f"mode {mode:04o}") as refused:
        privacy.require(Stored([folder]), is_development=False, log=Said())  # type: ignore[arg-type]
    command = str(refused.value).partition("Mend it: ")[2]
    assert shlex.split(command)[:2] == ["chmod", "go="]
    subprocess.run(["/bin/sh", "-c", command], check=True, timeout=10)
    privacy.require(Stored([folder]), is_development=False, log=Said())  # type: ignore[arg-type]


def test_every_folder_is_named_once(tmp_path: Path) -> None:
    """Two that are wrong are both in the refusal, and one that was named twice is there once."""
    one, two = tmp_path / "one", tmp_path / "two"
    for each in (one, two):
        each.mkdir()
        each.chmod(0o755)
    with pytest.raises(OpenToOthers) as refused:
        privacy.require(Stored([one, two, one]), is_development=False, log=Said())  # type: ignore[arg-type]
    assert len(str(refused.value).splitlines()) == 2


def test_a_folder_that_is_not_there_is_no_matter(tmp_path: Path) -> None:
    """It will be made."""
    privacy.require(Stored([tmp_path / "new"]), is_development=False, log=Said())  # type: ignore[arg-type]


def test_somebody_elses_folder_is_refused_but_not_to_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its owner could read it all; root may read it anyway."""
    folder = tmp_path / "folder"
    folder.mkdir(0o700)
    monkeypatch.setattr(os, "geteuid", lambda: SOMEBODY_ELSE)
    with pytest.raises(OpenToOthers, match=f"chown -R {SOMEBODY_ELSE}"):
        privacy.require(Stored([folder]), is_development=False, log=Said())  # type: ignore[arg-type]
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    privacy.require(Stored([folder]), is_development=False, log=Said())  # type: ignore[arg-type]


def test_in_development_the_log_says_so(tmp_path: Path) -> None:
    """The server starts, with one warning a folder."""
    folder, log = tmp_path / "folder", Said()
    folder.mkdir()
    folder.chmod(0o755)
    privacy.require(Stored([folder]), is_development=True, log=log)  # type: ignore[arg-type]
    [(event, about)] = log.events
    assert event == "open_to_others"
    assert "chmod go=" in about["reason"]


def test_files_are_closed_and_counted(tmp_path: Path) -> None:
    """Those named and those in a folder that is named; a file of somebody else beside them is left alone."""
    folder, log = tmp_path / "folder", Said()
    folder.mkdir(0o700)
    for path in (tmp_path / "named", folder / "inside", tmp_path / "not ours"):
        path.touch(0o644)
        path.chmod(0o644)
    privacy.require(
        Stored([folder], [tmp_path / "named", folder, tmp_path / "missing"]),
        is_development=False,
        log=log,  # type: ignore[arg-type]
    )
    assert [_mode(tmp_path / "named"), _mode(folder / "inside"), _mode(tmp_path / "not ours")] == [
        0o600,
        0o600,
        0o644,
    ]
    assert [(event, about["count"]) for event, about in log.events] == [("files_closed_to_others", 2)]


def test_a_file_that_cannot_be_closed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal names it."""
    (tmp_path / "named").touch()
    (tmp_path / "named").chmod(0o644)

    def refused(_path: Path, _mode: int) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "chmod", refused)
    with pytest.raises(OpenToOthers, match="not ours to close"):
        privacy.require(Stored([], [tmp_path / "named"]), is_development=False, log=Said())  # type: ignore[arg-type]


def test_all_places_of_a_server_are_looked_at(tmp_path: Path) -> None:
    """Its data folder, the event log's, and that of a SQLite file elsewhere; of a Postgres there is none."""
    own = {"SECRET_KEY": KEY, "DATA_DIR": str(tmp_path / "data")}
    inside = stored(load_settings(own))
    assert {*inside.folders} == {tmp_path / "data", tmp_path / "data" / "articles"}
    elsewhere = stored(load_settings({**own, "DATABASE_URL": f"sqlite:///{tmp_path}/db/x.sqlite3"}))
    assert tmp_path / "db" in elsewhere.folders
    assert tmp_path / "db" / "x.sqlite3-wal" in elsewhere.files
    postgres = stored(load_settings({**own, "DATABASE_URL": "postgresql://ada@127.0.0.1/x"}))
    assert [*postgres.folders, *postgres.files] == [tmp_path / "data", *[tmp_path / "data" / "articles"] * 2]
