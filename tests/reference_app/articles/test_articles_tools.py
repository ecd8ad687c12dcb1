"""Verify, dump, repair: what an operator is told, and what is never lost without being asked for."""

import json
from pathlib import Path

import pytest

from reference_app.articles.log import manifest, snapshots
from reference_app.articles.log.record import body, frame
from reference_app.articles.log.recovery import LogRefused, recover
from reference_app.articles.log.scan import Corrupt, TornTail, Whole
from reference_app.articles.log.snapshots import Snapshot, name_of
from reference_app.articles.log.storage import LOG, FolderStorage
from reference_app.articles.log.tools import (
    Repaired,
    RepairRefused,
    WouldLoseEvents,
    dump,
    exit_code,
    repair,
    verify,
)
from tests.reference_app.articles.fake_disk import FOLDER, FakeDisk
from tests.reference_app.articles.lines import MIXED, SINGLE, log_of
from tests.reference_app.articles.power_cut import crash_states

PLAIN = log_of(SINGLE)
BATCHES = log_of(MIXED)
TORN = PLAIN.content[:-5]
BAD = 10
"""The number of the record that is bad in `CORRUPT`."""
CORRUPT = b"".join([*PLAIN.lines[:BAD], b"#" + PLAIN.lines[BAD][1:], *PLAIN.lines[BAD + 1 :]])


def storage_of(log: bytes, *, known: int | None = -1) -> FolderStorage:
    named = {} if known is None else {manifest.NAME: manifest.encode(known)}
    return FolderStorage(FOLDER, files=FakeDisk({LOG: log, **named}))


def all_of(storage: FolderStorage) -> bytes:
    return storage.read(0, storage.size())


def replayed_seq(storage: FolderStorage) -> int:
    """Return the last event after a start that had nothing to say."""
    recovered = recover(storage, lambda _: None)
    assert recovered.notes == ()
    return recovered.head.seq


@pytest.mark.parametrize(
    ("log", "known", "verdict", "code"),
    [
        (PLAIN.content, 29, Whole, 0),
        (b"", None, Whole, 0),
        (TORN, 28, TornTail, 5),
        (TORN, 29, Corrupt, 1),
        (CORRUPT, -1, Corrupt, 1),
        (b"", 0, Corrupt, 1),
    ],
)
def test_verify_tells_whole_torn_and_corrupt(log: bytes, known: int | None, verdict: type, code: int) -> None:
    """Whole is 0, corrupt 1, torn 5, and nothing is changed."""
    storage = storage_of(log, known=known)
    found = verify(storage)
    assert (type(found), int(exit_code(found))) == (verdict, code)
    assert (all_of(storage), manifest.load(storage)) == (
        log,
        None if known is None else manifest.Manifest(1, known),
    )


def test_verify_reads_a_folder_that_it_may_only_read(tmp_path: Path) -> None:
    """On a real folder, opened for reading, it works and leaves nothing behind."""
    (tmp_path / LOG).write_bytes(CORRUPT)
    storage = FolderStorage(tmp_path, writable=False)
    found = verify(storage)
    storage.close()
    assert isinstance(found, Corrupt)
    assert (found.fault.line, found.fault.offset) == (BAD + 1, PLAIN.heads[BAD].size)
    assert [path.name for path in tmp_path.iterdir()] == [LOG]


def test_verify_asks_the_newest_good_snapshot() -> None:
    """A log that a snapshot knows to have been longer is corrupt; a bad snapshot knows nothing."""
    storage = storage_of(PLAIN.content)
    for number in (10, 20):
        snapshots.save(storage, Snapshot(PLAIN.heads[number], b"state"))
    storage.truncate(PLAIN.heads[15].size)
    assert isinstance(verify(storage), Corrupt)
    storage.put(name_of(19), b"bad")
    assert verify(storage) == Whole(PLAIN.heads[15])


