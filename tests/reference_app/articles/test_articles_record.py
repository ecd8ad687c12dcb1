"""A record and its line: one to one, or refused."""

import hashlib
import json
import math
from datetime import UTC, datetime
from typing import Any

import google_crc32c
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_app.articles.log import record as record_module
from reference_app.articles.log.errors import CommandTooBig
from reference_app.articles.log.record import (
    BATCH_EVENTS_MAX,
    DEPTH_MAX,
    GENESIS,
    LINE_BYTES_MAX,
    BadLine,
    Record,
    RecordRefused,
    body,
    decode,
    digest,
    encode,
    frame,
    parse_timestamp,
    sound_records,
    timestamp,
)
from tests.reference_app.articles.lines import SINGLE, flips, log_of

TS = "2026-11-22T05:00:00.000000Z"
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=20,
)


def record(**fields: Any) -> Record:
    whole = {"seq": 0, "ts": TS, "type": "T", "entity_id": "7", "data": None, "prev": GENESIS}
    return Record(**{**whole, **fields})


def line_of(**fields: Any) -> bytes:
    """Return a framed line of a record's fields as they are, right or wrong, None for a missing one."""
    whole = {"seq": 0, "ts": TS, "type": "T", "entity_id": "7", "data": 1, "prev": GENESIS}
    kept = {name: value for name, value in {**whole, **fields}.items() if value is not None}
    return frame(json.dumps(kept, separators=(",", ":"), ensure_ascii=False).encode())[:-1]


def nested(depth: int) -> Any:
    data: Any = 1
    for number in range(depth):
        data = [data] if number % 2 else {"a": data}
    return data


def test_a_line_is_drawn_as_the_format_says() -> None:
    """The line is CRC32C in hex, a space, the compact JSON with its fields in order, a line feed."""
    written = (
        b'{"seq":0,"ts":"2026-11-22T05:00:00.000000Z","type":"ArticleCreated","entity_id":"7",'
        b'"data":{"title":"\xc3\xa9\\n"},"prev":"' + b"0" * 64 + b'","txn":[0,2]}'
    )
    line = encode(record(type="ArticleCreated", data={"title": "é\n"}, txn=(0, 2)))
    assert line == b"%08x %b\n" % (google_crc32c.value(written), written)
    assert len(line) == len(b"01234567 ") + len(written) + len(b"\n")


def test_the_checksum_is_crc32c() -> None:
    """The polynomial is Castagnoli's, by its published check value, in eight lower-case digits."""
    assert frame(b"123456789") == b"e3069283 123456789\n"
    assert frame(b"\x00" * 32) == b"8a9136aa " + b"\x00" * 32 + b"\n"


def test_the_digest_is_sha256_of_the_whole_line() -> None:
    """What the next record has as prev covers the checksum too, and not the line feed."""
    line = encode(record())
    assert digest(line[:-1]) == hashlib.sha256(line.rstrip(b"\n")).hexdigest()


@given(data=JSON, type_=TEXT.filter(lambda text: 0 < len(text) <= 100), entity_id=TEXT)
def test_what_is_kept_comes_back(data: Any, type_: str, entity_id: str) -> None:
    """Any JSON data comes back as it was, from one line that other programs read the same."""
    kept = record(data=data, type=type_, entity_id=entity_id[:200])
    line = encode(kept)
    assert line.count(b"\n") == 1
    assert decode(line[:-1]) == kept
    assert json.loads(line[9:])["data"] == data


@pytest.mark.parametrize(
    "data",
    [
        math.nan,
        math.inf,
        {"deep": [-math.inf]},
        (1, 2),
        {1: "a"},
        {1, 2},
        b"bytes",
        datetime(2026, 11, 22, tzinfo=UTC),
        "\ud800",
        object(),
        10**5000,
        nested(DEPTH_MAX + 1),
        nested(5000),
    ],
    ids=lambda data: type(data).__name__,
)
def test_data_that_would_come_back_otherwise_is_refused(data: Any) -> None:
    """What JSON cannot say, or says differently, is refused before it is written."""
    with pytest.raises(RecordRefused):
        encode(record(data=data))


