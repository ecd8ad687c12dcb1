"""Levels 3 and 4: what is answered when Claude has written nothing. An answer is in the language asked for.

The built-in texts know every sign, house and subject in both languages; templates, the subject `full`.
"""

from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from reference_app.database.engine import Database
from reference_app.errors import DatabaseUnavailable
from reference_app.interpretations import store
from reference_app.interpretations.errors import TemplateNotFoundError
from reference_app.interpretations.metrics import DB_TEMPLATE, HARDCODED
from reference_app.interpretations.texts import LANGS, builtin
from reference_app.interpretations.texts.prose import prose

OF_TEMPLATES: Final = "full"
"""The subject that there are templates of."""
FIRST_VERSION: Final = 1
"""The version whose texts were all written beforehand: nothing is generated for it."""


@dataclass(frozen=True, slots=True)
class Fallback:
    """A text that was not written for this reader, and where it comes from."""

    text: str
    weekly_advice: dict[str, str] | None
    source: str
    model: str | None


def read_beforehand() -> None:
    """Read the files of the built-in texts, which takes longer than a request may hold up others."""
    for lang in LANGS:
        prose(lang, "builtin")


async def fall_back(
    database: Database, moon_sign: str, moon_house: int, lunar_ascendant: str, of: tuple[str, str, int]
) -> Fallback:
    """Return the template of a subject, language and version, or else the built-in text.

    Of templates, the version's; else that of the nearest lower one, else of the nearest higher one. For the first
    version, before any template, what it wrote itself, out of its own table (LI-16). Where the database cannot be
    asked, the built-in text.

    Raises:
        TemplateNotFoundError: there is no such subject, language, sign or house.

    """
    subject, lang, version = of
    if subject == OF_TEMPLATES:
        with suppress(DatabaseUnavailable):
            found = None
            if version == FIRST_VERSION:
                found = await database.read(store.first_version, moon_sign, moon_house, lunar_ascendant, lang)
            if found is None:
                found = await database.read(store.template, moon_sign, moon_house, lunar_ascendant, of)
            if found is not None:
                return Fallback(found.text, found.weekly_advice, DB_TEMPLATE, found.model)
    try:
        text, weekly_advice = builtin(subject, lang, moon_sign, moon_house, lunar_ascendant)
    except KeyError:
        raise TemplateNotFoundError from None
    return Fallback(text, weekly_advice, HARDCODED, None)
