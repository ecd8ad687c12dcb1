"""What a start does with a log: go on, cut a torn end off and say so, or refuse and leave all as it is."""

import errno
from types import SimpleNamespace

import pytest

from reference_app.articles.log import manifest
from reference_app.articles.log.record import Head, Record, frame
from reference_app.articles.log.recovery import (
    COPIES_MAX,
    COPY_BYTES_MAX,
    LogRefused,
    Recovered,
    TooManyCopies,
    keep_aside,
    put_once,
    recover,
)
from reference_app.articles.log.storage import LOG, FolderStorage
from tests.checkout import ROOT
from tests.reference_app.articles.fake_disk import FOLDER, FakeDisk
from tests.reference_app.articles.lines import MIXED, SINGLE, Log, flips, log_of
from tests.reference_app.articles.power_cut import crash_states

PLAIN = log_of(SINGLE)
BATCHES = log_of(MIXED)
TORN = PLAIN.content[:-5]
"""Event 29 is torn."""
START = PLAIN.heads[29].size
"""Where the torn end begins."""
ASIDE = f"{LOG}.broken-{START}-0"


def disk_of(log: bytes, *, known: int | None = -1) -> FakeDisk:
    named = {} if known is None else {manifest.NAME: manifest.encode(known)}
    return FakeDisk({LOG: log, **named})


def started(disk: FakeDisk, *, snapshot: int | None = None) -> tuple[list[Record], Recovered]:
    """Return what a start on the disk replays, and what it says."""
    records: list[Record] = []
    storage = FolderStorage(FOLDER, files=disk)
    loaded = None if snapshot is None else SimpleNamespace(seq=snapshot)
    try:
        return records, recover(storage, records.extend, snapshot=loaded)
    finally:
        storage.close()


def contents(disk: FakeDisk) -> dict[str, bytes]:
    return {name: disk.file(name) for name in disk.listdir(str(FOLDER))}


def refused(disk: FakeDisk, error: type[Exception], match: str, *, snapshot: int | None = None) -> None:
    """See a start refused, and nothing changed."""
    before = contents(disk)
    with pytest.raises(error, match=match):
        started(disk, snapshot=snapshot)
    assert contents(disk) == before


def test_an_empty_folder_is_a_new_log() -> None:
    """A first start has nothing to replay and nothing to say, and leaves a manifest."""
    disk = FakeDisk()
    assert started(disk) == ([], Recovered(Head(), ()))
    assert disk.file(manifest.NAME) == manifest.encode(-1)


@pytest.mark.parametrize("log", [PLAIN, BATCHES], ids=["single records", "batches"])
def test_a_whole_log_is_replayed(log: Log) -> None:
    """All events are replayed in order, the head is the log's end, and the manifest knows it from now on."""
    disk = disk_of(log.content)
    assert started(disk) == (log.records, Recovered(log.heads[-1], ()))
    assert disk.file(manifest.NAME) == manifest.encode(len(log.records) - 1)


def test_what_is_replayed_is_durable() -> None:
    """Lines that a killed process had not synced survive a power cut as soon as somebody may have read them."""
    disk = FakeDisk()
    storage = FolderStorage(FOLDER, files=disk)
    recover(storage, lambda _: None)
    storage.append(PLAIN.content)
    recover(storage, lambda _: None)
    disk.note("started")
    seen = 0
    for state in crash_states(disk.journal, seed=1, samples=4):
        if state.notes:
            seen += 1
            assert state.image[LOG] == PLAIN.content
    assert seen


def test_the_manifest_does_not_run_ahead_of_the_sync() -> None:
    """Whenever the power is cut while a start goes on, the next one does not miss what the manifest promises."""
    disk = FakeDisk()
    storage = FolderStorage(FOLDER, files=disk)
    recover(storage, lambda _: None)
    storage.append(TORN)
    recover(storage, lambda _: None)
    for state in crash_states(disk.journal, seed=2, samples=20):
        records, recovered = started(FakeDisk(state.image))
        assert records == PLAIN.records[: recovered.head.seq + 1]