def test_data_may_be_nested_up_to_the_bound() -> None:
    """The bound on depth is exact, and brackets within text do not count."""
    assert decode(encode(record(data=nested(DEPTH_MAX)))[:-1]).data == nested(DEPTH_MAX)
    assert decode(encode(record(data="[{" * 1000))[:-1]).data == "[{" * 1000
    assert decode(encode(record(data=[[]] * 1000))[:-1]).data == [[]] * 1000
    with pytest.raises(BadLine, match="nested"):
        decode(line_of(data=nested(DEPTH_MAX + 1)))
    with pytest.raises(BadLine):
        decode(frame(b"[" * 100_000)[:-1])


def test_a_line_has_a_bound() -> None:
    """The longest line is kept and read; one byte more is refused both ways."""
    fits = record(data="x" * (LINE_BYTES_MAX - len(encode(record(data="")))))
    assert len(encode(fits)) == LINE_BYTES_MAX
    assert decode(encode(fits)[:-1]) == fits
    too_long = record(data=fits.data + "x")
    with pytest.raises(CommandTooBig):
        encode(too_long)
    with pytest.raises(BadLine, match="longer"):
        decode(frame(body(too_long))[:-1])


WRONG: list[dict[str, Any]] = [
    {"seq": -1},
    {"seq": 2**53},
    {"seq": "0"},
    {"seq": 1.0},
    {"seq": True},
    {"ts": "2026-11-22T05:00:00Z"},
    {"ts": "2026-11-22T05:00:00.000000+00:00"},
    {"ts": "2026-11-22t05:00:00.000000Z"},
    {"ts": "2026-02-30T05:00:00.000000Z"},
    {"ts": "2026-11-22T24:00:00.000000Z"},
    {"ts": "2026-11-22T05:00:60.000000Z"},
    {"ts": "1969-12-31T23:59:59.999999Z"},
    {"ts": "٢٠٢٦-11-22T05:00:00.000000Z"},
    {"ts": f"{TS}\n"},
    {"ts": 5},
    {"type": ""},
    {"type": "T" * 101},
    {"type": 5},
    {"entity_id": "7" * 201},
    {"entity_id": 7},
    {"prev": "0" * 63},
    {"prev": "0" * 65},
    {"prev": "A" * 64},
    {"prev": f"{GENESIS}\n"},
    {"txn": [0, 1]},
    {"txn": [2, 2]},
    {"txn": [-1, 2]},
    {"txn": [0, BATCH_EVENTS_MAX + 1]},
    {"txn": [0]},
    {"txn": [0, 2, 3]},
    {"txn": ["0", 2]},
]


@pytest.mark.parametrize("fields", WRONG, ids=str)
def test_a_wrong_field_is_a_bad_line(fields: dict[str, Any]) -> None:
    """A line with a right checksum and a wrong field is no record; nor is it ever written."""
    decode(line_of())
    with pytest.raises(BadLine):
        decode(line_of(**fields))
    with pytest.raises(RecordRefused):
        encode(record(**fields))


@pytest.mark.parametrize("name", ["seq", "ts", "type", "entity_id", "data", "prev"])
def test_a_missing_field_is_a_bad_line(name: str) -> None:
    """Every field but txn must be there."""
    with pytest.raises(BadLine, match=name):
        decode(line_of(**{name: None}))


