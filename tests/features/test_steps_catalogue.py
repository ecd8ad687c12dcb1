"""The catalogue of sentences that a writer of scenarios reads."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.checkout import ROOT
from tests.features.vocabulary import STEPS, spoken, written

PRINT_S_MAX = 60.0


@pytest.fixture(scope="module")
def catalogue() -> list[str]:
    """The lines that the command prints."""
    behave = str(Path(sys.executable).with_name("behave"))
    done = subprocess.run(
        [behave, "--steps-catalog"], cwd=ROOT, capture_output=True, text=True, timeout=PRINT_S_MAX, check=True
    )
    return done.stdout.splitlines()


def test_every_sentence_is_listed_once(catalogue: list[str]) -> None:
    """For each keyword that it goes with."""
    indent = len("  Given ")
    listed = [line[indent:] for line in catalogue if line.startswith("  ")]

    assert sorted(listed) == sorted(pattern for _, pattern in written())


def test_the_french_sentence_is_right_under_the_english_one(catalogue: list[str]) -> None:
    """Lines with a keyword are English."""
    french = {pattern for _, pattern in spoken("fr")}
    with_keyword = {line.split(maxsplit=1)[1] for line in catalogue if line.startswith(("  G", "  W", "  T"))}

    assert with_keyword == {pattern for _, pattern in written()} - french
    assert "  When  {word} purges the returns" in catalogue
    below = catalogue[catalogue.index("  When  {word} purges the returns") + 1]
    assert below == "        {word} purge ses révolutions"


def test_sentences_stand_under_their_nouns(catalogue: list[str]) -> None:
    """A module's first line is the heading, and no module says the same as another."""
    headings = [line for line in catalogue if line.startswith("Sentences about ")]

    assert len(set(headings)) == len(headings) == len(STEPS)
