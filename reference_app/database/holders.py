"""Who holds a lease, written so that another process on the same machine can tell whether it still lives.

Tells the dead only inside one PID namespace of one boot; anybody else is presumed alive, and their lease
ends by its time.
"""

import os
from functools import cache
from pathlib import Path
from typing import Final

UNKNOWN: Final = "unknown"


@cache
def this_boot() -> str:
    """Return what names this boot of the machine; `unknown` where the system does not say."""
    try:
        return _boot_id()
    except OSError:
        return UNKNOWN


def this_holder() -> str:
    """Return this process's name as a holder: `namespace/pid/start`."""
    pid = os.getpid()
    return f"{_namespace()}/{pid}/{_started(pid)}"


def is_dead(holder: str) -> bool:
    """Whether `holder` is known to have ended: same machine, and its process is gone or another one."""
    namespace, _, rest = holder.rpartition("/")[0].rpartition("/")
    started = holder.rpartition("/")[2]
    if namespace != _namespace() or not rest.isdigit():
        return False
    return _started(int(rest)) != started


def _boot_id() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()


def _namespace() -> str:
    """Return what two processes share exactly when they see the same PIDs; empty parts where unknown."""
    try:
        return f"{_boot_id()}:{Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return UNKNOWN


def _started(pid: int) -> str:
    """Return when `pid` started, in clock ticks since boot; empty when it is gone or a zombie."""
    try:
        # The command in parentheses may hold spaces and parentheses itself: what follows the last one counts.
        fields = (
            Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        )
    except OSError:
        return ""
    state, started = fields[0], fields[19]
    return "" if state in "ZX" else started
