"""What the harness makes of what it sees: its own reading of a log, good answers, histories."""

from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from fixtures.generator.outcomes import Outcome
from fixtures.generator.requests import Ended, Request
from fixtures.histories.judging import judge_history
from fixtures.systems.articles import history as histories
from fixtures.systems.articles import log_file, order
from fixtures.systems.articles.requests import draft, found
from reference_app.articles.log.record import frame
from reference_app.articles.state import beginning, checksum
from tests.articles.lines import changed, log_of

LOG: Final = log_of([1, 3, 1, 1], beginning("A title", "Naïve,\nand dull."))
LAST: Final = LOG.records[-1]
FIRST_LINES: Final = b"".join(LOG.lines[:-1])

DRAFT: Final = draft(3, 60)
GOOD: Final = {"id": 7, **DRAFT, "created_at": "", "version": 2, "checksum": checksum(**DRAFT)}
BAD: Final = {**GOOD, "content": "another"}
SHORT_DRAFT: Final = {**DRAFT, "content": DRAFT["content"][:-1]}
SHORT: Final = {**GOOD, **SHORT_DRAFT, "checksum": checksum(**SHORT_DRAFT)}
"""An article that is whole, and not what was sent."""
CHANGED_DRAFT: Final = draft(7, 60, ", changed")
CHANGED: Final = {**GOOD, **CHANGED_DRAFT, "checksum": checksum(**CHANGED_DRAFT)}


def _raw(old: bytes, new: bytes) -> bytes:
    """Return the last line with other bytes in it, and the right CRC of those."""
    assert old != new
    return frame(LOG.lines[-1][9:-1].replace(old, new, 1))


def test_a_good_log_is_read_whole() -> None:
    """Without a fault each event is there, as it was written; an empty log is a good one."""
    read = log_file.parse(LOG.content)
    assert (read.faults, read.size) == ([], len(LOG.content))
    assert [(event.seq, event.ts, event.txn) for event in read.events] == [
        (record.seq, record.ts, record.txn) for record in LOG.records
    ]
    assert (dict(read.types), read.created) == ({"ArticleCreated": 6}, list(range(6)))
    assert (log_file.parse(b"").faults, log_file.parse(b"").events) == ([], [])


def test_what_is_live_follows_from_the_events() -> None:
    """The data of an article's last event is what it is; what was deleted is not live, but was created."""
    events: list[Any] = [
        log_file.Event(seq, "", kind, entity, data, "")
        for seq, (kind, entity, data) in enumerate([
            ("ArticleCreated", "0", {"title": "a"}), ("ArticleCreated", "1", {"title": "b"}),
            ("UserCreated", "0", {}), ("ArticleUpdated", "1", {"title": "B"}), ("ArticleDeleted", "0", {}),
        ])
    ]  # fmt: skip
    read = log_file.LogFile(events)
    assert (read.live, read.created) == ({1: {"title": "B"}}, [0, 1])


