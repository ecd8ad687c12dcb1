"""A walk along the log's lines, from any chunks of bytes: is it whole, is its end torn, is it corrupt (AR-11)?

What this promises: every line is checked for its CRC, its JSON, its place (`seq` without holes, `prev` the digest
of the line before, `ts` later, a batch complete). Only what passes is handed out, a batch never in part. What fails
is a torn tail only if a crash while writing can have left it: nothing sound comes after it, and it was not known
to be durable. Everything else is corruption, with line, byte and reason. Memory is bounded, whatever the bytes.

What it does not: it changes nothing and reads no disk. Bytes that are missing at the end, between two lines, are
missed only by what `durable_seq` knows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from reference_app.articles.log.record import (
    LINE_BYTES_MAX,
    BadLine,
    Head,
    Record,
    decode,
    digest,
    parse_timestamp,
    sound_records,
    timestamp,
)
from reference_app.articles.log.storage import Storage

CHUNK_BYTES: Final = 1024 * 1024
"""How much of a log is read at a time."""
EMPTY: Final = Head()
"""Where a log begins."""
BATCH_BYTES_MAX: Final = 64 * 1024 * 1024
"""The most that is held in memory of a batch whose end has not come: more than any command that is accepted."""


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing that is wrong."""

    line: int
    """Counted from 1, as `sed -n` does."""
    offset: int
    """The byte that the line begins at, counted from 0."""
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}, byte {self.offset}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Whole:
    """Nothing is wrong."""

    head: Head
    """Where the log ends."""


@dataclass(frozen=True, slots=True)
class TornTail:
    """The end was not written to its end: what a crash leaves, and nobody was promised."""

    head: Head
    """Where the whole part ends, and the tail begins."""
    fault: Fault


@dataclass(frozen=True, slots=True)
class Corrupt:
    """The log is not as it was written, in what may have been promised."""

    head: Head
    """Where the whole part ends."""
    fault: Fault


Verdict = Whole | TornTail | Corrupt


def chunks(storage: Storage, start: int = 0) -> Iterator[bytes]:
    """Yield the storage's log from byte `start`, in pieces of at most `CHUNK_BYTES`."""
    while chunk := storage.read(start, CHUNK_BYTES):
        yield chunk
        start += len(chunk)


