"""Snapshots: whole or passed over, the same as the log, old or new whatever happens while one is made (AR-15)."""

import errno
from collections.abc import Sequence
from typing import Final

import pytest

from reference_app.articles.log import snapshots
from reference_app.articles.log.errors import SnapshotFailed
from reference_app.articles.log.record import Record, decode
from reference_app.articles.log.recovery import LogRefused, recover
from reference_app.articles.log.snapshots import BadSnapshot, Snapshot, load_newest, name_of
from reference_app.articles.log.snapshotter import build
from reference_app.articles.log.storage import LOG, FolderStorage
from tests.reference_app.articles.bench import Bench
from tests.reference_app.articles.fake_disk import FOLDER, FakeDisk
from tests.reference_app.articles.power_cut import crash_states
from tests.reference_app.articles.toy import ToyState, change, create, delete, replayed, run

BATCH_ENDS: Final = [0, 1, 4, 5, 6]
"""The events of `log_of` after which a snapshot may stand: 2, 3 and 4 are one batch."""
SEED: Final = 15
SAMPLES: Final = 30


class NewerState(ToyState):
    """A state that does not take what an older one has dumped."""

    @classmethod
    def load(cls, body: bytes) -> "NewerState":
        """Refuse."""
        raise KeyError(body)


@pytest.fixture(scope="module")
def log() -> bytes:
    """A log of seven events, three of them a batch."""
    bench = Bench()

    async def write() -> None:
        for decide in (create("a"), create("b"), create("c", "d", "e"), change("1", "B"), delete("0")):
            await bench.writer.do(decide)

    run(write())
    return bench.disk.file(LOG)


@pytest.fixture
def disk(log: bytes) -> FakeDisk:
    return FakeDisk({LOG: log})


@pytest.fixture
def storage(disk: FakeDisk) -> FolderStorage:
    return FolderStorage(FOLDER, files=disk)


@pytest.fixture
def records(log: bytes) -> list[Record]:
    return [decode(line) for line in log.splitlines()]


def test_any_changed_bit_is_seen(storage: FolderStorage) -> None:
    """A snapshot comes back as it was; with any one bit of it flipped it is bad."""
    made = build(storage, 6, ToyState)
    content = snapshots.encode(made)
    assert snapshots.decode(content) == made
    for bit in range(len(content) * 8):
        changed = bytearray(content)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(BadSnapshot):
            snapshots.decode(bytes(changed))


def test_any_missing_or_added_end_is_seen(storage: FolderStorage) -> None:
    """A snapshot that is shorter or longer than it was written is bad, an empty one too."""
    content = snapshots.encode(build(storage, 6, ToyState))
    for changed in (*(content[:length] for length in range(len(content))), content + b"\0", b"\n" + content):
        with pytest.raises(BadSnapshot):
            snapshots.decode(changed)


def test_a_snapshot_is_what_the_log_adds_up_to(storage: FolderStorage, records: list[Record]) -> None:
    """At the end of each batch, made from the log or from the one before, it holds that part of the log exactly."""
    for seq in BATCH_ENDS:
        alone = build(FolderStorage(FOLDER, files=FakeDisk({LOG: storage.read(0, 10_000)})), seq, ToyState)
        made = build(storage, seq, ToyState)
        assert (made, made.seq) == (alone, seq)
        assert made.body == replayed(records[: seq + 1]).dump()
        snapshots.save(storage, made)
        loaded = load_newest(storage, ToyState)
        assert (loaded.snapshot, loaded.notes) == (made, ())
        assert loaded.state.values == replayed(records[: seq + 1]).values


def test_a_snapshot_is_made_from_the_one_before(storage: FolderStorage) -> None:
    """What the snapshot before stands for is not added up again."""
    first = build(storage, 1, ToyState)
    marked = ToyState.load(first.body)
    marked.values["marked"] = True
    snapshots.save(storage, Snapshot(first.head, marked.dump()))
    assert ToyState.load(build(storage, 6, ToyState).body).values["marked"] is True
    assert "marked" not in ToyState.load(build(storage, 0, ToyState).body).values


@pytest.mark.parametrize(("seq", "reason"), [(2, "within a batch"), (3, "within a batch"), (7, "event 6")])
def test_there_is_no_snapshot_but_at_the_end_of_a_batch(
    storage: FolderStorage, seq: int, reason: str
) -> None:
    """Within a batch, and beyond the log's end, none is made."""
    with pytest.raises(SnapshotFailed, match=reason):
        build(storage, seq, ToyState)


def test_no_snapshot_is_made_of_a_bad_log(log: bytes) -> None:
    """A changed line before the snapshot's event is found while it is made."""
    changed = log.replace(b'"a"', b'"x"')
    with pytest.raises(SnapshotFailed, match="line 1, byte 0"):
        build(FolderStorage(FOLDER, files=FakeDisk({LOG: changed})), 6, ToyState)


def save_at(storage: FolderStorage, seqs: Sequence[int]) -> None:
    for seq in seqs:
        snapshots.save(storage, build(storage, seq, ToyState))


