"""What the app answers by itself when neither Claude nor the database can: four subjects, in French and English.

Each text speaks of the moon sign, the house and the lunar ascendant, in sentences of its own: none of them is in a
template. An answer is in the language asked for, or there is none.
"""

from typing import Final

from reference_app.interpretations.texts.prose import prose

PARTS: Final = {
    "full": (("moon", "climate"), ("house", "focus"), ("ascendant", "approach")),
    "climate": (("moon", "climate"), ("house", "where"), ("ascendant", "tone")),
    "focus": (("house", "focus"), ("moon", "need"), ("ascendant", "entry")),
    "approach": (("ascendant", "approach"), ("house", "use"), ("moon", "guard")),
}
"""What a text is made of, in its order."""

SUBJECTS: Final = tuple(PARTS)
BETWEEN: Final = {"full": "\n\n"}
"""What stands between the parts, where it is not a space."""

WEEKS: Final = {"week_1": "ascendant", "week_2": "house", "week_3": "moon", "week_4": "moon"}
"""Of what each week of the subject `full` speaks."""


def builtin(
    subject: str, lang: str, moon_sign: str, moon_house: int, lunar_ascendant: str
) -> tuple[str, dict[str, str] | None]:
    """Return a text, and for the subject `full` the advice under `week_1` … `week_4`.

    Raises:
        KeyError: there is no such subject, language, sign or house.
    """
    at = {"moon": moon_sign, "house": moon_house, "ascendant": lunar_ascendant}
    sentences = prose(lang, "builtin")
    text = BETWEEN.get(subject, " ").join(sentences[f"{of}.{at[of]}.{part}"] for of, part in PARTS[subject])
    if subject != "full":
        return text, None
    return text, {week: sentences[f"{of}.{at[of]}.{week}"] for week, of in WEEKS.items()}
