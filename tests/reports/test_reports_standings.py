"""A requirement that is partly proven is so in every report, with how much of it and why."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reports import junit, page, summary
from reports.__main__ import main
from reports.changes import compare
from reports.headline import sentence
from reports.labels import ENGLISH
from reports.loading import ResultsError, load
from reports.results import Results
from tests.reports.outline import Outline

Document = dict[str, Any]
Read = Callable[[Document], Results]
FILE = "features/a/b.feature"
SLOW = {"id": f"{FILE}:9", "name": "ten seconds of creating", "why": "tags", "reason": "@cost.minute"}
NEITHER = {"id": f"{FILE}:10", "name": "somewhere else", "why": "paths", "reason": ""}
PARTLY = {"standing": "partly proven", "passed": 1, "total": 3, "left_out": [SLOW, NEITHER]}
PROVEN: Document = {"standing": "proven", "passed": 1, "total": 1, "left_out": []}
UNTESTED = {"standing": "untested", "passed": 0, "total": 1, "left_out": [NEITHER | {"id": f"{FILE}:11"}]}


def promise(name: str, verdict: str, scenarios: list[str], standing: Document) -> Document:
    words = {"en": f"{name} holds.", "fr": f"{name} tient."}
    return {"id": name, "system": "a", "level": "MUST", "status": "agreed", "words": words,
            "verdict": verdict, "scenarios": scenarios, **standing}  # fmt: skip


@pytest.fixture
def partly(make_scenario: Any, make_document: Any) -> Document:
    """A run that passed, of which one requirement is proven, one partly, and one was not looked at."""
    scenarios = [
        make_scenario(FILE, line, f"case {line}", requirements=[name])
        for line, name in ((1, "A-1"), (2, "A-2"))
    ]
    requirements = [
        promise("A-1", "passed", [f"{FILE}:1"], PROVEN),
        promise("A-2", "passed", [f"{FILE}:2"], PARTLY),
        promise("A-3", "untested", [], UNTESTED),
    ]
    return dict(make_document(scenarios, requirements=requirements, selection="some"))


def test_the_headline_counts_the_kinds_apart(read: Read, partly: Document) -> None:
    """A run in which all passed does not make its requirements proven."""
    expected = "All 2 scenarios passed; 3 requirements: 1 proven, 1 partly proven, 1 untested."
    assert expected == sentence(read(partly), ENGLISH)


def test_the_bar_is_about_requirements(read: Read, partly: Document) -> None:
    """A third of it is green where a third of them is proven, though all scenarios passed."""
    text = page.render(read(partly))
    shares = re.findall(r'<rect class="share ([\w-]+)" x="[\d.]+%" width="([\d.]+)%"', text)
    assert shares == [("proven", "33.333"), ("partly-proven", "33.333"), ("untested", "33.333")]
    assert "Proven: 1 ◐ Partly proven: 1 ○ Untested: 1" in Outline(text).text


def test_the_page_begins_with_a_tile_for_each_requirement(read: Read, partly: Document) -> None:
    """Id, sign and a word for those who do not see the colour; it leads to the requirement."""
    text = page.render(read(partly))
    head = text.split("</header>")[0]
    tiles = re.findall(r'<a class="tile ([\w-]+)" href="#([\w-]+)">', head)
    assert tiles == [
        ("proven", "requirement-A-1"), ("partly-proven", "requirement-A-2"), ("untested", "requirement-A-3")
    ]  # fmt: skip
    assert all(f'id="{anchor}"' in text for _, anchor in tiles)
    outline = Outline(head)
    assert "✓ A-1 Proven ◐ A-2 Partly proven ○ A-3 Untested" in outline.text
    assert "◐ A-2 Partiellement prouvée ○ A-3 Non testée" in outline.french


def test_the_page_says_how_much_and_what_is_missing(read: Read, partly: Document) -> None:
    """With the requirement, and by name among what was not proven."""
    outline = Outline(page.render(read(partly)))
    assert "A-2 A-2 holds. ◐ Partly proven MUST 1 of 3 scenarios passed" in outline.text
    assert "Missing: 1 left out by tags (@cost.minute), 1 left out by path." in outline.text
    assert "Scénarios manquants : 1 écarté par ses tags (@cost.minute)" in outline.french.replace(
        "\u00a0", " "
    )
    assert f"ten seconds of creating {FILE}:9" in outline.text


def test_the_summary_says_it_in_the_table(read: Read, partly: Document) -> None:
    """Beside the requirement, in one cell; a tag mentions nobody."""
    cell = "◐ Partly proven, 1 of 3: 1 left out by tags (@<!-- -->cost.minute), 1 left out by path"
    assert cell in summary.render(read(partly))


def test_junit_has_it_as_properties(read: Read, partly: Document) -> None:
    """Of the suite, by the id of the requirement, and in the output of the case."""
    (suite,) = junit.suites(read(partly)).values()
    value = "partly proven, 1 of 3: 1 left out by tags (@cost.minute), 1 left out by path"
    assert _properties(suite)["requirement.A-2"] == value
    assert f"requirement.A-2: {value}" in (suite.findall("testcase")[1].findtext("system-out") or "")
    assert _properties(suite)["requirement.A-1"] == "proven, 1 of 1"


def _properties(element: ET.Element) -> dict[str, str]:
    return {each.attrib["name"]: each.attrib["value"] for each in element.findall("properties/property")}


@pytest.mark.parametrize(
    "claim",
    [{"standing": "proven"}, {"standing": "partly proven", "passed": 3, "left_out": []}, {"left_out": None}],
)
def test_a_claim_that_its_counts_do_not_bear_out_is_refused(
    read: Read, partly: Document, claim: Document
) -> None:
    """No page is made of results that call proven what is not."""
    partly["requirements"][1] |= claim
    with pytest.raises(ResultsError):
        read(partly)


def test_older_results_are_judged_by_what_they_hold(read: Read, partly: Document) -> None:
    """They do not say what was left out; what did not run is in them anyway."""
    for requirement in partly["requirements"]:
        for name in PROVEN:
            del requirement[name]
    partly["requirements"][0]["scenarios"].append(f"{FILE}:2")
    partly["scenarios"][1] |= {"verdict": "inapplicable", "reason": "no start"}
    partly["counts"] = {"passed": 1, "inapplicable": 1}
    first = read(partly).requirements[0]
    assert (first.standing, first.passed, first.total) == ("partly proven", 1, 2)
    assert [(each.why, each.reason) for each in first.left_out] == [("inapplicable", "no start")]


def test_from_partly_proven_to_proven_is_news(read: Read, partly: Document) -> None:
    """And so is the way back, between whole runs; after a choice a requirement is not lost, but it may be won."""
    before = read(partly | {"selection": "all"})
    partly["requirements"][1] |= PROVEN
    after = read(partly | {"selection": "all"})
    assert [(each.kind, each.before, each.after) for each in compare(before, after).requirements] == [
        ("proven", "partly proven", "proven")
    ]
    assert [each.kind for each in compare(after, before).requirements] == ["lost"]
    chosen = read(partly)
    partly["requirements"][1] |= PARTLY
    accepted = read(partly)
    assert [each.kind for each in compare(accepted, chosen).requirements] == ["proven"]
    assert compare(chosen, accepted).requirements == ()


@pytest.fixture
def shard(tmp_path: Path, make_scenario: Any, make_document: Any) -> Callable[..., Path]:
    """Write the results of a shard that ran some of the lines 1, 2 and 3 of A-1, on a database."""

    def shard(name: str, lines: list[int], database: str = "sqlite", **verdicts: str) -> Path:
        scenarios = [
            make_scenario(
                FILE, line, f"case {line}", verdicts.get(f"line_{line}", "passed"), requirements=["A-1"]
            )
            for line in lines
        ]
        others = [
            {"id": f"{FILE}:{line}", "name": f"case {line}", "why": "shard"} for line in {1, 2, 3} - {*lines}
        ]
        own = [
            {"id": each["id"], "name": each["name"], "why": each["verdict"], "reason": each["reason"]}
            for each in scenarios
            if each["verdict"] != "passed"
        ]
        passed = len(scenarios) - len(own)
        standing = "partly proven" if others or own else "proven"
        account = {"standing": standing, "passed": passed, "total": 3, "left_out": [*own, *others]}
        ids = [each["id"] for each in scenarios]
        settings = {"target": "inprocess", "database": database, "workers": 1, "shard": name}
        path = tmp_path / f"{database}-{name.replace('/', '-')}.json"
        document = make_document(
            scenarios,
            requirements=[promise("A-1", "passed", ids, account)],
            settings=settings,
            selection="shard",
        )
        path.write_text(json.dumps(document), encoding="utf-8")
        return path

    return shard


def merged(folder: Path, *paths: Path) -> Results:
    assert main(["merge", str(folder / "merged.json"), *map(str, paths)]) == 0
    return load(folder / "merged.json")


def test_shards_prove_together_what_none_proves_alone(shard: Callable[..., Path], tmp_path: Path) -> None:
    """What one of them ran, the others have not left out."""
    halves = shard("1/2", [1, 3]), shard("2/2", [2])
    assert {load(each).requirements[0].standing for each in halves} == {"partly proven"}
    (whole,) = merged(tmp_path, *halves).requirements
    assert (whole.standing, whole.passed, whole.total, whole.left_out) == ("proven", 3, 3, ())
    (half,) = merged(tmp_path, halves[0]).requirements
    assert (half.standing, half.passed, half.total) == ("partly proven", 2, 3)
    assert [(each.id, each.why) for each in half.left_out] == [(f"{FILE}:2", "shard")]


def test_what_did_not_apply_in_one_shard_is_missing_from_the_whole(
    shard: Callable[..., Path], tmp_path: Path
) -> None:
    """All shards are there, and the requirement is still not proven."""
    paths = shard("1/2", [1, 3], line_3="inapplicable"), shard("2/2", [2])
    (whole,) = merged(tmp_path, *paths).requirements
    assert (whole.standing, whole.passed, whole.total) == ("partly proven", 2, 3)
    assert [each.why for each in whole.left_out] == ["inapplicable"]


def test_each_database_has_to_prove_it_whole(shard: Callable[..., Path], tmp_path: Path) -> None:
    """What ran on the one is missing on the other, and the place is told."""
    paths = [shard("1/1", [1, 2, 3]), shard("1/2", [1, 3], "postgres")]
    (found,) = merged(tmp_path, *paths).requirements
    assert (found.standing, found.passed, found.total) == ("partly proven", 5, 6)
    assert [(each.id, each.place) for each in found.left_out] == [(f"{FILE}:2", "inprocess · postgres")]
    paths.append(shard("2/2", [2], "postgres"))
    assert merged(tmp_path, *paths).requirements[0].standing == "proven"
