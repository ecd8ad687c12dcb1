"""The storage's contract on a real folder and on the fake disk; what a power cut leaves; what a fault leaves."""

import errno
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from reference_app.articles.log.storage import LOG, FolderStorage, Storage
from tests.reference_app.articles.fake_disk import FOLDER, FakeDisk
from tests.reference_app.articles.power_cut import Image, crash_states, every_log_state
from tests.reference_app.articles.storage_contract import Reopen, StorageContract

SEED = 5
SAMPLES = 40


def reopening(opening: Callable[[], Storage]) -> Iterator[Reopen]:
    """Yield what opens a storage again and again, and close the last one."""
    opened: list[Storage] = []

    def reopen() -> Storage:
        while opened:
            opened.pop().close()
        opened.append(opening())
        return opened[0]

    yield reopen
    while opened:
        with suppress(OSError):  # A test of closing has closed it.
            opened.pop().close()


class TestFolderStorage(StorageContract):
    """A folder keeps the contract."""

    @pytest.fixture
    def reopen(self, tmp_path: Path) -> Iterator[Reopen]:
        """A real folder."""
        yield from reopening(lambda: FolderStorage(tmp_path))


class TestFakeDisk(StorageContract):
    """The fake disk keeps the contract, or what is tried on it proves nothing."""

    @pytest.fixture
    def reopen(self) -> Iterator[Reopen]:
        """One disk in memory."""
        disk = FakeDisk()
        yield from reopening(lambda: FolderStorage(FOLDER, files=disk))


class TestWritingByBits(StorageContract):
    """A disk that takes three bytes at a time keeps the contract too."""

    @pytest.fixture
    def reopen(self) -> Iterator[Reopen]:
        """One disk in memory."""
        disk = FakeDisk(write_bytes_max=3)
        yield from reopening(lambda: FolderStorage(FOLDER, files=disk))


def images(disk: FakeDisk, start: Image | None = None) -> Iterator[Image]:
    """Yield what may be on the disk after a power cut at any point of what was done."""
    for state in crash_states(disk.journal, seed=SEED, samples=SAMPLES, start=start):
        yield state.image


def test_a_side_file_is_old_or_new_after_a_power_cut() -> None:
    """Whenever the power is cut during a put, the side file is the old or the new one, whole; both do occur."""
    start = {LOG: b"log", "side": b"the old content"}
    disk = FakeDisk(start)
    FolderStorage(FOLDER, files=disk).put("side", b"the new content")
    seen = {image["side"] for image in images(disk, start)}
    assert seen == {b"the old content", b"the new content"}


def test_a_side_file_that_was_put_is_there_after_a_power_cut() -> None:
    """Once put has returned, no power cut takes the side file away or back."""
    disk = FakeDisk({"side": b"old"})
    FolderStorage(FOLDER, files=disk).put("side", b"new")
    last = list(crash_states(disk.journal, seed=SEED, samples=SAMPLES, start={"side": b"old"}))[-SAMPLES:]
    assert {state.image["side"] for state in last} == {b"new"}


def test_a_side_file_that_was_removed_stays_away() -> None:
    """Once delete has returned, no power cut brings the side file back."""
    disk = FakeDisk({"side": b"old"})
    FolderStorage(FOLDER, files=disk).delete("side")
    last = list(crash_states(disk.journal, seed=SEED, samples=SAMPLES, start={"side": b"old"}))[-SAMPLES:]
    assert {"side" in state.image for state in last} == {False}


def test_a_synced_log_is_there_after_a_power_cut() -> None:
    """What was synced is there, from the first log of a new folder on; what was not may be, as far as it goes."""
    disk = FakeDisk()
    storage = FolderStorage(FOLDER, files=disk)
    storage.append(b"synced")
    storage.sync()
    storage.append(b" not synced")
    last = list(crash_states(disk.journal, seed=SEED, samples=SAMPLES))[-SAMPLES:]
    logs = {state.image[LOG] for state in last}
    assert all(log.startswith(b"synced") for log in logs)
    assert {b"synced", b"synced not synced"} < logs


def test_the_fake_disk_forgets_what_is_not_synced() -> None:
    """Control: a disk whose syncs do nothing loses what was synced, so a power cut can be told from none."""
    disk = FakeDisk(lies=True)
    storage = FolderStorage(FOLDER, files=disk)
    storage.append(b"synced")
    storage.sync()
    assert any(image.get(LOG) != b"synced" for image in list(images(disk))[-SAMPLES:])


def test_what_a_failed_sync_covered_stays_in_doubt() -> None:
    """A sync that succeeds after one that failed makes nothing certain of what the first one covered."""
    disk = FakeDisk({LOG: b""})
    storage = FolderStorage(FOLDER, files=disk)
    disk.fail("fdatasync", errno.EIO)
    storage.append(b"one")
    with pytest.raises(OSError, match="Input/output"):
        storage.sync()
    storage.append(b"two")
    storage.sync()
    logs = {image[LOG] for image in list(images(disk, {LOG: b""}))[-SAMPLES:]}
    assert {b"\0\0\0two", b"onetwo"} < logs


def test_every_length_of_what_is_not_synced_is_tried() -> None:
    """Enumerating a log's states leaves out no length of the unsynced part, with every kind of tail."""
    disk = FakeDisk({LOG: b"ab"})
    storage = FolderStorage(FOLDER, files=disk)
    storage.append(b"cdef")
    logs = [state.image[LOG] for state in every_log_state(disk.journal, LOG, start={LOG: b"ab"})]
    assert {b"ab", b"abc", b"abcd", b"abcde", b"abcdef", b"ab\0\0\0\0", b"abcd\0\0"} <= set(logs)
    assert {len(log) for log in logs} == {2, 3, 4, 5, 6}


def test_a_full_disk_keeps_the_old_side_file_and_gives_room_back() -> None:
    """A put for which there is no room raises, leaves the old side file, and takes no room from the log."""
    disk = FakeDisk({LOG: b"", "side": b"old"}, bytes_max=10)
    storage = FolderStorage(FOLDER, files=disk)
    with pytest.raises(OSError, match="No space"):
        storage.put("side", b"new and longer")
    assert (storage.get("side"), storage.names()) == (b"old", ["side"])
    storage.append(b"1234567")
    assert storage.size() == 7


def test_a_write_that_takes_nothing_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that takes no byte and reports no error ends in an error, not in a loop."""
    disk = FakeDisk()
    storage = FolderStorage(FOLDER, files=disk)
    monkeypatch.setattr(FakeDisk, "write", lambda *_: 0)
    with pytest.raises(OSError, match="took nothing") as raised:
        storage.append(b"x")
    assert raised.value.errno == errno.ENOSPC


def test_a_log_can_be_looked_at_without_touching_it(tmp_path: Path) -> None:
    """Opened for reading, a folder without a log gets none, and a log cannot be changed."""
    with pytest.raises(FileNotFoundError):
        FolderStorage(tmp_path, writable=False)
    assert list(tmp_path.iterdir()) == []
    FolderStorage(tmp_path).append(b"here")
    storage = FolderStorage(tmp_path, writable=False)
    assert storage.read(0, 10) == b"here"
    with pytest.raises(OSError, match="descriptor"):
        storage.append(b"x")


def test_the_log_is_for_its_owner_alone(tmp_path: Path) -> None:
    """Neither the log nor a side file can be read by other users of the machine."""
    storage = FolderStorage(tmp_path)
    storage.put("side", b"")
    assert {path.name: path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {LOG: 0, "side": 0}
