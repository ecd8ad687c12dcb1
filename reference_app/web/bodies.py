"""Bodies in and out: bytes that a client sent become a checked value, or a clear error that names the field.

Nothing here counts bytes; `reference_app.web.limits` has done that before. Work that grows with a body is linear,
and large bodies are read in a thread: nobody waits for what somebody else has sent.
"""

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor
from math import isfinite
from typing import Any, Final, TypeVar
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from reference_app.web.bad_input import BadField, BadRequest, Malformed, TooDeep, WrongMediaType

DEPTH_MAX: Final = 32
AT_ONCE_BYTES_MAX: Final = 65_536
"""A larger body is read in a thread, one after the other, so that others are served meanwhile (SV-7)."""
WORDED_BYTES_MAX: Final = 16_384
"""Of a larger body that is no JSON no field is named."""
SLICE_BYTES: Final = 65_536
MESSAGE_CHARACTERS_MAX: Final = 1_000
FORM_FIELDS_MAX: Final = 20
ONE_KIND: Final = bytes.maketrans(b"{}", b"[]")
NO_BRACKETS: Final = bytes(sorted(set(range(256)) - set(b"[]{}")))
OPENING: Final = ord("[")
ESCAPING: Final = b"\\"
AT_PATH: Final = re.compile(r"^(?P<message>.*) - at `\$\.?(?P<path>.*)`$", re.DOTALL)
ESCAPE: Final = b"\\u"
UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
UNKNOWN_FIELD: Final = re.compile(r"contains unknown field `(?P<name>[^`]*)`")
MISSING_FIELD: Final = re.compile(r"missing required field `(?P<name>[^`]*)`")

T = TypeVar("T")
_encoder: Final = msgspec.json.Encoder()
_large_ones: Final = ThreadPoolExecutor(1, thread_name_prefix="large-bodies")


async def read_json(request: Request, kind: type[T]) -> T:
    """Return the request's JSON body as a `kind`, a msgspec Struct.

    Raises:
        WrongMediaType, Malformed, TooDeep, BadField: in that order of checks.

    """
    _check_media_type(request, "application/json")
    body = await _body(request)
    if len(body) <= AT_ONCE_BYTES_MAX:
        return _value(body, kind)
    return await asyncio.get_running_loop().run_in_executor(_large_ones, _value, body, kind)


def _value(body: bytes | bytearray, kind: type[T]) -> T:
    _check_depth(body)
    try:
        value = msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        raise _bad_field(str(error)) from None
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        raise _malformed(body) from None
    if ESCAPE in body:  # JSON has no other way to say what cannot be stored
        _check_text(value)
    return value


async def read_form(request: Request, kind: type[T]) -> T:
    """Return the request's URL-encoded form as a `kind`, whose fields are all strings; others are ignored."""
    _check_media_type(request, "application/x-www-form-urlencoded")
    body = await _body(request)
    try:
        pairs = parse_qsl(
            body.decode(), keep_blank_values=True, max_num_fields=FORM_FIELDS_MAX, errors="strict"
        )
        value = msgspec.convert(dict(pairs), kind)
    except msgspec.ValidationError as error:
        raise _bad_field(str(error)) from None
    except ValueError:
        raise Malformed("The body is not a well-formed form.") from None
    _check_text(value)
    return value


def answer(value: msgspec.Struct, status: int = 200) -> Response:
    """Return `value` as a JSON answer."""
    return Json(_encoder.encode(value), status)


class Json(Response):
    """An answer of JSON that is written already."""

    def __init__(self, body: bytes, status: int) -> None:
        self.status_code = status
        self.background = None
        self.body = body
        # As Response would make them, which goes through every header that it may have been given.
        self.raw_headers = [(b"content-length", b"%d" % len(body)), (b"content-type", b"application/json")]


async def _body(request: Request) -> bytes | bytearray:
    """Return the whole body. Starlette's own way, through a stream that may be read twice, takes twice as long.

    A body of many pieces grows in one place: pieces beside each other would lie in the heap, which gives nothing
    back below a small object that stays (SV-8).
    """
    body = bytearray()
    while True:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        piece: bytes = message.get("body", b"")
        is_whole = not message.get("more_body", False)
        if is_whole and not body:
            return piece
        body += piece
        if is_whole:
            return body