@pytest.mark.parametrize(
    ("last", "fault"),
    [
        (LOG.lines[-1].replace(b"dull", b"duil"), "its CRC is another one"),
        (LOG.lines[-1][:8].upper() + LOG.lines[-1][8:], "its CRC is another one"),
        (LOG.lines[-1].replace(b" ", b"  ", 1), "its CRC is another one"),
        (LOG.lines[-1][:-1], "it has no line feed"),
        (LOG.lines[-1][:-9], "it has no line feed"),
        (changed(LAST, seq=LAST.seq + 1), "it is event 6, not 5"),
        (changed(LAST, seq=LAST.seq - 1), "it is event 4, not 5"),
        (changed(LAST, prev="f" * 64), "its prev is not the digest of the line before it"),
        (_raw(LAST.prev.encode(), LAST.prev.upper().encode()), "its prev is not the digest of the line"),
        (changed(LAST, ts=LOG.records[-2].ts), "is not later than"),
        (changed(LAST, ts=LOG.records[0].ts), "is not later than"),
        (_raw(b'Z","type"', b'","type"'), "as text of the same length"),
        (changed(LAST, data={**LAST.data, "title": "Another"}), "the checksum of article 5 is another one"),
        (changed(LAST, data={**LAST.data, "checksum": checksum("a", "b")}), "the checksum of article 5"),
        (changed(LAST, txn=(1, 2)), "it is (1, 2) of a batch where None belongs"),
        (frame(b'{"seq":5}'), "it is no event"),
        (frame(b"[]"), "it is no event"),
        (b"\n", "its CRC is another one"),
    ],
)  # fmt: skip
def test_each_fault_of_a_line_is_seen(last: bytes, fault: str) -> None:
    """One thing is wrong with the last line: it is blamed by its number, and by what is wrong."""
    first, *_ = log_file.parse(FIRST_LINES + last).faults
    assert first.startswith("line 6: ")
    assert fault in first


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ([0, 1, 2, 3, 5], 5), ([0, 1, 2, 3, 4, 4, 5], 6), ([0, 1, 2, 3, 5, 4], 5), ([1, 2, 3, 4, 5], 1),
        ([0, 2, 3, 4, 5], 2), ([0, 1, 3, 4, 5], 3), ([0, 1, 2, 4, 5], 4),
    ],
    ids=["missing", "twice", "swapped", "no first", "a batch's first", "its second", "its last"],
)  # fmt: skip
def test_lines_out_of_their_row_are_seen(lines: list[int], line: int) -> None:
    """A line that is missing, repeated or moved is found where the row breaks."""
    faults = log_file.parse(b"".join(LOG.lines[each] for each in lines)).faults
    assert faults[0].startswith(f"line {line}: ")


@pytest.mark.parametrize("txn", [(0, 3), (1, 3), (2, 4), None])
def test_a_batch_that_breaks_off_is_seen(txn: tuple[int, int] | None) -> None:
    """In a batch of three the last is the first, the second, another batch's or nobody's: told."""
    line = changed(LOG.records[3], txn=txn)
    expected = f"line 4: it is {txn} of a batch where (2, 3) belongs"
    assert expected in log_file.parse(b"".join(LOG.lines[:3]) + line).faults


def test_a_batch_that_the_log_ends_in_is_seen() -> None:
    """A log that ends within a batch has a part of what is kept all or none."""
    assert log_file.parse(b"".join(LOG.lines[:3])).faults != []


def test_bytes_that_are_no_text_are_seen() -> None:
    """A bit that was flipped within a text is a fault of its line, and no end of the reading."""
    flipped = LOG.lines[-1].replace(b"dull", b"d\xf5ll")
    assert log_file.parse(FIRST_LINES + flipped).faults[0] == "line 6: its CRC is another one"


def test_only_the_first_faults_are_told() -> None:
    """Of many faults some are told; every event that can be read is."""
    read = log_file.parse(b"".join(line.replace(b" ", b"  ", 1) for line in log_of([1] * 30).lines))
    assert len(read.faults) == log_file.FAULTS_MAX


def test_a_log_is_read_from_its_folder(tmp_path: Path) -> None:
    """A folder without a log has a size of 0, and reading it fails by the file's name."""
    assert log_file.size(tmp_path) == 0
    with pytest.raises(AssertionError, match=r"events\.raftlog"):
        log_file.read(tmp_path)
    (tmp_path / log_file.NAME).write_bytes(LOG.content)
    assert (log_file.size(tmp_path), log_file.read(tmp_path).faults) == (len(LOG.content), [])


