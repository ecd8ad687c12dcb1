"""The features, parsed once, for tests about how they are written."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from behave.parser import parse_file

from tests.checkout import ROOT


@cache
def parsed() -> tuple[Any, ...]:
    """Return every feature of the project."""
    return tuple(parse_file(str(path)) for path in sorted((ROOT / "features").rglob("*.feature")))


@cache
def scenarios() -> tuple[Any, ...]:
    """Return the scenarios and outlines of every feature, an outline once."""
    return tuple(scenario for feature in parsed() for scenario in scenarios_of(feature))


def scenarios_of(feature: Any) -> Iterator[Any]:
    """Yield the scenarios and outlines of a feature, an outline once."""
    for scenario in feature.walk_scenarios(with_outlines=True):
        if scenario.type == "scenario_outline" or not is_row(scenario):
            yield scenario


def said_in(features: Iterable[Any]) -> str:
    """Return all that the steps of these features say, row by row of an outline, a line each."""
    return "\n".join(
        step.name for feature in features for one in feature.walk_scenarios() for step in one.all_steps
    )


def is_row(scenario: Any) -> bool:
    """Whether the scenario is one row of an outline."""
    return getattr(scenario, "parent", None) is not None and scenario.parent.type == "scenario_outline"


def where(statement: Any) -> str:
    """Return file and line of a feature, a scenario or a step, from the root of the project."""
    return f"{Path(statement.filename).resolve().relative_to(ROOT).as_posix()}:{statement.line}"