def test_dump_gives_the_json_of_whole_events() -> None:
    """Every line is the JSON that the log holds; a part of a batch and a torn end are left out."""
    assert list(dump(storage_of(BATCHES.content[:-1]), from_seq=0, to_seq=None)) == [
        body(record) for record in BATCHES.records[:15]
    ]
    assert [json.loads(line)["seq"] for line in dump(storage_of(TORN), from_seq=0, to_seq=None)] == list(
        range(29)
    )


@pytest.mark.parametrize(
    ("from_seq", "to_seq", "expected"),
    [
        (0, None, range(30)),
        (5, 7, range(5, 8)),
        (29, None, range(29, 30)),
        (0, 0, range(1)),
        (30, None, range(0)),
        (0, 99, range(30)),
        (5, 4, range(0)),
        (0, -1, range(0)),
    ],
)
def test_dump_gives_the_events_asked_for(from_seq: int, to_seq: int | None, expected: range) -> None:
    """From and to are both included, and may lie outside of the log."""
    dumped = dump(storage_of(PLAIN.content), from_seq=from_seq, to_seq=to_seq)
    assert [json.loads(line)["seq"] for line in dumped] == list(expected)


def test_dump_stops_at_a_corrupt_place() -> None:
    """What comes before it is given, then the place is named; an end that was asked for before it is an end."""
    dumped = dump(storage_of(CORRUPT), from_seq=0, to_seq=None)
    assert [json.loads(next(dumped))["seq"] for _ in range(BAD)] == list(range(BAD))
    with pytest.raises(LogRefused, match=f"line {BAD + 1},"):
        next(dumped)
    assert len(list(dump(storage_of(CORRUPT), from_seq=0, to_seq=BAD - 1))) == BAD


def test_a_torn_end_is_repaired_without_further_asking() -> None:
    """Nobody was promised what is torn: it is cut off, and kept aside as a start does."""
    storage = storage_of(TORN)
    start = PLAIN.heads[29].size
    aside = f"{LOG}.broken-{start}-0"
    assert repair(storage, truncate_at=start) == Repaired(PLAIN.heads[29], len(TORN) - start, 0, (aside,))
    assert (storage.get(aside), all_of(storage)) == (TORN[start:], TORN[:start])
    assert replayed_seq(storage) == 28


def test_a_batch_without_its_end_is_repaired_without_further_asking() -> None:
    """The lines of a batch that never came to its end were promised to nobody either."""
    storage = storage_of(BATCHES.content[:-1])
    assert repair(storage, truncate_at=BATCHES.heads[15].size).lost_events == 0


def test_kept_events_are_cut_off_only_when_asked_for() -> None:
    """Sound events after the place stand in the way, are counted, and change nothing until the loss is accepted."""
    storage = storage_of(CORRUPT, known=25)
    at = PLAIN.heads[BAD].size
    with pytest.raises(WouldLoseEvents, match="19 events"):
        repair(storage, truncate_at=at)
    assert (all_of(storage), storage.names()) == (CORRUPT, [manifest.NAME])
    done = repair(storage, truncate_at=at, accept_loss=True)
    assert (done.head, done.lost_events, done.cut_bytes) == (PLAIN.heads[BAD], 19, len(CORRUPT) - at)
    assert b"".join(storage.get(name) or b"" for name in done.copies) == CORRUPT[at:]
    assert replayed_seq(storage) == BAD - 1


def test_a_cut_that_took_kept_events_away_is_accepted_only_when_asked_for() -> None:
    """A log that is shorter than was known is made the new truth by the operator, not by itself."""
    storage = storage_of(PLAIN.content[: PLAIN.heads[20].size], known=29)
    with pytest.raises(WouldLoseEvents, match="10 events"):
        repair(storage, truncate_at=PLAIN.heads[20].size)
    assert repair(storage, truncate_at=PLAIN.heads[20].size, accept_loss=True).copies == ()
    assert replayed_seq(storage) == 19


