"""The features, parsed, for tests about how they are written."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from behave.parser import parse_file

from tests.checkout import ROOT


@cache
def parsed() -> tuple[Any, ...]:
    """Return every feature of the project."""
    return tuple(parse_file(str(path)) for path in sorted((ROOT / "features").rglob("*.feature")))


@pytest.fixture(scope="session")
def features() -> tuple[Any, ...]:
    """Every feature."""
    return parsed()


def scenarios_of(feature: Any) -> Iterator[Any]:
    """Yield the scenarios and outlines of a feature, an outline once."""
    for scenario in feature.walk_scenarios(with_outlines=True):
        if scenario.type == "scenario_outline" or not is_row(scenario):
            yield scenario


def is_row(scenario: Any) -> bool:
    """Whether the scenario is one row of an outline."""
    return getattr(scenario, "parent", None) is not None and scenario.parent.type == "scenario_outline"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that takes `feature` or `scenario` once for each."""
    if "feature" in metafunc.fixturenames:
        metafunc.parametrize("feature", parsed(), ids=_id)
    if "scenario" in metafunc.fixturenames:
        found = [scenario for feature in parsed() for scenario in scenarios_of(feature)]
        metafunc.parametrize("scenario", found, ids=lambda each: f"{_id(each)}:{each.line}")


def _id(statement: Any) -> str:
    """`fr/waiting`: the edition, where it is not the English one, and the file."""
    path = Path(statement.filename)
    return f"fr/{path.stem}" if "fr" in path.parts else path.stem
