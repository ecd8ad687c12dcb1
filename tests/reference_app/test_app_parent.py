"""A process that ends with its parent: at once, also when frozen, and when the parent is gone already (SV-13)."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from fixtures.scenario.eventually import eventually
from tests.checkout import ROOT

END_S_MAX: Final = 10.0
CHILD: Final = """
import os, time
from reference_app import parent
parent.end_with(os.getppid())
print(os.getpid(), flush=True)
time.sleep(60)
"""
PARENT: Final = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])"


@pytest.mark.parametrize("is_frozen", [False, True])
def test_a_child_ends_with_its_parent(*, is_frozen: bool) -> None:
    """Killed by the kernel, whatever it is doing."""
    middle = subprocess.Popen(
        [sys.executable, "-c", PARENT, CHILD], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert middle.stdout is not None
    child = int(middle.stdout.readline())
    try:
        if is_frozen:
            os.kill(child, signal.SIGSTOP)
        middle.kill()
        middle.wait(END_S_MAX)
        eventually(lambda: not _lives(child), within_s=END_S_MAX, what="the child's end")
    finally:
        middle.stdout.close()
        if _lives(child):
            os.kill(child, signal.SIGKILL)


def test_a_child_whose_parent_is_gone_ends_at_once() -> None:
    """It does not begin what nobody waits for."""
    code = "import os; from reference_app import parent; parent.end_with(os.getppid() + 1); print('here')"
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=END_S_MAX, check=False
    )
    assert (ended.returncode, ended.stdout) == (4, b"")


def _lives(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] not in {"Z", "X"}
