r"""A record and its line of bytes, one to one (AR-1, AR-10, AR-11).

    9f3b02c1 {"seq":7,"ts":"…","type":"ArticleCreated","entity_id":"7","data":…,"prev":"…"}⏎
    └──8───┘1└────────────── the JSON, compact, without a line feed ──────────────────────┘1
    CRC32C of the JSON's bytes, in lower-case hex, and a space

    seq    counts from 0, without holes
    ts     2026-11-22T05:00:00.000000Z: UTC, these digits and no others, later in each line
    prev   SHA-256, 64 lower-case hex digits, of all bytes of the line before, without its line feed; 64 zeros
           for the first
    txn    [k, n], only in a line of a batch, after prev: this is event k of n, k from 0, n from 2

What this promises: `decode(encode(record))` is the record, or `encode` refuses it; for every record there is one
line only, so any other bytes are a `BadLine`, even where they mean the same (a CRC in capitals, a space, fields
in another order, an escape that was not needed).

What it does not: it knows one line. Whether lines follow each other rightly is `scan`'s.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Annotated, Any, Final, NamedTuple

import google_crc32c
import msgspec
from msgspec import Meta

from reference_app.articles.log.errors import CommandTooBig, LogError
from reference_app.clock import EPOCH, MICROSECOND, utc_text

GENESIS: Final = "0" * 64
"""What stands as `prev` in the first line."""
LINE_BYTES_MAX: Final = 1024 * 1024
"""The longest line, with its line feed."""
BATCH_EVENTS_MAX: Final = 10_000
"""The most events that a batch may have: a reader holds an unfinished one in memory."""
DEPTH_MAX: Final = 64
"""How deep `data` may be nested: far from where a decoder gives up, on whatever stack it runs."""
TYPE_CHARACTERS_MAX: Final = 100
ENTITY_ID_CHARACTERS_MAX: Final = 200

_BODY_START: Final = 9
_TS: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z", re.ASCII
)
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_BEGINNING: Final = re.compile(rb'[0-9a-f]{8} \{"seq":')


class BadLine(LogError):
    """This line is no record as it was written."""


class RecordRefused(LogError):
    """This cannot be kept: it would not come back as it is."""


class Event(msgspec.Struct, frozen=True):
    """What somebody wants kept: `data` is any JSON value made of dict, list, str, int, float, bool and None."""

    type: str
    entity_id: str
    data: Any


class Record(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """An event in its place. The order of the fields is their order in the line."""

    seq: Annotated[int, Meta(ge=0, le=2**53 - 1)]
    """Counts from 0, without holes."""
    ts: str
    """When it was sealed, as `timestamp` writes it."""
    type: Annotated[str, Meta(min_length=1, max_length=TYPE_CHARACTERS_MAX)]
    entity_id: Annotated[str, Meta(max_length=ENTITY_ID_CHARACTERS_MAX)]
    data: Any
    prev: str
    """The `digest` of the line before."""
    txn: tuple[int, int] | None = None
    """k and n: event k, counted from 0, of a batch of n. None: an event of its own."""


_encoder: Final = msgspec.json.Encoder()
_decoder: Final = msgspec.json.Decoder(Record)


class Head(NamedTuple):
    """Where the log ends."""

    seq: int = -1
    """The last event's; -1 when there is none."""
    ts_us: int = -1
    """The last event's time, in microseconds since 1970."""
    prev: str = GENESIS
    """The digest of the last line, which the next one carries."""
    size: int = 0
    """The log's length in bytes."""


