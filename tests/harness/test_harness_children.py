"""Nothing that a run starts outlives it, however the run ends; and its children's endings are passed on."""

import json
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest

from fixtures.scenario.eventually import eventually
from fixtures.targets.children import Child
from fixtures.verdicts import TargetNotReady
from tests.harness.process_table import is_alive, with_variable

MARK: Final = "TOUCHSTONE_TEST_RUN"
GONE_S_MAX: Final = 10.0
START_S_MAX: Final = 20.0

FAMILY: Final = """
import os, signal, subprocess, sys, time
generations = int(sys.argv[1])
if generations:
    subprocess.Popen([sys.executable, __file__, str(generations - 1), *sys.argv[2:]])
if "deaf" in sys.argv:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if generations == 2:
    print('{"event": "up"}', flush=True)
if "brief" in sys.argv and generations == 2:
    time.sleep(0.3)
    sys.exit(3)
time.sleep(120)
"""
RUN: Final = """
import os, signal, sys, time
from pathlib import Path
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # which nohup ignores,
signal.signal(signal.SIGINT, signal.default_int_handler)  # and a shell for what it runs in the background
from fixtures.targets.children import Child
folder = Path(sys.argv[1])
child = Child([sys.executable, str(folder / "family.py"), "2", *sys.argv[2:]], output=folder / "out",
              log=folder / "log", environment=os.environ)
child.event("up", 20)
print(child.pid, flush=True)
time.sleep(120)
"""


@pytest.fixture
def mark() -> Iterator[str]:
    """A value by which this test's processes are known; whatever of them lives at the end is killed."""
    value = uuid.uuid4().hex
    yield value
    for pid in with_variable(MARK, value):
        os.kill(pid, signal.SIGKILL)


@pytest.fixture
def family(tmp_path: Path) -> Path:
    """A script that starts a child, which starts another."""
    script = tmp_path / "family.py"
    script.write_text(FAMILY, encoding="utf-8")
    return script


@pytest.fixture
def start(tmp_path: Path, mark: str) -> Iterator[Callable[..., Child]]:
    """Starts supervised commands, and ends them with the test."""
    started: list[Child] = []

    def start_one(command: Sequence[str], *, grace_s: float = 0.0) -> Child:
        number = len(started)
        child = Child(
            command, output=tmp_path / f"{number}.out", log=tmp_path / f"{number}.log",
            environment={**os.environ, MARK: mark}, grace_s=grace_s,
        )  # fmt: skip
        started.append(child)
        return child

    yield start_one
    for child in started:
        child.end()


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
@pytest.mark.parametrize("kind", ["", "deaf"])
def test_a_family_ends_with_the_run(
    tmp_path: Path, family: Path, mark: str, ending: signal.Signals, kind: str
) -> None:
    """When the run is ended by any signal, its children and theirs end too, even those that ignore SIGTERM."""
    with _run(tmp_path, mark, kind) as run:
        _is_up(run, mark)
        run.send_signal(ending)
        run.wait(GONE_S_MAX)
        eventually(lambda: not with_variable(MARK, mark), within_s=GONE_S_MAX, what="the family to end")
    assert family.exists()


@pytest.mark.usefixtures("family")
def test_frozen_children_end_too(tmp_path: Path, mark: str) -> None:
    """A child that is frozen, as by scenarios, ends with the run as well."""
    with _run(tmp_path, mark) as run:
        child = _is_up(run, mark)
        os.kill(child, signal.SIGSTOP)
        run.kill()
        run.wait(GONE_S_MAX)
        eventually(lambda: not with_variable(MARK, mark), within_s=GONE_S_MAX, what="the family to end")


def test_a_childs_family_ends_with_it(start: Callable[..., Child], family: Path, mark: str) -> None:
    """When the child itself ends, what it left behind is ended, and its exit code is passed on."""
    child = start([sys.executable, str(family), "2", "brief"])
    assert child.wait(START_S_MAX) == 3
    eventually(lambda: not with_variable(MARK, mark), within_s=GONE_S_MAX, what="the family to end")


