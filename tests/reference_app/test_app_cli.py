"""The command line: every wrong call ends with its exit code and one line that says what to do."""

import io
import os
import socket
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from reference_app.__main__ import main
from reference_app.database.migrate import HEAD
from tests.reference_app.stage import SECRET_KEY

PROVEN, NEGATIVE, NOT_READY, USAGE = 0, 1, 4, 64
UNREACHABLE: Final = "postgresql://someone:hunter2@127.0.0.1:9/nothing?application_name=hunter2"
CONTRACT: Final = "contract: none (0001_drop_lunar_backup may be run)\n"


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    stdout: str
    lines: list[str]
    """What it wrote on stderr."""


Run = Callable[..., Ended]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Iterator[Run]:
    """Runs one command in this process, in a bare environment and an empty folder."""
    before = dict(os.environ)

    def run_one(*arguments: str, stdin: str = "", **variables: str) -> Ended:
        os.environ.clear()
        os.environ.update({"PATH": before["PATH"], "SECRET_KEY": SECRET_KEY, **variables})
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["reference-app", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Ended(int(ended.value.code or 0), captured.out, captured.err.splitlines())

    yield run_one
    os.environ.clear()
    os.environ.update(before)


WRONG_CALLS: Final = (
    (("serv",), "Did you mean 'serve'"),
    (("serve", "--prot", "1"), "--port"),
    (("serve", "extra"), "extra"),
    (("serve", "--port", "abc"), "'--port'"),
    (("serve", "--port", "-1"), "'--port'"),
    (("serve", "--port", "65536"), "'--port'"),
    (("serve", "--workers", "0"), "--workers must be from 1 to 64, not 0"),
    (("serve", "--workers", "65"), "--workers must be from 1 to 64, not 65"),
    (("serve", "--workers", "two"), "'--workers'"),
    (("serve", "--host", "no such host.invalid", "--port", "0"), "Cannot listen on no such host.invalid:0"),
    (("serve", "--host", "203.0.113.1", "--port", "0"), "Cannot listen on 203.0.113.1:0"),
    (("serve", "--database", "postgrs://h/d"), "Did you mean postgres://…?"),
    (("serve", "--database", "mysql://h/d"), "Not a database URL: 'mysql://h/d'"),
    (("serve", "--database", "sqlite://"), "A SQLite database needs a file"),
    (("serve", "--database", "postgresql://h"), "needs a database name"),
    (("serve", "--no-migrate"), "needs " + HEAD),
    (("db", "contract"), "needs " + HEAD),
    (("db", "upgrad"), "Did you mean 'upgrade'"),
    (("db", "downgrade"), "Missing argument 'target'"),
    (("db", "downgrade", "nonsense"), "Can't locate revision"),
    (("db", "upgrade", "--database", "oracle://h/d"), "Not a database URL"),
    (("user", "create"), "'--email'"),
    (("user", "create", "--email", "nobody", "--database", "sqlite:///u.db"), "$.email"),
)
WRONG_SETTINGS: Final = (
    ({"SECRET_KEY": "short"}, "SECRET_KEY must have 32 bytes or more: it has 5"),
    ({"SECRET_KEY": ""}, "SECRET_KEY must have 32 bytes or more: it is not set"),
    ({"SECRET_KEY": "\udcff" * 40}, "SECRET_KEY"),
    ({"TOKEN_TTL_S": "soon"}, "TOKEN_TTL_S"),
    ({"LOG_FORMAT": "xml"}, "LOG_FORMAT"),
    ({"DEV_AUTH_BYPASS": "1"}, "DEV_AUTH_BYPASS=1 is refused"),
    ({"ALLOW_DEV_PURGE": "yes"}, "ALLOW_DEV_PURGE=1 is refused"),
)


@pytest.mark.parametrize(("arguments", "said"), WRONG_CALLS)
def test_a_wrong_call_is_one_line(run: Run, arguments: tuple[str, ...], said: str) -> None:
    """A command that is called wrongly ends with 64 and one line that names what is wrong."""
    ended = run(*arguments)
    assert (ended.code, len(ended.lines), ended.stdout) == (USAGE, 1, "")
    assert ended.lines[0].startswith("reference-app: ")
    assert said in ended.lines[0]


@pytest.mark.parametrize(("variables", "said"), WRONG_SETTINGS)
def test_a_refused_setting_is_one_line(run: Run, variables: dict[str, str], said: str) -> None:
    """A setting that is malformed or not allowed ends with 64 and one line that names the variable."""
    ended = run("serve", "--port", "0", **variables)
    assert (ended.code, len(ended.lines)) == (USAGE, 1)
    assert said in ended.lines[0]


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "127.evil.example", "localhost.example", ""])  # noqa: S104
def test_the_bypass_is_for_this_machine_only(run: Run, host: str) -> None:
    """With the bypass on, a server refuses to listen where another machine could reach it."""
    ended = run("serve", "--dev", "--host", host, "--port", "0", DEV_AUTH_BYPASS="1")
    assert (ended.code, len(ended.lines)) == (USAGE, 1)
    assert "DEV_AUTH_BYPASS=1 is refused on " + host in ended.lines[0]


@pytest.mark.parametrize("command", [(), ("db",), ("user",)])
def test_a_command_without_a_verb_shows_its_help(run: Run, command: tuple[str, ...]) -> None:
    """Called with nothing to do, a command shows what it could do, and ends as a wrong call."""
    ended = run(*command)
    assert (ended.code, ended.lines[0].split()[:2]) == (USAGE, ["Usage:", "reference-app"])