def test_an_unknown_field_is_a_bad_line() -> None:
    """A field that this format does not have is not passed over."""
    with pytest.raises(BadLine, match="hue"):
        decode(line_of(hue=1))


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (b'"seq":0', b'"seq": 0'),
        (b'"seq":0', b'"seq":-0'),
        (b'"seq":0,', b'"seq":5,"seq":0,'),
        (b'"type":"T","entity_id":"7"', b'"entity_id":"7","type":"T"'),
        (b'"type":"T"', b'"type":"\\u0054"'),
        (b'"data":1', b'"data":1e0'),
        (b'"data":1', b'"data":{"a":1,"a":1}'),
        (b'"data":1', b'"data":NaN'),
        (b'"data":1', b'"data":"\xff"'),
        (b'"data":1', b'"data":"\\ud800"'),
        (b'0"}', b'0","txn":null}'),
        (b'0"}', b'0"} '),
        (b'0"}', b'0"}{}'),
    ],
)
def test_other_bytes_for_the_same_record_are_a_bad_line(was: bytes, becomes: bytes) -> None:
    """There is one way to write a record; any other, its checksum right, is not what this program wrote."""
    written = line_of()[9:]
    assert was in written
    with pytest.raises(BadLine):
        decode(frame(written.replace(was, becomes))[:-1])


@pytest.mark.parametrize("line", [b"", b" ", b"00000000", b"00000000 ", b"0" * 9, b"\x00" * 300])
def test_what_is_no_line_is_a_bad_line(line: bytes) -> None:
    """Nothing, blanks and zeros are told, too: the checksum of nothing is 00000000."""
    with pytest.raises(BadLine, match="checksum"):
        decode(line)


def test_a_checksum_in_capitals_is_a_bad_line() -> None:
    """A `d` flipped to `D` is the same number and other bytes: it is found."""
    found = 0
    for line in log_of(SINGLE).lines:
        for place in range(8):
            flipped = bytearray(line[:-1])
            flipped[place : place + 1] = line[place : place + 1].upper()
            if flipped != line[:-1]:
                found += 1
                with pytest.raises(BadLine, match="checksum"):
                    decode(bytes(flipped))
    assert found > 30


def test_every_flipped_bit_is_a_bad_line() -> None:
    """No bit of a line may change without notice, its line feed aside."""
    line = log_of([1]).lines[0][:-1]
    for flipped in flips(line):
        with pytest.raises(BadLine):
            decode(flipped)


def test_a_sound_record_is_found_within_a_line() -> None:
    """A record is found at its place in a line if it reaches to the line's end, and only then."""
    one, two = (line[:-1] for line in log_of([1, 1]).lines)
    assert list(sound_records(one)) == [0]
    assert list(sound_records(one + b"\x0b" + two)) == [len(one) + 1]
    assert list(sound_records(one[1:] + two)) == [len(one) - 1]
    assert list(sound_records(one + b"\x0b")) == []
    assert list(sound_records(b"")) == []
    assert list(sound_records(frame(b'{"another":"program"}')[:-1])) == [0]


def test_data_that_looks_like_a_line_is_none() -> None:
    """Text that a client chose to look like a line of the log never passes for one."""
    forged = encode(record())[:-1].decode()
    line = encode(record(data={"text": forged, "more": [forged]}))[:-1]
    assert list(sound_records(line[1:])) == []


def test_time_reads_as_it_is_written() -> None:
    """A time has 27 characters, comes back to the microsecond, and has bounds."""
    assert timestamp(0) == "1970-01-01T00:00:00.000000Z"
    assert timestamp(1_795_323_600_000_001) == "2026-11-22T05:00:00.000001Z"
    last = parse_timestamp("9999-12-31T23:59:59.999999Z")
    assert timestamp(last) == "9999-12-31T23:59:59.999999Z"
    for outside in (-1, last + 1, 2**80):
        with pytest.raises(ValueError, match="µs is"):
            timestamp(outside)


@given(st.integers(0, parse_timestamp("9999-12-31T23:59:59.999998Z")))
def test_time_rises_as_text(instant_us: int) -> None:
    """One microsecond later is later as text, too (AR-8), and text goes back to the same instant."""
    assert timestamp(instant_us) < timestamp(instant_us + 1)
    assert parse_timestamp(timestamp(instant_us)) == instant_us


def test_the_line_in_the_docstring_is_no_fiction() -> None:
    """The fields stand in the docstring's drawing in the order in which they are written."""
    drawing = record_module.__doc__ or ""
    places = [drawing.index(f'"{name}":') for name in Record.__struct_fields__ if name != "txn"]
    assert places == sorted(places)
