"""What others wrote, made harmless for terminals: one way for logs, for what commands print, and for dumps.

Promises: what comes out holds no control character (C0, DEL, C1), no mark that turns the direction of reading, no
line separator and no lone surrogate; each is there as an escape. Letters of all languages stay as they are in text
for people. JSON stays JSON, and is read as what it was.
"""

import json
from typing import Any, Final

DEL: Final = "\x7f"
INDENT: Final = "\n    "
BMP_END: Final = 0xFFFF


def printable(text: str) -> str:
    """Return `text` on one line, with what a terminal would obey, or cannot show, as escapes of Python."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def printable_lines(text: str) -> str:
    """Return a text of several lines, such as a traceback, harmless and indented: none looks like one of ours."""
    return INDENT.join(map(printable, text.split("\n")))


def printable_json(written: bytes) -> bytes:
    """Return a JSON document with what a terminal would obey as escapes of JSON; its values are the same.

    What is no UTF-8 is no JSON either; each byte of it comes as U+FFFD.
    """
    text = written.decode(errors="replace")
    if text.isprintable():
        return written
    return "".join(char if char.isprintable() else _json_escape(char) for char in text).encode()


def ascii_json(value: Any) -> str:
    """Return one line of JSON in printable ASCII; what JSON has no form for is written as Python shows it."""
    return json.dumps(value, default=repr).replace(DEL, _json_escape(DEL))


def _json_escape(char: str) -> str:
    code = ord(char)
    if code <= BMP_END:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
