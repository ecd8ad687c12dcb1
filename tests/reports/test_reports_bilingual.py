import re
from collections.abc import Callable
from typing import Any

import pytest

from reports import bilingual, figures, page
from reports.headline import editions, sentence
from reports.labels import ENGLISH, FRENCH, Labels, phrase
from reports.labels.french import WORDS
from reports.results import Cell, Results, Words
from reports.text import typeset_french
from tests.reports.outline import Outline

Document = dict[str, Any]
Read = Callable[[Document], Results]
PLACE = re.compile(r"\{(\w+)\}")
BREAKABLE = re.compile(r" [:;!?»%]|« |\w'\w")


@pytest.fixture
def full(read: Read, sample: Document) -> Outline:
    return Outline(page.render(read(sample)))


def test_both_languages_have_the_same_words_to_fill_in() -> None:
    """No label is missing in a language, and none has another place to fill in."""
    assert list(ENGLISH) == list(FRENCH)
    places = {key: set(PLACE.findall(words)) for key, words in ENGLISH.items()}
    assert places == {key: set(PLACE.findall(words)) for key, words in FRENCH.items()}


def test_a_singular_has_a_plural() -> None:
    """Each label for one has a label for many, which is used for all other counts."""
    assert [key for key in ENGLISH if key.endswith("_one") and key.removesuffix("_one") not in ENGLISH] == []


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (ENGLISH, ["0 of 3 proven", "1 of 3 proven", "2 of 3 proven"]),
        (FRENCH, ["0 prouvée sur 3", "1 prouvée sur 3", "2 prouvées sur 3"]),
    ],
)
def test_none_and_one_are_singular_in_french(labels: Labels, expected: list[str]) -> None:
    """In English only one is."""
    assert expected == [phrase(labels, "system_proven", count, total=3) for count in range(3)]


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ("Quoi : rien ; si !", "Quoi\u00a0: rien\u202f; si\u202f!"),
        ("« ici » ? 20 %", "«\u00a0ici\u00a0»\u202f? 20\u00a0%"),
        ("l'une 'x' 12:30", "l\u2019une 'x' 12:30"),
        ("", ""),
    ],
)
def test_french_is_typeset(plain: str, expected: str) -> None:
    """Signs of two parts have a space before them that does not break, and apostrophes are round."""
    assert expected == typeset_french(plain)


def test_no_french_label_can_break_before_a_sign() -> None:
    """The plain ones could, so the pattern sees it."""
    assert [key for key, words in FRENCH.items() if BREAKABLE.search(words)] == []
    assert any(BREAKABLE.search(words) for words in WORDS.values())


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        (1234567, "1,234,567", "1\u202f234\u202f567"),
        (182.41537, "182.415", "182,415"),
        (0.00042, "0.00042", "0,00042"),
        (12, "12", "12"),
        ("1.5", "1.5", "1.5"),
        ("10.6 ms", "10.6\u00a0ms", "10,6\u00a0ms"),
        ("3,359 /s", "3,359\u00a0/s", "3\u202f359\u00a0/s"),
        ("33,649", "33,649", "33\u202f649"),
        (True, "True", "True"),
        (None, "–", "–"),
    ],
)
def test_numbers_are_written_as_each_language_does(value: Cell, english: str, french: str) -> None:
    """Marks of thousands and decimals differ; what is no number with its unit is left alone."""
    assert [english, french] == [figures.cell(value, labels) for labels in (ENGLISH, FRENCH)]


@pytest.mark.parametrize(
    ("timestamp", "english", "french"),
    [
        ("2026-10-01T14:03:05Z", "1 October 2026, 14:03 UTC", "1er octobre 2026 à 14:03 UTC"),
        ("2026-08-22T01:03:05+02:00", "21 August 2026, 23:03 UTC", "21 août 2026 à 23:03 UTC"),
        ("soon", "soon", "soon"),
    ],
)
def test_dates_are_written_as_each_language_does(timestamp: str, english: str, french: str) -> None:
    """Months have names, and in French the first of a month is an ordinal."""
    assert [english, french] == [figures.moment(timestamp, labels) for labels in (ENGLISH, FRENCH)]


def test_durations_have_the_decimal_mark_of_the_language() -> None:
    """The space before the unit does not break."""
    assert [figures.duration(3.44, labels) for labels in (ENGLISH, FRENCH)] == ["3.4\u00a0s", "3,4\u00a0s"]


def test_a_text_is_marked_with_its_language_and_escaped() -> None:
    """What is the same in both languages stands there once."""
    assert bilingual.Both("a<", "b&").__html__() == (
        '<span class="en" lang="en">a&lt;</span><span class="fr" lang="fr">b&amp;</span>'
    )
    assert bilingual.Both("a&", "a&").__html__() == "a&amp;"
    assert bilingual.words(Words(en="only English")).fr == "only English"


def test_the_page_is_whole_in_each_language(full: Outline) -> None:
    """A reader of either language finds headline, requirements, verdicts and dates, and nothing of the other."""
    for part in (
        "6 requirements: 2 proven, 1 partly proven, 1 failed",
        "MUST",
        "1 October 2026, 14:03 UTC",
        "Not built yet",
    ):
        assert part in full.text
        assert part not in full.french
    for part in (
        "6 exigences : 2 prouvées, 1 partiellement prouvée, 1 en échec, 1 non testée, 1 pas encore réalisée.",
        "Comptés à part : 9 en anglais, 1 de l’édition française.",
        "Révolutions lunaires 2 prouvées sur 5",
        "DOIT 3 sur 3 scénarios réussis",
        "1er octobre 2026 à 14:03 UTC",
        "p50 400 ms 182,415 1 000",
        "Pas encore réalisée",
    ):
        assert part in full.french
        assert part not in full.text


def test_the_evidence_is_shared(full: Outline) -> None:
    """What the run said itself is in both pages, and stands in the file once."""
    for words in full.words.values():
        assert " ".join(words).count("she asks for her month") > 1
    sentence_of_run = "98, and 2 without a date"
    assert sum(sentence_of_run in " ".join(words) for words in full.words.values()) == 2
    assert full.tags["input"] == 2


@pytest.mark.parametrize(
    ("languages", "expected"),
    [(["en", "fr", "fr"], "1 in English, 2 of"), (["fr"], "All of the French edition"), (["en"], "")],
)
def test_the_french_edition_is_counted_apart(
    read: Read, make_scenario: Any, make_document: Any, *, languages: list[str], expected: str
) -> None:
    """Nothing is said of it where it did not run."""
    scenarios = [
        make_scenario(f"features/a/{number}.feature", 1, "x", language=language)
        for number, language in enumerate(languages)
    ]
    said = editions(read(make_document(scenarios)), ENGLISH)
    assert expected in said
    assert bool(expected) == bool(said)


def test_the_sentence_is_true_in_french(read: Read, sample: Document) -> None:
    """It counts what the English one counts."""
    expected = (
        "2 scénarios sur 10 ont échoué\u202f; l’exécution elle-même a échoué\u202f; 6 exigences\u00a0: 2"
    )
    assert sentence(read(sample), FRENCH).startswith(expected)


def test_columns_that_are_empty_are_gone() -> None:
    """In every row; a table in which nothing stands keeps its headings."""
    assert figures.filled_columns(["a", "b"], [["1", ""], ["2", None]]) == (["a"], [["1"], ["2"]])
    assert figures.filled_columns(["a", "b"], [["1"], ["2", "3"]]) == (["a", "b"], [["1", ""], ["2", "3"]])
    assert figures.filled_columns(["a", "b"], []) == (["a", "b"], [])
