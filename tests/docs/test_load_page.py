"""The commands of docs/load.md, run on a server of this machine: each ends with a verdict.

They are made shorter, and a rate that is missed here is inconclusive: `make load` is what measures.
"""

import os
import re
import shlex
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
import requests

from fixtures.targets.launch import DEVELOPMENT, Launch
from fixtures.targets.process import ProcessServer
from tests.checkout import ROOT

PAGE: Final = ROOT / "docs" / "load.md"
SHOWN_URL: Final = "http://127.0.0.1:8000"
DATABASE: Final = "loaded.sqlite3"
COMMAND_S_MAX: Final = 90.0
START_S_MAX: Final = 30.0
SHORTER: Final = ("--run-time", "1", "--ruler", "1")
OF_TEXTS: Final = f"locust -f load/interpretations.py --host {SHOWN_URL} --headless --only-summary"
COMMANDS: Final = re.findall(r"^\.venv/bin/locust .*$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
HEADLESS: Final = [each for each in COMMANDS if "--headless" in each and "--master" not in each]
(MASTER,) = (each for each in COMMANDS if "--master " in each)
(WORKER,) = (each for each in COMMANDS if "--worker" in each)
(WITH_PAGE,) = (each for each in COMMANDS if "--headless" not in each and "--worker" not in each)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server has its files."""
    return tmp_path_factory.mktemp("loaded")


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    """A server in development, as the page starts one."""
    launch = Launch("process", 1, environment=dict(DEVELOPMENT), migrates=True)
    server = ProcessServer(launch, f"sqlite:///{folder / DATABASE}", folder, "loaded")
    yield server.base_url
    server.end()


def started(command: str, url: str, folder: Path, *more: str) -> subprocess.Popen[str]:
    """Start a command of the page on that server, with files of its own."""
    arguments = shlex.split(command.replace(SHOWN_URL, url))[1:]
    return subprocess.Popen(
        [sys.executable, "-m", "locust", *arguments, "--load-out", str(folder), *more],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={"PATH": os.environ["PATH"]},
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Return exit code and output; whatever happens the process is gone then."""
    try:
        said, _ = process.communicate(timeout=COMMAND_S_MAX)
    finally:
        process.kill()
    return process.returncode, said


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@pytest.mark.parametrize("command", HEADLESS)
def test_a_command_ends_with_a_verdict(command: str, url: str, folder: Path, tmp_path: Path) -> None:
    """What it made is gone afterwards, and the files are there. Limits that are counts are kept on any machine."""
    is_of_counts = "lunar_returns" in command
    code, said = ended(started(command, url, tmp_path, *SHORTER, *(("-t", "3") if is_of_counts else ())))

    assert code in ({0} if is_of_counts else {0, 5}), said
    assert f"(exit {code})" in said
    assert sorted({each.suffix for each in tmp_path.iterdir()}) == [".hdr", ".html", ".json"]
    assert (_articles(url), _people(folder)) == (0, 0)


def test_a_limit_that_is_broken_is_red(url: str, tmp_path: Path) -> None:
    """A server without Claude has no stored texts: each answer is a failure, and the table says so."""
    code, said = ended(started(OF_TEXTS, url, tmp_path, *SHORTER))

    assert code == 1, said
    assert re.search(r"failures exactly 0 +[1-9][0-9]* +failed", said)


def test_several_hosts_judge_as_one(url: str, tmp_path: Path) -> None:
    """Two workers send for a master; all that each of them made is gone."""
    port = str(free_port())
    workers = [started(WORKER, url, tmp_path, "--master-port", port) for _ in range(2)]
    code, said = ended(started(MASTER, url, tmp_path, *SHORTER, "--master-bind-port", port))

    assert code in {0, 5}, said
    assert "2 processes" in said
    assert [ended(each)[0] for each in workers] == [0, 0]
    assert _articles(url) == 0


def test_locusts_page_is_there(url: str, tmp_path: Path) -> None:
    """The command goes on until it is told to end."""
    port = free_port()
    process = started(WITH_PAGE, url, tmp_path, "--web-port", str(port))
    try:
        deadline = time.monotonic() + START_S_MAX
        while not _answers(port):
            assert process.poll() is None and time.monotonic() < deadline, "no page"  # noqa: PT018
            time.sleep(0.1)
    finally:
        process.send_signal(signal.SIGTERM)
        code, said = ended(process)

    assert code == 3, said


def test_a_load_that_is_stopped_early_removes_what_it_made(url: str, tmp_path: Path) -> None:
    """SIGTERM in the middle leaves no article behind."""
    process = started(HEADLESS[0], url, tmp_path, "--run-time", "60")
    deadline = time.monotonic() + START_S_MAX
    while _articles(url) < 1_010:
        assert process.poll() is None and time.monotonic() < deadline, "nothing is written"  # noqa: PT018
        time.sleep(0.1)
    process.send_signal(signal.SIGTERM)
    _, said = ended(process)

    assert "verdict" in said
    assert _articles(url) == 0


def _articles(url: str) -> int:
    count: int = requests.get(f"{url}/api/articles?limit=1", timeout=COMMAND_S_MAX).json()["total"]
    return count


def _people(folder: Path) -> int:
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        count: int = connection.execute("SELECT count(*) FROM users").fetchone()[0]
        return count


def _answers(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/", timeout=5).ok
    except requests.ConnectionError:
        return False
