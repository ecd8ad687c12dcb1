"""The French edition says what the English one says, and does it with the same code."""

# mypy: allow-untyped-calls
# behave has no types.

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from fixtures.runner.choosing.editions import systems_of
from fixtures.runner.record import system_of
from fixtures.scenario.phrases import DEFINED
from fixtures.scenario.tables import KNOWN
from tests.checkout import ROOT
from tests.features.reading import parsed, said_in
from tests.features.vocabulary import functions, has_words, matches, registry, spoken, written
from tests.offenders import none_may_offend
from tests.run_all import NOT_IN_FRENCH, french_scenarios

FEATURES = ROOT / "features"
FRENCH = FEATURES / "fr"
Part = tuple[int, Any]
"""The line of a scenario or step, and what is there that both editions must have."""


def _by_place(folder: Path) -> dict[str, Any]:
    """The features below a folder, by their place in it."""
    placed = {Path(feature.filename).resolve(): feature for feature in parsed()}
    return {
        path.relative_to(folder).as_posix(): feature
        for path, feature in placed.items()
        if path.is_relative_to(folder)
    }


SYSTEMS = sorted(folder.name for folder in FRENCH.iterdir())


def _pairs() -> Iterator[tuple[str, Any, Any]]:
    """Each French feature: its place in the edition, the English one of this place, and itself."""
    english_features, french_features = _by_place(FEATURES), _by_place(FRENCH)
    for place in sorted(french_features.keys() & english_features.keys()):
        yield place, english_features[place], french_features[place]


def test_each_system_has_a_french_edition() -> None:
    """The server is one, too."""
    assert systems_of(FEATURES) == SYSTEMS


def test_both_editions_have_the_same_files() -> None:
    """A system with a French edition has all of it, under the same file names."""
    assert SYSTEMS != []
    none_may_offend(
        (
            f"features/fr/{system}: {sorted(_by_place(FEATURES / system).keys() ^ french.keys()) or 'empty'}"
            for system in SYSTEMS
            for french in [_by_place(FRENCH / system)]
            if not french or french.keys() != _by_place(FEATURES / system).keys()
        ),
        do="write the feature in the edition that lacks it, under the same file name",
    )


def test_a_french_feature_says_its_language_and_belongs_to_its_system() -> None:
    """Results tell editions apart by language, and not by system."""
    none_may_offend(
        (
            f"features/fr/{place}:1"
            for place, _, french in _pairs()
            if french.language != "fr" or system_of(f"features/fr/{place}") != system_of(f"features/{place}")
        ),
        do="begin the file with `# language: fr`, in the folder of its system",
    )


def test_both_editions_have_the_same_shape() -> None:
    """Rules, scenarios, tags, steps and rows of examples are the same in number and order."""
    none_may_offend(_apart(_shape), do="give both editions the same scenarios, tags, steps and rows")


def test_both_editions_do_the_same() -> None:
    """Each pair of steps, rows of examples filled in, calls the same function with the same values."""
    none_may_offend(_apart(_calls), do="say the step so that it calls what the English one calls")


def test_both_editions_have_the_same_tables() -> None:
    """Tables and texts under steps are the same in each language, where a table has French words as they mean."""
    registry()
    none_may_offend(_apart(_data), do="have the tables and texts of the English edition")


def test_every_french_word_of_a_table_is_used() -> None:
    """A word or heading that no French feature has is no word of the edition; and each has its English."""
    registry()
    tables = [table for each in _by_place(FRENCH).values() for table in _tables(each)]
    cells = {cell for table in tables for row in table for cell in row}
    text = "\n".join(cells)

    assert KNOWN
    for columns in KNOWN:
        assert {*columns.headings.values()} <= cells
        assert [word for word in columns.words if word not in text] == []
        unused = [each for each in columns.patterns if not any(re.fullmatch(each, cell) for cell in cells)]
        assert unused == []


