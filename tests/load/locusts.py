"""Runs locust as a process with the profile of these tests: it never comes into a process of pytest."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PROFILE = Path(__file__).with_name("locustfile.py")
RUN_S_MAX = 180.0
FAILURES_ALLOWED = 'failures = "under 100 %"'


@dataclass(frozen=True)
class Ended:
    """A run of locust that is over."""

    code: int
    output: str
    result: dict[str, Any]

    def named(self, name: str) -> dict[str, Any]:
        """Return the figures of one name of requests."""
        return dict(self.result["names"][name])


def command(folder: Path, url: str, *arguments: str, limits: str = "") -> list[str]:
    """Return the command line of locust with these limits, which is to leave its result in a folder."""
    thresholds = folder / "thresholds.toml"
    thresholds.write_text(f"[stub]\n{limits}\n", encoding="utf-8")
    kept = ["--thresholds", str(thresholds), "--load-out", str(folder / "out"), "--only-summary"]
    return [sys.executable, "-m", "locust", "-f", str(PROFILE), "--host", url, *kept, *arguments]


def run(folder: Path, url: str, *arguments: str, limits: str = "") -> Ended:
    """Run locust headless to its end."""
    line = command(folder, url, "--headless", "-r", "100", *arguments, limits=limits)
    done = subprocess.run(
        line,
        cwd=ROOT,
        timeout=RUN_S_MAX,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Ended(done.returncode, done.stdout, result_in(folder))


def result_in(folder: Path) -> dict[str, Any]:
    """Return the result that a run left, empty if it left none."""
    path = folder / "out" / "stub.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


@contextmanager
def started(line: list[str]) -> Iterator[subprocess.Popen[str]]:
    """Start a process, and end it if it does not end itself."""
    process = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


@contextmanager
def stub(*arguments: str) -> Iterator[str]:
    """Serve the stub; yields its address."""
    with started([sys.executable, str(PROFILE.with_name("stub.py")), *arguments]) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{json.loads(process.stdout.readline())['port']}"


def free_port() -> int:
    """Return a port of this machine that is free now."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])
