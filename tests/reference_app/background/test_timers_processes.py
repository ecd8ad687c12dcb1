"""Real processes: one of them runs a timer, and another takes over when it is killed or frozen (PC-8)."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from fixtures.scenario.eventually import eventually
from reference_app.background import store
from reference_app.background.store import FINISHED, Run
from reference_app.clock import system_clock
from reference_app.database.engine import Database
from tests.reference_app.background.runner import NAME

MODULE: Final = "tests.reference_app.background.runner"
WITHIN_S: Final = 45.0
QUIET_S: Final = 2.0
FOR_EVER_S: Final = "50"
AT_ONCE_S: Final = "0.1"

Start = Callable[[str], "subprocess.Popen[str]"]


class Lines:
    """What the processes have said of their runs."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def of(self, what: str) -> list[int]:
        """Return the processes that said so, in order."""
        said = self.path.read_text(encoding="utf-8").splitlines() if self.path.exists() else []
        return [int(line.split()[1]) for line in said if line.split()[0] == what]

    def wait(self, what: str, process: "subprocess.Popen[str]") -> None:
        """Wait until the process has said so."""
        eventually(
            lambda: self.of(what), within_s=WITHIN_S, what=f"{what} by {process.pid}",
            holds=lambda pids: process.pid in pids,
        )  # fmt: skip


@pytest.fixture
def lines(tmp_path: Path) -> Lines:
    return Lines(tmp_path / "lines")


@pytest.fixture
def start(each_database_url: str, lines: Lines) -> Iterator[Start]:
    """Starts a process whose runs take so many seconds; all are killed at the end."""
    started: list[subprocess.Popen[str]] = []

    def one(work_s: str) -> "subprocess.Popen[str]":
        words = [sys.executable, "-m", MODULE, each_database_url, str(lines.path), work_s]
        started.append(subprocess.Popen(words, stdout=subprocess.PIPE, text=True))
        stdout = started[-1].stdout
        assert stdout
        assert stdout.readline() == "running\n"
        return started[-1]

    yield one
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def noted(each_database_url: str) -> Iterator[Callable[[], Run | None]]:
    """Returns the last run that is noted."""
    database = Database(each_database_url, clock=system_clock, threads=1, holders=1, wait_s_max=10.0)
    yield lambda: database.read_now(store.last_run, NAME)
    database.close()


def test_one_of_several_processes_runs_it(
    start: Start, lines: Lines, noted: Callable[[], Run | None]
) -> None:
    """Three start at once; the others find it run."""
    for _ in range(3):
        start(AT_ONCE_S)
    eventually(noted, within_s=WITHIN_S, what="a run to be noted")
    time.sleep(QUIET_S)
    assert (len(lines.of("begun")), len(lines.of("ended"))) == (1, 1)


def test_a_runner_that_is_killed_is_replaced(
    start: Start, lines: Lines, noted: Callable[[], Run | None]
) -> None:
    """In the middle of its work; nothing was noted, so another does it from the beginning."""
    first = start(FOR_EVER_S)
    lines.wait("begun", first)
    second = start(AT_ONCE_S)
    time.sleep(QUIET_S)
    assert lines.of("begun") == [first.pid]
    first.kill()
    lines.wait("ended", second)
    run = eventually(noted, within_s=WITHIN_S, what="the run to be noted")
    assert run is not None
    assert run.outcome == FINISHED


def test_a_runner_that_is_frozen_is_replaced(
    start: Start, lines: Lines, noted: Callable[[], Run | None]
) -> None:
    """When it wakes up it is cancelled, notes nothing, and does not run again until the next time."""
    first = start(FOR_EVER_S)
    lines.wait("begun", first)
    second = start(AT_ONCE_S)
    os.kill(first.pid, signal.SIGSTOP)
    try:
        lines.wait("ended", second)
        run = eventually(noted, within_s=WITHIN_S, what="the run to be noted")
    finally:
        os.kill(first.pid, signal.SIGCONT)
    lines.wait("cancelled", first)
    time.sleep(QUIET_S)
    assert noted() == run
    assert lines.of("begun") == [first.pid, second.pid]
