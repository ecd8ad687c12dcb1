"""Logs to be damaged: their lines, and where each of them begins.

What this promises: a log of given batches, right in every respect, the same each time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reference_app.articles.log.record import Head, Record, digest, encode, timestamp
from reference_app.articles.log.scan import Scan, Verdict

START_US = 1_795_323_600_000_000
SINGLE = [1] * 30
MIXED = [1, 1, 3, 1, 2, 1, 4, 1, 1, 3]
"""18 records in 10 batches; the last three belong together."""


@dataclass(frozen=True)
class Log:
    """A log that is right."""

    records: list[Record]
    lines: list[bytes]
    """Each with its line feed."""
    heads: list[Head]
    """heads[n]: where the first n records end."""

    @property
    def content(self) -> bytes:
        """The file."""
        return b"".join(self.lines)

    def batch_start(self, number: int) -> int:
        """Return the number of the first record of record `number`'s batch."""
        txn = self.records[number].txn
        return number - (txn[0] if txn else 0)

    def whole_before(self, number: int) -> Head:
        """Return where the last batch ends that is over before record `number`."""
        if number >= len(self.records):
            return self.heads[-1]
        return self.heads[self.batch_start(number)]


def log_of(batches: Sequence[int], data: Any = None) -> Log:
    """Return a log of batches of so many records each; each holds `data`, or a small article."""
    log = Log([], [], [Head()])
    for size in batches:
        for k in range(size):
            seq, ts_us, prev, offset = log.heads[-1]
            ts_us = max(START_US, ts_us + 1_000)
            article = {"title": f"Article {seq + 1}", "content": "Naïve, \n and dull.", "version": 1}
            txn = (k, size) if size > 1 else None
            log.records.append(
                Record(seq + 1, timestamp(ts_us), "ArticleCreated", str(seq + 1), data or article, prev, txn)
            )
            line = encode(log.records[-1])
            log.lines.append(line)
            log.heads.append(Head(seq + 1, ts_us, digest(line[:-1]), offset + len(line)))
    return log


def changed(record: Record, **fields: Any) -> bytes:
    """Return the line, with a right checksum, of a record with other fields."""
    known = {name: getattr(record, name) for name in record.__struct_fields__}
    return encode(Record(**{**known, **fields}))


def scanned(content: bytes, *, known: int = -1, start: Head | None = None) -> tuple[list[Record], Verdict]:
    """Return what a walk along `content` hands out, and its verdict."""
    scan = Scan([content], durable_seq=known, start=start or Head())
    records = [record for batch in scan for record in batch]
    return records, scan.verdict


def flips(line: bytes) -> Iterator[bytes]:
    """Yield the line with each of its bits flipped, one at a time."""
    for bit in range(8 * len(line)):
        flipped = bytearray(line)
        flipped[bit // 8] ^= 1 << bit % 8
        yield bytes(flipped)