def test_ending_a_child_ends_its_family(start: Callable[..., Child], family: Path, mark: str) -> None:
    """`end` leaves nothing behind, and may be called again."""
    child = start([sys.executable, str(family), "2"])
    child.event("up", START_S_MAX)
    child.end()
    child.end()
    eventually(lambda: not with_variable(MARK, mark), within_s=GONE_S_MAX, what="the family to end")


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("import sys; sys.exit(0)", 0),
        ("import sys; sys.exit(64)", 64),
        ("raise ValueError", 1),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", 137),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", 143),
    ],
)
def test_exit_codes_are_passed_on(start: Callable[..., Child], script: str, code: int) -> None:
    """A command's exit code is the supervisor's; a signal is 128 and its number."""
    assert start([sys.executable, "-c", script]).wait(START_S_MAX) == code


def test_a_signal_reaches_the_command_alone(start: Callable[..., Child], family: Path, mark: str) -> None:
    """A signal is sent to the command itself; its children are ended because it ended."""
    child = start([sys.executable, str(family), "2"])
    child.event("up", START_S_MAX)
    assert is_alive(child.pid)
    child.send(signal.SIGTERM)
    assert child.wait(GONE_S_MAX) == 143
    eventually(lambda: not with_variable(MARK, mark), within_s=GONE_S_MAX, what="the family to end")


def test_a_grace_lets_a_child_end_in_order(start: Callable[..., Child], tmp_path: Path) -> None:
    """With a grace the child hears SIGTERM first and may put things right."""
    script = (
        "import signal, sys, time\n"
        "def end(*_): open(sys.argv[1], 'w').write('in order'); sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, end)\n"
        'print(\'{"event": "up"}\', flush=True)\n'
        "time.sleep(120)"
    )
    child = start([sys.executable, "-c", script, str(tmp_path / "said")], grace_s=8.0)
    child.event("up", START_S_MAX)
    child.end()
    assert (tmp_path / "said").read_text(encoding="utf-8") == "in order"


def test_a_child_that_ends_before_it_is_ready_is_told_with_its_log(start: Callable[..., Child]) -> None:
    """Waiting for a word of a child that has ended says how it ended and the last lines of its log."""
    child = start([sys.executable, "-c", "import sys; sys.exit('no luck today')"])
    with pytest.raises(TargetNotReady, match="ended with 1: no luck today"):
        child.event("ready", START_S_MAX)


def test_a_child_that_says_nothing_is_told_in_time(start: Callable[..., Child]) -> None:
    """Waiting for a word that does not come ends when its time is over."""
    child = start([sys.executable, "-c", "import time; time.sleep(120)"])
    with pytest.raises(TargetNotReady, match=r"no 'ready' within 0.2 s: it logged nothing"):
        child.event("ready", 0.2)


def test_a_command_that_is_not_there_is_told(start: Callable[..., Child]) -> None:
    """A command that cannot be started is no silence: the error names it."""
    with pytest.raises(TargetNotReady, match="no-such-command"):
        start(["no-such-command"])


def test_the_environment_is_exactly_what_was_given(start: Callable[..., Child], mark: str) -> None:
    """A child sees the variables that it was given, so that a run's own settings cannot leak into it."""
    script = "import json, os; print(json.dumps({'event': 'seen', **os.environ}), flush=True)"
    seen = start([sys.executable, "-c", script]).event("seen", START_S_MAX)
    assert {name for name in seen if name not in os.environ} <= {"event", MARK, "LC_CTYPE"}
    assert seen[MARK] == mark


def _run(folder: Path, mark: str, kind: str = "") -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", RUN, str(folder), *([kind] if kind else [])]
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
        env={**os.environ, MARK: mark}, start_new_session=True,
    )  # fmt: skip


def _is_up(run: "subprocess.Popen[str]", mark: str) -> int:
    """Wait for the whole family; return the child's pid."""
    assert run.stdout is not None
    child = int(json.loads(run.stdout.readline()))
    # run, supervisor, child, grandchild, great-grandchild
    eventually(lambda: len(with_variable(MARK, mark)) == 5, within_s=START_S_MAX, what="the family to be up")
    return child
