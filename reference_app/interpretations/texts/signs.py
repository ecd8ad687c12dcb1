"""The twelve signs and houses, and what astrology groups them by.

Signs have the names that lunar returns give them. The groups choose between variants of a sentence.
"""

from typing import Final

SIGNS: Final = (
    "Aries", "Taurus", "Gemini", "Cancer", "Leo", "Virgo",
    "Libra", "Scorpio", "Sagittarius", "Capricorn", "Aquarius", "Pisces",
)  # fmt: skip
HOUSES: Final = tuple(range(1, 13))

ELEMENTS: Final = ("fire", "earth", "air", "water")
MODES: Final = ("cardinal", "fixed", "mutable")
KINDS: Final = ("angular", "succedent", "cadent")

ELEMENT: Final = {sign: ELEMENTS[place % 4] for place, sign in enumerate(SIGNS)}
MODE: Final = {sign: MODES[place % 3] for place, sign in enumerate(SIGNS)}
KIND: Final = {house: KINDS[(house - 1) % 3] for house in HOUSES}
