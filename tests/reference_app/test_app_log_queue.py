"""Lines of a server's log that nobody takes: nobody waits for them, and what is lost is counted (SV-13)."""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from fixtures.scenario.eventually import eventually
from reference_app.log_queue import QueuedLines

WITHIN_S: Final = 5.0
PIPE_BYTES: Final = 65_536
LINE: Final = "x" * 999
FULL: Final = "/dev/full"
LOST: Final = "lost "


class Pipe:
    """A pipe whose reader reads when it is told to."""

    def __init__(self) -> None:
        self.outlet, self.inlet = os.pipe()
        self._is_gone = False

    def read(self, end: str) -> list[str]:
        """Return the lines up to one that begins so."""
        data = b""
        os.set_blocking(self.outlet, False)
        until_s = time.monotonic() + WITHIN_S
        while f"\n{end}" not in f"\n{data.decode()}" and time.monotonic() < until_s:
            try:
                data += os.read(self.outlet, PIPE_BYTES)
            except BlockingIOError:
                time.sleep(0.002)
        return data.decode().splitlines()

    def fill(self) -> None:
        """Have no room left: who writes to it stands still until it is read."""
        os.write(self.inlet, (b"f" * 1_023 + b"\n") * (PIPE_BYTES // 1_024))

    def hang_up(self) -> None:
        """Let the reader go. The other end stays open: a thread may still write, not to the next test's file."""
        if not self._is_gone:
            self._is_gone = True
            os.close(self.outlet)


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    made = Pipe()
    yield made
    made.hang_up()


def lines_to(fd: int, bytes_max: int = 10_000) -> QueuedLines:
    return QueuedLines(fd, bytes_max=bytes_max, said=lambda count: f"{LOST}{count}")


def test_lines_come_whole_and_in_order(pipe: Pipe) -> None:
    """Those that may wait and those that may not are in the order in which they were given."""
    lines = lines_to(pipe.inlet)
    for number in range(500):
        lines.msg(f"line {number}", may_wait=number % 7 != 0)
        if number % 100 == 0:
            lines.flush(WITHIN_S)
    assert pipe.read("line 499") == [f"line {number}" for number in range(500)]


def test_threads_that_log_at_once_lose_nothing(pipe: Pipe) -> None:
    """Each thread's lines are there, in its own order."""
    lines = lines_to(pipe.inlet)

    def log(name: int) -> None:
        for number in range(50):
            lines.msg(f"{name} {number}", may_wait=False)

    threads = [threading.Thread(target=log, args=(name,)) for name in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    lines.msg("end")
    found = pipe.read("end")
    for name in range(4):
        assert [each for each in found if each.startswith(f"{name} ")] == [f"{name} {n}" for n in range(50)]


def test_a_reader_that_sleeps_costs_lines_and_no_time(pipe: Pipe) -> None:
    """What finds no room is counted as it is lost; when the reader reads on, one line says how many there were."""
    lost: list[int] = []
    lines = lines_to(pipe.inlet)
    lines.on_loss(lost.append)
    pipe.fill()
    lines.msg(LINE)
    eventually(lambda: not lines._waiting, within_s=WITHIN_S, what="the thread that writes to stand still")
    begun_s = time.monotonic()
    for _ in range(199):
        lines.msg(LINE)
    assert time.monotonic() - begun_s < WITHIN_S / 5
    assert sum(lost) == 190
    found = pipe.read(LOST)
    assert found.count(LINE) == 200 - sum(lost)
    assert found[-1] == f"{LOST}{sum(lost)}"


def test_losses_are_said_also_where_no_line_follows(pipe: Pipe) -> None:
    """What was lost while the last lines were being written is said after them, and an end waits for that."""
    lines = lines_to(pipe.inlet, bytes_max=len(LINE) + 1)
    pipe.fill()
    lines.msg(LINE, may_wait=False)
    eventually(lambda: not lines._waiting, within_s=WITHIN_S, what="the thread that writes to stand still")
    for _ in range(3):
        lines.msg(LINE, may_wait=False)
    ends = threading.Thread(target=lines.flush, args=(WITHIN_S,))
    ends.start()
    found = [line for line in pipe.read(f"{LOST}3") if not line.startswith("f")]
    assert found == [LINE, f"{LOST}3"]
    ends.join(WITHIN_S)
    assert not ends.is_alive()


def test_losses_while_losses_are_said_are_said_as_well(pipe: Pipe) -> None:
    """A reader that sleeps again while it is told costs no lines that nobody is told of."""
    lines = lines_to(pipe.inlet, bytes_max=len(LINE) + 1)
    more = [2]

    def said(count: int) -> str:
        if more:
            for _ in range(more.pop() + 1):  # one finds room, two do not
                lines.msg(LINE, may_wait=False)
        return f"{LOST}{count}"

    lines._said = said
    pipe.fill()
    lines.msg(LINE, may_wait=False)
    eventually(lambda: not lines._waiting, within_s=WITHIN_S, what="the thread that writes to stand still")
    lines.msg(LINE, may_wait=False)
    found = [line for line in pipe.read(f"{LOST}2") if not line.startswith("f")]
    assert found == [LINE, f"{LOST}1", LINE, f"{LOST}2"]


def test_who_asks_later_is_told_of_losses_before() -> None:
    """Losses of the time before there were figures are in them."""
    lines = lines_to(os.open(FULL, os.O_WRONLY))
    lines.msg(LINE, may_wait=False)
    lines.flush(WITHIN_S)
    lost: list[int] = []
    lines.on_loss(lost.append)
    assert lost == [1]


def test_a_disk_that_has_room_again_is_written_on(tmp_path: Path) -> None:
    """What a full disk did not take is said once, when it takes lines again."""
    fd = os.open(FULL, os.O_WRONLY)
    lines = lines_to(fd)
    for number in range(3):
        lines.msg(f"lost {number}", may_wait=False)
    lines.flush(WITHIN_S)
    file = tmp_path / "log"
    os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT), fd)
    for number in range(2):
        lines.msg(f"kept {number}", may_wait=False)
        lines.flush(WITHIN_S)
    assert file.read_text().splitlines() == ["kept 0", f"{LOST}3", "kept 1"]


def test_a_reader_that_has_gone_costs_lines(pipe: Pipe) -> None:
    """They are lost, and nothing is raised."""
    pipe.hang_up()
    lost: list[int] = []
    lines = lines_to(pipe.inlet)
    lines.on_loss(lost.append)
    lines.msg(LINE, may_wait=False)
    eventually(lambda: lost == [1], within_s=WITHIN_S, what="a line that is lost")


def test_a_stream_that_does_not_wait_is_waited_for(pipe: Pipe) -> None:
    """Another process may have made the stream one that refuses at once: no line is lost for that."""
    fcntl.fcntl(pipe.inlet, fcntl.F_SETPIPE_SZ, 4_096)
    os.set_blocking(pipe.inlet, False)
    lines = lines_to(pipe.inlet)
    for _ in range(9):
        lines.msg(LINE)
    lines.msg("end")
    assert pipe.read("end") == [LINE] * 9 + ["end"]


def test_a_line_that_was_cut_does_not_run_into_the_next(tmp_path: Path) -> None:
    """Where a disk took half of a line, the next one begins on a line of its own."""
    lines = lines_to(os.open(tmp_path / "log", os.O_WRONLY | os.O_CREAT))
    write, taken = os.write, [b"half"]

    def half(fd: int, _data: memoryview) -> int:
        if taken:
            return write(fd, taken.pop())
        raise OSError

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("reference_app.log_queue.os.write", half)
        lines.msg("half a line", may_wait=False)
        lines.flush(WITHIN_S)
    lines.msg("whole", may_wait=False)
    lines.flush(WITHIN_S)
    assert (tmp_path / "log").read_text().splitlines() == ["half", "whole", f"{LOST}1"]


def test_what_is_freed_meanwhile_may_log(pipe: Pipe) -> None:
    """A line that comes up while another is being taken, on the same thread, waits for nothing."""
    lines = lines_to(pipe.inlet)

    def log() -> None:
        with lines._guard:  # as it is while a line is taken, and the garbage collector may run
            lines.msg("freed", may_wait=False)

    logging = threading.Thread(target=log, daemon=True)
    logging.start()
    logging.join(WITHIN_S)
    assert not logging.is_alive()
    assert pipe.read("freed") == ["freed"]


def test_an_end_waits_for_nobody_for_long(pipe: Pipe) -> None:
    """With a reader that sleeps, the lines that wait are given up."""
    lines = lines_to(pipe.inlet, bytes_max=200_000)
    for _ in range(150):
        lines.msg(LINE)
    begun_s = time.monotonic()
    lines.flush(0.1)
    assert time.monotonic() - begun_s < WITHIN_S
