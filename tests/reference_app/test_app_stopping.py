"""How a server of its own process ends, and starts, when what is beside it does not do its part (SV-13, SV-16)."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, Final

import pytest
import requests

from fixtures.scenario.eventually import eventually
from reference_app import stopping
from reference_app.errors import SettingsRefused
from reference_app.systems import load_settings
from tests.fixtures.targets.process_table import group_members
from tests.reference_app.stage import SECRET_KEY

END_S_MAX: Final = 30.0
READY_S_MAX: Final = 20.0
HALF: Final = (
    b"POST /api/auth/register HTTP/1.1\r\nHost: x\r\n"
    b"Content-Type: application/json\r\nContent-Length: 99\r\n\r\n{"
)

Start = Callable[..., tuple["subprocess.Popen[bytes]", str]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a server, with its log in `log`; returns it, and its address when it is ready."""
    with ExitStack() as stack:

        def start_one(
            *arguments: str, streams: dict[str, Any] | None = None, **environment: str
        ) -> tuple["subprocess.Popen[bytes]", str]:
            with socket.create_server(("127.0.0.1", 0)) as probe:
                port = probe.getsockname()[1]
            log = stack.enter_context((tmp_path / "log").open("ab"))
            process = subprocess.Popen(
                [sys.executable, "-m", "reference_app", "serve", "--port", str(port), *arguments],
                cwd=tmp_path,
                env={
                    "PATH": os.environ["PATH"],
                    "SECRET_KEY": SECRET_KEY,
                    "LOG_FORMAT": "json",
                    **environment,
                },
                start_new_session=True,
                **{
                    "stdin": subprocess.DEVNULL,
                    "stdout": subprocess.DEVNULL,
                    "stderr": log,
                    **(streams or {}),
                },
            )
            stack.callback(_end, process)
            url = f"http://127.0.0.1:{port}"
            eventually(lambda: _ok(f"{url}/ready"), within_s=READY_S_MAX, what="the server to be ready")
            return process, url

        yield start_one


def test_closed_streams_are_nobody_elses(start: Start) -> None:
    """A server without standard streams serves, and no file of its own has one of their numbers."""

    def close() -> None:
        for fd in range(3):
            os.close(fd)

    server, url = start(streams={"stdin": None, "stdout": None, "stderr": None, "preexec_fn": close})
    opened = [Path(f"/proc/{server.pid}/fd/{fd}").readlink() for fd in range(3)]
    assert opened == [Path("/dev/null")] * 3
    assert _ok(f"{url}/health")
    assert _stopped(server) == 0


def test_a_full_disk_takes_no_listening_line(start: Start, tmp_path: Path) -> None:
    """A server whose stdout cannot be written serves, and logs it; signals that mean nothing end nothing."""
    with Path("/dev/full").open("wb") as full:
        server, url = start(streams={"stdout": full})
    for number in stopping.PASSED_OVER:
        os.kill(server.pid, number)
    assert _ok(f"{url}/health")
    assert _stopped(server) == 0
    assert "stdout_unwritable" in _events(tmp_path)


def test_a_second_interrupt_cuts_off(start: Start) -> None:
    """Interrupted twice, a server waits for nothing that is under way; those who wait for it are told."""
    server, url = start(BODY_S_MAX="60")
    with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=END_S_MAX) as client:
        client.sendall(HALF)
        assert _ok(f"{url}/health")
        begun_s = time.monotonic()
        os.kill(server.pid, signal.SIGTERM)
        time.sleep(0.5)
        assert server.poll() is None
        assert _stopped(server, signal.SIGINT) == 0
        assert time.monotonic() - begun_s < END_S_MAX / 3


def test_who_is_cut_off_is_told_so(start: Start, tmp_path: Path) -> None:
    """When the time is over, a request that is under way is answered with 503, and the log has no traceback."""
    server, url = start(BODY_S_MAX="60", SHUTDOWN_S_MAX="4")
    with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=END_S_MAX) as client:
        client.sendall(HALF)
        assert _ok(f"{url}/health")
        assert _stopped(server) == 0
        answer = client.recv(65_536)
    assert answer.startswith(b"HTTP/1.1 503")
    assert b"/problems/server-stopped" in answer
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_a_worker_that_died_is_replaced(start: Start, tmp_path: Path) -> None:
    """Another one serves in its place, and none is left when the server has ended."""
    server, url = start("--workers", "2")
    # What is answered is in the log a moment later.
    eventually(lambda: "http.request" in _events(tmp_path), within_s=READY_S_MAX, what="a worker's line")
    pid = next(each["pid"] for each in _records(tmp_path) if each["event"] == "http.request")
    os.kill(pid, signal.SIGKILL)
    eventually(
        lambda: "worker_died" in _events(tmp_path), within_s=READY_S_MAX, what="a worker's end in the log"
    )
    eventually(lambda: _ok(f"{url}/ready"), within_s=READY_S_MAX, what="the server to be ready again")
    assert _stopped(server) == 0
    eventually(lambda: not group_members(server.pid), within_s=END_S_MAX, what="every process to end")


def test_a_server_whose_workers_cannot_start_is_not_ready(tmp_path: Path) -> None:
    """It ends with 4, and does not try for ever."""
    code = "import uvicorn.server as s; s.Server.startup = lambda *_, **__: __import__('sys').exit(3)\n"
    (tmp_path / "broken.py").write_text(
        code + "from reference_app.__main__ import main\nif __name__ == '__main__': main()\n"
    )
    ended = subprocess.run(
        [sys.executable, "-m", "broken", "serve", "--port", "0", "--workers", "2"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "SECRET_KEY": SECRET_KEY, "LOG_FORMAT": "json"},
        capture_output=True,
        timeout=END_S_MAX,
        check=False,
    )
    assert ended.returncode == 4
    assert ended.stderr.endswith(b"reference-app: A worker could not start: the lines before say why.\n")


@pytest.mark.parametrize(("all_s", "of_requests_s"), [(45.0, 40.0), (10.0, 5.0), (2.0, 1.0), (0.4, 0.2)])
def test_closing_has_its_share(all_s: float, of_requests_s: float) -> None:
    """Half of the time to stop, and five seconds at most, are kept for what comes after requests."""
    assert stopping.requests_s(all_s) == pytest.approx(of_requests_s)


@pytest.mark.parametrize("lame_duck_s", ["10", "11"])
def test_a_stop_has_time_for_more_than_saying_so(lame_duck_s: str) -> None:
    """The time in which only readiness is another is a part of all the time to stop."""
    settings = load_settings({"SECRET_KEY": SECRET_KEY, "SHUTDOWN_S_MAX": "10", "LAME_DUCK_S": lame_duck_s})
    with pytest.raises(SettingsRefused, match="LAME_DUCK_S must be less than SHUTDOWN_S_MAX"):
        settings.check()


def _records(folder: Path) -> list[dict[str, Any]]:
    """Return what is in the log so far, without a line that is being written."""
    whole, _, _ = (folder / "log").read_text().rpartition("\n")
    return [json.loads(line) for line in whole.splitlines()]


def _events(folder: Path) -> list[str]:
    return [each["event"] for each in _records(folder)]


def _stopped(server: "subprocess.Popen[bytes]", number: signal.Signals = signal.SIGTERM) -> int:
    server.send_signal(number)
    return server.wait(END_S_MAX)


def _ok(url: str) -> bool:
    try:
        return requests.get(url, timeout=END_S_MAX).ok
    except requests.ConnectionError:
        return False


def _end(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(END_S_MAX)
