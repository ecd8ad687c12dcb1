"""Requirements, scenarios and tags belong together, both ways."""

import re
from pathlib import Path

from fixtures.requirements import load
from tests.checkout import ROOT
from tests.features.reading import parsed, where
from tests.offenders import none_may_offend

TAG_ROW = re.compile(r"^\| (?P<tags>`@[^|]*) \|", re.MULTILINE)
SOURCES = "docs/sources"
SOURCE_ROW = re.compile(r'^\| <a id="(?P<anchor>[a-z0-9-]+)"></a>.* \| (?P<ids>[^|]*) \|$', re.MULTILINE)
ID = re.compile(r"\b[A-Z]{2}-\d+\b")
REQUIREMENT = re.compile(r"^[A-Z]{2}-\d+$")


def test_every_agreed_requirement_has_a_scenario_and_no_planned_one_has() -> None:
    """What is agreed is proven by something; what is planned is not built yet."""
    requirements = load(ROOT / "docs" / "requirements").requirements
    used = _used()

    assert {each.id for each in requirements if each.status == "agreed"} == used & {
        each.id for each in requirements
    }


def test_every_scenario_has_a_requirement() -> None:
    """No scenario proves what nobody asked for."""
    ids = {each.id for each in load(ROOT / "docs" / "requirements").requirements}

    none_may_offend(
        (
            where(scenario)
            for feature in parsed()
            for scenario in feature.walk_scenarios()
            if not ids & set(scenario.effective_tags)
        ),
        do="tag the rule with the requirement that it states",
    )


def test_the_page_of_tags_is_true() -> None:
    """Each tag in use has a row, and each row is of a tag in use."""
    assert _documented() == _used()


def test_requirements_are_said_in_two_languages() -> None:
    """Each has words in English and French."""
    none_may_offend(
        (
            f"docs/requirements: {requirement.id}"
            for requirement in load(ROOT / "docs" / "requirements").requirements
            if not all(requirement.words[language].endswith(".") for language in ("en", "fr"))
        ),
        do="state the requirement in whole sentences, en and fr",
    )


def test_every_source_is_a_section_of_a_page_that_names_the_requirement() -> None:
    """A page below `docs/sources/`, the anchor of one of its rows, and the requirement's id in that row."""
    none_may_offend(
        (
            f"{requirement.id}: {requirement.source}"
            for requirement in load(ROOT / "docs" / "requirements").requirements
            if requirement.id not in _answers(requirement.source)
        ),
        do="let `source` be docs/sources/PAGE.md#ANCHOR, and name the requirement in the row with that anchor",
    )


def test_every_requirement_that_a_page_of_sources_names_exists() -> None:
    """No row leads to a requirement that is not there, and no anchor is there twice."""
    ids = {each.id for each in load(ROOT / "docs" / "requirements").requirements}
    rows = [row for page in (ROOT / SOURCES).glob("*.md") for row in _rows(page)]

    assert len({(page, anchor) for page, anchor, _ in rows}) == len(rows) > 0
    assert {name for *_, names in rows for name in names} == ids


def _answers(source: str) -> list[str]:
    """Return the ids in the row that a source leads to; none where there is no such row."""
    path, _, anchor = source.partition("#")
    if not path.startswith(f"{SOURCES}/") or not (ROOT / path).is_file():
        return []
    return next((names for _, found, names in _rows(ROOT / path) if found == anchor), [])


def _rows(page: Path) -> list[tuple[str, str, list[str]]]:
    """Return page, anchor and requirement ids of each row that has an anchor."""
    text = page.read_text(encoding="utf-8")
    return [(page.name, row["anchor"], ID.findall(row["ids"])) for row in SOURCE_ROW.finditer(text)]


def _used() -> set[str]:
    return {
        str(tag)
        for feature in parsed()
        for scenario in feature.walk_scenarios()
        for tag in scenario.effective_tags
    }


def _documented() -> set[str]:
    page = (ROOT / "docs" / "tags.md").read_text(encoding="utf-8")
    found: set[str] = set()
    for row in TAG_ROW.finditer(page):
        for part in row["tags"].split(","):
            names = re.findall(r"`@([^`]+)`", part)
            found |= _range(*names) if len(names) > 1 else set(names)
    return found


def _range(first: str, last: str) -> set[str]:
    """Return `LR-1`, …, `LR-10` for the first and the last of them."""
    assert REQUIREMENT.match(first)
    prefix, start = first.split("-")
    return {f"{prefix}-{number}" for number in range(int(start), int(last.split("-")[1]) + 1)}
