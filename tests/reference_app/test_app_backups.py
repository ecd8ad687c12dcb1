"""Backups: both halves, of one moment, checked, private, and brought back into an empty place only (SV-18)."""

import json
import shutil
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url, text

from fixtures.databases.engines import engine_of
from fixtures.databases.postgres import program
from fixtures.databases.templates import PostgresTemplate
from fixtures.scenario.eventually import eventually
from reference_app import backups
from reference_app.articles import kept as articles_kept
from reference_app.articles.log import manifest
from reference_app.articles.log.storage import LOG, FolderStorage
from reference_app.database import postgres_copies
from reference_app.database.copies import LEAP
from tests.reference_app.articles.lines import SINGLE, log_of
from tests.reference_app.commanding import Run, running
from tests.reference_app.stage import Server

PLAIN = log_of(SINGLE)
EMAIL = "ada@example.org"
MADE = "INSERT INTO users (email, created_at) VALUES (:email, '2026-01-01 00:00:00.000000')"
ENDED_S_MAX = 20.0
PROVEN, NEGATIVE, NOT_READY, USAGE = 0, 1, 4, 64


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a log of 30 events."""
    folder = tmp_path / "data"
    (folder / "articles").mkdir(parents=True)
    (folder / "articles" / LOG).write_bytes(PLAIN.content)
    with closing(FolderStorage(folder / "articles")) as storage:
        manifest.save(storage, 19)
    return folder


@pytest.fixture
def backup(each_database_url: str, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Runs `reference-app backup` on a database of either kind in which Ada is."""
    with engine_of(each_database_url).begin() as connection:
        connection.execute(text(MADE), {"email": EMAIL})
    with running("backup", each_database_url, capsys) as run:
        yield lambda *arguments, **variables: run(*arguments, PATH=_path(), **variables)