def up_to(length: int, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the first `length` bytes of `pieces`, or all of them."""
    for piece in pieces:
        if length <= 0:
            return
        yield piece[:length]
        length -= len(piece)


class Scan:
    """One walk. Iterating yields lists of whole records in order; when it has ended, `verdict` says what was found.

    Args:
        pieces: the log's bytes from `start.size` to its end, in pieces of any size.
        durable_seq: the log is known to reach this event at least; -1 when nothing is known.
        start: where the walk begins: the head of a whole log that ends there.

    """

    verdict: Verdict
    durable_bytes: int
    """Where, as far as was walked, the last event ends that is known to be durable."""

    def __init__(self, pieces: Iterable[bytes], *, durable_seq: int = -1, start: Head = EMPTY) -> None:
        self._pieces = iter(pieces)
        self._durable_seq = durable_seq
        self._seq, self._prev, self._offset = start.seq, start.prev, start.size
        self.durable_bytes = start.size
        self._ts = timestamp(start.ts_us) if start.seq >= 0 else ""
        self._whole = start
        """Where the last whole batch ended; valid while a batch is open."""
        self._batch: list[Record] = []
        self._batch_events = 0

    def __iter__(self) -> Iterator[list[Record]]:
        rest = b""
        for piece in self._pieces:
            lines = (rest + piece).split(b"\n")
            rest = lines.pop()
            records: list[Record] = []
            reason = self._walk(lines, records)
            yield records
            if reason is None and len(rest) >= LINE_BYTES_MAX:
                reason = "it is longer than any record"
            if reason is not None:
                self.verdict = self._judge(reason, b"\n".join([*lines, rest]))
                return
        self.verdict = self._judge("it has no end", rest) if rest else self._judge_end()

    def _walk(self, lines: list[bytes], records: list[Record]) -> str | None:
        """Move what is whole from `lines` to `records`; leave the first bad line and the rest, say the reason."""
        for number, line in enumerate(lines):
            try:
                record = decode(line)
                self._refuse_out_of_place(record)
            except BadLine as bad:
                del lines[:number]
                return str(bad)
            if record.txn is None:
                records.append(record)
            else:
                self._gather(record, record.txn[1], records)
            self._seq, self._ts, self._prev = record.seq, record.ts, digest(line)
            self._offset += len(line) + 1
            if record.seq == self._durable_seq:
                self.durable_bytes = self._offset
        lines.clear()
        return None

    def _refuse_out_of_place(self, record: Record) -> None:
        if record.seq != self._seq + 1:
            raise BadLine(f"it is event {record.seq} where event {self._seq + 1} belongs")
        if record.prev != self._prev:
            raise BadLine("its prev is not the digest of the line before it")
        if record.ts <= self._ts:
            raise BadLine("its ts is not later than that of the line before it")
        if (record.txn or self._batch) and not self._is_next_of_batch(record):
            raise BadLine("it is not the next event of the batch that was begun")

    def _is_next_of_batch(self, record: Record) -> bool:
        if record.txn is None or record.txn[0] != len(self._batch):
            return False
        if not self._batch:
            return True
        return record.txn[1] == self._batch_events and self._offset - self._whole.size <= BATCH_BYTES_MAX

    def _gather(self, record: Record, events: int, records: list[Record]) -> None:
        """Hold an event back until its batch has come to its end."""
        if not self._batch:
            self._whole, self._batch_events = self._here(), events
        self._batch.append(record)
        if len(self._batch) == events:
            records += self._batch
            self._batch = []

    def _judge_end(self) -> Verdict:
        """Say what a log is whose lines are all right."""
        if self._batch:
            return self._torn_or_worse(self._fault("the log ends within a batch"))
        if self._seq < self._durable_seq:
            return self._torn_or_worse(self._fault("the log ends here"))
        return Whole(self._here())

    def _judge(self, reason: str, unread: bytes) -> Verdict:
        """Say what a log is whose first bad line begins `unread`."""
        sound = next(sound_offsets(chain([unread], self._pieces), self._offset), None)
        if sound is None:
            return self._torn_or_worse(self._fault(reason))
        if sound > self._offset:
            reason = f"{reason}; a sound record follows it at byte {sound}"
        return Corrupt(self._kept(), self._fault(reason))

    def _torn_or_worse(self, fault: Fault) -> TornTail | Corrupt:
        kept = self._kept()
        if kept.seq >= self._durable_seq:
            return TornTail(kept, fault)
        known = f"{fault.reason}; the log was durable up to event {self._durable_seq}"
        return Corrupt(kept, Fault(fault.line, fault.offset, known))

    def _fault(self, reason: str) -> Fault:
        return Fault(self._seq + 2, self._offset, reason)  # Event 0 stands in line 1.

    def _here(self) -> Head:
        if self._seq < 0:
            return EMPTY
        return Head(self._seq, parse_timestamp(self._ts), self._prev, self._offset)

    def _kept(self) -> Head:
        return self._whole if self._batch else self._here()


def judged(pieces: Iterable[bytes], *, durable_seq: int = -1, start: Head = EMPTY) -> Verdict:
    """Return what a walk finds, without the records."""
    scan = Scan(pieces, durable_seq=durable_seq, start=start)
    for _ in scan:
        pass
    return scan.verdict


def sound_offsets(pieces: Iterable[bytes], offset: int = 0) -> Iterator[int]:
    """Yield the byte of every sound record in `pieces`, which begin at byte `offset`, whatever else is among them.

    A line that was cut off just before its line feed, with nothing before or after it, is torn and does not count.
    """
    first, rest = offset, b""
    for piece in pieces:
        lines = (rest + piece).split(b"\n")
        rest = lines.pop()
        for line in lines:
            yield from (offset + start for start in sound_records(line))
            offset += len(line) + 1
        # A record that is longer than this is none: of a line without end, only its last part can be one.
        offset += max(0, len(rest) - LINE_BYTES_MAX)
        rest = rest[-LINE_BYTES_MAX:]
    yield from (offset + start for start in sound_records(rest) if offset + start > first)
