"""How tests read the texts: as sentences, with the French names of what they speak of."""

import re
from functools import cache
from itertools import product
from typing import Final

from reference_app.interpretations.texts import HOUSES, LANGS, SIGNS, SUBJECTS, builtin, templates
from reference_app.interpretations.texts.prose import prose

OF_TEMPLATES: Final = (
    "moon_in_house", "ascendant_and_house", "moon_and_ascendant", "moon", "house", "ascendant", "weeks",
)  # fmt: skip
FRENCH: Final = dict(
    zip(
        SIGNS,
        (
            "Bélier", "Taureau", "Gémeaux", "Cancer", "Lion", "Vierge",
            "Balance", "Scorpion", "Sagittaire", "Capricorne", "Verseau", "Poissons",
        ),
        strict=True,
    )
)  # fmt: skip
ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
TEMPLATES: Final = tuple(templates())


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return re.split(r"(?<=[.!?])\s+", text)


def fragments(lang: str) -> dict[str, str]:
    """Return all prose of a language, by file and path."""
    names = (*OF_TEMPLATES, "builtin") if lang == "fr" else ("builtin",)
    return {f"{name}:{path}": text for name in names for path, text in prose(lang, name).items()}


@cache
def built_in_texts(lang: str) -> set[str]:
    """Return every text, and every week's advice, that the app has by itself in a language."""
    assert lang in LANGS
    found: set[str] = set()
    for subject, sign, house, ascendant in product(SUBJECTS, SIGNS, HOUSES, SIGNS):
        text, advice = builtin(subject, lang, sign, house, ascendant)
        found |= {text, *(advice or {}).values()}
    return found
