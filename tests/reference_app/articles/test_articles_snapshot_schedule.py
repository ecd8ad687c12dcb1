"""Snapshots of a real folder, made by real children while events are written (AR-15)."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any, Final

import pytest

from reference_app.articles.log import owner, snapshot_schedule, snapshots, snapshotter
from reference_app.articles.log.record import Head, decode
from reference_app.articles.log.snapshot_schedule import SnapshotSchedule
from reference_app.articles.log.snapshots import name_of
from reference_app.articles.log.storage import LOG, FolderStorage
from reference_app.articles.log.writer import Writer
from reference_app.exit_codes import ExitCode
from reference_app.logs import make_log
from tests.checkout import ROOT
from tests.fixtures.targets.process_table import with_variable
from tests.reference_app.articles.toy import Clock, ToyState, ToyView, create, replayed, run, silent_log

STATE: Final = "tests.reference_app.articles.toy:ToyState"
STUCK: Final = "tests.reference_app.articles.toy:StuckState"


@pytest.fixture(autouse=True)
def marker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """Marks this test's children, and lets them find the toy state."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("TEST_OF_SNAPSHOTS", str(tmp_path))
    return str(tmp_path)


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[FolderStorage]:
    with closing(FolderStorage(tmp_path)) as storage:
        yield storage


class Scheduled:
    """A writer and its schedule on a real folder."""

    def __init__(self, folder: Path, storage: FolderStorage, *, every: int = 10, state: str = STATE) -> None:
        self.said = StringIO()
        self.writer: Writer[ToyView] = Writer(storage, ToyState(), Head(), clock=Clock(), log=silent_log())
        self.schedule = SnapshotSchedule(
            folder,
            every=every,
            state=state,
            seq=-1,
            checkpoint=self.writer.checkpoint,
            log=make_log(self.said, "json"),
        )
        self.writer.listen(self.schedule.noticed)

    async def write(self, *sizes: int) -> None:
        """Write commands of so many events each, one after the other."""
        for size in sizes:
            await self.writer.do(create(*range(size)))

    def events(self) -> list[tuple[str, int]]:
        """Return what was said, and of which seq."""
        said = [json.loads(line) for line in self.said.getvalue().splitlines()]
        return [(line["event"], line["seq"]) for line in said]

    async def close(self) -> None:
        """Stop both."""
        await self.schedule.close()
        await self.writer.close()


def test_there_is_one_for_every_so_many_events(tmp_path: Path, storage: FolderStorage) -> None:
    """Under a load of 57 events with one every 10 there are five, each of them the log's state at its seq."""

    async def scenario() -> None:
        scheduled = Scheduled(tmp_path, storage)
        await scheduled.write(*[1] * 57)
        await scheduled.schedule.wait()
        assert scheduled.events() == [("snapshot_made", seq) for seq in (9, 19, 29, 39, 49)]
        await scheduled.close()

    run(scenario())
    records = [decode(line) for line in (tmp_path / LOG).read_bytes().splitlines()]
    for seq in (9, 19, 29, 39, 49):
        snapshot = snapshots.read(storage, seq)
        assert ToyState.load(snapshot.body).values == replayed(records[: seq + 1]).values


def test_a_snapshot_stands_where_a_batch_ends(tmp_path: Path, storage: FolderStorage) -> None:
    """A batch that passes a multiple, or several, is in the snapshot whole."""

    async def scenario() -> None:
        scheduled = Scheduled(tmp_path, storage)
        await scheduled.write(7, 8, 4, 25)
        await scheduled.schedule.wait()
        assert scheduled.events() == [("snapshot_made", 14), ("snapshot_made", 43)]
        await scheduled.close()

    run(scenario())


def test_none_is_made_when_none_is_asked_for(tmp_path: Path, storage: FolderStorage) -> None:
    """With 0 there are none."""

    async def scenario() -> None:
        scheduled = Scheduled(tmp_path, storage, every=0)
        await scheduled.write(20)
        await scheduled.schedule.wait()
        await scheduled.close()

    run(scenario())
    assert snapshots.seqs(storage) == []


