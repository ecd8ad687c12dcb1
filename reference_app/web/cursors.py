"""Cursors: where a page ended, as text that a client hands back and need not understand.

A cursor is made of an instant and a number, which say where the next page begins. It is checked whole, so a text
that is none of ours is refused. It does not say whom it is for: a page has the caller's own items in any case.
"""

import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import Final
from zlib import crc32

from starlette.requests import Request

from reference_app.clock import EPOCH, MICROSECOND
from reference_app.web.bad_input import BadField
from reference_app.web.operations import Parameter
from reference_app.web.parameters import text

PLACE: Final = struct.Struct(">qQI")
LENGTH: Final = -(-PLACE.size * 4 // 3)
CURSOR: Final = Parameter(
    "cursor",
    "query",
    "The `next_cursor` of the page before",
    {"type": "string", "pattern": f"^[A-Za-z0-9_-]{{{LENGTH}}}$"},
)


def cursor_at(instant: datetime, number: int) -> str:
    """Return the cursor of a page that ended with this item."""
    instant_us = (instant - EPOCH) // MICROSECOND
    return urlsafe_b64encode(PLACE.pack(instant_us, number, _check(instant_us, number))).decode().rstrip("=")


def after(request: Request) -> tuple[datetime, int] | None:
    """Return with which item the page before ended; None where the query has no cursor. Raises BadField."""
    asked = text(request, CURSOR.name)
    if asked is None:
        return None
    try:
        packed = urlsafe_b64decode(asked.encode("ascii") + b"=" * (-len(asked) % 4))
        instant_us, number, check = PLACE.unpack(packed)
        if check == _check(instant_us, number) and asked == cursor_at(
            EPOCH + instant_us * MICROSECOND, number
        ):
            return EPOCH + instant_us * MICROSECOND, number
    except (ValueError, struct.error, OverflowError):
        pass
    raise BadField(CURSOR.name, "is none that this server has given")


def _check(instant_us: int, number: int) -> int:
    return crc32(struct.pack(">qQ", instant_us, number))