def test_a_torn_end_is_kept_aside_and_cut_off_and_said() -> None:
    """The start goes on with the whole records; the torn bytes lie beside the log; a sentence tells (AR-11)."""
    disk = disk_of(TORN, known=20)
    records, recovered = started(disk)
    assert (records, recovered.head) == (PLAIN.records[:29], PLAIN.heads[29])
    assert contents(disk) == {
        LOG: PLAIN.content[:START],
        ASIDE: TORN[START:],
        manifest.NAME: manifest.encode(28),
    }
    (note,) = recovered.notes
    assert f"line 30, byte {START}: it has no end" in note
    assert f"Its last {len(TORN) - START} bytes" in note
    assert ASIDE in note


def test_a_batch_without_its_end_is_cut_off_whole() -> None:
    """Of a batch whose end was torn nothing is replayed, and all of it is kept aside."""
    disk = disk_of(BATCHES.content[:-5])
    records, recovered = started(disk)
    assert (records, recovered.head) == (BATCHES.records[:15], BATCHES.heads[15])
    assert disk.file(f"{LOG}.broken-{BATCHES.heads[15].size}-0") == b"".join(BATCHES.lines[15:])[:-5]


def test_a_power_cut_while_a_torn_end_is_cut_off_loses_nothing() -> None:
    """At whatever call it happens, the next start finds the same, and the torn bytes are safe once they are cut."""
    disk = disk_of(TORN)
    started(disk)
    start = {LOG: TORN, manifest.NAME: manifest.encode(-1)}
    for state in crash_states(disk.journal, seed=3, samples=20, start=start):
        again = FakeDisk(state.image)
        records, recovered = started(again)
        assert (records, recovered.head) == (PLAIN.records[:29], PLAIN.heads[29])
        assert again.file(ASIDE) == TORN[START:]


def test_another_torn_end_at_the_same_byte_is_kept_too() -> None:
    """Nothing that was kept aside is ever overwritten, and the same is not kept twice."""
    disk = disk_of(TORN)
    started(disk)
    other = TORN[:START] + b"rubbish"
    for log, name, kept in ((other, 1, b"rubbish"), (TORN, 0, TORN[START:]), (other, 1, b"rubbish")):
        again = FakeDisk({**contents(disk), LOG: log, manifest.NAME: manifest.encode(-1)})
        started(again)
        assert again.file(f"{LOG}.broken-{START}-{name}") == kept
        disk = again
    assert len([name for name in contents(disk) if "broken" in name]) == 2


def test_a_long_torn_end_is_kept_in_parts() -> None:
    """However long the end is, a bounded part of it is in memory, and the parts are named by where they begin."""
    disk = disk_of(b"\x00" * (COPY_BYTES_MAX + 3))
    storage = FolderStorage(FOLDER, files=disk)
    assert keep_aside(storage, 0) == [f"{LOG}.broken-0-0", f"{LOG}.broken-{COPY_BYTES_MAX}-0"]
    assert disk.file(f"{LOG}.broken-{COPY_BYTES_MAX}-0") == b"\x00" * 3


def test_copies_have_a_bound() -> None:
    """A folder is not filled with copies for ever."""
    disk = FakeDisk({f"a-{number}": b"old" for number in range(COPIES_MAX)})
    with pytest.raises(TooManyCopies):
        put_once(FolderStorage(FOLDER, files=disk), "a", b"new")


def test_nothing_is_cut_off_that_cannot_be_kept_aside() -> None:
    """With no room for the copy the start fails, and the log is as it was."""
    disk = disk_of(TORN)
    disk.fail("fsync", errno.EIO, at=2)  # The first is that of the folder, when the log is opened.
    with pytest.raises(OSError, match="Input/output"):
        started(disk)
    assert disk.file(LOG) == TORN


@pytest.mark.parametrize("number", range(29))
def test_a_bad_line_before_good_ones_is_refused(number: int) -> None:
    """The start names line, byte and reason, and where a repair would cut; nothing is changed (AR-11)."""
    at = PLAIN.heads[number].size
    log = PLAIN.content[: at + 50] + b"#" + PLAIN.content[at + 51 :]
    refused(disk_of(log), LogRefused, f"line {number + 1}, byte {at}: its checksum.*--truncate-at {at}`")


