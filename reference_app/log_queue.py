"""Lines on their way to a stream that may stand still: kept in a bounded queue, and written by a thread.

Promises: who logs never waits for the stream, be it a pipe whose reader sleeps or has gone, or a full disk.
Lines come out whole and in their order. A line that finds no room, or cannot be written, is lost: it is counted
at once, and as soon as lines can be written again, one of them says how many were lost
(docs/decisions/0044-nobodys-end-holds-others.md).

It keeps nothing for good: a process that is killed loses what waits, which is a few milliseconds' worth.
"""

import os
import select
import threading
import time
from collections.abc import Callable
from typing import Final

LOST: Final = "log.lines_lost"
"""The record that says how many lines were lost."""
TOGETHER_S: Final = 0.01
"""Lines that may wait are written together if they come so soon after others: each writing costs requests time."""
LOOK_AGAIN_MS: Final = 100
FLUSH_S_MAX: Final = 0.5
STEP_S: Final = 0.002
ANY, URGENT, NONE = range(3)
"""Which line wakes the writer."""


def _nobody(_count: int) -> None:
    """Tell nobody."""


class QueuedLines:
    """Writes lines to a file descriptor, from a thread that begins with the first of them.

    Args:
        fd: where they go.
        bytes_max: how many bytes of lines may wait.
        said: returns the line that says that so many were lost.

    """

    def __init__(self, fd: int, *, bytes_max: int, said: Callable[[int], str]) -> None:
        self._fd = fd
        self._bytes_max = bytes_max
        self._said = said
        # One that its holder may take again: what is freed meanwhile may have something to log.
        self._guard = threading.RLock()
        self._changed = threading.Condition(self._guard)
        self._wakes_for = ANY
        self._is_urgent = False
        """Whether a line waits that may not wait for others."""
        self._waiting: list[str] = []
        self._bytes = 0
        """Of lines that wait, and of those that are being written."""
        self._is_writing = False
        self._writer: threading.Thread | None = None
        self._unsaid = 0
        self._lost = 0
        self._on_loss: Callable[[int], None] = _nobody
        self._is_torn = False
        """Whether the last line that was written has no end."""

    def on_loss(self, call: Callable[[int], None]) -> None:
        """Have `call` told of each loss with the number of lines, and of what was lost so far."""
        with self._guard:
            self._on_loss, before = call, self._lost
        if before:
            call(before)

    def msg(self, line: str, *, may_wait: bool = True) -> None:
        """Have a line written, after those that wait; or lose it. Returns at once, in either case."""
        size = len(line) + 1
        with self._guard:
            has_room = self._bytes + size <= self._bytes_max
            if has_room:
                self._bytes += size
                self._waiting.append(line)
                self._is_urgent = self._is_urgent or not may_wait
                if self._wakes_for == ANY or (self._wakes_for == URGENT and not may_wait):
                    self._wake()
        if not has_room:
            self._lose(1)

    debug = info = warning = error = critical = msg

    def flush(self, within_s: float = FLUSH_S_MAX) -> None:
        """Return when all is written, or lost; at the latest after so many seconds."""
        until_s = time.monotonic() + within_s
        while (self._waiting or self._is_writing) and time.monotonic() < until_s:
            time.sleep(STEP_S)

    def _wake(self) -> None:
        self._wakes_for = NONE
        if self._writer is None:
            self._writer = threading.Thread(target=self._run, name="log", daemon=True)
            self._writer.start()
        else:
            self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._guard:
                if not self._waiting:
                    self._wakes_for = ANY
                    self._changed.wait()
                self._is_writing = True
                lines, self._waiting = self._waiting, []
                self._wakes_for, self._is_urgent = NONE, False
            self._write_all(lines)
            with self._guard:
                self._is_writing = False
                if not self._is_urgent:
                    self._wakes_for = URGENT
                    self._changed.wait(TOGETHER_S)
                self._wakes_for = NONE

    def _write_all(self, lines: list[str]) -> None:
        """Write the lines, then how many were lost: those before these, or all where no other line waits."""
        with self._guard:
            before = self._unsaid
        is_whole = self._write(lines)
        with self._guard:
            self._bytes -= sum(len(line) + 1 for line in lines)
        while is_whole and (lost := before if self._waiting else self._unsaid):
            before = 0
            is_whole = self._write([self._said(lost)], counts=False)
            with self._guard:
                self._unsaid -= lost if is_whole else 0

    def _write(self, lines: list[str], *, counts: bool = True) -> bool:
        """Write lines; return whether all were. Those that were not are lost, which is counted for ours only."""
        data = "".join(f"{line}\n" for line in lines).encode(errors="backslashreplace")
        before = b"\n" if self._is_torn else b""
        written = _written(self._fd, before + data) - len(before)
        if written >= 0:
            self._is_torn = 0 < written < len(data) and data[written - 1 : written] != b"\n"
        if written < len(data) and counts:
            self._lose(len(lines) - _whole(lines, max(written, 0)))
        return written == len(data)

    def _lose(self, count: int) -> None:
        with self._guard:
            self._unsaid += count
            self._lost += count
            told = self._on_loss
        told(count)


def _whole(lines: list[str], written: int) -> int:
    """Return how many of the lines are in so many bytes, each with its end."""
    for number, line in enumerate(lines):
        written -= len(line.encode(errors="backslashreplace")) + 1
        if written < 0:
            return number
    return len(lines)


def _written(fd: int, data: bytes) -> int:
    """Write it all, however long that takes, or until it cannot be; return how many bytes were written."""
    left = memoryview(data)
    while left:
        try:
            left = left[os.write(fd, left) :]
        except BlockingIOError:  # another process that shares the stream has made it one that does not wait
            waits = select.poll()
            waits.register(fd, select.POLLOUT)
            waits.poll(LOOK_AGAIN_MS)
        except OSError:
            break
    return len(data) - len(left)
