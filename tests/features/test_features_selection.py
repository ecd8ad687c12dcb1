"""What a run without a path runs: the English edition of every system."""

# mypy: allow-untyped-calls
# behave has no types.

import tomllib
from pathlib import Path

from behave.parser import parse_file

from tests.checkout import ROOT

FEATURES = ROOT / "features"
EDITION = len("fr")
"""A folder whose name has two letters is an edition in that language."""


def test_a_plain_run_has_every_system_in_english() -> None:
    """Each folder of features is a path of `[tool.behave]`, save for editions in other languages."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["behave"]

    assert settings["paths"] == sorted(f"features/{system}" for system in _systems(FEATURES))


def test_an_edition_has_no_system_of_its_own() -> None:
    """What stands in another language stands in English too."""
    editions = [folder for folder in FEATURES.iterdir() if folder.is_dir() and len(folder.name) == EDITION]

    assert [folder.name for folder in editions] == ["fr"]
    assert [each for folder in editions for each in _systems(folder) if each not in _systems(FEATURES)] == []


def test_every_feature_is_in_a_system() -> None:
    """A file beside the folders would be in no run."""
    assert [path.name for path in FEATURES.glob("*.feature")] == []
    assert [path.name for path in FEATURES.glob("fr/*.feature")] == []


def test_a_run_that_lost_a_system_is_below_the_floor() -> None:
    """The floor is close to what there is, so that a run which has lost a folder ends with 3."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    counts = {
        path: sum(_scenarios(file) for file in (ROOT / path).glob("*.feature"))
        for path in settings["behave"]["paths"]
    }
    floor = settings["touchstone"]["scenarios_min"]

    assert sum(counts.values()) - min(counts.values()) < floor <= sum(counts.values())


def _scenarios(file: Path) -> int:
    return len(parse_file(str(file)).walk_scenarios())


def _systems(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir() if each.is_dir() and len(each.name) > EDITION}
