"""The walk along a log: what it hands out, and what it calls whole, torn and corrupt."""

import tracemalloc
from collections.abc import Iterator
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_app.articles.log.record import LINE_BYTES_MAX, Head, Record, frame
from reference_app.articles.log.scan import (
    BATCH_BYTES_MAX,
    Corrupt,
    Fault,
    Scan,
    TornTail,
    Whole,
    sound_offsets,
)
from tests.reference_app.articles.lines import MIXED, SINGLE, changed, log_of, scanned

RUBBISH = Random(1).randbytes(3 * LINE_BYTES_MAX)  # noqa: S311 - the same each time
LOG = log_of(MIXED)
PLAIN = log_of(SINGLE)
CUTS = st.lists(st.integers(0, len(LOG.content)), max_size=20).map(sorted)


def cut_up(content: bytes, cuts: list[int]) -> list[bytes]:
    """Return `content` in pieces that end at `cuts`, empty ones among them."""
    bounds = [0, *cuts, len(content)]
    return [content[start:end] for start, end in pairwise(bounds)]


def told(content: bytes, *, known: int = -1) -> str:
    """Return the reason that a corrupt log is refused with."""
    verdict = scanned(content, known=known)[1]
    assert isinstance(verdict, Corrupt)
    return verdict.fault.reason


def test_a_whole_log_is_handed_out_whole() -> None:
    """All records come, in order, and the head is where the next one goes."""
    assert scanned(LOG.content) == (LOG.records, Whole(LOG.heads[-1]))
    assert scanned(PLAIN.content, known=29) == (PLAIN.records, Whole(PLAIN.heads[-1]))


def test_an_empty_log_is_whole_when_nothing_was_known() -> None:
    """A new log has no event, and its head is the beginning."""
    assert scanned(b"") == ([], Whole(Head()))
    assert told(b"", known=0) == "the log ends here; the log was durable up to event 0"


@given(cuts=CUTS, end=st.integers(0, len(LOG.content)), known=st.integers(-1, 18))
def test_the_pieces_do_not_matter(cuts: list[int], end: int, known: int) -> None:
    """However the bytes are handed over, the same records and the same verdict come out."""
    content = LOG.content[:end]
    scan = Scan(cut_up(content, [min(cut, end) for cut in cuts]), durable_seq=known)
    records = [record for batch in scan for record in batch]
    assert (records, scan.verdict) == scanned(content, known=known)


@given(number=st.integers(0, 18), end=st.integers(0, len(LOG.content)), known=st.integers(-1, 18))
def test_a_walk_may_begin_at_any_batch(number: int, end: int, known: int) -> None:
    """From the head of a whole part on, the verdict is that of the whole log."""
    start = LOG.whole_before(number)
    content = LOG.content[: max(end, start.size)]
    records, verdict = scanned(content, known=known)
    assert scanned(content[start.size :], known=known, start=start) == (records[start.seq + 1 :], verdict)


def test_a_batch_is_never_handed_out_in_part() -> None:
    """Whatever piece comes at a time, the events of a batch come together."""
    lists = list(Scan([bytes([byte]) for byte in LOG.content]))
    sizes = [len(records) for records in lists if records]
    assert sizes == MIXED


def test_a_log_that_ends_within_a_batch_is_torn_where_the_batch_begins() -> None:
    """Lines of a batch whose end is missing belong to the torn tail, whole as they are."""
    verdict = scanned(b"".join(LOG.lines[:-1]))[1]
    assert verdict == TornTail(LOG.heads[15], Fault(18, LOG.heads[17].size, "the log ends within a batch"))


@pytest.mark.parametrize(
    "tail", [b"\x00" * 9_000, b"\n", b"\n\n\n", b"rubbish", RUBBISH[:9_000], PLAIN.lines[2][:-1]]
)
def test_what_a_crash_leaves_is_torn(tail: bytes) -> None:
    """Zeros, blank lines, rubbish or a part of a line after the last sound record are a torn tail."""
    content = b"".join(PLAIN.lines[:2]) + tail
    records, verdict = scanned(content, known=1)
    assert isinstance(verdict, TornTail)
    assert (records, verdict.head) == (PLAIN.records[:2], PLAIN.heads[2])
    assert (verdict.fault.line, verdict.fault.offset) == (3, PLAIN.heads[2].size)


def test_what_was_known_to_be_durable_is_never_a_torn_tail() -> None:
    """The last line cut, bad or within a batch that was durable is corruption (AR-11)."""
    cut = PLAIN.content[:-1]
    assert isinstance(scanned(cut, known=28)[1], TornTail)
    assert told(cut, known=29) == "it has no end; the log was durable up to event 29"
    assert told(PLAIN.content + b"x", known=30) == "it has no end; the log was durable up to event 30"
    assert told(LOG.content[:-1], known=15).startswith("it has no end;")


def test_zeros_before_a_sound_record_are_corruption() -> None:
    """A sound record after what cannot be read is never given up, wherever in a line it begins."""
    content = b"".join([*PLAIN.lines[:5], b"\x00" * 4096, *PLAIN.lines[5:6]])
    at = PLAIN.heads[5].size + 4096
    assert told(content) == f"its checksum is not that of its content; a sound record follows it at byte {at}"


