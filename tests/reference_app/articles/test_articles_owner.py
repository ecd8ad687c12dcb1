"""One owner a folder, tried with processes of their own."""

import errno
import fcntl
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import pytest

from reference_app.articles.log import owner
from reference_app.articles.log.errors import FolderOwned, FolderUnusable

REFUSED_S_MAX: Final = 1.0
HOLDING: Final = """
import subprocess, sys, time
from pathlib import Path
from reference_app.articles.log.owner import take
CHILD = "import sys; print('runs', flush=True); sys.stdin.read()"
owner = take(Path(sys.argv[1]))
if sys.argv[2:] == ["with a child"]:
    child = subprocess.Popen([sys.executable, "-c", CHILD], close_fds=False, stdout=subprocess.PIPE)
    # Popen returns a moment before the kernel closes what the new program does not inherit.
    child.stdout.readline()
print("taken", flush=True)
sys.stdin.read()
"""

Hold = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def hold(tmp_path: Path) -> Iterator[Hold]:
    """Starts a process that owns this test's folder until its input ends."""
    with ExitStack() as stack:

        def start(*arguments: str) -> "subprocess.Popen[str]":
            process = stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", HOLDING, tmp_path, *arguments],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            stack.callback(process.kill)
            assert process.stdout is not None
            assert process.stdout.readline() == "taken\n"
            return process

        yield start


def test_a_second_owner_is_refused_at_once_and_told_the_first(hold: Hold, tmp_path: Path) -> None:
    """While a process owns the folder another is refused within a second, with the owner's number (AR-18)."""
    first = hold()
    began = time.monotonic()
    with pytest.raises(FolderOwned, match=rf"process {first.pid}\b"):
        owner.take(tmp_path)
    assert time.monotonic() - began < REFUSED_S_MAX


def test_an_owner_that_writes_no_number_is_refused_all_the_same(tmp_path: Path) -> None:
    """A lock file that is held and empty leads to a refusal without a number, within a second."""
    held = owner.take(tmp_path)
    os.truncate(tmp_path / owner.OWNER_LOCK, 0)
    began = time.monotonic()
    with pytest.raises(FolderOwned, match="another process"):
        owner.take(tmp_path)
    assert time.monotonic() - began < REFUSED_S_MAX
    held.release()


def test_a_killed_owner_gives_the_folder_back(hold: Hold, tmp_path: Path) -> None:
    """When the owner is killed, the next one takes the folder, and its own number stands in the lock file."""
    first = hold()
    first.kill()
    first.wait()
    second = owner.take(tmp_path)
    assert (tmp_path / owner.OWNER_LOCK).read_text() == f"{os.getpid()}\n"
    second.release()


def test_a_child_that_outlives_the_owner_does_not_keep_the_folder(hold: Hold, tmp_path: Path) -> None:
    """A child process of the owner does not own the folder with it."""
    first = hold("with a child")
    first.kill()
    first.wait()
    owner.take(tmp_path).release()


def test_who_releases_can_take_again(tmp_path: Path) -> None:
    """What is released is free for anybody, and releasing twice takes nothing from the next owner."""
    first = owner.take(tmp_path)
    first.release()
    second = owner.take(tmp_path)
    first.release()
    with pytest.raises(FolderOwned, match=re.escape(str(tmp_path))):
        owner.take(tmp_path)
    second.release()


def test_reading_the_lock_file_does_not_free_the_folder(tmp_path: Path) -> None:
    """Opening and closing the lock file, as a refused process does, leaves the owner its folder."""
    first = owner.take(tmp_path)
    for _ in range(2):
        with pytest.raises(FolderOwned):
            owner.take(tmp_path)
    first.release()


def test_a_lock_file_that_is_removed_frees_no_folder(tmp_path: Path) -> None:
    """Its owner lives on; the next one is refused, makes no file, and is let in when the owner has gone."""
    first = owner.take(tmp_path)
    (tmp_path / owner.OWNER_LOCK).unlink()
    with pytest.raises(FolderOwned, match="another process"):
        owner.take(tmp_path)
    assert list(tmp_path.iterdir()) == []
    first.release()
    owner.take(tmp_path).release()


def test_a_folder_that_cannot_be_locked_is_left_to_its_lock_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Network file systems lock no folders; there the lock file decides, as it did."""
    lock = fcntl.flock

    def no_folders(fd: int, operation: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{fd}"):  # noqa: PTH112 - a descriptor, not a path of ours
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        lock(fd, operation)

    monkeypatch.setattr(fcntl, "flock", no_folders)
    first = owner.take(tmp_path)
    with pytest.raises(FolderOwned, match=f"process {os.getpid()}"):
        owner.take(tmp_path)
    first.release()


def test_another_lock_of_the_folder_is_another_ownership(tmp_path: Path) -> None:
    """The snapshotter's lock and the owner's do not exclude each other."""
    first, second = owner.take(tmp_path), owner.take(tmp_path, lock="snapshotter.lock")
    first.release()
    second.release()


def test_the_folder_is_made(tmp_path: Path) -> None:
    """A folder that is not there yet is made, with those above it."""
    owner.take(tmp_path / "data" / "articles").release()
    assert (tmp_path / "data" / "articles" / owner.OWNER_LOCK).exists()


def test_a_folder_that_cannot_be_made_is_refused_with_the_reason(tmp_path: Path) -> None:
    """Where a file stands in the way, the refusal names folder and reason."""
    (tmp_path / "data").write_text("a file")
    with pytest.raises(FolderUnusable, match=r"data/articles cannot be used: Not a directory"):
        owner.take(tmp_path / "data" / "articles")


def test_a_lock_that_cannot_be_written_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a full disk the folder cannot be used, and is free again."""

    def full(_fd: int, _data: bytes, _offset: int) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", full)
        with pytest.raises(FolderUnusable, match="cannot be used: No space left on device"):
            owner.take(tmp_path)
    owner.take(tmp_path).release()
