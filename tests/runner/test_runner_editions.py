"""Features in another language: how their steps are read, and how they are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.runner.conftest import Project

FRENCH_STEPS = """
@given("Ada a un thème natal")
def _(context): pass

@when("je demande")
def _(context): pass

@then("Ada reçoit {got:d} au lieu de {expected:d}")
def _(context, got, expected):
    assert got == expected, f"expected {expected}, got {got}"
"""

FRENCH_FEATURE = """# language: fr
Fonctionnalité: Des réponses
  Règle: Chaque question a sa réponse
    Scénario: une question
      Étant donné qu'Ada a un thème natal
      Et qu'Ada a un thème natal
      Et Ada a un thème natal
      Quand je demande
      Alors Ada reçoit 2 au lieu de {expected}
"""


@pytest.fixture
def bilingual(project: Project) -> Project:
    """A project with two English scenarios and a French one that passes."""
    project.steps(FRENCH_STEPS)
    project.write("features/fr/questions.feature", FRENCH_FEATURE.format(expected=2))
    return project


def test_an_elided_word_is_read_as_a_part_of_the_sentence(bilingual: Project) -> None:
    """A blank stands between keyword and text, and "qu'" bears none before a name."""
    scenario = bilingual.run("features/fr").results["scenarios"][0]

    assert [(step["keyword"], step["text"]) for step in scenario["steps"]][:4] == [
        ("Étant donné", "qu'Ada a un thème natal"),
        ("Et", "qu'Ada a un thème natal"),
        ("Et", "Ada a un thème natal"),
        ("Quand", "je demande"),
    ]


def test_a_run_of_two_editions_counts_them_apart(bilingual: Project) -> None:
    """The sum comes first, then each language."""
    stdout = bilingual.run().stdout

    assert "\n3 scenarios: 3 passed\nen: 2 scenarios: 2 passed\nfr: 1 scenario: 1 passed\n" in stdout


def test_a_failure_is_counted_in_its_own_edition(bilingual: Project) -> None:
    """French that fails does not make English look worse."""
    bilingual.write("features/fr/questions.feature", FRENCH_FEATURE.format(expected=3))

    assert "\nen: 2 scenarios: 2 passed\nfr: 1 scenario: 1 failed\n" in bilingual.run().stdout


def test_a_run_of_one_edition_counts_once(bilingual: Project) -> None:
    """A language is named where there are two."""
    stdout = bilingual.run("features/fr").stdout

    assert "\n1 scenario: 1 passed\nverdict: passed (exit 0)\n" in stdout