@pytest.mark.parametrize(
    ("kind", "key", "body", "expected"),
    [
        ("create", 3, GOOD, ([(7, 2)], True)), ("create", 3, BAD, ([(7, 2)], False)),
        ("read", 7, GOOD, ([(7, 2)], True)), ("read", 3, GOOD, ([(7, 2)], False)),
        ("read", 7, BAD, ([(7, 2)], False)), ("change", 7, CHANGED, ([(7, 2)], True)),
        ("change", 7, GOOD, ([(7, 2)], False)), ("change", 8, CHANGED, ([(7, 2)], False)),
        ("delete", 7, None, ([(7, 0)], True)),
        ("batch", 3, {"items": [GOOD]}, ([(7, 2)], True)), ("batch", 2, {"items": [GOOD]}, ([(7, 2)], False)),
        ("create", 4, GOOD, ([(7, 2)], False)), ("batch", 0, {"items": []}, ([], False)),
        ("batch", 0, {"items": [GOOD, BAD]}, ([(7, 2), (7, 2)], False)),
        ("batch", 0, GOOD, ([], False)), ("create", 3, {"items": [GOOD]}, ([], False)),
        ("create", 3, SHORT, ([(7, 2)], False)), ("batch", 3, {"items": [SHORT]}, ([(7, 2)], False)),
        ("create", 3, {**GOOD, "id": "7"}, ([], False)), ("read", 7, [], ([], False)),
    ],
)  # fmt: skip
def test_an_answer_is_good_if_it_is_whole_and_fits(
    kind: str, key: int, body: Any, expected: tuple[list[tuple[int, int]], bool]
) -> None:
    """Its article has its texts' checksum and is the one that was asked for; nothing else is good."""
    content = b"" if body is None else msgspec.json.encode(body)
    assert expected == found(
        Ended(Request(kind, key, b"", len(DRAFT["content"])), 0.0, 0.0, 200, content, "")
    )


def test_what_is_no_json_is_no_good_answer() -> None:
    """An answer that breaks off, or is something else, tells of no article."""
    for content in (b"", b"{", b"<html>", msgspec.json.encode(GOOD)[:-1]):
        assert found(Ended(Request("create", 3, b""), 0.0, 0.0, 201, content, "")) == ([], False)


def create(key: int, status: int, at_s: float = 1.0) -> Outcome:
    """Return what became of the request to create article `key`, sent then and over a second later."""
    seen = [(key, 1)] if status == 201 else []
    return Outcome(key % 2, "create", key, at_s, at_s + 1, status, seen, bool(seen), "")


def read(key: int, status: int, at_s: float, version: int = 1) -> Outcome:
    """Return what became of a request for article `key`."""
    seen = [(key, version)] if status == 200 else []
    return Outcome(5, "read", key, at_s, at_s + 1, status, seen, bool(seen), "")


@pytest.mark.parametrize(
    ("status", "is_open", "is_granted"),
    [(201, False, True), (0, True, False), (503, True, False), (507, False, False), (413, False, False)],
)
def test_what_may_have_happened_stays_open(
    status: int,
    is_open: bool,  # noqa: FBT001
    is_granted: bool,  # noqa: FBT001
) -> None:
    """No answer and the 503 of a disk that failed leave it open; a full disk's 507 has kept nothing."""
    add, final = histories.of_creates([create(4, status)], [], 9.0).operations
    assert (add.is_open, add.ok) == (is_open, is_granted)
    assert (add.client, add.request, add.invoked_s) == ("client 0", "Article 4", 1.0)
    assert (final.answer, final.ok, final.completed_s) == ([], True, 9.0)