def encode(record: Record) -> bytes:
    """Return the record's line with its line feed.

    Raises:
        RecordRefused: decoded again it would be another one (NaN, a tuple, a lone surrogate), or a field is wrong.
        CommandTooBig: the line would be longer than `LINE_BYTES_MAX`.

    """
    try:
        written = body(record)
        back = _record(written)
    except (BadLine, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise RecordRefused(f"This cannot be kept: {error}") from error
    if back != record:
        raise RecordRefused
    line = frame(written)
    if len(line) > LINE_BYTES_MAX:
        raise CommandTooBig(f"An event takes {len(line)} bytes; the most is {LINE_BYTES_MAX}.")
    return line


def decode(line: bytes) -> Record:
    """Return the record of a line without its line feed; raise BadLine, with the reason, for any other bytes."""
    written = unframe(line)
    if len(line) >= LINE_BYTES_MAX:
        raise BadLine(f"it is longer than {LINE_BYTES_MAX} bytes")
    record = _record(written)
    if _encoder.encode(record) != written:
        raise BadLine("its JSON is not written the way records are")
    return record


def digest(line: bytes) -> str:
    """Return what the next record has as `prev`: SHA-256, in hex, of the line without its line feed."""
    return hashlib.sha256(line).hexdigest()


def body(record: Record) -> bytes:
    """Return the record's compact JSON, unchecked."""
    return _encoder.encode(record)


def frame(written: bytes) -> bytes:
    """Return `written` as a line: its CRC, a space, itself, a line feed."""
    return b"%08x %b\n" % (google_crc32c.value(written), written)


def unframe(line: bytes) -> bytes:
    """Return what a line without its line feed frames; raise BadLine when its CRC is another."""
    if not _is_framed(line):
        raise BadLine("its checksum is not that of its content")
    return line[_BODY_START:]


def sound_records(line: bytes) -> Iterator[int]:
    """Yield where in `line` something with a right checksum begins, that reaches to the line's end.

    Usually that is the whole line, at 0. Where a line feed was changed, two lines look like one bad one: the second
    is found at its place in it.
    """
    if _is_framed(line):
        yield 0
    for match in _BEGINNING.finditer(line, 1):
        if _is_framed(line[match.start() :]):
            yield match.start()


def timestamp(instant_us: int) -> str:
    """Return `2026-11-22T05:00:00.000000Z` for microseconds since 1970 in UTC: as text in the order of time.

    Raises ValueError before 1970 and after the year 9999.
    """
    if instant_us < 0:
        raise ValueError(f"{instant_us} µs is before 1970.")
    try:
        return utc_text(instant_us)
    except OverflowError as error:
        raise ValueError(f"{instant_us} µs is after the year 9999.") from error


def parse_timestamp(ts: str) -> int:
    """Return the microseconds since 1970 of a `timestamp`; raise BadLine for any other text."""
    if not _TS.fullmatch(ts):
        raise BadLine("its ts is no time as records have it")
    try:
        instant_us = (datetime.fromisoformat(ts) - EPOCH) // MICROSECOND
    except ValueError as error:
        raise BadLine("its ts is no day of the calendar") from error
    if instant_us < 0:
        raise BadLine("its ts is before 1970")
    return instant_us


def _record(written: bytes) -> Record:
    try:
        record = _decoder.decode(written)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise BadLine(f"its JSON is no record: {error}") from error
    parse_timestamp(record.ts)
    if not _DIGEST.fullmatch(record.prev):
        raise BadLine("its prev is no SHA-256 in hex")
    if record.txn is not None and not _is_txn(*record.txn):
        raise BadLine("its txn is not [k, n] with 0 <= k < n")
    # There are at least as many brackets as levels: most records are found flat without a walk.
    if written.count(b"{") + written.count(b"[") > DEPTH_MAX and _is_deeper(record.data, DEPTH_MAX):
        raise BadLine(f"its data is nested more than {DEPTH_MAX} deep")
    return record


def _is_txn(k: int, n: int) -> bool:
    return 0 <= k < n and 2 <= n <= BATCH_EVENTS_MAX  # noqa: PLR2004 - a batch of one has no txn


def _is_deeper(data: Any, depth_max: int) -> bool:
    level = [data]
    for _ in range(depth_max):
        level = [inner for value in level for inner in _inner(value)]
    return any(isinstance(value, dict | list) for value in level)


def _inner(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _is_framed(line: bytes) -> bool:
    written = line[_BODY_START:]
    # The bytes are compared: as a number, a `d` that was flipped to `D` would be the same.
    return bool(written) and line[:_BODY_START] == b"%08x " % google_crc32c.value(written)
