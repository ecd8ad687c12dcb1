"""Nothing that a terminal obeys is left, and nothing is lost (SV-14)."""

import io
import json
import logging
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as some

from fixtures.scenario.commands import obeyed
from reference_app.escaping import ascii_json, printable, printable_json, printable_lines
from reference_app.logs import adopt_standard_logging, make_log

NASTY: Final = "\x1b]0;t\x07\r\n\x7f\x85\x9b\u061c\u200e\u202e\u2028\u2066\ud800\U000e0001 é"


@given(some.text())
def test_text_is_harmless_and_keeps_its_letters(text: str) -> None:
    """What is printable stays; the rest comes as escapes of printable letters."""
    made = printable(text + NASTY)
    assert made.isprintable()
    assert made.endswith("\\ud800\\U000e0001 é")


@given(some.recursive(some.text() | some.integers() | some.none(), some.lists, max_leaves=5))
def test_json_is_harmless_and_says_the_same(value: object) -> None:
    """In ASCII or with letters of all languages, it is one printable line that is read as the value."""
    for made in (
        ascii_json([value, NASTY]),
        printable_json(json.dumps([value, NASTY[:-5]], ensure_ascii=False).encode(errors="replace")).decode(),
    ):
        assert made.isprintable()
    assert json.loads(ascii_json([value, NASTY])) == [value, NASTY]
    text = json.dumps([NASTY.replace("\ud800", "")], ensure_ascii=False)
    assert json.loads(printable_json(text.encode())) == json.loads(text)


def test_what_is_harmless_is_left_alone() -> None:
    """Accents and quotes are not escaped: the dump of a log is compared with its bytes."""
    assert printable_json('["été \\u0001"]'.encode()) == '["été \\u0001"]'.encode()
    assert printable_lines("a\nb") == "a\n    b"


@pytest.mark.parametrize("form", ["json", "console"])
@pytest.mark.parametrize("where", ["value", "event", "nested", "error", "library"])
def test_no_log_shows_it_as_it_is(form: str, where: str) -> None:
    """Wherever it stands in a record of ours or of a library, in both forms; and a record stays one line."""
    stream = io.StringIO()
    log = make_log(stream, form)  # type: ignore[arg-type]
    if where == "value":
        log.warning("event", path=NASTY)
    elif where == "event":
        log.warning(NASTY)
    elif where == "nested":
        log.warning("event", inner={"a": [NASTY], NASTY: 1})
    elif where == "error":
        log.error("event", exc_info=ValueError(f"{NASTY}\n2026 forged"))
    else:
        before = logging.getLogger().handlers[:]
        adopt_standard_logging(stream, form)  # type: ignore[arg-type]
        logging.getLogger("some.library").warning("it said %s", NASTY)
        logging.getLogger().handlers[:] = before
    written = stream.getvalue()
    assert "u202e" in written
    assert obeyed(written) == []
    assert [line for line in written.splitlines() if line.startswith("2026 forged")] == []
    assert where == "error" or written.count("\n") == 1
