"""The server as a process: it says where it listens, ends with 0 when told to, and migrates with its like."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Final

import pytest
import requests

from fixtures.scenario.eventually import eventually
from reference_app.database import migrate
from tests.fixtures.targets.process_table import group_members
from tests.reference_app.stage import SECRET_KEY

END_S_MAX: Final = 30.0
READY_S_MAX: Final = 20.0
TOGETHER: Final = 4

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts `reference-app …` in this test's folder; whatever still runs at the end is killed."""
    with ExitStack() as stack:

        def start_one(*arguments: str) -> "subprocess.Popen[str]":
            process = subprocess.Popen(
                [sys.executable, "-m", "reference_app", *arguments],
                cwd=tmp_path,
                env={"PATH": os.environ["PATH"], "SECRET_KEY": SECRET_KEY, "LOG_FORMAT": "json"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
            stack.callback(_end, process)
            return process

        yield start_one


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("workers", [1, 2])
def test_a_server_that_is_told_to_stop_ends_well(start: Start, number: signal.Signals, workers: int) -> None:
    """Told to stop by either signal, a server ends with 0, says nothing bad, and leaves no process behind."""
    server = start("serve", "--port", "0", "--workers", str(workers))
    assert server.stdout is not None
    listening = json.loads(server.stdout.readline())
    assert (listening["event"], listening["workers"]) == ("listening", workers)
    url = f"http://127.0.0.1:{listening['port']}/ready"
    eventually(lambda: _ok(url), within_s=READY_S_MAX, what="the server to be ready")
    os.kill(server.pid, number)
    _, said = server.communicate(timeout=END_S_MAX)
    assert server.returncode == 0
    records = [json.loads(line) for line in said.splitlines()]
    assert [record for record in records if record["level"] != "info"] == []
    eventually(
        lambda: not group_members(server.pid), within_s=END_S_MAX, what="every process of the server to end"
    )


def test_servers_that_start_together_all_migrate(start: Start, tmp_path: Path) -> None:
    """Of several processes that find an empty database one migrates, the others wait, and none fails."""
    started = [start("db", "upgrade") for _ in range(TOGETHER)]
    ended = [(process.communicate(timeout=END_S_MAX), process.returncode) for process in started]
    assert [(code, said) for (_, said), code in ended] == [(0, "")] * TOGETHER
    database = f"sqlite:///{tmp_path / 'data' / 'reference-app.sqlite3'}"
    assert migrate.revision(database) == migrate.HEAD


def test_a_wrong_call_shows_no_traceback(start: Start) -> None:
    """The real command, too, ends with 64 and one line."""
    refused = start("serve", "--workers", "0")
    said, complaint = refused.communicate(timeout=END_S_MAX)
    assert (refused.returncode, said) == (64, "")
    assert complaint == "reference-app: --workers must be from 1 to 64, not 0.\n"


def _ok(url: str) -> bool:
    try:
        return requests.get(url, timeout=END_S_MAX).ok
    except requests.ConnectionError:
        return False


def _end(process: "subprocess.Popen[str]") -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=END_S_MAX)
