"""`reference-app log`: what an operator is told, the code each ending has, and that looking changes nothing."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from reference_app.articles.log import owner, snapshots
from reference_app.articles.log.record import body, frame
from reference_app.articles.log.snapshots import Snapshot, name_of
from reference_app.articles.log.storage import LOG
from tests.checkout import ROOT
from tests.reference_app.articles.lines import log_of
from tests.reference_app.articles.operating import (
    BAD,
    BAD_AT,
    CORRUPT,
    INCONCLUSIVE,
    NEGATIVE,
    NOT_READY,
    PLAIN,
    PROVEN,
    SHORT,
    TORN,
    USAGE,
    Operator,
    events_of,
    held,
)

RUN_S_MAX: Final = 20.0
GUIDE: Final = ROOT / "docs" / "how-to" / "recover-the-log.md"


@pytest.fixture
def operator(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Operator:
    """Somebody in this test's folder."""
    return Operator(tmp_path, monkeypatch, capsys)


def sessions() -> list[str]:
    """Return the guide's example sessions."""
    return re.findall(r"^```text\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


SHOWN: Final = (
    (TORN, 19, (9, 19)),
    (CORRUPT, 24, (9, 29)),
    (SHORT, 29, (9,)),
    (PLAIN.content, 29, (9, 19)),
)
"""What lies in the folder when each of the guide's sessions begins."""


@pytest.mark.parametrize("number", range(len(SHOWN)))
def test_the_guide_shows_what_is_seen(operator: Operator, number: int) -> None:
    """Each command of the guide, typed in its order, prints what the guide says."""
    log, known, at = SHOWN[number]
    operator.has(log, known=known, at=at)
    assert len(sessions()) == len(SHOWN)
    for part in sessions()[number].removeprefix("$ ").split("\n$ "):
        command, _, printed = part.partition("\n")
        ended = operator.type(*command.split()[2:])
        assert (command, (ended.out + ended.err).rstrip()) == (command, printed.rstrip())


@pytest.mark.parametrize(
    ("log", "known", "code"),
    [
        (PLAIN.content, 29, PROVEN),
        (PLAIN.content, None, PROVEN),
        (b"", None, PROVEN),
        (TORN, 28, INCONCLUSIVE),
        (TORN, 29, NEGATIVE),
        (CORRUPT, -1, NEGATIVE),
        (SHORT, 29, NEGATIVE),
    ],
)
@pytest.mark.parametrize("named", ["data", "data/articles"])
def test_verify_ends_with_what_it_found(
    operator: Operator, log: bytes, known: int | None, code: int, named: str
) -> None:
    """Whole is 0, corrupt 1, a torn end 5, by either folder's name, and no file is changed or made (AR-11)."""
    folder = operator.has(log, known=known)
    before = held(folder)
    ended = operator.type("verify", named)
    assert (ended.code, ended.err) == (code, "")
    assert held(folder) == before


@pytest.mark.parametrize("log", [TORN, CORRUPT, SHORT])
def test_the_command_that_verify_names_mends_the_log(operator: Operator, log: bytes) -> None:
    """What verify tells to do next, with the loss accepted, leaves a log that a start has nothing to say about."""
    operator.has(log, known=28 if log == TORN else 29)
    data = (operator.folder / "data").rename(operator.folder / "it's mine")
    command = shlex.split(operator.type("verify", data.name).out.splitlines()[-1])
    assert command[:2] == ["reference-app", "log"]
    assert operator.type(*command[2:], "--accept-loss").code == PROVEN
    assert operator.type("verify", data.name).code == PROVEN
    assert events_of(data / "articles") == {TORN: 29, CORRUPT: BAD, SHORT: 15}[log]


def test_verify_tells_snapshots_that_are_bad(operator: Operator) -> None:
    """A bad snapshot is named with its reason; the log is whole anyway."""
    folder = operator.has(PLAIN.content, known=29, at=(9, 19))
    content = (folder / name_of(19)).read_bytes()
    (folder / name_of(19)).write_bytes(content[:-1] + b"E")
    ended = operator.type("verify", "data")
    assert "snapshots: event 19 (bad: its body is not as it was written), event 9" in ended.out.splitlines()
    assert ended.code == PROVEN


@pytest.mark.parametrize("what", ["verify", "dump"])
def test_who_only_reads_opens_nothing_for_writing(
    operator: Operator, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Where a folder may only be read, verify and dump work."""
    operator.has(PLAIN.content, known=29)
    opened: list[int] = []

    def look(path: str, flags: int, mode: int = 0o600, _open: Callable[..., int] = os.open) -> int:
        opened.append(flags)
        return _open(path, flags, mode)

    monkeypatch.setattr(os, "open", look)
    assert operator.type(what, "data").code == PROVEN
    assert opened
    assert set(opened) == {os.O_RDONLY}


@pytest.mark.parametrize("what", ["verify", "dump"])
def test_who_only_reads_may_ask_while_a_server_writes(operator: Operator, what: str) -> None:
    """An owner does not stand in the way of verify and dump."""
    own = owner.take(operator.has(PLAIN.content, known=29))
    assert operator.type(what, "data").code == PROVEN
    own.release()


def test_dump_prints_the_json_as_it_stands(operator: Operator) -> None:
    """Each line is the log's own, without its checksum."""
    operator.has(PLAIN.content)
    expected = [body(record).decode() for record in PLAIN.records]
    assert operator.type("dump", "data").out.splitlines() == expected
    assert operator.type("dump", "data", "--from", 5, "--to", 7).out.splitlines() == expected[5:8]
    assert operator.type("dump", "data", "--from", 30).out == ""


def test_dump_stops_at_a_corrupt_place(operator: Operator) -> None:
    """What comes before is printed, the place is named on stderr, and the code is 1."""
    operator.has(CORRUPT)
    ended = operator.type("dump", "data")
    assert [json.loads(line)["seq"] for line in ended.out.splitlines()] == list(range(BAD))
    assert (ended.code, f"line {BAD + 1}, byte {BAD_AT}:" in ended.err) == (NEGATIVE, True)


@pytest.fixture
def process(operator: Operator) -> Iterator[Callable[..., "subprocess.Popen[bytes]"]]:
    """Starts `reference-app log` as a process of its own, on a log that no pipe can hold."""
    operator.has(log_of([1] * 400, "x" * 1_000).content[:-1])
    started: list[subprocess.Popen[bytes]] = []
    # Unbuffered, Python would have nothing left to complain about when it ends.
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": ""}

    def start(*arguments: str, stdout: int) -> "subprocess.Popen[bytes]":
        started.append(
            subprocess.Popen(
                [sys.executable, "-m", "reference_app", "log", *arguments],
                cwd=operator.folder,
                env=environment,
                stdout=stdout,
                stderr=subprocess.PIPE,
            )
        )
        return started[-1]

    yield start
    for child in started:
        child.kill()
        child.communicate()


Start = Callable[..., "subprocess.Popen[bytes]"]


def test_a_reader_that_has_seen_enough_is_no_error(process: Start) -> None:
    """`dump | head` ends with 0 and says nothing."""
    child = process("dump", "data", stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert json.loads(child.stdout.readline())["seq"] == 0
    child.stdout.close()
    assert child.stderr is not None
    assert (child.stderr.read(), child.wait(RUN_S_MAX)) == (b"", PROVEN)


def test_a_verdict_that_nobody_reads_is_its_code_all_the_same(process: Start) -> None:
    """With stdout closed, verify still ends with what it found."""
    reading, writing = os.pipe()
    os.close(reading)
    child = process("verify", "data", stdout=writing)
    os.close(writing)
    assert child.stderr is not None
    assert (child.stderr.read(), child.wait(RUN_S_MAX)) == (b"", INCONCLUSIVE)


@pytest.mark.parametrize("what", ["verify", "dump"])
def test_a_full_disk_under_the_output_is_one_line(process: Start, what: str) -> None:
    """What cannot be written is said in one line, once, with 4."""
    full = os.open("/dev/full", os.O_WRONLY)
    child = process(what, "data", stdout=full)
    os.close(full)
    assert child.stderr is not None
    said, code = child.stderr.read(), child.wait(RUN_S_MAX)
    assert (said, code) == (b"reference-app: No space left on device.\n", NOT_READY)


COMMANDS: Final = (
    ("verify", "{}"),
    ("dump", "{}"),
    ("repair", "--truncate-at", "0", "{}"),
    ("restore", "--snapshot", "9", "{}", "new"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_folder_without_a_log_is_said(operator: Operator, tmp_path: Path, command: tuple[str, ...]) -> None:
    """A folder that is missing, empty, or a file ends with 4 and one line, and nothing is made."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("text")
    for named in ("nowhere", "empty", "file"):
        ended = operator.type(*(word.format(named) for word in command))
        assert (ended.code, ended.out, len(ended.err.splitlines())) == (NOT_READY, "", 1)
        assert f"There is no events.raftlog in {named}" in ended.err
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["empty", "file"]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_log_that_cannot_be_read_is_said(
    operator: Operator, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """What the disk says against it is one line, with 4."""
    (tmp_path / "data" / LOG).mkdir(parents=True)
    snapshot = snapshots.encode(Snapshot(PLAIN.heads[10], b"state"))
    (tmp_path / "data" / name_of(9)).write_bytes(snapshot)
    ended = operator.type(*(word.format("data") for word in command))
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (NOT_READY, "", 1)
    assert "s a directory" in ended.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("verify",),
        ("verify", "data", "more"),
        ("dump", "data", "--from", "-1"),
        ("dump", "data", "--from", "7", "--to", "5"),
        ("repair", "data"),
        ("repair", "--truncate-at", "-1", "data"),
        ("repair", "--truncate-at", "here", "data"),
        ("restore", "data", "new"),
        ("restore", "--snapshot", "9", "data"),
        ("mend", "data"),
    ],
)
def test_a_wrong_call_is_one_line(operator: Operator, arguments: tuple[str, ...]) -> None:
    """A command that is called wrongly ends with 64 and one line, and does nothing."""
    folder = operator.has(PLAIN.content)
    before = held(folder)
    ended = operator.type(*arguments)
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (USAGE, "", 1)
    assert held(folder) == before


def test_nothing_in_a_log_commands_the_terminal(operator: Operator) -> None:
    """What a fault quotes from a log, and a folder's name, reach the terminal with control characters escaped."""
    operator.has(frame(b'{"a\\u001b[31m\\nb":1}'))
    for what in ("verify", "dump"):
        ended = operator.type(what, "data")
        assert "\\x1b[31m\\nb" in ended.out + ended.err
        assert "\x1b" not in ended.out + ended.err
    assert "\x1b" not in operator.type("verify", "\x1b[31m").err


def test_help_does_not_load_the_log() -> None:
    """The command line is there without what only the log's commands need."""
    script = "import sys, reference_app.cli; sys.exit('google_crc32c' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )
    assert done.returncode == 0
