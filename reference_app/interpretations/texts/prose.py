"""Reads the prose, and sets it as each language wants it.

Files are typed with straight apostrophes and plain spaces. Readers get typographic apostrophes, and in French the
spaces that must not break: before a colon, before `;`, `!` and `?` (a narrow one), and within "maison IV".
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

LANGS: Final = ("fr", "en")

APOSTROPHE: Final = "\u2019"
NO_BREAK: Final = "\u00a0"
NARROW_NO_BREAK: Final = "\u202f"


@cache
def prose(lang: str, name: str) -> Mapping[str, str]:
    """Return the sentences of one file by their path in it, such as `Aries.need.angular`.

    Raises:
        KeyError: there are no texts in this language.
    """
    typeset = TYPESET[lang]
    content = files(__package__).joinpath(lang, f"{name}.toml").read_text(encoding="utf-8")
    return {path: typeset(text) for path, text in leaves(tomllib.loads(content))}


def leaves(table: Mapping[str, Any], above: str = "") -> list[tuple[str, str]]:
    """Return each text of a table and of the tables in it, with its path."""
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        found += leaves(value, f"{above}{key}.") if isinstance(value, dict) else [(f"{above}{key}", value)]
    return found


def typeset_french(text: str) -> str:
    """Return `text` with the apostrophes and the spaces of French."""
    text = typeset_english(text).replace(" :", f"{NO_BREAK}:")
    text = re.sub(r" (?=[;!?])", NARROW_NO_BREAK, text)
    return re.sub(r"\b(maison) (?=[IVX]+\b)", rf"\1{NO_BREAK}", text)


def typeset_english(text: str) -> str:
    """Return `text` with typographic apostrophes."""
    return text.replace("'", APOSTROPHE)


TYPESET: Final = {"fr": typeset_french, "en": typeset_english}