def test_a_sound_record_far_behind_is_found() -> None:
    """The look ahead goes to the end of the log, through lines longer than any record."""
    rubbish = RUBBISH.replace(b"\n", b"")
    last = PLAIN.lines[3]
    content = b"".join([*PLAIN.lines[:3], rubbish, last[:-1]])
    at = PLAIN.heads[3].size + len(rubbish)
    pieces = cut_up(content, list(range(0, len(content), 100_000)))
    scan = Scan(pieces)
    assert [record for batch in scan for record in batch] == PLAIN.records[:3]
    assert scan.verdict == Corrupt(
        PLAIN.heads[3],
        Fault(
            4, PLAIN.heads[3].size, f"it is longer than any record; a sound record follows it at byte {at}"
        ),
    )


def test_a_sound_record_across_two_pieces_is_found() -> None:
    """Wherever the look ahead is interrupted between two pieces, it misses nothing."""
    content = b"\x00" * 100 + PLAIN.lines[0]
    for cut in range(len(content)):
        assert list(sound_offsets(cut_up(content, [cut]), 1_000)) == [1_100]


def test_every_sound_record_is_counted() -> None:
    """What could still be read can be counted, whatever is among it."""
    content = b"x\n".join([b"", *PLAIN.lines, b"y"])
    assert len(list(sound_offsets([content]))) == 30


PLACES: list[tuple[str, bytes]] = [
    ("it is event 9 where event 7 belongs", changed(PLAIN.records[7], seq=9)),
    ("it is event 6 where event 7 belongs", changed(PLAIN.records[7], seq=6)),
    ("its prev is not the digest of the line before it", changed(PLAIN.records[7], prev="0" * 64)),
    (
        "its ts is not later than that of the line before it",
        changed(PLAIN.records[7], ts=PLAIN.records[6].ts),
    ),
    ("it is not the next event of the batch that was begun", changed(PLAIN.records[7], txn=(1, 2))),
]


@pytest.mark.parametrize(("reason", "line"), PLACES, ids=[reason for reason, _ in PLACES])
@pytest.mark.parametrize("after", [0, 1])
def test_a_sound_line_out_of_its_place_is_corruption(reason: str, line: bytes, after: int) -> None:
    """A line that is right by itself and stands wrong was not left by a crash, not even as the last one."""
    content = b"".join([*PLAIN.lines[:7], line, *PLAIN.lines[8 : 8 + after]])
    assert scanned(content) == (
        PLAIN.records[:7],
        Corrupt(PLAIN.heads[7], Fault(8, PLAIN.heads[7].size, reason)),
    )


@pytest.mark.parametrize("txn", [(2, 3), (0, 3), (1, 4), None])
def test_a_batch_goes_on_as_it_began(txn: tuple[int, int] | None) -> None:
    """After event 0 of 3 comes event 1 of 3 and nothing else."""
    line = changed(LOG.records[3], txn=txn)
    assert scanned(b"".join([*LOG.lines[:3], line])) == (
        LOG.records[:2],
        Corrupt(
            LOG.heads[2],
            Fault(4, LOG.heads[3].size, "it is not the next event of the batch that was begun"),
        ),
    )


def test_a_line_of_another_program_is_corruption() -> None:
    """A last line whose checksum is right was written so: it is no torn tail, record or not."""
    verdict = scanned(PLAIN.content + frame(b'{"hue":1}'))[1]
    assert isinstance(verdict, Corrupt)
    assert verdict.fault.reason.startswith("its JSON is no record")


def test_a_fault_reads_as_line_byte_and_reason() -> None:
    """What an operator is told names the line as `sed -n` counts, the byte as `head -c` does, and the reason."""
    assert str(Fault(4, 812, "it has no end")) == "line 4, byte 812: it has no end"


def test_an_unfinished_batch_is_not_gathered_for_ever() -> None:
    """A batch that outgrows what any command may have is bad, so that memory has a bound."""
    big = log_of([80], data="x" * (LINE_BYTES_MAX - 300))
    assert len(big.content) > BATCH_BYTES_MAX
    scan = Scan(big.lines)
    assert [record for batch in scan for record in batch] == []
    assert isinstance(scan.verdict, Corrupt)
    assert scan.verdict.fault.offset <= BATCH_BYTES_MAX + LINE_BYTES_MAX


def test_a_long_log_is_not_held_in_memory() -> None:
    """A walk holds a few pieces at a time, whole or bad, however long the log is."""

    def endless(piece: bytes) -> Iterator[bytes]:
        yield PLAIN.content
        for _ in range(40):
            yield piece

    for piece in (bytes(1_000_000), (b"x" * 999 + b"\n") * 1_000, b"\n" + b"y" * 999_999):
        tracemalloc.start()
        scan = Scan(endless(piece))
        records: list[Record] = [record for batch in scan for record in batch]
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert len(records) == 30
        assert isinstance(scan.verdict, TornTail)
        assert peak < 20_000_000