def test_a_french_table_has_no_english_heading() -> None:
    """The tables of a French scenario are French."""
    english = [[*columns.headings] for columns in KNOWN]
    none_may_offend(
        (
            f"features/fr/{place}: {table[0]}"
            for place, feature in _by_place(FRENCH).items()
            for table in _tables(feature)
            if table[0] in english
        ),
        do="give the table its French headings and words: `Columns` of the system",
    )


def test_editions_share_no_sentence() -> None:
    """No English sentence stands in a French feature, nor the other way round; one without words has none."""
    both = {pattern for _, pattern in spoken("en") & spoken("fr")}
    assert [pattern for pattern in both if has_words(pattern)] == []


def test_every_sentence_beside_the_english_one_is_french_and_used() -> None:
    """Each keyword of a step's function has one English sentence and at most one French one, which is in use."""
    french = functions(spoken("fr") - spoken("en"))
    others = functions(written() - (spoken("fr") - spoken("en")))

    assert [each for each in others if others.count(each) > 1] == []
    assert [each for each in french if french.count(each) > 1] == []
    assert [each for each in french if each not in others] == []


def test_every_french_phrase_means_an_english_one_and_is_used() -> None:
    """A phrase that no French feature has is no phrase of the edition."""
    registry()
    text = said_in(_by_place(FRENCH).values())
    french = {phrase: english for each in DEFINED.values() for phrase, english in each.french.items()}

    assert french
    assert [phrase for phrase in french if phrase not in text] == []
    values = {phrase for each in DEFINED.values() for phrase in each.values}
    assert [english for english in french.values() if english not in values] == []


def test_the_ci_runs_a_scenario_of_each_french_file() -> None:
    """One for real; that the others do the same as in English is tested above."""
    run = {scenario.rpartition(":")[0] for scenario in french_scenarios()}

    assert run == {
        f"features/fr/{place}" for place in _by_place(FRENCH) if Path(place).stem not in NOT_IN_FRENCH
    }


def _apart(parts_of: Callable[[Any], list[Part]]) -> Iterator[str]:
    """Yield where the French edition first parts from the English one, and what the two have there."""
    for place, english_feature, french_feature in _pairs():
        pairs = zip_longest(parts_of(english_feature), parts_of(french_feature), fillvalue=(0, None))
        different = [pair for pair in pairs if pair[0][1] != pair[1][1]]
        for (_, expected), (line, got) in different[:1]:
            yield f"features/fr/{place}:{line or 'end'} has {got}, in English {expected}"


def _shape(feature: Any) -> list[Part]:
    return [
        (scenario.line, (scenario.type, _tags(scenario.effective_tags), len(scenario.steps), _rows(scenario)))
        for scenario in feature.walk_scenarios(with_outlines=True)
    ]


def _rows(scenario: Any) -> list[tuple[list[str], int]]:
    return [(_tags(each.tags), len(each.table.rows)) for each in getattr(scenario, "examples", ())]


def _tags(tags: Iterable[Any]) -> list[str]:
    return sorted(map(str, tags))


def _calls(feature: Any) -> list[Part]:
    """For each scenario: what each step calls; a phrase of either language gives one and the same value."""
    return [
        (step.line, (number, [match.call for match in matches(step)[:1]]))
        for number, scenario in enumerate(feature.walk_scenarios(), start=1)
        for step in scenario.all_steps
    ]


def _tables(feature: Any) -> Iterator[list[list[str]]]:
    for scenario in feature.walk_scenarios():
        for step in scenario.all_steps:
            if step.table:
                yield [list(step.table.headings), *map(list, step.table.rows)]


def _in_english(table: Any) -> list[list[str]]:
    """Return the headings and rows of a table as the step reads them."""
    headings, rows = list(table.headings), [list(row) for row in table.rows]
    for columns in KNOWN:
        if headings == [*columns.headings.values()]:
            return [[*columns.headings], *columns.rows(headings, rows)]
    return [headings, *rows]


def _data(feature: Any) -> list[Part]:
    return [
        (step.line, (step.table and _in_english(step.table), step.text))
        for scenario in feature.walk_scenarios()
        for step in scenario.all_steps
    ]