def spoil(disk: FakeDisk, seq: int) -> None:
    disk._contents[disk._names[name_of(seq)]][-1] ^= 1


def test_a_bad_snapshot_is_passed_over_for_the_one_before(disk: FakeDisk, storage: FolderStorage) -> None:
    """The newest that is good is taken, and each that is passed over is said; with none, all is added up."""
    save_at(storage, [1, 4, 6])
    for bad, expected in ((6, 4), (4, 1)):
        spoil(disk, bad)
        loaded = load_newest(storage, ToyState)
        assert loaded.snapshot is not None
        assert (loaded.snapshot.seq, name_of(bad) in loaded.notes[-1]) == (expected, True)
    spoil(disk, 1)
    loaded = load_newest(storage, ToyState)
    assert (loaded.snapshot, loaded.state.values, len(loaded.notes)) == (None, {}, 3)


def test_a_snapshot_of_another_version_of_the_state_is_passed_over(storage: FolderStorage) -> None:
    """What the state's class does not take leads to the whole log, not to a failed start."""
    save_at(storage, [6])
    loaded = load_newest(storage, NewerState)
    assert (loaded.snapshot, len(loaded.notes)) == (None, 1)


def test_a_snapshot_under_another_name_is_passed_over(disk: FakeDisk, storage: FolderStorage) -> None:
    """A copy under the name of another event is not taken for that one's."""
    save_at(storage, [4])
    disk.rename(str(FOLDER / name_of(4)), str(FOLDER / name_of(5)))
    assert load_newest(storage, ToyState).snapshot is None


def test_a_snapshot_of_another_log_is_passed_over(storage: FolderStorage) -> None:
    """A snapshot whose last line is not this log's is no snapshot of it."""
    other = Bench()
    run(one_by_one(other, 7))
    save_at(FolderStorage(FOLDER, files=other.disk), [3])
    storage.put(name_of(3), other.disk.file(name_of(3)))
    loaded = load_newest(storage, ToyState)
    assert loaded.snapshot is None
    assert "another line" in loaded.notes[0]


def test_a_log_shorter_than_its_snapshot_is_refused(storage: FolderStorage) -> None:
    """The start refuses a log that ends before the newest snapshot does: it was cut."""
    save_at(storage, [6])
    storage.truncate(build(storage, 5, ToyState).head.size)
    loaded = load_newest(storage, ToyState)
    assert loaded.snapshot is not None
    with pytest.raises(LogRefused, match="durable up to event 6"):
        recover(storage, loaded.state.apply, snapshot=loaded.snapshot)


def test_starting_from_a_snapshot_is_starting_from_the_log(
    storage: FolderStorage, records: list[Record]
) -> None:
    """Whatever snapshot a start begins with, the state and the head after the replay are the same."""
    expected = replayed(records)
    for seq in BATCH_ENDS:
        save_at(storage, [seq])
        loaded = load_newest(storage, ToyState)
        recovered = recover(storage, loaded.state.apply, snapshot=loaded.snapshot)
        assert (loaded.state.values, loaded.state.created) == (expected.values, expected.created)
        assert recovered.head.seq == 6


def test_five_are_kept(storage: FolderStorage) -> None:
    """The newest five stay, older ones are dropped when a new one is there."""
    save_at(storage, BATCH_ENDS)
    assert snapshots.seqs(storage) == BATCH_ENDS[::-1]
    bench = Bench()
    run(one_by_one(bench, 12))
    fresh = FolderStorage(FOLDER, files=bench.disk)
    save_at(fresh, range(12))
    assert snapshots.seqs(fresh) == [11, 10, 9, 8, 7]


async def one_by_one(bench: Bench, count: int) -> None:
    for number in range(count):
        await bench.writer.do(create(number))


def test_a_power_cut_while_one_is_made_leaves_old_or_new(
    storage: FolderStorage, disk: FakeDisk, records: list[Record]
) -> None:
    """Cut off at any call, the newest good snapshot is the one before or the new one, and no file is half there."""
    save_at(storage, [0, 1, 4, 5])
    start = {name: disk.file(name) for name in (*storage.names(), LOG)}
    crashing = FakeDisk(start)
    save_at(FolderStorage(FOLDER, files=crashing), [6])
    seen = set()
    for state in crash_states(crashing.journal, seed=SEED, samples=SAMPLES, start=start):
        left = FolderStorage(FOLDER, files=FakeDisk(state.image))
        loaded = load_newest(left, ToyState)
        assert loaded.snapshot is not None
        assert loaded.notes == ()
        assert loaded.state.values == replayed(records[: loaded.snapshot.seq + 1]).values
        seen.add(loaded.snapshot.seq)
    assert seen == {5, 6}


def test_a_snapshot_there_is_no_room_for_leaves_the_ones_before(
    disk: FakeDisk, storage: FolderStorage
) -> None:
    """When the disk is full the snapshots of before stay, and nothing half-written takes room."""
    save_at(storage, [1])
    names = storage.names()
    disk.fail("write", errno.ENOSPC)
    with pytest.raises(OSError, match="No space"):
        save_at(storage, [6])
    assert (storage.names(), list(disk._names)) == (names, [LOG, *names])
