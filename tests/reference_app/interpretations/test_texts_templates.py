"""The 1,728 templates: each says something of its own, and none has changed unseen."""

import json
import re
from collections import Counter
from hashlib import sha256
from itertools import combinations

import pytest

from reference_app.interpretations.texts import HOUSES, SIGNS, Template, template
from reference_app.interpretations.texts.prose import prose
from reference_app.lunar_returns import ephemeris
from tests.offenders import none_may_offend
from tests.reference_app.interpretations.reading import FRENCH, OF_TEMPLATES, ROMAN, TEMPLATES, sentences

DIGEST = "cf1de2ec3612b0d0d250ba395faf15acca107f7190cfeebd96f128c6a09fed41"
SENTENCE_IN_TEXTS_MAX = 48
"""A thirty-sixth of all texts."""


def test_signs_are_those_of_lunar_returns() -> None:
    """A return's moon sign and ascendant find their text."""
    assert SIGNS == ephemeris.SIGNS


def test_there_are_1728_in_order_and_no_two_are_equal() -> None:
    """By sign, house and ascendant, 144 a sign; advice differs as well as texts."""
    places = [(at.moon_sign, at.moon_house, at.lunar_ascendant) for at in TEMPLATES]

    assert places == [(sign, house, ascendant) for sign in SIGNS for house in HOUSES for ascendant in SIGNS]
    assert len({at.text for at in TEMPLATES}) == 1728
    assert len({tuple(at.weekly_advice.items()) for at in TEMPLATES}) == 1728


def test_no_two_differ_in_names_only() -> None:
    """With every sign and house blotted out there are still 1,728 texts."""
    names = re.compile("|".join((*FRENCH.values(), r"\b[IVX]+\b")))

    assert len({names.sub("…", at.text) for at in TEMPLATES}) == 1728


def test_texts_did_not_change_unseen() -> None:
    """A database holds these texts: who changes one pins the new digest here, and says so in the changelog."""
    digest = sha256()
    for at in TEMPLATES:
        digest.update(json.dumps([at.text, at.weekly_advice], ensure_ascii=False).encode())

    assert digest.hexdigest() == DIGEST


def test_lengths() -> None:
    """Three paragraphs of 900 to 1,800 characters; four weeks of 70 to 220."""
    none_may_offend(
        (
            f"{place(at)} {len(at.text)}"
            for at in TEMPLATES
            if not 900 <= len(at.text) <= 1800
            or len(at.text.split("\n\n")) != 3
            or list(at.weekly_advice) != ["week_1", "week_2", "week_3", "week_4"]
            or not all(70 <= len(week) <= 220 for week in at.weekly_advice.values())
        ),
        do="mend the length",
    )


def test_no_sentence_is_in_many_texts() -> None:
    """A reader of several months does not meet the same sentence again and again."""
    texts_with = Counter(sentence for at in TEMPLATES for sentence in sentences(at.text))

    assert max(texts_with.values()) <= SENTENCE_IN_TEXTS_MAX
    assert sum(count == 12 for count in texts_with.values()) == 3 * 144, (
        "three sentences a text are of a pair"
    )


def test_neighbours_differ() -> None:
    """With one of sign, house and ascendant changed, a third of the sentences is new, and two of the four weeks."""
    lines: dict[tuple[object, ...], list[Template]] = {}
    for at in TEMPLATES:
        for line in (
            (0, at.moon_house, at.lunar_ascendant),
            (at.moon_sign, 0, at.lunar_ascendant),
            (at.moon_sign, at.moon_house, 0),
        ):
            lines.setdefault(line, []).append(at)
    said = {id(at): set(sentences(at.text)) for at in TEMPLATES}

    assert len(lines) == 3 * 144
    none_may_offend(
        (
            f"{place(one)} {place(other)}"
            for line in lines.values()
            for one, other in combinations(line, 2)
            if 3 * len(said[id(one)] & said[id(other)]) > 2 * len(said[id(one)])
            or len(one.weekly_advice.items() & other.weekly_advice.items()) > 2
        ),
        do="let a sentence depend on what differs",
    )


def test_months_of_one_person_repeat_little() -> None:
    """A person's moon sign stays: under another house and ascendant two sentences at most are known."""
    by_sign = {
        sign: [(at, set(sentences(at.text))) for at in TEMPLATES if at.moon_sign == sign] for sign in SIGNS
    }

    none_may_offend(
        (
            f"{place(one)} {place(other)}"
            for months in by_sign.values()
            for (one, said), (other, said_then) in combinations(months, 2)
            if one.moon_house != other.moon_house
            and one.lunar_ascendant != other.lunar_ascendant
            and len(said & said_then) > 2
        ),
        do="let a sentence depend on house or ascendant",
    )


def test_all_prose_is_used() -> None:
    """No sentence lies in a file without ever being read."""
    read = {
        sentence
        for at in TEMPLATES
        for text in (at.text, *at.weekly_advice.values())
        for sentence in sentences(text)
    }

    none_may_offend(
        (
            f"{name}.toml {path}"
            for name in OF_TEMPLATES
            for path, text in prose("fr", name).items()
            if not read.issuperset(sentences(text))
        ),
        do="use it or remove it",
    )


def test_texts_name_their_sign_house_and_ascendant() -> None:
    """And no other: neither a sentence nor a numeral stands in the wrong place."""
    none_may_offend(
        (
            place(at)
            for at in TEMPLATES
            if set(re.findall("|".join(FRENCH.values()), at.text))
            != {FRENCH[at.moon_sign], FRENCH[at.lunar_ascendant]}
            or re.findall(r"\bmaison\s([IVX]+)\b", at.text) != [ROMAN[at.moon_house - 1]]
        ),
        do="name what the text is of",
    )


@pytest.mark.parametrize(
    ("sign", "house", "ascendant"), [("Bélier", 1, "Leo"), ("Aries", 13, "Leo"), ("Aries", 1, "")]
)
def test_there_is_no_template_of_anything_else(sign: str, house: int, ascendant: str) -> None:
    """Names are English, houses 1 to 12."""
    with pytest.raises(KeyError):
        template(sign, house, ascendant)


def place(at: Template) -> str:
    return f"{at.moon_sign} {at.moon_house} {at.lunar_ascendant}"
