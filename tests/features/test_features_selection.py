"""What a run without a path runs: the English edition of every system."""

# mypy: allow-untyped-calls
# behave has no types.

import tomllib
from pathlib import Path

from behave.parser import parse_file

from fixtures.runner.choosing.editions import is_edition, paths_of_a_plain_run, systems_of
from tests.checkout import ROOT

FEATURES = ROOT / "features"
MOST = 0.7


def test_a_plain_run_has_every_system_in_english() -> None:
    """Nothing names the systems: each folder of features is run, save for editions in other languages."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["behave"]
    folders = {each for each in FEATURES.iterdir() if each.is_dir()}

    assert "paths" not in settings
    assert {*map(Path, paths_of_a_plain_run(FEATURES))} == folders - {FEATURES / "fr"}


def test_an_edition_has_no_system_of_its_own() -> None:
    """What stands in another language stands in English too."""
    editions = [folder for folder in FEATURES.iterdir() if folder.is_dir() and is_edition(folder.name)]

    assert [folder.name for folder in editions] == ["fr"]
    assert [
        each for folder in editions for each in systems_of(folder) if each not in systems_of(FEATURES)
    ] == []


def test_every_feature_is_in_a_system() -> None:
    """A file beside the folders would be in no run."""
    assert [path.name for path in FEATURES.glob("*.feature")] == []
    assert [path.name for path in FEATURES.glob("fr/*.feature")] == []


def test_the_floor_is_close_to_what_there_is() -> None:
    """A run that has lost many scenarios ends with 3; a system's folder cannot be lost, for nothing lists them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    files = [file for system in systems_of(FEATURES) for file in (FEATURES / system).glob("*.feature")]
    there = sum(len(parse_file(str(file)).walk_scenarios()) for file in files)

    assert MOST * there <= settings["touchstone"]["scenarios_min"] <= there
