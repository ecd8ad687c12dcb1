"""Power cuts at every point of many workloads: nothing acknowledged is lost, nothing comes from nowhere (AR-16).

Each workload runs once on a disk that keeps a journal; then the power is cut before and after each call of it, and
a server is started on what may be left. The controls do the same to a disk or a writer that is known to be wrong.
"""

import asyncio
import errno
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, Final

import pytest

from reference_app.articles.log import writer
from reference_app.articles.log.keeping import Durability, Keeper
from reference_app.articles.log.storage import LOG, FolderStorage
from tests.reference_app.articles.crash_session import Session, violations
from tests.reference_app.articles.fake_disk import FakeDisk
from tests.reference_app.articles.power_cut import CrashState, crash_states, every_log_state
from tests.reference_app.articles.toy import change, delete, run

SEED: Final = 2026
SAMPLES: Final = 100
STATES_MIN: Final = 10_000
STARTS_EACH: Final = 10
"""A power cut during the start is tried on one state in so many."""
LOST: Final = "acknowledged events are lost"

Workload = Callable[[Session], Coroutine[Any, Any, None]]


async def singles(session: Session) -> None:
    """One client, one event at a time."""
    for _ in range(6):
        await session.create(1)
    await session.ask(change("2", next(session.values)))
    await session.ask(delete("1"))
    await session.stop()


async def groups(session: Session) -> None:
    """Several clients at once, who share a sync, and some who come while it is under way."""
    await session.create(1, 1, 1, 1)
    await asyncio.gather(session.create(1, 1), session.create(1))
    await session.ask(delete("0"), delete("0"), change("3", next(session.values)))
    await session.create(1, 1, 1)


async def batches(session: Session) -> None:
    """Batches alone, side by side, and among single events."""
    await session.create(4)
    await session.create(2, 1, 3)
    session.clock.move(-3600)
    await session.create(1, 5)


async def snapshots(session: Session) -> None:
    """Snapshots and checkpoints, more than are kept, between events."""
    for size in (1, 2, 1, 1, 3, 1, 1):
        await session.create(size, 1)
        await session.snapshot()
    await session.create(1)
    await session.writer.checkpoint()
    await session.create(1)


async def stops_and_starts(session: Session) -> None:
    """Clean stops, and starts after them, with and without a snapshot."""
    for _ in range(3):
        await session.create(1, 2)
        await session.stop()
        session.start()
        await session.create(1)
        await session.snapshot()
        await session.stop()
        session.start()


async def full_disk(session: Session) -> None:
    """No room, in the middle of a group and twice in a row, and room again."""
    await session.create(1, 1)
    for free in (250, 100, 0):
        session.disk.bytes_max = sum(len(session.disk.file(name)) for name in session.disk._names) + free
        await session.create(1, 2, 1)
        session.disk.heal()
        await session.create(1)
    await session.stop()


WORKLOADS: Final[list[Workload]] = [singles, groups, batches, snapshots, stops_and_starts, full_disk]


BYTE_BY_BYTE: Final[list[Workload]] = [singles, batches, full_disk]


def lived(workload: Workload, session: Session | None = None) -> Session:
    """Run a workload, on a disk that works if no session is given; return the session."""
    session = session or Session(FakeDisk())
    run(workload(session))
    return session


def distinct(states: Iterator[CrashState]) -> list[CrashState]:
    """Leave out what is the same: the same files after the same promises."""
    found = {(frozenset(state.image.items()), len(state.notes)): state for state in states}
    return list(found.values())


def sampled(session: Session) -> list[CrashState]:
    """Return what a power cut may have left at any point of this session."""
    return distinct(crash_states(session.disk.journal, seed=SEED, samples=SAMPLES))


def broken(session: Session) -> Iterator[str]:
    """Yield what power cuts break of what this session's clients were told."""
    return violations(sampled(session), session.disk)


@pytest.mark.parametrize("workload", WORKLOADS)
def test_no_power_cut_breaks_a_promise(workload: Workload) -> None:
    """Wherever the power is cut, a start on what is left keeps every promise made until then."""
    assert list(broken(lived(workload))) == []


def test_no_length_of_what_was_not_synced_breaks_a_promise() -> None:
    """More than 10,000 states, one for every byte that may have reached the disk last, keep every promise."""
    count = 0
    for workload in BYTE_BY_BYTE:
        session = lived(workload)
        states = distinct(every_log_state(session.disk.journal, LOG))
        assert list(violations(states, session.disk)) == []
        count += len(states)
    assert count >= STATES_MIN


@pytest.mark.parametrize("workload", [batches, snapshots])
def test_a_power_cut_during_a_start_is_no_other(workload: Workload) -> None:
    """Cut off while it recovers from one power cut, a start finds the same log at the next try."""
    for state in sampled(lived(workload))[::STARTS_EACH]:
        first = Session(FakeDisk(state.image))
        expected = first.disk.file(LOG)
        for again in distinct(crash_states(first.disk.journal, seed=SEED, samples=4, start=state.image)):
            assert Session(FakeDisk(again.image)).disk.file(LOG) == expected


