"""The catalogue of sentences that a writer of scenarios reads."""

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from fixtures.scenario.phrases import DEFINED
from tests.checkout import ROOT
from tests.features.reading import parsed, said_in
from tests.features.vocabulary import STEPS, has_words, registry, spoken, written

PRINT_S_MAX = 60.0
TYPES = "What may stand in a sentence"


@cache
def _printed() -> str:
    behave = str(Path(sys.executable).with_name("behave"))
    done = subprocess.run(
        [behave, "--steps-catalog"], cwd=ROOT, capture_output=True, text=True, timeout=PRINT_S_MAX, check=True
    )
    return done.stdout


@pytest.fixture(scope="module")
def catalogue() -> list[str]:
    """The lines that the command prints."""
    return _printed().partition(f"{TYPES}\n")[0].splitlines()


@pytest.fixture(scope="module")
def types() -> str:
    """What the command prints of parameter types."""
    return _printed().partition(f"{TYPES}\n")[2]


def test_every_sentence_is_listed_once(catalogue: list[str]) -> None:
    """For each keyword that it goes with."""
    indent = len("  Given ")
    listed = [line[indent:] for line in catalogue if line.startswith("  ")]

    assert sorted(listed) == sorted(pattern for _, pattern in written())


def test_the_french_sentence_is_right_under_the_english_one(catalogue: list[str]) -> None:
    """Lines with a keyword are English."""
    french = {pattern for _, pattern in spoken("fr") if has_words(pattern)}
    with_keyword = {line.split(maxsplit=1)[1] for line in catalogue if line.startswith(("  G", "  W", "  T"))}

    assert with_keyword == {pattern for _, pattern in written()} - french
    assert "  When  {person} purges the returns" in catalogue
    below = catalogue[catalogue.index("  When  {person} purges the returns") + 1]
    assert below == "        {person} purge ses révolutions"


def test_sentences_stand_under_their_nouns(catalogue: list[str]) -> None:
    """A module's first line is the heading, and no module says the same as another."""
    headings = [line for line in catalogue if line.startswith("Sentences about ")]

    assert len(set(headings)) == len(headings) == len(STEPS)


def test_every_phrase_of_every_type_is_listed(types: str) -> None:
    """The catalogue shows all that a step takes, in each language, so that authors need not guess."""
    registry()
    missing = [
        f"{{{name}}} {phrase}"
        for name, phrases in DEFINED.items()
        for phrase in (f"  {{{name}}}: {phrases.about}", *phrases.listed)
        if phrase not in types
    ]

    assert DEFINED
    assert missing == []


def test_every_phrase_is_said_in_a_feature() -> None:
    """What no scenario says is checked by none: a check, above all, that stands there and is never made."""
    registry()
    said = said_in(parsed())

    assert said
    assert [
        f"{{{name}}} {each}" for name, of in DEFINED.items() for each in of.listed if each not in said
    ] == []


def test_no_sentence_takes_just_anything() -> None:
    """`{}` would take any text, and say in no catalogue which texts it knows."""
    assert [pattern for _, pattern in written() if "{}" in pattern] == []