def test_the_log_is_durable_and_noted_before_a_child_starts(
    tmp_path: Path, storage: FolderStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The manifest reaches the snapshot's event before the snapshot is made."""
    noted: list[bytes | None] = []

    async def run_child(_self: SnapshotSchedule, _seq: int) -> None:
        noted.append(storage.get("manifest.json"))

    async def scenario() -> None:
        monkeypatch.setattr(SnapshotSchedule, "_run_child", run_child)
        scheduled = Scheduled(tmp_path, storage)
        await scheduled.write(10)
        await scheduled.schedule.wait()
        await scheduled.close()

    run(scenario())
    assert [b'"durable_seq":9}' in (manifest or b"") for manifest in noted] == [True]


def test_only_what_would_be_kept_waits(
    tmp_path: Path, storage: FolderStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When snapshots are asked for faster than they are made, the newest are made, in order, one at a time."""
    made: list[int] = []

    async def run_child(_self: SnapshotSchedule, seq: int) -> None:
        made.append(seq)

    async def scenario() -> None:
        monkeypatch.setattr(SnapshotSchedule, "_run_child", run_child)
        scheduled = Scheduled(tmp_path, storage)
        for seq in range(9, 100, 10):
            scheduled.schedule.noticed(seq)
        await scheduled.schedule.wait()
        await scheduled.close()

    run(scenario())
    assert made == [59, 69, 79, 89, 99]


def test_one_that_cannot_be_made_is_said_and_the_next_is_tried(
    tmp_path: Path, storage: FolderStorage
) -> None:
    """While another process makes one, ours fails, with the reason; the next is made, and writing goes on."""

    async def scenario() -> None:
        scheduled = Scheduled(tmp_path, storage)
        other = owner.take(tmp_path, lock=snapshotter.LOCK)
        await scheduled.write(10)
        await scheduled.schedule.wait()
        other.release()
        await scheduled.write(10)
        await scheduled.schedule.wait()
        assert scheduled.events() == [("snapshot_failed", 9), ("snapshot_made", 19)]
        assert f"owned by process {os.getpid()}" in scheduled.said.getvalue()
        await scheduled.close()

    run(scenario())


def test_a_child_that_takes_too_long_is_killed(
    tmp_path: Path, storage: FolderStorage, monkeypatch: pytest.MonkeyPatch, marker: str
) -> None:
    """When its time is over a child is killed, and that is said."""
    monkeypatch.setattr(snapshot_schedule, "SNAPSHOT_S_MAX", 0.2)

    async def scenario() -> None:
        scheduled = Scheduled(tmp_path, storage, state=STUCK)
        await scheduled.write(10)
        await scheduled.schedule.wait()
        assert scheduled.events() == [("snapshot_failed", 9)]
        await scheduled.close()

    run(scenario())
    assert with_variable("TEST_OF_SNAPSHOTS", marker) - {os.getpid()} == set()


def test_no_child_outlives_the_schedule(tmp_path: Path, storage: FolderStorage, marker: str) -> None:
    """Closing kills the child that is at work; nothing new is started."""

    async def scenario() -> None:
        scheduled = Scheduled(tmp_path, storage, state=STUCK)
        await scheduled.write(10)
        await asyncio.sleep(0)
        await scheduled.close()
        scheduled.schedule.noticed(99)
        await scheduled.schedule.wait()
        assert scheduled.events() == []

    run(scenario())
    assert with_variable("TEST_OF_SNAPSHOTS", marker) - {os.getpid()} == set()


def run_snapshotter(*arguments: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", snapshotter.__name__, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_child_says_why_it_made_none(tmp_path: Path, storage: FolderStorage) -> None:
    """It ends with 0 and says nothing when the snapshot is there, with 1 and a sentence when it is not."""

    async def scenario() -> None:
        scheduled = Scheduled(tmp_path, storage, every=0)
        await scheduled.write(3, 1)
        await scheduled.close()

    run(scenario())
    done: Any = run_snapshotter(tmp_path, 3, STATE)
    assert (done.returncode, done.stderr, done.stdout) == (ExitCode.PROVEN, "", "")
    assert storage.get(name_of(3)) is not None
    done = run_snapshotter(tmp_path, 4, STATE)
    assert (done.returncode, done.stderr.count("\n")) == (ExitCode.NEGATIVE, 1)
    assert "the log ends at event 3" in done.stderr