def _check_media_type(request: Request, wanted: str) -> None:
    sent = next((value for name, value in request.scope["headers"] if name == b"content-type"), b"")
    found = sent.decode("latin-1").partition(";")[0].strip().lower()
    if found != wanted:
        raise WrongMediaType(
            f"The body must be {wanted}, not {found!r}." if found else f"The body must be {wanted}."
        )


def _check_depth(body: bytes | bytearray) -> None:
    """Refuse JSON that is too deep. Linear, no call of C takes long: a large body must not hold up others (SV-7).

    What stands between quotes is left out, then all but the brackets, a slice after the other. Of what is no JSON
    some brackets have no partner: that is the decoder's to say.
    """
    if body.count(b"[") + body.count(b"{") <= DEPTH_MAX:
        return
    depth, is_quoted, escaping = 0, False, b""
    for start in range(0, len(body), SLICE_BYTES):
        piece = escaping + body[start : start + SLICE_BYTES]
        # A backslash at the end escapes what the next slice begins with.
        escaping = ESCAPING if (len(piece) - len(piece.rstrip(ESCAPING))) % 2 else b""
        piece = piece.removesuffix(escaping)
        if ESCAPING in piece:
            piece = piece.replace(b"\\\\", b"").replace(b'\\"', b"")
        parts = piece.split(b'"')
        brackets = b"".join(parts[is_quoted::2]).translate(ONE_KIND, NO_BRACKETS)
        is_quoted ^= len(parts) % 2 == 0
        depth = _depth_behind(brackets, depth)


def _depth_behind(brackets: bytes, depth: int) -> int:
    """Return how deep one is behind these brackets. Raises TooDeep: one was too deep on the way."""
    opening = brackets.count(b"[")
    # Without the innermost pairs, each of which is one level more: most JSON is flat.
    if depth + opening > DEPTH_MAX and depth + brackets.replace(b"[]", b"").count(b"[") >= DEPTH_MAX:
        for bracket in brackets:
            depth += 1 if bracket == OPENING else -1
            if depth > DEPTH_MAX:
                raise TooDeep(f"The JSON is nested more than {DEPTH_MAX} levels deep.")
        return depth
    return depth + 2 * opening - len(brackets)


def _malformed(body: bytes | bytearray) -> BadRequest:
    """Return what is wrong with a body that is no JSON; with its field where Python's laxer reader finds one.

    It takes many times longer than to find that something is wrong, so of a large body no field is named.
    """
    if len(body) > WORDED_BYTES_MAX:
        return Malformed()
    try:
        _check_numbers(value := json.loads(body))
        _check_text(value)
    except BadField as bad:
        if bad.field:
            return bad
    except (ValueError, RecursionError):
        pass
    return Malformed()


def _check_numbers(value: Any, path: str = "") -> None:
    """Refuse NaN and infinities, which Python reads and JSON does not have."""
    if isinstance(value, float) and not isfinite(value):
        raise BadField(path, "is no number that JSON has")
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in items:
        _check_numbers(
            inner, f"{path}[{name}]" if isinstance(name, int) else f"{path}.{name}".removeprefix(".")
        )


def _check_text(value: Any, path: str = "") -> None:
    """Refuse NUL, which Postgres cannot store, and lone surrogates, which UTF-8 cannot say, wherever they are.

    The body is no deeper than `DEPTH_MAX`, and so is this.
    """
    if isinstance(value, str):
        if UNSTORABLE.search(value):
            raise BadField(path, "holds a character that cannot be stored")
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            _check_text(getattr(value, name), f"{path}.{name}" if path else name)
    elif isinstance(value, dict):
        for name, inner in value.items():
            _check_text(name, path)
            _check_text(inner, f"{path}.{name}".removeprefix("."))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            _check_text(inner, f"{path}[{number}]")


def _bad_field(message: str) -> BadField:
    """Return msgspec's message as an error that names the field; a name that is too long is cut."""
    if len(message) > MESSAGE_CHARACTERS_MAX:
        half = MESSAGE_CHARACTERS_MAX // 2
        message = f"{message[:half]}…{message[-half:]}"
    located = AT_PATH.match(message)
    text, path = (located["message"], located["path"]) if located else (message, "")
    for pattern, said in ((UNKNOWN_FIELD, "is not known here"), (MISSING_FIELD, "is missing")):
        named = pattern.search(text)
        if named:
            return BadField(".".join(part for part in (path, named["name"]) if part), said)
    return BadField(path, text)
