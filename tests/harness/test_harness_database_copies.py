"""The copy of a database that a failure leaves, whatever its state."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from fixtures.databases import copies as database_copies
from fixtures.databases import postgres
from fixtures.databases.copies import NOTE_FILE, SQL_FILE, SQLITE_FILE
from fixtures.databases.postgres import Cluster
from fixtures.verdicts import TargetNotReady


@pytest.fixture
def source(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A database in WAL mode with one committed row, and a second one that a writer has not committed."""
    (tmp_path / "out").mkdir()
    connection = sqlite3.connect(tmp_path / "scenario.sqlite3", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE kept (word TEXT)")
    connection.execute("INSERT INTO kept VALUES ('committed')")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO kept VALUES ('not yet')")
    yield connection
    connection.close()


def kept(tmp_path: Path) -> str:
    """Have the database copied and return the note, which is empty where there is a copy."""
    database_copies.keep(f"sqlite:///{tmp_path / 'scenario.sqlite3'}", tmp_path / "out")
    note = tmp_path / "out" / NOTE_FILE
    return note.read_text(encoding="utf-8") if note.exists() else ""


@pytest.mark.usefixtures("source")
def test_a_sqlite_database_is_copied_while_a_writer_is_at_it(tmp_path: Path) -> None:
    """The copy has what was committed, is one file, and can be read where nothing may be written."""
    assert kept(tmp_path) == ""
    assert [path.name for path in (tmp_path / "out").iterdir()] == [SQLITE_FILE]
    with closing(
        sqlite3.connect(f"file:{tmp_path / 'out' / SQLITE_FILE}?mode=ro&immutable=1", uri=True)
    ) as copy:
        assert copy.execute("SELECT word FROM kept").fetchall() == [("committed",)]
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_database_that_is_gone_is_told_in_one_line(tmp_path: Path) -> None:
    """It is not made anew: an empty one would be taken for it."""
    (tmp_path / "out").mkdir()
    said = kept(tmp_path)
    assert said.startswith("No copy of the database: unable to open")
    assert said.count("\n") == 1
    assert not (tmp_path / "scenario.sqlite3").exists()


@pytest.mark.usefixtures("source")
def test_a_database_that_is_too_large_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line says how large it is, and what the bound is."""
    monkeypatch.setattr(database_copies, "BYTES_MAX", 1_000)
    said = kept(tmp_path)
    assert "and 1,000 are kept at most" in said
    assert not (tmp_path / "out" / SQLITE_FILE).exists()


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A database with a rollback journal, locked by one connection, and longer than one try copies."""
    (tmp_path / "out").mkdir()
    connection = sqlite3.connect(tmp_path / "scenario.sqlite3", isolation_level=None)
    connection.execute("CREATE TABLE kept (word BLOB)")
    connection.execute("INSERT INTO kept VALUES (zeroblob(8000000))")
    connection.execute("BEGIN EXCLUSIVE")
    yield connection
    connection.close()


@pytest.mark.usefixtures("locked")
def test_a_database_that_stays_locked_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not waited for beyond the bound, and the line stands in place of a copy, not beside one."""
    monkeypatch.setattr(database_copies, "BUSY_S_MAX", 0.1)
    began = time.monotonic()
    assert kept(tmp_path) == "No copy of the database: it was locked for 0.1 s\n"
    assert time.monotonic() - began < 2
    assert [path.name for path in (tmp_path / "out").iterdir()] == [NOTE_FILE]


def test_a_database_that_is_unlocked_in_time_is_copied(tmp_path: Path, locked: sqlite3.Connection) -> None:
    """A lock that is let go costs no copy."""
    copied: list[str] = []
    copying = threading.Thread(target=lambda: copied.append(kept(tmp_path)))
    copying.start()
    copying.join(0.3)
    assert copying.is_alive()
    locked.execute("COMMIT")
    copying.join(5)
    assert copied == [""]
    with closing(sqlite3.connect(tmp_path / "out" / SQLITE_FILE)) as copy:
        assert copy.execute("SELECT length(word) FROM kept").fetchall() == [(8_000_000,)]


def test_half_a_copy_is_removed(
    tmp_path: Path, locked: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written when the time was over would be taken for the database."""
    locked.execute("COMMIT")
    monkeypatch.setattr(database_copies, "BUSY_S_MAX", 0.0)
    assert kept(tmp_path) == "No copy of the database: copying took longer than 0 s\n"
    assert [path.name for path in (tmp_path / "out").iterdir()] == [NOTE_FILE]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A Postgres with one table; pytest's own folders are closed to the ordinary user as whom it may run."""
    with TemporaryDirectory(prefix="touchstone-test-") as folder:
        made = Cluster(Path(folder) / "postgres")
        with psycopg.connect(made.url(), autocommit=True) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 'committed'::text AS word")
        yield made
        made.end()


@pytest.mark.slow
def test_a_postgres_database_is_dumped(cluster: Cluster, tmp_path: Path) -> None:
    """The dump is whole, and names what the tables hold."""
    database_copies.keep(cluster.url(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [SQL_FILE]
    dump = (tmp_path / SQL_FILE).read_text(encoding="utf-8")
    assert "CREATE TABLE public.kept" in dump
    assert "\ncommitted\n" in dump
    assert "database dump complete" in dump


@pytest.mark.slow
def test_a_long_dump_is_cut_and_says_so(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The start of a dump is better than none; its last line tells that there was more."""
    monkeypatch.setattr(database_copies, "BYTES_MAX", 500)
    database_copies.keep(cluster.url(), tmp_path)
    dump = (tmp_path / SQL_FILE).read_bytes()
    assert dump[500:] == b"\n-- Cut here, after 500 bytes.\n"


@pytest.mark.parametrize(
    "url", ["postgresql://me:hush@/gone?host=/nowhere", "postgresql://me:hush@127.0.0.1:9/x"]
)
def test_a_postgres_that_is_away_is_told_without_its_password(url: str, tmp_path: Path) -> None:
    """What pg_dump complains of is the line."""
    database_copies.keep(url, tmp_path)
    said = (tmp_path / NOTE_FILE).read_text(encoding="utf-8")
    assert said.startswith("No copy of the database: ")
    assert "hush" not in said
    assert not (tmp_path / SQL_FILE).exists()


def test_a_dump_without_the_wheel_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody's own Postgres can be used without it, so this is no error either."""

    def missing(name: str) -> Path:
        raise TargetNotReady(f"{name} is not installed")

    monkeypatch.setattr(postgres, "program", missing)
    database_copies.keep("postgresql://127.0.0.1:9/x", tmp_path)
    said = (tmp_path / NOTE_FILE).read_text(encoding="utf-8")
    assert said == "No copy of the database: pg_dump is not installed\n"
