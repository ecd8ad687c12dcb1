"""A log is brought back as it was at a snapshot, elsewhere (AR-15)."""

import pytest

from reference_app.articles.log.recovery import LogRefused, recover
from reference_app.articles.log.restoring import RestoreRefused, restore
from reference_app.articles.log.snapshots import BadSnapshot, name_of
from reference_app.articles.log.storage import LOG, FolderStorage
from tests.reference_app.articles.crash_session import Session
from tests.reference_app.articles.fake_disk import FOLDER, FakeDisk
from tests.reference_app.articles.power_cut import crash_states
from tests.reference_app.articles.toy import ToyState, run

SEQS = [1, 4, 6]


@pytest.fixture
def source() -> Session:
    """A log of eight events with three snapshots."""
    session = Session(FakeDisk())

    async def live() -> None:
        for size in (2, 3, 2):
            await session.create(size)
            await session.snapshot()
        await session.create(1)

    run(live())
    return session


def empty() -> FolderStorage:
    return FolderStorage(FOLDER, files=FakeDisk())


@pytest.mark.parametrize("seq", SEQS)
def test_a_server_that_starts_there_has_the_state_of_the_snapshot(source: Session, seq: int) -> None:
    """What is brought back has the first events, the state they add up to, and goes on from there."""
    disk = FakeDisk()
    head = restore(source.storage, seq, FolderStorage(FOLDER, files=disk))
    restored = Session(disk)
    assert (restored.writer.head, head.seq) == (head, seq)
    assert source.disk.file(LOG).startswith(disk.file(LOG))
    assert restored.state.values == {str(n): n for n in range(seq + 1)}
    without = ToyState()
    recover(restored.storage, without.apply)
    assert without.values == restored.state.values


def test_where_it_comes_from_is_not_touched(source: Session) -> None:
    """Bringing back changes nothing in the folder it reads."""
    calls = len(source.disk.journal)
    restore(source.storage, 4, empty())
    assert len(source.disk.journal) == calls


def test_a_folder_that_is_not_empty_is_refused(source: Session) -> None:
    """Neither a log nor a side file is ever overwritten."""
    log, side = empty(), empty()
    log.append(b"x")
    side.put("x", b"")
    for target in (log, side):
        with pytest.raises(RestoreRefused, match="empty folder"):
            restore(source.storage, 4, target)


def test_a_missing_or_bad_snapshot_is_refused(source: Session) -> None:
    """Without the snapshot that was named nothing is brought back."""
    target = empty()
    with pytest.raises(BadSnapshot):
        restore(source.storage, 5, target)
    source.storage.put(name_of(4), source.disk.file(name_of(4)) + b" ")
    with pytest.raises(BadSnapshot):
        restore(source.storage, 4, target)
    assert (target.size(), target.names()) == (0, [])


def test_a_log_that_is_bad_before_the_snapshot_is_refused(source: Session) -> None:
    """A changed line is found before anything is written."""
    log = source.disk.file(LOG).replace(b'"data":1', b'"data":7')
    bad = FakeDisk({LOG: log, name_of(6): source.disk.file(name_of(6))})
    target = empty()
    with pytest.raises(RestoreRefused, match="line 2"):
        restore(FolderStorage(FOLDER, files=bad), 6, target)
    assert (target.size(), target.names()) == (0, [])


def test_what_was_cut_off_half_way_is_not_taken_for_whole(source: Session) -> None:
    """After a power cut on the way a start finds nothing, or refuses, or finds all of it."""
    disk = FakeDisk()
    restore(source.storage, 4, FolderStorage(FOLDER, files=disk))
    seen: set[int | str] = set()
    for state in crash_states(disk.journal, seed=1, samples=40):
        try:
            seen.add(Session(FakeDisk(state.image)).writer.head.seq)
        except LogRefused:
            seen.add("refused")
    assert seen == {-1, "refused", 4}


def test_what_was_brought_back_survives_a_power_cut(source: Session) -> None:
    """Once it is done no power cut takes any of it away."""
    disk = FakeDisk()
    restore(source.storage, 4, FolderStorage(FOLDER, files=disk))
    for state in list(crash_states(disk.journal, seed=1, samples=40))[-40:]:
        assert Session(FakeDisk(state.image)).writer.head.seq == 4
