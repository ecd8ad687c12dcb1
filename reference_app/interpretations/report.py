"""What a report says of a return without asking anybody: its climate, and its axes. Pure.

An axis joins a house, or a sign, with the one across. The dominant ones are those of the Moon's house, of its sign
and of the lunar ascendant.
"""

from collections.abc import Mapping
from typing import Final

from reference_app.interpretations.texts import SIGNS, builtin
from reference_app.interpretations.texts.prose import TYPESET
from reference_app.returns import Return

ACROSS: Final = 6
"""How many houses, and signs, lie between the ends of an axis."""
HOUSES: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
SAID: Final[Mapping[str, Mapping[str, str]]] = {
    "fr": {"houses": "Axe des maisons {} et {} : {}", "signs": "Axe {} et {} : {}"},
    "en": {"houses": "Axis of houses {} and {}: {}", "signs": "Axis of {} and {}: {}"},
}
SIGN_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "fr": (
        "Bélier", "Taureau", "Gémeaux", "Cancer", "Lion", "Vierge",
        "Balance", "Scorpion", "Sagittaire", "Capricorne", "Verseau", "Poissons",
    ),
    "en": SIGNS,
}  # fmt: skip
OF_HOUSES: Final[Mapping[str, tuple[str, ...]]] = {
    "fr": (
        "soi et l'autre",
        "ce qu'on possède et ce qu'on partage",
        "le quotidien proche et les horizons lointains",
        "le foyer et la place dans le monde",
        "ce qu'on crée et ce qu'on porte à plusieurs",
        "le travail de chaque jour et le retrait",
    ),
    "en": (
        "oneself and the other",
        "what is owned and what is shared",
        "what is near every day and what is far away",
        "home and one's place in the world",
        "what one creates and what many carry together",
        "daily work and retreat",
    ),
}
OF_SIGNS: Final[Mapping[str, tuple[str, ...]]] = {
    "fr": (
        "s'affirmer et s'accorder",
        "garder et transformer",
        "s'informer et chercher un sens",
        "se protéger et tenir sa position",
        "rayonner et servir l'ensemble",
        "mettre en ordre et lâcher prise",
    ),
    "en": (
        "asserting oneself and finding agreement",
        "keeping and transforming",
        "gathering facts and seeking a meaning",
        "protecting and holding one's ground",
        "shining and serving the whole",
        "putting in order and letting go",
    ),
}


def general_climate(of: Return, lang: str) -> str:
    """Return the built-in text about the climate. Raises KeyError: the sign or the house is none."""
    text, _ = builtin("climate", lang, of.moon_sign, of.moon_house, of.lunar_ascendant)
    return text


def dominant_axes(of: Return, lang: str) -> list[str]:
    """Return two or three axes, the Moon's house first, each once."""
    signs = dict.fromkeys(SIGNS.index(sign) % ACROSS for sign in (of.moon_sign, of.lunar_ascendant))
    house = (of.moon_house - 1) % ACROSS
    axes = [_axis(lang, "houses", HOUSES, house, OF_HOUSES)]
    axes += [_axis(lang, "signs", SIGN_NAMES[lang], sign, OF_SIGNS) for sign in signs]
    return [TYPESET[lang](axis) for axis in axes]


def _axis(
    lang: str, of: str, names: tuple[str, ...], place: int, meanings: Mapping[str, tuple[str, ...]]
) -> str:
    return SAID[lang][of].format(names[place], names[place + ACROSS], meanings[lang][place])
