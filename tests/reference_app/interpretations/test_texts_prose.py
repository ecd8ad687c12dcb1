"""The prose itself: grammar that a rule can see, typography, and that it is shipped."""

import re
import tomllib

import pytest

from reference_app.interpretations.texts import LANGS
from reference_app.interpretations.texts.prose import leaves, typeset_english, typeset_french
from tests.checkout import ROOT
from tests.offenders import none_may_offend
from tests.reference_app.interpretations.reading import FRENCH, fragments, sentences

PROSE = ROOT / "reference_app" / "interpretations" / "texts"
MASCULINE = frozenset({"en", "ascendant", "le", "du", "au", "votre"})
FEMININE = frozenset({"en", "ascendant", "la", "votre"})
PLURAL = frozenset({"en", "ascendant", "les", "des", "aux", "vos"})
BEFORE = dict.fromkeys(FRENCH.values(), MASCULINE)
BEFORE |= {"Vierge": FEMININE, "Balance": FEMININE, "Gémeaux": PLURAL, "Poissons": PLURAL}
"""What may stand before the name of a sign."""

ANY = {
    "a brace, a mark of the editor, or a straight apostrophe": r"[{}<>*_#'\"|\\]|TODO|…|\.\.",
    "a space too many": r"\s\s|^\s|\s$|\s[,.)]",
    "a word twice": r"\b(?!vous\b|nous\b)(\w+) \1\b",
    "no sentence": r"^(?-i:[^A-ZÀÉÊ])|[^.!?]$",
}
FRENCH_RULES = {
    "au, aux, du, des": r"\b(?:de|à) (?:le|les) (?!\w+(?:er|ir|re)\b)",
    "an elision": (
        r"(?<!-)\b(?:[ldnsmjt]e|la|que|lorsque|jusque|puisque) (?!oui\b|onz)"
        r"(?:[aeiouyàâéèêîôœ]|h(?:abi|arm|eur|humeur|um|ist|oriz|onn|orair|iver|érit|ési|omm|ui))"
    ),
    "s'il": r"\bsi ils?\b",
    "cet": r"\bce (?:arbre|élan|enfant|esprit|horizon|humain|oubli|ouvrage)\b",
    "an adjective that makes the reader a man": (
        r"\bvous (?:êtes|serez|restez|sentez|voilà|devenez|croyez|paraissez|trouve|croit|rend) "
        r"(?:plus |si |très |trop |moins |aussi |un peu )?"
        r"(?:(?!deux)\w+(?:é|eux|if|ant|ent|ieur)|seul|prêt|sûr|perdu|fort|grand|vu|lu|fier|discret|certain)\b"
    ),
    "a familiar tu": r"\b(?:tu|tes|toi|te|tien)\b",
    "a breakable space": r" [:;!?»]|« ",
    "a missing space": r"\w[:;!?]",
}
ENGLISH_RULES = {
    "an before a vowel": r"\ba (?!(?:uni|use|one)\w*)[aeiou]",
    "a before a consonant": r"\ban (?!hour|honest|heir|honour)[^aeiou]",
    "a space before a mark": r"\s[;:!?]",
    "American spelling": r"\b(?:favor|color|harbor|humor|honor|neighbor)|\bgray\b",
    "a dash": "[\u2013\u2014]",
}
RULES = {"fr": ANY | FRENCH_RULES, "en": ANY | ENGLISH_RULES}


@pytest.mark.parametrize("lang", LANGS)
def test_prose_keeps_the_rules_of_its_language(lang: str) -> None:
    """Articles, elisions, marks and spaces; each rule names what it found."""
    none_may_offend(
        (
            f"{path} {rule}: {found!r}"
            for path, text in fragments(lang).items()
            for rule, found in broken(lang, text).items()
        ),
        do="mend the sentence",
    )


def broken(lang: str, text: str) -> dict[str, str]:
    """Return the rules that a text breaks, with the words that do."""
    found = {rule: re.search(pattern, text, re.IGNORECASE) for rule, pattern in RULES[lang].items()}
    return {rule: match[0] for rule, match in found.items() if match}


@pytest.mark.parametrize(
    ("lang", "wrong", "rule"),
    [
        ("fr", "Le sens de le mois.", "au, aux, du, des"),
        ("fr", "Face à les autres.", "au, aux, du, des"),
        ("fr", "Le ascendant parle.", "an elision"),
        ("fr", "La force de Aries.", "an elision"),
        ("fr", "Il faut que on parle.", "an elision"),
        ("fr", "Le goût de habiter.", "an elision"),
        ("fr", "Vous êtes fatigué.", "an adjective that makes the reader a man"),
        ("fr", "On vous croit plus lent.", "an adjective that makes the reader a man"),
        ("fr", "Garde tes amis.", "a familiar tu"),
        ("fr", "Une chose : la bonne.", "a breakable space"),
        ("en", "A honest an lovely day.", "a before a consonant"),
        ("en", "Its colors are a ocean.", "an before a vowel"),
        ("en", "The the end.", "a word twice"),
        ("en", "no capital.", "no sentence"),
        ("en", "It's {moon}.", "a brace, a mark of the editor, or a straight apostrophe"),
    ],
)
def test_a_fault_is_found(lang: str, wrong: str, rule: str) -> None:
    """The rules see what they are there for."""
    assert rule in broken(lang, wrong)


def test_signs_have_their_article() -> None:
    """*du Bélier*, *de la Balance*, *vos Poissons*: the word before a sign agrees with it."""
    names = re.compile(rf"(\w+) ({'|'.join(FRENCH.values())})\b")

    none_may_offend(
        (
            f"{path} {found[0]}"
            for path, text in fragments("fr").items()
            for found in names.finditer(text)
            if found[1].lower() not in BEFORE[found[2]]
        ),
        do="agree with the sign",
    )


@pytest.mark.parametrize("lang", LANGS)
def test_no_sentence_was_written_twice(lang: str) -> None:
    """Not even in another file."""
    written = [sentence for text in fragments(lang).values() for sentence in sentences(text)]

    assert sorted({sentence for sentence in written if written.count(sentence) > 1}) == []


def test_files_are_typed_plainly() -> None:
    """An editor needs no special keyboard: apostrophes are straight, spaces are spaces."""
    none_may_offend(
        (
            f"{file.parent.name}/{file.name} {path}"
            for file in PROSE.glob("*/*.toml")
            for path, text in leaves(tomllib.loads(file.read_text(encoding="utf-8")))
            if re.search("[\u2019\u00a0\u202f\t\n]", text)
        ),
        do="type it plainly: the program sets it",
    )


def test_typesetting() -> None:
    """Readers get typographic apostrophes and, in French, spaces that do not break."""
    assert typeset_french("L'an : oui ; vraiment ? en maison IV, à la maison") == (
        "L\u2019an\u00a0: oui\u202f; vraiment\u202f? en maison\u00a0IV, à la maison"
    )
    assert typeset_english("It's here: yes") == "It\u2019s here: yes"


def test_prose_is_shipped() -> None:
    """An installed app has every file that the checkout has."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    app = ROOT / "reference_app"
    shipped = {
        file
        for pattern in project["tool"]["setuptools"]["package-data"]["reference_app"]
        for file in app.glob(pattern)
    }

    assert len(list(PROSE.rglob("*.toml"))) == 9
    assert set(PROSE.rglob("*.toml")) <= shipped