def test_snapshots_of_what_was_cut_off_are_kept_aside() -> None:
    """A start after the repair is not refused for a snapshot of events that are gone; older snapshots stay."""
    storage = storage_of(CORRUPT, known=25)
    for number in (5, 20):
        snapshots.save(storage, Snapshot(PLAIN.heads[number], b"state"))
    done = repair(storage, truncate_at=PLAIN.heads[BAD].size, accept_loss=True)
    assert done.copies[-1] == f"{name_of(19)}.broken-0"
    assert snapshots.seqs(storage) == [4]
    assert verify(storage) == Whole(PLAIN.heads[BAD])


@pytest.mark.parametrize("number", range(31))
def test_a_repair_cuts_between_two_lines_only(number: int) -> None:
    """A byte within a line is refused with the byte that would do; so is one behind a bad line, or the log."""
    storage = storage_of(PLAIN.content)
    at = PLAIN.heads[number].size
    for byte in {at - 1, at + 1} - {-1}:
        with pytest.raises(RepairRefused, match=r"cannot be cut|would not be whole"):
            repair(storage, truncate_at=byte, accept_loss=True)
    assert all_of(storage) == PLAIN.content
    assert repair(storage, truncate_at=at, accept_loss=True).lost_events == 30 - number


@pytest.mark.parametrize("truncate_at", [-1, len(CORRUPT), PLAIN.heads[BAD + 1].size])
def test_a_repair_leaves_nothing_bad(truncate_at: int) -> None:
    """What would be left must be whole, and the message says up to where it is."""
    with pytest.raises(RepairRefused):
        repair(storage_of(CORRUPT), truncate_at=truncate_at, accept_loss=True)
    with pytest.raises(RepairRefused, match=f"would is {PLAIN.heads[BAD].size}"):
        repair(storage_of(CORRUPT), truncate_at=len(CORRUPT), accept_loss=True)


def test_a_repair_does_not_divide_a_batch() -> None:
    """The batch's beginning is the last byte at which the log would be whole."""
    with pytest.raises(RepairRefused, match=f"would is {BATCHES.heads[2].size}"):
        repair(storage_of(BATCHES.content), truncate_at=BATCHES.heads[3].size, accept_loss=True)


def test_a_bad_manifest_is_repaired_too() -> None:
    """Cutting nothing off writes a manifest that says what the log is."""
    storage = storage_of(PLAIN.content)
    storage.put(manifest.NAME, b"bad")
    assert repair(storage, truncate_at=len(PLAIN.content)) == Repaired(PLAIN.heads[-1], 0, 0, ())
    assert replayed_seq(storage) == 29


def test_a_foreign_log_is_not_repaired() -> None:
    """What another version wrote is left alone."""
    storage = storage_of(PLAIN.content)
    storage.put(manifest.NAME, frame(b'{"format":2}'))
    with pytest.raises(manifest.ForeignFormat):
        repair(storage, truncate_at=0, accept_loss=True)


def test_a_power_cut_during_a_repair_loses_nothing() -> None:
    """At whatever call it happens, no byte is lost, the manifest gives way last, and it can be made again."""
    disk = FakeDisk({LOG: CORRUPT, manifest.NAME: manifest.encode(25)})
    start = {name: disk.file(name) for name in (LOG, manifest.NAME)}
    at = PLAIN.heads[BAD].size
    repair(FolderStorage(FOLDER, files=disk), truncate_at=at, accept_loss=True)
    for state in crash_states(disk.journal, seed=4, samples=20, start=start):
        if state.image[manifest.NAME] != manifest.encode(25):
            assert state.image[LOG] == CORRUPT[:at]
        again = FolderStorage(FOLDER, files=FakeDisk(state.image))
        repair(again, truncate_at=at, accept_loss=True)
        assert all_of(again) == CORRUPT[:at]
        assert again.get(f"{LOG}.broken-{at}-0") == CORRUPT[at:]
        assert replayed_seq(again) == BAD - 1