@pytest.fixture
def empty_url(each_database_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database of the same kind that holds nothing."""
    if each_database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'elsewhere' / 'restored.sqlite3'}"
        return
    template: PostgresTemplate = request.getfixturevalue("postgres_template")
    url = template.empty(tmp_path)
    yield url
    template.drop(url)


def test_both_halves_come_back(
    backup: Run, data: Path, empty_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every row and every event, in another place; the second time the place is taken."""
    made = backup(str(tmp_path / "kept"), "--data-dir", str(data))
    assert (made.code, made.stderr) == (PROVEN, "")
    assert "articles: 30 events, the last is event 29" in made.stdout

    with running("restore", empty_url, capsys) as restore:
        arguments = (str(tmp_path / "kept"), "--data-dir", str(tmp_path / "new"))
        done = restore(*arguments, PATH=_path())
        assert (done.code, done.stderr) == (PROVEN, "")
        again = restore(*arguments, PATH=_path())

    assert (again.code, "is not. Nothing was changed" in again.stderr) == (NEGATIVE, True)
    assert (tmp_path / "new" / "articles" / LOG).read_bytes() == PLAIN.content
    assert _emails(empty_url) == [EMAIL]
    with engine_of(empty_url).begin() as connection:
        connection.execute(text(MADE), {"email": "grace@example.org"})
        # Others may have had 2 since the backup was made; the log, and their tokens, name them by it.
        assert list(connection.scalars(text("SELECT id FROM users ORDER BY id"))) == [1, 1 + LEAP + 1]


def test_a_backup_is_its_owners_alone(backup: Run, data: Path, tmp_path: Path) -> None:
    """Folders 0700, files 0600: there are password hashes in it."""
    assert backup(str(tmp_path / "kept"), "--data-dir", str(data)).code == PROVEN

    assert stat.S_IMODE((tmp_path / "kept").stat().st_mode) == 0o700
    files = [path for path in (tmp_path / "kept").rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert len(files) == 4


@pytest.mark.parametrize("spoil", ["changed", "removed", "added", "unsealed", "cut"])
def test_what_is_no_whole_backup_is_refused(
    spoil: str, database_url: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is restored of it, not even the half that is well."""
    folder = tmp_path / "kept"
    with running("backup", database_url, capsys) as run:
        assert run(str(folder), "--data-dir", str(data)).code == PROVEN
    _spoil(folder, spoil)
    with running("restore", f"sqlite:///{tmp_path / 'new.sqlite3'}", capsys) as restore:
        done = restore(str(folder), "--data-dir", str(tmp_path / "new"))

    assert done.code == NEGATIVE
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "new").exists()
    assert not (tmp_path / "new.sqlite3").exists()


def test_a_torn_end_is_left_out_and_a_corrupt_log_refused(
    database_url: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The end may be a write that is under way; anything else is damage, of which no backup is made."""
    log = data / "articles" / LOG
    log.write_bytes(PLAIN.content[:-5])
    with running("backup", database_url, capsys) as run:
        torn = run(str(tmp_path / "torn"), "--data-dir", str(data))
        log.write_bytes(PLAIN.content.replace(b"dull", b"dutl", 1))
        corrupt = run(str(tmp_path / "corrupt"), "--data-dir", str(data))

    assert (torn.code, "29 events" in torn.stdout) == (PROVEN, True)
    assert (corrupt.code, "is corrupt, line 1" in corrupt.stderr) == (NEGATIVE, True)
    assert not (tmp_path / "corrupt" / backups.SEAL).exists()


def test_the_log_is_copied_after_the_database(
    database_url: str,
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whatever the database knew of when it was copied is in the log's copy, which was made later."""
    back_up = articles_kept.KeptLog.back_up

    def looked(log: articles_kept.KeptLog, target: Path) -> str:
        assert (target.parent / "database.sqlite3").stat().st_size > 0
        return back_up(log, target)

    monkeypatch.setattr(articles_kept.KeptLog, "back_up", looked)
    with running("backup", database_url, capsys) as run:
        assert run(str(tmp_path / "kept"), "--data-dir", str(data)).code == PROVEN


def test_a_place_that_cannot_be_used_is_said_in_one_line(
    database_url: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file in place of the folder, a database that is not there, a Postgres without its programs."""
    (tmp_path / "file").write_text("")
    with running("backup", database_url, capsys) as run:
        a_file = run(str(tmp_path / "file"), "--data-dir", str(data))
        nowhere = run(
            str(tmp_path / "1"), "--data-dir", str(data), DATABASE_URL="sqlite:////nowhere/there.sqlite3"
        )

    assert (a_file.code, nowhere.code) == (NOT_READY, NOT_READY)
    assert all(each.stderr.count("\n") == 1 for each in (a_file, nowhere))


def test_postgres_is_not_copied_without_its_programs(
    postgres_url: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line names the program."""
    with running("backup", postgres_url, capsys) as run:
        done = run(str(tmp_path / "kept"), "--data-dir", str(data), PATH=str(tmp_path))

    assert (done.code, "pg_dump is not on the PATH" in done.stderr) == (NOT_READY, True)


def test_a_backup_of_the_other_database_is_refused(
    database_url: str, postgres_url: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file of SQLite does not go into Postgres."""
    with running("backup", database_url, capsys) as run:
        assert run(str(tmp_path / "kept"), "--data-dir", str(data)).code == PROVEN
    with running("restore", postgres_url, capsys) as restore:
        done = restore(str(tmp_path / "kept"), "--data-dir", str(tmp_path / "new"), PATH=_path())

    assert (done.code, "would need database.dump" in done.stderr) == (NEGATIVE, True)


def test_passwords_are_no_argument(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Other users of the machine see the arguments of every process."""
    ran: list[tuple[list[str], dict[str, str]]] = []

    def kept(command: list[str], *, env: dict[str, str], **_: Any) -> Any:
        ran.append((command, env))
        return type("Done", (), {"returncode": 0})

    monkeypatch.setattr("reference_app.database.postgres_copies.shutil.which", lambda name: name)
    monkeypatch.setattr("reference_app.database.postgres_copies.subprocess.run", kept)
    for number, address in enumerate(
        ("ada:hidden@there/base?sslmode=require", "ada@there/base?password=hidden")
    ):
        url = make_url(f"postgresql+psycopg://{address}")
        postgres_copies.PostgresCopies().back_up(url, tmp_path / str(number))

    dumps = [(command, env) for command, env in ran if command[0] == "pg_dump"]
    assert [env["PGPASSWORD"] for _, env in dumps] == ["hidden", "hidden"]
    assert not any("hidden" in part for command, _ in ran for part in command)
    assert "--dbname=postgresql://ada@there/base?sslmode=require" in dumps[0][0]


def _spoil(folder: Path, how: str) -> None:
    log = folder / "articles" / LOG
    match how:
        case "changed":
            log.write_bytes(log.read_bytes().replace(b"dull", b"dutl", 1))
        case "removed":
            log.unlink()
        case "added":
            shutil.copy(log, folder / "more")
        case "unsealed":
            (folder / backups.SEAL).unlink()
        case "cut":
            seal = folder / backups.SEAL
            seal.write_bytes(seal.read_bytes()[:-20])
            with pytest.raises(json.JSONDecodeError):
                json.loads(seal.read_text())


def _emails(url: str) -> list[str]:
    if url.startswith("postgresql"):
        with psycopg.connect(url) as connection:
            return [row[0] for row in connection.execute("SELECT email FROM users")]
    with engine_of(url).connect() as connection:
        return list(connection.scalars(text("SELECT email FROM users")))


def _path() -> str:
    """Return a PATH with the programs of the Postgres that tests run."""
    return str(program("pg_dump").parent)


def test_a_server_that_is_written_to_is_backed_up(
    start_server: Callable[..., Server], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever was acknowledged before the backup began is in it; what came meanwhile is whole, or not there."""
    server = start_server()
    over, made = threading.Event(), list[str]()

    def write() -> None:
        while not over.is_set():
            email = f"person{len(made)}@people.example"
            draft = {"title": "t", "content": "c"}
            assert server.ask("POST", "/api/articles", json=draft).status_code == 201
            account = {"email": email, "password": "a long enough password"}
            assert server.ask("POST", "/api/auth/register", json=account).status_code == 201
            made.append(email)

    writing = threading.Thread(target=write)
    writing.start()
    try:
        eventually(lambda: len(made) >= 5, within_s=ENDED_S_MAX, what="accounts")
        before = len(made)
        with running("backup", server.database_url, capsys) as backup:
            done = backup(str(tmp_path / "kept"), "--data-dir", str(tmp_path / "server-0.data"))
        eventually(lambda: len(made) > before, within_s=ENDED_S_MAX, what="one more account")
    finally:
        over.set()
        writing.join(ENDED_S_MAX)
    assert (done.code, done.stderr) == (PROVEN, "")
    url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    with running("restore", url, capsys) as restore:
        assert restore(str(tmp_path / "kept"), "--data-dir", str(tmp_path / "new")).code == PROVEN

    assert _emails(url)[:before] == made[:before]
    events = (tmp_path / "new" / "articles" / LOG).read_bytes().count(b"\n")
    # The database comes first: for each account in it its article was there before.
    assert events >= len(_emails(url)) >= before
