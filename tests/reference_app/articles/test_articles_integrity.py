"""AR-11: every flipped bit, every cut, and lines repeated, swapped, removed: each is diagnosed correctly.

What was flipped or cut is read again from the last whole batch before it, for what comes before is untouched; that
this gives the verdict of a walk from the beginning is tried here on samples, and in `test_articles_scan` on any.
"""

import pytest

from reference_app.articles.log.record import Head
from reference_app.articles.log.scan import Corrupt, Fault, TornTail, Verdict, Whole
from tests.reference_app.articles.lines import MIXED, SINGLE, Log, flips, log_of, scanned

LOGS = {"single records": log_of(SINGLE), "records and batches": log_of(MIXED)}
FULL_WALK_EVERY = 97
"""Of so many flips, one is also read from the beginning."""


@pytest.fixture(params=LOGS)
def log(request: pytest.FixtureRequest) -> Log:
    """One of the logs."""
    return LOGS[request.param]


def reread(log: Log, number: int, rest: bytes, *, known: int = -1) -> Verdict:
    """Return the verdict on a log that is `rest` from the beginning of record `number`'s batch on."""
    start = log.heads[log.batch_start(number)]
    records, verdict = scanned(
        log.content[start.size : log.heads[number].size] + rest, known=known, start=start
    )
    assert records == log.records[start.seq + 1 : verdict.head.seq + 1]
    return verdict


def found(verdict: Verdict) -> tuple[type[Verdict], Head, int, int]:
    """Return what is told of a fault, but for its reason."""
    assert not isinstance(verdict, Whole)
    return type(verdict), verdict.head, verdict.fault.line, verdict.fault.offset


def test_every_flip_before_the_last_record_is_corruption(log: Log) -> None:
    """Each bit, line feeds included, is found at its line and byte, never taken for a torn tail (AR-11)."""
    tried = 0
    for number, line in enumerate(log.lines[:-1]):
        after = b"".join(log.lines[number + 1 :])
        expected = (Corrupt, log.whole_before(number), number + 1, log.heads[number].size)
        for flipped in flips(line):
            tried += 1
            assert found(reread(log, number, flipped + after)) == expected
    assert tried == 8 * log.heads[-2].size


@pytest.mark.parametrize("behind", [0, 1, 5, None], ids=lambda behind: f"behind by {behind}")
def test_every_flip_in_the_last_record_is_torn_or_corrupt(log: Log, behind: int | None) -> None:
    """In the last record a flip looks like a torn end, unless the manifest knows it was durable (AR-11)."""
    last = len(log.records) - 1
    known = -1 if behind is None else last - behind
    whole = log.whole_before(last)
    expected = (Corrupt if known > whole.seq else TornTail, whole, last + 1, log.heads[last].size)
    for flipped in flips(log.lines[last]):
        assert found(reread(log, last, flipped, known=known)) == expected


def test_samples_read_from_the_beginning_are_told_the_same(log: Log) -> None:
    """Reading again only from the damaged batch on is no different from reading all."""
    for number, line in enumerate(log.lines):
        before, after = log.content[: log.heads[number].size], b"".join(log.lines[number + 1 :])
        for flipped in list(flips(line))[number % FULL_WALK_EVERY :: FULL_WALK_EVERY]:
            records, verdict = scanned(before + flipped + after)
            assert verdict == reread(log, number, flipped + after)
            assert records == log.records[: verdict.head.seq + 1]


def test_every_cut_keeps_exactly_the_whole_records_before_it(log: Log) -> None:
    """A cut anywhere leaves the whole batches before it; the rest, if there is any, is torn (AR-11)."""
    for number, line in enumerate(log.lines):
        whole = log.whole_before(number)
        for length in range(len(line)):
            verdict = reread(log, number, line[:length])
            if log.heads[number].size + length == whole.size:
                assert verdict == Whole(whole)
            else:
                assert found(verdict) == (TornTail, whole, number + 1, log.heads[number].size)


@pytest.mark.parametrize("known", [0, 7, 16, 17, 28, 29])
def test_every_cut_below_what_was_durable_is_refused(log: Log, known: int) -> None:
    """A cut, also one between two lines, is corruption exactly if it takes away what the manifest knows (AR-11)."""
    for number, line in enumerate(log.lines):
        whole = log.whole_before(number)
        for length in range(len(line)):
            verdict = reread(log, number, line[:length], known=known)
            assert isinstance(verdict, Corrupt) == (whole.seq < known)
            assert verdict.head == whole


def test_an_emptied_log_is_refused_if_anything_was_known(log: Log) -> None:
    """Nothing at all is a new log only as long as nobody knows better."""
    assert scanned(b"", known=0)[1] == Corrupt(
        Head(), Fault(1, 0, "the log ends here; the log was durable up to event 0")
    )
    assert reread(log, 0, b"") == Whole(Head())


def test_a_repeated_line_is_refused_wherever_it_stands(log: Log) -> None:
    """Each line, put in again after itself and at the end, is found there."""
    lines, end = log.lines, len(log.lines)
    for number in range(end):
        for place in {number + 1, end}:
            verdict = scanned(b"".join([*lines[:place], lines[number], *lines[place:]]))[1]
            assert found(verdict) == (Corrupt, log.whole_before(place), place + 1, log.heads[place].size)


def test_swapped_lines_are_refused(log: Log) -> None:
    """Any two lines in each other's place are found at the first of them."""
    for one in range(len(log.lines)):
        for other in range(one + 1, len(log.lines)):
            lines = log.lines.copy()
            lines[one], lines[other] = lines[other], lines[one]
            verdict = scanned(b"".join(lines))[1]
            assert found(verdict) == (Corrupt, log.whole_before(one), one + 1, log.heads[one].size)


def test_removed_lines_are_refused(log: Log) -> None:
    """Any lines taken out of the middle are found where they stood; at the end, by what was known."""
    end = len(log.lines)
    for one in range(end):
        for other in range(one + 1, end):
            verdict = scanned(b"".join(log.lines[:one] + log.lines[other:]))[1]
            assert found(verdict) == (Corrupt, log.whole_before(one), one + 1, log.heads[one].size)
        verdict = scanned(b"".join(log.lines[:one]), known=end - 1)[1]
        assert found(verdict) == (Corrupt, log.whole_before(one), one + 1, log.heads[one].size)


def test_every_checksum_in_capitals_is_refused(log: Log) -> None:
    """A checksum in capitals is the same number, and not what was written."""
    for number, line in enumerate(log.lines[:-1]):
        capitals = line[:8].upper() + line[8:]
        if capitals != line:
            verdict = reread(log, number, capitals + b"".join(log.lines[number + 1 :]))
            assert found(verdict) == (
                Corrupt,
                log.whole_before(number),
                number + 1,
                log.heads[number].size,
            )
