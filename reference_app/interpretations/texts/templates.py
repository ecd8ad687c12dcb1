"""The 1,728 templates of the subject `full`, in French: one for each moon sign, house and lunar ascendant.

A text has ten sentences in three paragraphs: the Moon in its sign and house; the ascendant; what to make of it.
Three of them are of a pair (144 of each kind), so that a combination is more than the sum of its parts. The
others have variants, which element, mode and kind of house choose. A cardinal ascendant, which likes to begin,
stands first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from reference_app.interpretations.texts.prose import prose
from reference_app.interpretations.texts.signs import ELEMENT, HOUSES, KIND, MODE, SIGNS


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One template: a text of three paragraphs, and advice under `week_1` … `week_4`."""

    moon_sign: str
    moon_house: int
    lunar_ascendant: str
    text: str
    weekly_advice: dict[str, str]


def templates() -> Iterator[Template]:
    """Yield all 1,728, by sign, then house, then ascendant, in the order of the zodiac."""
    for sign, house, ascendant in product(SIGNS, HOUSES, SIGNS):
        yield template(sign, house, ascendant)


def template(sign: str, house: int, ascendant: str) -> Template:
    """Return the template of a Moon in `sign` and `house` (1 to 12) under a lunar `ascendant`.

    Raises:
        KeyError: there is no such sign or house.
    """
    return Template(
        moon_sign=sign,
        moon_house=house,
        lunar_ascendant=ascendant,
        text="\n\n".join(" ".join(paragraph) for paragraph in paragraphs(sign, house, ascendant)),
        weekly_advice=weeks(sign, house, ascendant),
    )


def paragraphs(sign: str, house: int, ascendant: str) -> tuple[tuple[str, ...], ...]:
    """Return the sentences, paragraph by paragraph."""
    of_moon, of_house, of_ascendant = prose("fr", "moon"), prose("fr", "house"), prose("fr", "ascendant")
    moon = (
        prose("fr", "moon_in_house")[f"{sign}.{house}"],
        of_moon[f"{sign}.need.{KIND[house]}"],
        of_house[f"{house}.scene.{ELEMENT[sign]}"],
    )
    rising = (
        of_ascendant[f"{ascendant}.bearing.{ELEMENT[sign]}"],
        prose("fr", "ascendant_and_house")[f"{ascendant}.{house}"],
        prose("fr", "moon_and_ascendant")[f"{sign}.{ascendant}"],
    )
    counsel = (
        of_moon[f"{sign}.caution.{MODE[ascendant]}"],
        of_moon[f"{sign}.remedy.{ELEMENT[ascendant]}"],
        of_house[f"{house}.step.{MODE[ascendant]}"],
        of_ascendant[f"{ascendant}.gift.{KIND[house]}"],
    )
    return (rising, moon, counsel) if MODE[ascendant] == "cardinal" else (moon, rising, counsel)


def weeks(sign: str, house: int, ascendant: str) -> dict[str, str]:
    """Return the advice: how to start, what to work on, what comes to meet one, how to close."""
    advice = prose("fr", "weeks")
    kind, mode = KIND[house], MODE[ascendant]
    return {
        "week_1": f"{advice[f'ascendant.start.{ascendant}.{kind}']} {advice[f'house.first.{house}']}",
        "week_2": advice[f"house.work.{house}.{ELEMENT[sign]}"],
        "week_3": f"{advice[f'moon.turn.{sign}.{mode}']} {advice[f'ascendant.meet.{ascendant}']}",
        "week_4": advice[f"moon.close.{sign}.{kind}"],
    }
