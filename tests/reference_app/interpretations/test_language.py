"""A text in the language that was asked for is recognised, and so is one that is in another."""

from itertools import product

import pytest

from reference_app.interpretations.language import is_plainly
from reference_app.interpretations.texts import HOUSES, LANGS, SIGNS, SUBJECTS, builtin
from tests.offenders import none_may_offend
from tests.reference_app.interpretations.reading import TEMPLATES

OTHER = {"fr": "en", "en": "fr"}
SENTENCES = [
    (
        "fr",
        (
            "Lune en Scorpion, maison VIII, ascendant Balance : trigone à Vénus, carré à Mars, sextile à Jupiter."
            " Ce mois-ci, vous sentez l’intensité de chaque échange ; prenez le temps d’écouter avant de "
            "répondre."
        ),
    ),
    (
        "fr",
        (
            "Ce mois invite à ralentir. La Lune traverse votre maison IV, celle du foyer, et l’ascendant "
            "Capricorne donne à vos journées une colonne vertébrale. Un trigone à Saturne soutient ce qui se "
            "construit lentement."
        ),
    ),
    (
        "fr",
        "OPPOSITION LUNE-URANUS : VOTRE BESOIN D’AIR SE HEURTE À CELUI DES AUTRES. PARLEZ-EN AVANT LE 12.",
    ),
    (
        "en",
        (
            "Moon in Scorpio, eighth house, Libra rising: trine Venus, square Mars, sextile Jupiter, conjunct "
            "Pluto. This month you feel the charge in every exchange; take time to listen before you answer."
        ),
    ),
    (
        "en",
        (
            "The Moon moves through your fourth house, the house of home, and a Capricorn ascendant gives your "
            "days a backbone. A trine to Saturn supports what is built slowly, and a sextile to Mars lends it "
            "heat."
        ),
    ),
    (
        "en",
        (
            "Pluto and Mars meet at your descendant. Say plainly what you need, then leave the table to the "
            "others."
        ),
    ),
]
FOREIGN = [
    (
        "La Luna en Escorpio te pide que mires de frente lo que has dejado para después. La casa ocho habla "
        "de lo que compartes con los demás, y el ascendente en Libra te invita a buscar el equilibrio sin "
        "perder tu propia voz."
    ),
    (
        "La Luna in Scorpione ti chiede di guardare in faccia ciò che hai rimandato. La casa ottava parla di "
        "quello che condividi con gli altri, e l’ascendente in Bilancia ti invita a cercare un equilibrio "
        "senza perdere la voce."
    ),
    (
        "A Lua em Escorpião pede que você olhe de frente o que deixou para depois. A casa oito fala do que "
        "você partilha com os outros, e o ascendente em Libra convida a buscar o equilíbrio sem perder a sua "
        "voz."
    ),
    (
        "Der Mond im Skorpion bittet dich, dem ins Gesicht zu sehen, was du aufgeschoben hast. Das achte Haus"
        " spricht von dem, was du mit anderen teilst, und der Aszendent in der Waage lädt dich ein, das "
        "Gleichgewicht zu suchen."
    ),
    "天蝎座的月亮请你正视那些被推迟的事情。第八宫谈论你与他人分享的东西。",
    "Луна в Скорпионе просит вас взглянуть в лицо тому, что вы отложили.",
    (
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed eiusmod tempor incididunt labore magna "
        "aliqua."
    ),
    "1 2 3 … 4 5 6 !",
    "",
]


def test_all_templates_are_in_french() -> None:
    """Texts and advice, all 1,728; none passes for English."""
    none_may_offend(
        (
            f"{at.moon_sign} {at.moon_house} {at.lunar_ascendant}"
            for at in TEMPLATES
            for texts in ((at.text,), tuple(at.weekly_advice.values()))
            if not is_plainly("fr", *texts) or is_plainly("en", *texts)
        ),
        do="count other little words",
    )


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_all_built_in_texts_are_in_their_language(subject: str, lang: str) -> None:
    """As templates are."""
    found = {at: builtin(subject, lang, *at) for at in product(SIGNS, HOUSES, SIGNS)}
    none_may_offend(
        (
            f"{lang} {subject} {at}"
            for at, (text, weeks) in found.items()
            for texts in ((text,), tuple((weeks or {"": text}).values()))
            if not is_plainly(lang, *texts) or is_plainly(OTHER[lang], *texts)
        ),
        do="count other little words",
    )


@pytest.mark.parametrize(("lang", "text"), SENTENCES)
def test_words_of_the_trade_do_not_mislead(lang: str, text: str) -> None:
    """Names of signs, planets and aspects are much alike in both languages; capitals and apostrophes vary."""
    assert is_plainly(lang, text)
    assert not is_plainly(OTHER[lang], text)
    assert is_plainly(lang, text.replace("’", "'"))


@pytest.mark.parametrize("text", FOREIGN)
@pytest.mark.parametrize("lang", LANGS)
def test_other_languages_are_neither(lang: str, text: str) -> None:
    """Nor is what has no words."""
    assert not is_plainly(lang, text)


@pytest.mark.parametrize("lang", LANGS)
def test_half_and_half_is_neither(lang: str) -> None:
    """A text that changes its language in the middle."""
    half = [builtin("full", each, "Leo", 3, "Virgo")[0] for each in LANGS]
    assert not is_plainly(lang, *half)
