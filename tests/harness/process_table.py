"""Which processes live, read from /proc. A zombie does not: it has ended, and nobody has asked how."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

STATE: Final = 0
GROUP: Final = 2
ENDED: Final = "ZX"


def is_alive(pid: int) -> bool:
    """Whether the process runs, or is frozen."""
    fields = _fields(pid)
    return bool(fields) and fields[STATE] not in ENDED


def group_members(group: int) -> set[int]:
    """Return the living processes of a process group."""
    return _living(lambda pid: _fields(pid)[GROUP : GROUP + 1] == [str(group)])


def with_variable(name: str, value: str) -> set[int]:
    """Return the living processes that were started with this variable in their environment."""
    wanted = f"{name}={value}".encode()
    return _living(lambda pid: wanted in _read(Path("/proc", str(pid), "environ")).split(b"\0"))


def mentioning(text: str) -> set[int]:
    """Return the living processes in whose environment `text` stands."""
    return _living(lambda pid: text.encode() in _read(Path("/proc", str(pid), "environ")))


def _living(wanted: Callable[[int], bool]) -> set[int]:
    return {pid for pid in _pids() if wanted(pid) and is_alive(pid)}


def _pids() -> Iterator[int]:
    return (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())


def _fields(pid: int) -> list[str]:
    """Return what follows the command in `stat`: state, parent, group, …; empty when there is no process."""
    stat = _read(Path("/proc", str(pid), "stat")).decode("utf-8", "replace")
    return stat.rpartition(")")[2].split()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