def test_after_a_power_cut_writing_goes_on() -> None:
    """What is written after a start on any rest is kept by the next start, with all that was there."""

    async def go_on(session: Session) -> None:
        await session.create(1, 2)
        await session.snapshot()
        await session.create(1)

    for state in sampled(lived(batches)):
        session = Session(FakeDisk(state.image))
        there = session.disk.file(LOG)
        run(go_on(session))
        session.start()
        assert session.disk.file(LOG).startswith(there)
        assert session.writer.head.seq == there.count(b"\n") + 3


@pytest.mark.parametrize("workload", WORKLOADS)
def test_without_syncs_a_power_cut_takes_the_end_alone(workload: Workload) -> None:
    """In flush mode a power cut may take what came after a checkpoint, and breaks no other promise (AR-17)."""
    session = lived(workload, Session(FakeDisk(), Durability.FLUSH))
    assert [what for what in broken(session) if LOST not in what] == []


@pytest.mark.parametrize("at", range(1, 9))
def test_after_a_failed_sync_nothing_is_acknowledged(at: int) -> None:
    """Whichever sync fails, what was acknowledged before is there, and nothing is acknowledged after (AR-18)."""
    session = Session(FakeDisk())
    session.disk.fail("fdatasync", errno.EIO, at=session.disk.calls["fdatasync"] + at)
    lived(singles, session)
    assert sum(call.kind == "note" for call in session.disk.journal) == at - 1
    assert list(broken(session)) == []


async def syncs_fail_and_it_starts_again(session: Session) -> None:
    """A sync fails, somebody starts the server again on the same disk, which is well, and it goes on; twice."""
    for _ in range(2):
        await session.create(1, 2)
        session.disk.fail("fdatasync", errno.EIO)
        await session.create(2, 1)
        session.disk.heal()
        session.storage.close()
        session.start()
        await session.create(1)
        await session.snapshot()
        await session.create(1)


def test_a_start_after_a_failed_sync_keeps_what_it_finds() -> None:
    """What the sync that failed left in memory alone is on the disk before anything is built on it (AR-18)."""
    assert list(broken(lived(syncs_fail_and_it_starts_again))) == []


def test_a_start_that_trusts_a_second_sync_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: a start that syncs what it reads, and does not write it again, builds on what is on no disk."""
    monkeypatch.setattr(FolderStorage, "rewrite", lambda _storage, _start: None)
    assert any("refused" in what for what in broken(lived(syncs_fail_and_it_starts_again)))


class WritesLater(Keeper):
    """Control: says that a group is kept, and writes it when the next one comes."""

    later: tuple[bytes, int] | None = None

    def keep(self, data: bytes, start: int) -> None:
        """Write the group before."""
        now, self.later = self.later, (data, start)
        if now is not None:
            super().keep(*now)


class SyncsAgain(Keeper):
    """Control: tries a sync that failed once more."""

    def _sync(self) -> None:
        try:
            self._storage.sync()
        except OSError:
            self._storage.sync()


class CutsInPassing(Keeper):
    """Control: takes back what there was no room for, but not durably."""

    def _undo(self, start: int) -> None:
        self._storage.truncate(start)


class NamesFirst(FakeDisk):
    """Control: a side file gets its name before its content is synced."""

    def fsync(self, fd: int, /) -> None:
        """Sync the folder's names alone."""
        if self._file_of(fd).inode < 0:
            FakeDisk.fsync(self, fd)


@pytest.mark.parametrize("workload", WORKLOADS)
def test_a_disk_that_lies_is_caught(workload: Workload) -> None:
    """Control: on a disk whose syncs do nothing acknowledged events are lost, and the tests above see it."""
    session = lived(workload, Session(FakeDisk(lies=True)))
    assert any(LOST in what for what in broken(session))


@pytest.mark.parametrize("workload", [singles, groups, batches])
def test_an_answer_before_the_write_is_caught(workload: Workload, monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: a writer that answers before it has written is seen to lose what it acknowledged."""
    monkeypatch.setattr(writer, "Keeper", WritesLater)
    assert any(LOST in what for what in broken(lived(workload)))


def test_a_second_try_of_a_sync_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: a writer that syncs again after an error acknowledges what the disk has forgotten."""
    monkeypatch.setattr(writer, "Keeper", SyncsAgain)
    session = Session(FakeDisk())
    session.disk.fail("fdatasync", errno.EIO, at=session.disk.calls["fdatasync"] + 3)
    assert any(LOST in what for what in broken(lived(singles, session)))


def test_a_refusal_before_it_is_taken_back_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: a writer that says "no room" before the cut is durable is seen to keep what it refused."""
    monkeypatch.setattr(writer, "Keeper", CutsInPassing)
    assert any("were refused" in what for what in broken(lived(full_disk)))


def test_a_name_before_the_content_is_caught() -> None:
    """Control: where a manifest gets its name before its content is synced, a start is refused."""
    assert any("refused" in what for what in broken(lived(snapshots, Session(NamesFirst()))))
