"""A disk in memory behind the storage's file calls: it can fail, lie, and says what it was told to do.

What this promises: `FolderStorage(FOLDER, files=FakeDisk())` behaves as on a real folder; every call that changes
something stands in `journal`, in order, for `power_cut.crash_states`; a fault strikes at exactly the call it was
set for.

What it does not: it is no file system. One folder, no permissions, no time, and one caller at a time.
"""

import errno
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

FOLDER: Final = Path("/disk")

Kind = Literal["write", "cut", "synced", "sync failed", "named", "removed", "names synced", "note"]


@dataclass(frozen=True, slots=True)
class Call:
    """A call that changed something. An inode is a file's content; a name points at one."""

    kind: Kind
    inode: int = -1
    name: str = ""
    """What an inode is called from now on, or what is removed."""
    was: str = ""
    """The name that a renamed inode loses."""
    offset: int = 0
    """Where data was written, or the length that was cut to."""
    data: bytes = b""
    note: object = None


@dataclass(slots=True)
class _Open:
    inode: int
    appends: bool
    position: int = 0


@dataclass(slots=True)
class _Fault:
    code: int
    at: int
    """The call that it strikes first, counted from 1 since the disk was made."""
    for_good: bool = False


@dataclass(slots=True)
class FakeDisk:
    """The file calls of `storage.Files` on a disk in memory.

    Args:
        image: name → content, all of it synced: what a power cut left.
        bytes_max: the disk's size; a write beyond it is short, the next one raises ENOSPC.
        write_bytes_max: what one write takes at most.
        lies: a sync does nothing and says it did.

    """

    image: Mapping[str, bytes] = field(default_factory=dict)
    bytes_max: int | None = None
    write_bytes_max: int | None = None
    lies: bool = False
    journal: list[Call] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    _names: dict[str, int] = field(default_factory=dict)
    _contents: dict[int, bytearray] = field(default_factory=dict)
    _open: dict[int, _Open] = field(default_factory=dict)
    _faults: dict[str, _Fault] = field(default_factory=dict)
    _opened: int = 0

    def __post_init__(self) -> None:
        for name, content in self.image.items():
            self._make(name, content)

    def note(self, what: object) -> None:
        """Write down in the journal what the outside world has just learnt."""
        self.journal.append(Call("note", note=what))

    def fail(self, call: str, code: int, *, at: int | None = None, for_good: bool = False) -> None:
        """Let the `at`-th `call` (counted from 1, the next one if not given) raise OSError with errno `code`."""
        self._faults[call] = _Fault(code, at or self.calls[call] + 1, for_good)

    def heal(self) -> None:
        """Let no call fail any more and give room without end."""
        self._faults.clear()
        self.bytes_max = None

    def file(self, name: str) -> bytes:
        """Return what a reader sees in the file `name`, synced or not."""
        return bytes(self._contents[self._names[name]])

    def open(self, path: str, flags: int, mode: int = 0, /) -> int:  # noqa: ARG002 - there are no rights here
        """Open a file, or the folder for syncing its names."""
        self._strike("open")
        if flags & os.O_DIRECTORY:
            return self._descriptor(_Open(-1, appends=False))
        name = Path(path).name
        if name not in self._names:
            if not flags & os.O_CREAT:
                raise FileNotFoundError(errno.ENOENT, "No such file", path)
            self._make(name, b"")
            self.journal.append(Call("named", self._names[name], name))
        opened = _Open(self._names[name], appends=bool(flags & os.O_APPEND))
        if flags & os.O_TRUNC:
            self._cut(opened.inode, 0)
        return self._descriptor(opened)

    def close(self, fd: int, /) -> None:
        """Close; a descriptor that is not open raises EBADF."""
        self._file_of(fd)
        del self._open[fd]

    def write(self, fd: int, data: memoryview, /) -> int:
        """Write what there is room for; raise ENOSPC when there is none."""
        self._strike("write")
        opened = self._file_of(fd)
        content = self._contents[opened.inode]
        taken = bytes(data[: self._room(len(data))])
        offset = len(content) if opened.appends else opened.position
        content[offset : offset + len(taken)] = taken
        opened.position = offset + len(taken)
        self.journal.append(Call("write", opened.inode, offset=offset, data=taken))
        return len(taken)

    def pwrite(self, fd: int, data: bytes, offset: int, /) -> int:
        """Write where there is something already: that takes no room."""
        self._strike("pwrite")
        content = self._contents[self._file_of(fd).inode]
        taken = data[: self.write_bytes_max]
        assert offset + len(taken) <= len(content)
        content[offset : offset + len(taken)] = taken
        self.journal.append(Call("write", self._file_of(fd).inode, offset=offset, data=taken))
        return len(taken)

    def pread(self, fd: int, length: int, offset: int, /) -> bytes:
        """Read."""
        self._strike("pread")
        return bytes(self._contents[self._file_of(fd).inode][offset : offset + length])

    def lseek(self, fd: int, position: int, whence: int, /) -> int:
        """Return the length: nothing else is asked."""
        assert (position, whence) == (0, os.SEEK_END)
        return len(self._contents[self._file_of(fd).inode])

    def ftruncate(self, fd: int, length: int, /) -> None:
        """Cut, never lengthen: the log has no use for that."""
        self._strike("ftruncate")
        inode = self._file_of(fd).inode
        assert length <= len(self._contents[inode])
        self._cut(inode, length)

    def fdatasync(self, fd: int, /) -> None:
        """Sync a file. After an error what was unsynced counts as clean: no later sync keeps it."""
        with self._strikes_sync("fdatasync", self._file_of(fd).inode):
            self._sync(self._file_of(fd).inode)

    def fsync(self, fd: int, /) -> None:
        """Sync a file, or the folder's names."""
        with self._strikes_sync("fsync", self._file_of(fd).inode):
            self._sync(self._file_of(fd).inode)

    def rename(self, source: str, target: str, /) -> None:
        """Give a file another's name."""
        self._strike("rename")
        was, name = Path(source).name, Path(target).name
        self._names[name] = self._names.pop(was)
        self.journal.append(Call("named", self._names[name], name, was=was))

    def unlink(self, path: str, /) -> None:
        """Remove a name."""
        self._strike("unlink")
        if Path(path).name not in self._names:
            raise FileNotFoundError(errno.ENOENT, "No such file", path)
        del self._names[Path(path).name]
        self.journal.append(Call("removed", name=Path(path).name))

    def listdir(self, path: str, /) -> list[str]:
        """Return all names."""
        assert Path(path) == FOLDER
        return list(self._names)

    def stat(self, path: str, /) -> os.stat_result:
        """Return inode, links and length of what has this name."""
        if Path(path) == FOLDER:
            return _stat(-1, 2, 0)
        if Path(path).name not in self._names:
            raise FileNotFoundError(errno.ENOENT, "No such file", path)
        return self._stat_of(self._names[Path(path).name])

    def fstat(self, fd: int, /) -> os.stat_result:
        """Return the same of what is open."""
        return self._stat_of(self._file_of(fd).inode)

    def _stat_of(self, inode: int) -> os.stat_result:
        links = list(self._names.values()).count(inode)
        return _stat(inode, links, len(self._contents[inode]))

    def _make(self, name: str, content: bytes) -> None:
        inode = len(self._contents)
        self._contents[inode] = bytearray(content)
        self._names[name] = inode

    def _descriptor(self, opened: _Open) -> int:
        self._opened += 1  # Counts up, so that a closed descriptor is never anybody else's.
        self._open[self._opened] = opened
        return self._opened

    def _file_of(self, fd: int) -> _Open:
        if fd not in self._open:
            raise OSError(errno.EBADF, "Bad file descriptor")
        return self._open[fd]

    def _room(self, wanted: int) -> int:
        allowed = wanted if self.write_bytes_max is None else min(wanted, self.write_bytes_max)
        if self.bytes_max is None:
            return allowed
        used = sum(len(self._contents[inode]) for inode in set(self._names.values()))
        if used >= self.bytes_max:
            raise OSError(errno.ENOSPC, "No space left on device")
        return min(allowed, self.bytes_max - used)

    def _cut(self, inode: int, length: int) -> None:
        del self._contents[inode][length:]
        self.journal.append(Call("cut", inode, offset=length))

    def _sync(self, inode: int) -> None:
        if not self.lies:
            self.journal.append(Call("names synced") if inode < 0 else Call("synced", inode))

    def _strike(self, call: str) -> None:
        self.calls[call] += 1
        fault = self._faults.get(call)
        if fault is not None and (
            self.calls[call] == fault.at or (fault.for_good and self.calls[call] > fault.at)
        ):
            raise OSError(fault.code, os.strerror(fault.code))

    @contextmanager
    def _strikes_sync(self, call: str, inode: int) -> Iterator[None]:
        try:
            self._strike(call)
        except OSError:
            self.journal.append(Call("sync failed", inode))
            raise
        yield


def _stat(inode: int, links: int, size: int) -> os.stat_result:
    return os.stat_result((0, inode, 0, links, 0, 0, size, 0, 0, 0))
