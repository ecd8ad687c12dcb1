"""What a disk may hold after a power cut at any point of a journal: samples with a seed, or every one of them.

What this promises: what was synced is there; of what was not, any beginning (also ending within a record, also
with zeros or rubbish where the rest would be); of names given, changed or removed since the folder was synced, any
of them. What a failed sync covered may be there or not, whatever sync succeeds later, until it is written once
more. What is written in the place of something else is there, or what was there before.

What it does not: it never puts a later unsynced block on the disk without the ones before it, for a journalling
file system lengthens a file only after its data is written; and what is synced never rots (bit flips are tried
elsewhere).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

from tests.reference_app.articles.fake_disk import Call

Image = dict[str, bytes]
"""Name → content of every file on the disk."""

TAILS: Final = ("nothing", "zeros", "rubbish")


@dataclass(frozen=True, slots=True)
class CrashState:
    """One thing that may be on the disk when the power is cut after `calls` calls of the journal."""

    image: Image
    notes: tuple[object, ...]
    """What the outside world had learnt by then."""
    calls: int


def crash_states(
    journal: Sequence[Call], *, seed: int, samples: int, start: Image | None = None
) -> Iterator[CrashState]:
    """Yield `samples` states for a cut before the first call of `journal` and after each of them.

    `start` is what was on the disk, synced, before the journal begins. The first two of every point's samples are
    the extremes: nothing that is not synced is kept, and all of it.
    """
    random = Random(seed)  # noqa: S311 - a seed is to be told and tried again
    for platter, notes, calls in _points(journal, start or {}):
        for number in range(samples):
            yield CrashState(
                platter.cut(random, kept=(0.0, 1.0)[number] if number < 2 else None), notes, calls
            )


def every_log_state(journal: Sequence[Call], log: str, *, start: Image | None = None) -> Iterator[CrashState]:
    """Yield, for a cut after each call, every length the log may have, with every kind of tail.

    Names and other files are as if all was kept: what is enumerated here is the log alone.
    """
    random = Random(0)  # noqa: S311
    for platter, notes, calls in _points(journal, start or {}):
        image = platter.cut(random, kept=1.0)
        if log in image:
            for content in platter.every_content(platter.names_kept(1.0, random)[log], random):
                yield CrashState({**image, log: content}, notes, calls)


@dataclass(slots=True)
class _Platter:
    """What is on the disk for sure, and what may be, at one point of a journal."""

    contents: dict[int, bytes]
    names: dict[str, int]
    unsynced: dict[int, list[Call]] = field(default_factory=dict)
    doubtful: dict[int, list[Call]] = field(default_factory=dict)
    """What a failed sync covered: no later sync makes it certain."""
    unsynced_names: list[Call] = field(default_factory=list)

    def play(self, call: Call) -> None:
        match call.kind:
            case "write" | "cut":
                self.unsynced.setdefault(call.inode, []).append(call)
            case "synced":
                self._keep(call.inode)
            case "sync failed":
                self.doubtful.setdefault(call.inode, []).extend(self.unsynced.pop(call.inode, []))
            case "named" | "removed":
                self.unsynced_names.append(call)
            case "names synced":
                self.names = _renamed(self.names, self.unsynced_names)
                self.unsynced_names = []
            case "note":
                pass

    def cut(self, random: Random, *, kept: float | None) -> Image:
        """Return one thing the disk may hold. `kept`: 0.0 nothing unsynced, 1.0 all of it, None by chance."""
        names = self.names_kept(kept, random)
        return {name: self._content(inode, kept, random) for name, inode in names.items()}

    def names_kept(self, kept: float | None, random: Random) -> dict[str, int]:
        """Return what names point at: those synced, and some of those changed since."""
        share = random.random() if kept is None else kept
        return _renamed(self.names, [call for call in self.unsynced_names if random.random() < share])

    def every_content(self, inode: int, random: Random) -> Iterator[bytes]:
        """Yield all that may be in one file."""
        pending = self._pending(inode)
        whole = self.contents.get(inode, b"")
        yield whole
        for call in pending:
            for length in range(len(call.data)):
                for tail in TAILS:
                    yield _torn(whole, call, length, tail, random)
            whole = _changed(whole, call)
            yield whole

    def _content(self, inode: int, kept: float | None, random: Random) -> bytes:
        pending = self._pending(inode)
        count = random.randint(0, len(pending)) if kept is None else round(kept * len(pending))
        content = self.contents.get(inode, b"")
        for call in pending[:count]:
            content = _changed(content, call)
        if kept is None and count < len(pending) and pending[count].data:
            length = random.randrange(len(pending[count].data))
            content = _torn(content, pending[count], length, random.choice(TAILS), random)
        return content

    def _pending(self, inode: int) -> list[Call]:
        return self.doubtful.get(inode, []) + self.unsynced.get(inode, [])

    def _keep(self, inode: int) -> None:
        content = self.contents.get(inode, b"")
        kept = self.unsynced.pop(inode, [])
        for call in kept:
            content = _changed(content, call)
        self.contents[inode] = content
        again = _written_again(kept)
        self.doubtful[inode] = [call for call in self.doubtful.get(inode, []) if call.offset < again]


def _points(journal: Sequence[Call], start: Image) -> Iterator[tuple[_Platter, tuple[object, ...], int]]:
    platter = _Platter(dict(enumerate(start.values())), {name: inode for inode, name in enumerate(start)})
    notes: list[object] = []
    yield platter, (), 0
    for number, call in enumerate(journal, 1):
        platter.play(call)
        if call.kind == "note":
            notes.append(call.note)
        yield platter, tuple(notes), number


def _renamed(names: dict[str, int], calls: Sequence[Call]) -> dict[str, int]:
    renamed = dict(names)
    for call in calls:
        renamed.pop(call.was, None)
        if call.kind == "named":
            renamed[call.name] = call.inode
        else:
            renamed.pop(call.name, None)
    return renamed


def _changed(content: bytes, call: Call) -> bytes:
    if call.kind == "cut":
        return content[: call.offset]
    return (
        content[: call.offset].ljust(call.offset, b"\0") + call.data + content[call.offset + len(call.data) :]
    )


def _written_again(kept: Sequence[Call]) -> float:
    """Return from which byte on a file was written once more, to its end, where its length was set again."""
    start = float("inf")
    for call in reversed(kept):
        if call.kind == "cut" or call.offset + len(call.data) == start:
            start = call.offset
        else:
            break
    return start


def _torn(content: bytes, call: Call, length: int, tail: str, random: Random) -> bytes:
    """Return `content` with the first `length` bytes of a write, and a tail in place of the rest.

    Where there was something before, the rest is what it was.
    """
    there = content[call.offset + length : call.offset + len(call.data)]
    missing = len(call.data) - length - len(there)
    filling = there + {"nothing": b"", "zeros": bytes(missing), "rubbish": random.randbytes(missing)}[tail]
    return _changed(content, Call("write", call.inode, offset=call.offset, data=call.data[:length] + filling))
