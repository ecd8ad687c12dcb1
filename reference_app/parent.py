"""A process that ends with its parent, however that ends: nothing of a killed server holds its port or files."""

import ctypes
import os
import signal
from typing import Final

from reference_app.exit_codes import ExitCode

PR_SET_PDEATHSIG: Final = 1
"""Of Linux's `prctl`: the signal that a process gets when its parent ends."""


def end_with(parent: int) -> None:
    """Have the kernel kill this process when `parent` ends, and end at once if it has ended already.

    The kernel does so whatever this process does: one that is busy, or frozen, could not look by itself. It means
    the thread that has started this process, which must be one that lives as long as the parent does.
    """
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(ExitCode.NOT_READY)