@pytest.mark.parametrize(
    ("statuses", "there", "verdict"),
    [
        ([201, 201], [0, 1], "valid"), ([201, 201], [1, 0], "valid"), ([201, 503], [0], "valid"),
        ([201, 503], [0, 1], "valid"), ([201, 0], [0], "valid"), ([201, 0], [0, 1], "valid"),
        ([201, 507], [0], "valid"), ([507, 503], [], "valid"), ([201, 201], [0], "invalid"),
        ([201, 201], [0, 1, 1], "invalid"), ([201, 507], [0, 1], "invalid"), ([201], [0, 1], "invalid"),
    ],
)  # fmt: skip
def test_creates_are_judged_by_what_was_found(statuses: list[int], there: list[int], verdict: str) -> None:
    """Acknowledged articles are there once, refused ones are not, open ones may be; there are no others."""
    outcomes = [create(key, status) for key, status in enumerate(statuses)]
    history = histories.of_creates([*outcomes, read(0, 200, 3.0)], [f"Article {key}" for key in there], 9.0)
    assert (judge_history(history).verdict, len(history.operations)) == (verdict, len(statuses) + 1)


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        ([create(0, 201), read(0, 200, 3.0)], "valid"),
        ([create(0, 201), read(0, 404, 3.0)], "invalid"),
        ([create(0, 201), read(0, 404, 1.5)], "valid"),
        ([create(0, 201), read(1, 404, 3.0)], "valid"),
        ([create(0, 0), read(0, 404, 3.0)], "valid"),
        ([read(0, 404, 1.0), read(0, 200, 3.0), read(0, 200, 5.0)], "valid"),
        ([read(0, 200, 1.0), read(0, 404, 3.0)], "invalid"),
        ([read(0, 200, 1.0), read(0, 404, 1.5)], "valid"),
        ([read(0, 200, 1.0, 2), read(0, 200, 3.0, 1)], "invalid"),
        ([read(0, 200, 1.0), read(0, 503, 3.0)], "invalid"),
        ([read(0, 200, 1.0), read(0, 0, 5.0)], "valid"),
        ([create(0, 201), read(0, 503, 3.0)], "invalid"),
        ([create(0, 201), read(0, 0, 3.0)], "unknown"),
    ],
)
def test_reads_are_judged_by_what_was_seen(outcomes: list[Outcome], verdict: str) -> None:
    """Whoever asks after an article was acknowledged, or seen, sees it; any other answer is version 0."""
    assert judge_history(histories.of_reads(outcomes)).verdict == verdict


def test_of_a_history_that_is_wrong_the_part_about_it_is_kept() -> None:
    """A report draws what belongs to the lost title, and judging it again gives the same verdict."""
    outcomes = [create(key, 201, float(key)) for key in range(50)]
    history = histories.of_creates(outcomes, [f"Article {key}" for key in range(50) if key != 17], 99.0)
    judgement = judge_history(history)
    assert judgement.first is not None
    kept = histories.around(history, judgement.first)
    assert [each.request for each in kept.operations] == ["Article 17", None]
    assert judge_history(kept).verdict == "invalid"


EVENTS: Final = [
    log_file.Event(seq, "", kind, entity, None, "")
    for seq, (kind, entity) in enumerate(
        [("ArticleCreated", "0"), ("ArticleUpdated", "0"), ("ArticleCreated", "1"), ("CommentAdded", "0")]
    )
]
CHANGE: Final = Outcome(0, "change", 0, 3.0, 4.0, 200, [(0, 2)], is_good=True, error="")


@pytest.mark.parametrize(
    ("outcomes", "misplaced"),
    [
        ([create(0, 201, 1.0), create(1, 201, 3.0)], 0),
        ([create(1, 201, 1.0), create(0, 201, 3.0)], 1),
        ([create(1, 201, 1.0), create(0, 201, 1.5)], 0),
        ([create(1, 201, 1.0), create(0, 503, 3.0)], 0),
        ([create(1, 201, 1.0), CHANGE], 1),
        ([create(0, 201, 1.0), CHANGE, create(1, 201, 5.0)], 0),
        ([], 0),
    ],
)  # fmt: skip
def test_events_stand_in_the_order_of_their_answers(outcomes: list[Outcome], misplaced: int) -> None:
    """What was asked for after something else was acknowledged stands behind it; at the same time, anywhere."""
    assert len(order.against(EVENTS, outcomes)) == misplaced
