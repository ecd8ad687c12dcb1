"""Requirements, scenarios and tags belong together, both ways."""

import re

from fixtures.requirements import load
from tests.checkout import ROOT
from tests.features.reading import parsed, where
from tests.offenders import none_may_offend

TAG_ROW = re.compile(r"^\| (?P<tags>`@[^|]*) \|", re.MULTILINE)
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
    """Each has words in English and French, and a source."""
    none_may_offend(
        (
            f"docs/requirements: {requirement.id}"
            for requirement in load(ROOT / "docs" / "requirements").requirements
            if not all(requirement.words[language].endswith(".") for language in ("en", "fr"))
            or not requirement.source
        ),
        do="say the requirement in whole sentences, en and fr, and name its source",
    )


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