@pytest.mark.parametrize("known", range(30))
def test_a_log_shorter_than_its_manifest_is_refused(known: int) -> None:
    """A cut below what the manifest knows is refused, also between two lines; one after it is not (AR-11)."""
    for log in (PLAIN.content[: PLAIN.heads[known].size], PLAIN.content[: PLAIN.heads[known + 1].size - 1]):
        refused(disk_of(log, known=known), LogRefused, f"durable up to event {known}")
    assert started(disk_of(PLAIN.content[: PLAIN.heads[known + 1].size], known=known))[1].notes == ()


def test_a_log_shorter_than_its_snapshot_is_refused() -> None:
    """Without a manifest, a snapshot knows how long the log was."""
    refused(disk_of(TORN, known=None), LogRefused, "durable up to event 29", snapshot=29)
    refused(disk_of(b"", known=None), LogRefused, "durable up to event 0", snapshot=0)


@pytest.mark.parametrize("snapshot", [-1, 0, 5, 17])
def test_what_is_in_the_snapshot_is_not_replayed(snapshot: int) -> None:
    """All is checked, and only what comes after the snapshot is replayed."""
    records, recovered = started(disk_of(BATCHES.content), snapshot=snapshot)
    assert (records, recovered.head) == (BATCHES.records[snapshot + 1 :], BATCHES.heads[-1])


def test_another_format_is_refused() -> None:
    """A log of another version is not touched, whatever else its manifest says."""
    foreign = {manifest.NAME: frame(b'{"format":2,"hue":1}')}
    refused(FakeDisk({LOG: TORN, **foreign}), manifest.ForeignFormat, "format 2")


def test_every_flipped_bit_of_a_manifest_is_refused() -> None:
    """A manifest that was changed does not tell how long the log must be, so nothing is started on it."""
    for flipped in flips(manifest.encode(1234)):
        refused(FakeDisk({LOG: PLAIN.content, manifest.NAME: flipped}), manifest.BadManifest, "manifest")


@pytest.mark.parametrize(
    "content", [b"", b"{}", frame(b'{"format":1}'), frame(b"[]"), manifest.encode(3)[:-1]]
)
def test_what_is_no_manifest_is_refused(content: bytes) -> None:
    """Also with a right checksum, only what this program writes is a manifest."""
    refused(FakeDisk({LOG: b"", manifest.NAME: content}), manifest.BadManifest, "manifest")


def test_the_manifest_on_the_page_about_the_format_is_a_real_one() -> None:
    """What the page and the docstring show is what is written."""
    page = ROOT / "docs" / "articles-log-format.md"
    shown = manifest.encode(1999).decode().rstrip()
    assert shown in page.read_text()
    assert shown in (manifest.__doc__ or "")


def test_a_missing_manifest_is_said() -> None:
    """A log without its manifest is started on, and the operator told what cannot be known."""
    disk = disk_of(PLAIN.content, known=None)
    _, recovered = started(disk)
    assert [f"no {manifest.NAME}" in note for note in recovered.notes] == [True]
    assert disk.file(manifest.NAME) == manifest.encode(29)


def test_a_full_disk_does_not_keep_a_whole_log_from_starting() -> None:
    """When the manifest cannot be rewritten the one before holds, and the operator is told."""
    disk = disk_of(PLAIN.content, known=12)
    disk.fail("write", errno.ENOSPC, for_good=True)
    records, recovered = started(disk)
    assert records == PLAIN.records
    assert recovered.notes == (f"{manifest.NAME} could not be rewritten: No space left on device.",)
    assert disk.file(manifest.NAME) == manifest.encode(12)


def test_a_disk_that_cannot_sync_is_not_started_on() -> None:
    """When what was read cannot be made durable, nobody may see it."""
    disk = disk_of(PLAIN.content)
    disk.fail("fdatasync", errno.EIO)
    with pytest.raises(OSError, match="Input/output"):
        started(disk)
    assert disk.file(manifest.NAME) == manifest.encode(-1)
