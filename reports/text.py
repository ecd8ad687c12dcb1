"""Text that HTML, XML and Markdown can all carry, and times that people can read.

It changes what a text shows only where a format could not carry it. It escapes nothing: each writer escapes
for its own format.
"""

import json
import re
from datetime import UTC, datetime
from typing import Any

from fixtures.plain_text import plain

FRENCH_SPACES = (
    # A colon and guillemets keep a whole space to themselves, the other signs a narrow one; none may break.
    (re.compile(r" (?=[:»%])|(?<=«) "), "\u00a0"),
    (re.compile(r" (?=[;!?])"), "\u202f"),
    (re.compile(r"(?<=\w)'(?=\w)"), "\u2019"),
)

FRAMES = (("expected", "attendu"), ("got", "obtenu"), ("see", "voir"))
"""What begins the parts of a failed expectation, in their order."""

SECONDS_A_MINUTE = 60
MINUTES_AN_HOUR = 60


def clean_all(value: Any) -> Any:
    """Return the JSON value with every text in it made plain (`fixtures.plain_text`), keys included."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [clean_all(item) for item in value]
    if isinstance(value, dict):
        return {plain(key): clean_all(item) for key, item in value.items()}
    return value


def clip(text: str, chars_max: int) -> str:
    """Return at most `chars_max` characters of `text`, and a line that says how many were left out."""
    if len(text) <= chars_max:
        return text
    return f"{text[:chars_max]}\n… {len(text) - chars_max:,} more characters"


def shorten(text: str, chars_max: int) -> str:
    """Return `text` on one line of at most `chars_max` characters, the last an ellipsis when it was cut."""
    line = " ".join(text.split())
    return line if len(line) <= chars_max else f"{line[: chars_max - 1].rstrip()}…"


def framed(message: str) -> list[tuple[str, str]]:
    """Return the parts of a failed expectation: `expected`, `got` and `see`, each with its text.

    The first line says what was expected, in English or French. A line that begins no part goes on with the one
    before. Any other message has no parts.
    """
    parts: list[tuple[str, str]] = []
    for line in message.splitlines():
        name, _, rest = line.strip().partition(" ")
        place = len(parts)
        if place < len(FRAMES) and name in FRAMES[place]:
            parts.append((FRAMES[place][0], rest))
        elif parts:
            parts[-1] = (parts[-1][0], f"{parts[-1][1]}\n{line.strip()}")
        else:
            return []
    return parts if len(parts) > 1 else []


def typeset_french(text: str) -> str:
    """Return French text with the unbreakable spaces and the apostrophes of French print."""
    for typed, printed in FRENCH_SPACES:
        text = typed.sub(printed, text)
    return text


def pretty(body: Any) -> str:
    """Return a body for reading: JSON with an indent, anything else as it is; nothing for an absent one."""
    if body is None:
        return ""
    try:
        value = json.loads(body) if isinstance(body, str) else body
        indented = json.dumps(value, indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return plain(str(body))
    return plain(indented) if isinstance(value, dict | list) else plain(str(body))


def duration(seconds: float, decimal_mark: str = ".") -> str:
    """Return a duration in the unit that suits it: `0 ms`, `240 ms`, `3.4 s`, `2 min 05 s`, `1 h 02 min`."""
    if round(seconds * 1000) < 1000:  # noqa: PLR2004
        return f"{round(seconds * 1000)} ms"
    if round(seconds, 1) < SECONDS_A_MINUTE:
        return f"{seconds:.1f} s".replace(".", decimal_mark)
    minutes, rest_s = divmod(round(seconds), SECONDS_A_MINUTE)
    if minutes < MINUTES_AN_HOUR:
        return f"{minutes} min {rest_s:02d} s"
    hours, minutes = divmod(minutes, MINUTES_AN_HOUR)
    return f"{hours} h {minutes:02d} min"


def moment(timestamp: str) -> datetime | None:
    """Return the time in UTC (a time without zone is taken as UTC); None when it is not ISO 8601."""
    try:
        parsed = datetime.fromisoformat(timestamp)
        return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
