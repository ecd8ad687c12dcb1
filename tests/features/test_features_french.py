"""The French edition says what the English one says, and does it with the same code."""

# mypy: allow-untyped-calls
# behave has no types.

from pathlib import Path
from typing import Any

import pytest

from fixtures.runner.record import system_of
from fixtures.scenario.editions import ENGLISH, english
from tests.checkout import ROOT
from tests.features.conftest import parsed
from tests.features.vocabulary import Call, functions, matches, spoken, written
from tests.run_all import NOT_IN_FRENCH, french_scenarios

FEATURES = ROOT / "features"
FRENCH = FEATURES / "fr"
Shape = list[tuple[str, list[str], int, list[tuple[list[str], int]]]]


def _by_place(folder: Path) -> dict[str, Any]:
    """The features below a folder, by their place in it."""
    placed = {Path(feature.filename).resolve(): feature for feature in parsed()}
    return {
        path.relative_to(folder).as_posix(): feature
        for path, feature in placed.items()
        if path.is_relative_to(folder)
    }


SYSTEMS = sorted(folder.name for folder in FRENCH.iterdir())
PLACES = sorted(_by_place(FRENCH))


@pytest.mark.parametrize("system", SYSTEMS)
def test_both_editions_have_the_same_files(system: str) -> None:
    """A system with a French edition has all of it, under the same file names."""
    assert sorted(_by_place(FEATURES / system)) == sorted(_by_place(FRENCH / system)) != []


@pytest.mark.parametrize("place", PLACES)
def test_a_french_feature_says_its_language_and_belongs_to_its_system(place: str) -> None:
    """Results tell editions apart by language, and not by system."""
    feature = _by_place(FRENCH)[place]

    assert feature.language == "fr"
    assert system_of(f"features/fr/{place}") == system_of(f"features/{place}")


@pytest.mark.parametrize("place", PLACES)
def test_both_editions_have_the_same_shape(place: str) -> None:
    """Rules, scenarios, tags, steps and rows of examples are the same in number and order."""
    assert _shape(_by_place(FEATURES)[place]) == _shape(_by_place(FRENCH)[place])


@pytest.mark.parametrize("place", PLACES)
def test_both_editions_do_the_same(place: str) -> None:
    """Each pair of steps, rows of examples filled in, calls the same function with the same values."""
    assert _calls(_by_place(FEATURES)[place]) == _calls(_by_place(FRENCH)[place])


@pytest.mark.parametrize("place", PLACES)
def test_both_editions_have_the_same_tables(place: str) -> None:
    """Tables and texts under steps are data, and the same in each language."""
    assert _data(_by_place(FEATURES)[place]) == _data(_by_place(FRENCH)[place])


def test_editions_share_no_sentence() -> None:
    """No English sentence stands in a French feature, nor the other way round."""
    assert spoken("en") & spoken("fr") == frozenset()


def test_every_sentence_beside_the_english_one_is_french_and_used() -> None:
    """Each keyword of a step's function has one English sentence and at most one French one, which is in use."""
    french = functions(spoken("fr"))
    others = functions(written() - spoken("fr"))

    assert [each for each in others if others.count(each) > 1] == []
    assert [each for each in french if french.count(each) > 1] == []
    assert [each for each in french if each not in others] == []


def test_every_word_of_the_edition_is_used() -> None:
    """A word that no French feature has is no word of the edition."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in FRENCH.rglob("*.feature"))

    assert [word for word in ENGLISH if word not in text] == []


def test_the_ci_runs_a_scenario_of_each_french_file() -> None:
    """One for real; that the others do the same as in English is tested above."""
    run = {scenario.rpartition(":")[0] for scenario in french_scenarios()}

    assert run == {f"features/fr/{place}" for place in PLACES if Path(place).stem not in NOT_IN_FRENCH}


def _shape(feature: Any) -> Shape:
    return [
        (
            scenario.type,
            sorted(map(str, scenario.effective_tags)),
            len(scenario.steps),
            [
                (sorted(map(str, each.tags)), len(each.table.rows))
                for each in getattr(scenario, "examples", ())
            ],
        )
        for scenario in feature.walk_scenarios(with_outlines=True)
    ]


def _calls(feature: Any) -> list[tuple[str, list[Call]]]:
    """For each scenario: what each step calls, with words of the edition in English."""
    return [
        (
            f"{number}. scenario",
            [_in_english(found[0].call) if found else Call("undefined", ()) for found in map(matches, steps)],
        )
        for number, steps in enumerate((each.all_steps for each in feature.walk_scenarios()), start=1)
    ]


def _in_english(call: Call) -> Call:
    return Call(
        call.function, tuple(english(each) if isinstance(each, str) else each for each in call.values)
    )


def _data(feature: Any) -> list[tuple[Any, Any]]:
    return [
        (step.table and [step.table.headings, *(list(row) for row in step.table.rows)], step.text)
        for scenario in feature.walk_scenarios()
        for step in scenario.all_steps
    ]