def test_help_and_version_are_no_errors(run: Run) -> None:
    """Who asks for help or the version gets it, on stdout, with 0."""
    assert [run(*words).code for words in (("--help",), ("serve", "--help"), ("version",))] == [PROVEN] * 3


def test_a_busy_port_is_said(run: Run) -> None:
    """A port that somebody else listens on is refused before anything is served."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run("serve", "--port", str(port))
    assert (ended.code, ended.lines) == (
        USAGE,
        [f"reference-app: Cannot listen on 127.0.0.1:{port}: Address already in use."],
    )


@pytest.mark.parametrize(
    "command",
    [("serve", "--port", "0"), ("db", "upgrade"), ("db", "contract"), ("db", "current"),
     ("db", "downgrade", "base"), ("user", "create", "--email", "a@b.example")],
)  # fmt: skip
def test_a_database_that_cannot_be_reached_is_said(run: Run, command: tuple[str, ...]) -> None:
    """No server behind the database's URL is exit code 4, in one line that shows no password."""
    ended = run(*command, "--database", UNREACHABLE, stdin="long enough for it\n")
    assert (ended.code, len(ended.lines)) == (NOT_READY, 1)
    assert "postgresql+psycopg://someone:***@127.0.0.1:9/nothing cannot be used" in ended.lines[0]
    assert "hunter2" not in ended.lines[0]


def test_a_folder_that_cannot_be_made_is_said(run: Run, tmp_path: Path) -> None:
    """A data folder that cannot be made or a file that is no database is exit code 4, in one line."""
    (tmp_path / "file").write_bytes(b"this is no database" * 100)
    (tmp_path / "file").chmod(0o600)  # what is open to others is closed, and that is a line of its own
    (tmp_path / "open").touch(0o644)
    for options in (
        ("--data-dir", "file"),
        ("--data-dir", "open"),
        ("--database", "sqlite:///file"),
        ("--database", "sqlite:////proc/x/y"),
    ):
        ended = run("serve", "--port", "0", *options)
        assert (ended.code, len(ended.lines)) == (NOT_READY, 1)


def test_accounts_are_made_once(run: Run, tmp_path: Path) -> None:
    """An account is made with the password from stdin; the second with its address is refused."""
    made = run("user", "create", "--email", "Root@B.example", "--admin", stdin="long enough for it\n")
    assert (made.code, made.stdout) == (PROVEN, "user 1: root@b.example (admin)\n")
    again = run("user", "create", "--email", "root@b.example", stdin="long enough for it\n")
    assert (again.code, again.lines) == (
        USAGE,
        ["reference-app: An account with this e-mail address exists already."],
    )
    with closing(sqlite3.connect(tmp_path / "data" / "reference-app.sqlite3")) as connection:
        assert connection.execute("SELECT email, is_admin FROM users").fetchall() == [("root@b.example", 1)]


@pytest.mark.parametrize("password", ["", "11 letters.", "p" * 257])
def test_a_bad_password_makes_no_account(run: Run, tmp_path: Path, password: str) -> None:
    """A password that is too short or too long is refused before a database is made."""
    ended = run("user", "create", "--email", "a@b.example", stdin=password + "\n")
    assert (ended.code, len(ended.lines)) == (USAGE, 1)
    assert "$.password" in ended.lines[0]
    assert list(tmp_path.iterdir()) == []


def test_the_schema_goes_up_and_down(run: Run) -> None:
    """`db current` tells where the schema is, and by its exit code whether that is enough."""
    behind = run("db", "current")
    assert (behind.code, behind.stdout) == (
        NEGATIVE,
        f"expand: none (needs {HEAD})\n{CONTRACT}",
    )
    assert run("db", "upgrade").stdout == f"upgraded to {HEAD}\n"
    assert run("db", "upgrade").stdout == f"already at {HEAD}\n"
    assert (run("db", "current").code, run("db", "current").stdout) == (
        PROVEN,
        f"expand: {HEAD}\n{CONTRACT}",
    )
    refused = run("db", "contract")
    assert (refused.code, refused.stdout) == (USAGE, "")
    assert any("reference-app db cleanup-backup" in line for line in refused.lines)
    assert run("db", "downgrade", "base").code == PROVEN
    assert run("db", "current").code == NEGATIVE


def test_shipped_texts_are_added_where_they_are_missing(run: Run, tmp_path: Path) -> None:
    """Those alone; a database that is not migrated is refused."""
    assert run("db", "seed").code == USAGE
    run("db", "upgrade")
    assert run("db", "seed").stdout == "interpretations: nothing is missing\n"
    with closing(sqlite3.connect(tmp_path / "data" / "reference-app.sqlite3")) as connection, connection:
        connection.execute("DELETE FROM lunar_interpretation_templates WHERE moon_sign = 'Leo'")
    assert run("db", "seed").stdout == "interpretations: 144 added\n"
    assert run("db", "seed").stdout == "interpretations: nothing is missing\n"


@pytest.mark.parametrize("folder", ["with blanks", "100%25", "what?", "a#b", "\u00e9t\u00e9"])
def test_any_folder_may_hold_the_data(run: Run, tmp_path: Path, folder: str) -> None:
    """The data folder's name is a name, whatever its characters mean in a URL."""
    assert run("db", "upgrade", "--data-dir", folder).code == PROVEN
    assert (tmp_path / folder / "reference-app.sqlite3").exists()
