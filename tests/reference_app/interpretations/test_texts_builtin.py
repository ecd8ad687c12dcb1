"""What the app answers by itself: four subjects, two languages, never the wrong one."""

import re
from hashlib import sha256
from itertools import product

import pytest

from reference_app.interpretations.texts import HOUSES, LANGS, SIGNS, SUBJECTS, builtin
from reference_app.interpretations.texts.prose import prose
from tests.offenders import none_may_offend
from tests.reference_app.interpretations.reading import FRENCH, ROMAN, TEMPLATES, built_in_texts, sentences

ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth",
    "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
)  # fmt: skip
DIGESTS = {
    "fr": "57271e547e697a47f0c4e3abbb5179e28d8b2a90a1e45dec7cac4687b625b67a",
    "en": "a3f9219a6ab3f0fe63cb54d3b4095c4faa5d80c9191bd3533d00ff3fd0197e39",
}
NAMES = {
    "fr": (FRENCH, [f"maison\u00a0{numeral}" for numeral in ROMAN]),
    "en": ({sign: sign for sign in SIGNS}, [f"{ordinal} house" for ordinal in ORDINALS]),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_texts_know_signs_houses_and_ascendants(subject: str, lang: str) -> None:
    """1,728 texts, no two equal, each of which names what it is of."""
    signs, houses = NAMES[lang]
    texts = {at: builtin(subject, lang, *at)[0] for at in product(SIGNS, HOUSES, SIGNS)}

    assert len(set(texts.values())) == 1728
    none_may_offend(
        (
            f"{lang} {subject} {at}"
            for at, text in texts.items()
            if set(re.findall("|".join(signs.values()), text)) != {signs[at[0]], signs[at[2]]}
            or not re.search(rf"\b{houses[at[1] - 1]}\b", text)
            or not 250 <= len(text) <= 900
        ),
        do="name what the text is of, at its length",
    )


@pytest.mark.parametrize("lang", LANGS)
def test_advice_comes_with_the_full_text_only(lang: str) -> None:
    """Four weeks, or none at all."""
    assert SUBJECTS == ("full", "climate", "focus", "approach")
    for subject in SUBJECTS:
        _, advice = builtin(subject, lang, "Leo", 3, "Virgo")
        assert (list(advice) if advice else None) == (
            ["week_1", "week_2", "week_3", "week_4"] if subject == "full" else None
        )


@pytest.mark.parametrize("lang", LANGS)
def test_all_built_in_prose_is_used(lang: str) -> None:
    """No sentence lies in a file without ever being read."""
    read = {sentence for text in built_in_texts(lang) for sentence in sentences(text)}

    none_may_offend(
        (
            f"{lang} {path}"
            for path, text in prose(lang, "builtin").items()
            if not read.issuperset(sentences(text))
        ),
        do="use it or remove it",
    )


def test_both_languages_have_the_same_parts() -> None:
    """Neither says less than the other."""
    assert list(prose("fr", "builtin")) == list(prose("en", "builtin"))


@pytest.mark.parametrize("lang", LANGS)
def test_built_in_texts_did_not_change_unseen(lang: str) -> None:
    """As with templates: a change is pinned here, and seen in review."""
    assert sha256("\n".join(sorted(built_in_texts(lang))).encode()).hexdigest() == DIGESTS[lang]


def test_built_in_texts_are_not_templates() -> None:
    """Level 4 has sentences of its own: what was read there is seen not to come from the database."""
    of_templates = {sentence for at in TEMPLATES for sentence in sentences(at.text)}

    assert not {sentence for text in built_in_texts("fr") for sentence in sentences(text)} & of_templates


@pytest.mark.parametrize(
    "asked",
    [
        ("love", "fr", "Leo", 3, "Virgo"),
        ("full", "de", "Leo", 3, "Virgo"),
        ("full", "fr", "Lion", 3, "Virgo"),
        ("full", "fr", "Leo", 0, "Virgo"),
        ("full", "en", "Leo", 3, "virgo"),
    ],
)
def test_nothing_else_has_a_text(asked: tuple[str, str, str, int, str]) -> None:
    """An unknown language is no reason to answer in another one."""
    with pytest.raises(KeyError):
        builtin(*asked)
