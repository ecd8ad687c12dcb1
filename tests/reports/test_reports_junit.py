import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from reports import junit
from reports.results import Results

Document = dict[str, Any]
Read = Callable[[Document], Results]

SUITE_ATTRIBUTES = {"name", "tests", "failures", "errors", "skipped", "time", "timestamp"}
CASE_ATTRIBUTES = {"classname", "name", "time", "file", "line"}
OUTCOMES = {"failure", "error", "skipped"}
TIMESTAMP = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}")
TIME = re.compile(r"\d+\.\d{3}")


def check_schema(suite: ET.Element) -> None:
    """Assert what every reader of JUnit XML relies on."""
    assert suite.tag == "testsuite"
    assert set(suite.keys()) - SUITE_ATTRIBUTES == set()
    assert {"name", "tests", "failures", "errors", "skipped", "time"} <= set(suite.keys())
    assert TIMESTAMP.fullmatch(suite.get("timestamp", ""))
    assert {child.tag for child in suite} <= {"properties", "testcase"}
    for case in suite.iter("testcase"):
        assert set(case.keys()) - CASE_ATTRIBUTES == set()
        assert TIME.fullmatch(case.get("time", ""))
        assert sum(child.tag in OUTCOMES for child in case) <= 1
        order = [child.tag for child in case]
        assert order == sorted(order, key=["properties", *sorted(OUTCOMES), "system-out"].index)


def check_sums(suite: ET.Element) -> None:
    cases = suite.findall("testcase")
    found = Counter(child.tag for case in cases for child in case)
    expected = [len(cases), found["failure"], found["error"], found["skipped"]]
    assert expected == [int(suite.get(name, "")) for name in ("tests", "failures", "errors", "skipped")]
    assert sum(_ms(case) for case in cases) == _ms(suite)


def _ms(element: ET.Element) -> int:
    return int(element.get("time", "").replace(".", ""))


def parsed(paths: Iterable[Path]) -> dict[str, ET.Element]:
    return {path.stem: ET.fromstring(path.read_bytes()) for path in paths}  # noqa: S314 - our own output


@pytest.fixture
def suites(read: Read, sample: Document, tmp_path: Path) -> dict[str, ET.Element]:
    return parsed(junit.write(read(sample), tmp_path / "junit"))


def case_named(suites: dict[str, ET.Element], name: str) -> ET.Element:
    return next(
        case for suite in suites.values() for case in suite.iter("testcase") if case.get("name") == name
    )


def test_there_is_one_file_a_feature_and_one_for_the_run(suites: dict[str, ET.Element]) -> None:
    """The files are named after the features, the run's own errors have a file of theirs."""
    assert set(suites) == {
        "TEST-run",
        "TEST-features.lunar_returns.waiting",
        "TEST-features.fr.lunar_returns.attente",
        "TEST-features.server.limits",
    }


def test_files_keep_to_the_schema_and_sums_are_exact(suites: dict[str, ET.Element]) -> None:
    """Counts and times of each suite are those of its cases, with rules, outlines and hook errors."""
    for suite in suites.values():
        check_schema(suite)
        check_sums(suite)


def test_all_scenarios_are_counted_once(suites: dict[str, ET.Element], sample: Document) -> None:
    """The suites together have each scenario and each error of the run, and the time of all scenarios."""
    total = sum(int(suite.get("tests", "")) for suite in suites.values())
    assert len(sample["scenarios"]) + len(sample["errors"]) == total
    expected_ms = sum(round(scenario["duration_s"] * 1000) for scenario in sample["scenarios"])
    assert expected_ms == sum(_ms(suite) for suite in suites.values())


def test_a_case_stands_under_its_feature_and_rule(suites: dict[str, ET.Element]) -> None:
    """The class name has the feature and the rule, the time is the scenario's own."""
    case = case_named(suites, "two readers arrive before the month exists")
    rule = "However many ask at once, the months are made once"
    assert f"Waiting for the month that somebody else is making › {rule}" == case.get("classname")
    assert (case.get("time"), case.get("line")) == ("0.413", "12")
    requirements = [one.get("value") for one in case.iter("property") if one.get("name") == "requirement"]
    assert requirements == ["LR-2", "LR-1"]


@pytest.mark.parametrize(
    ("name", "tag", "kind"),
    [
        ("a hundred readers wait for a slow generation", "failure", "assertion"),
        ("a waiter leaves", "error", "error"),
        ("a hundred requests a second while one generation runs", "error", "inconclusive"),
        ("the same on two workers", "skipped", "inapplicable"),
        ("a body that arrives by the byte", "skipped", "untested"),
        ("after_all", "error", "run"),
    ],
)
def test_each_outcome_has_its_element(suites: dict[str, ET.Element], name: str, tag: str, kind: str) -> None:
    """Assertions fail, hooks and exceptions are errors, and what did not run is skipped with its reason."""
    outcome = case_named(suites, name).find(tag)
    assert outcome is not None
    assert kind == outcome.get("type")
    assert outcome.get("message")


def test_a_failed_case_tells_its_story(suites: dict[str, ET.Element]) -> None:
    """The output has the steps, what was sent, the server's log and the command to run it again."""
    output = case_named(suites, "a hundred readers wait for a slow generation").findtext("system-out", "")
    for part in ("100 readers ask at once", "POST http://", "gave_up_waiting", "no answer", "-D seed=4711"):
        assert part in output


def test_an_assertion_in_a_hook_is_an_error(read: Read, make_scenario: Any, make_document: Any) -> None:
    """What fails outside the sentences of a scenario is never a failed assertion of it."""
    failure = {"where": "before_scenario", "message": "not clean", "trace": ""}
    hooked = make_scenario("features/server/a.feature", 1, "hooked", "failed", failure=failure)
    suite = junit.suites(read(make_document([hooked])))["TEST-features.server.a"]
    assert suite.get("errors") == "1"


def test_what_xml_forbids_is_made_visible(
    read: Read, make_scenario: Any, make_document: Any, tmp_path: Path
) -> None:
    """Control characters, markup and lone surrogates leave files that parse."""
    nasty = "<b>&\x00\x1b[31m\ud800\ufffe]]>" + "x" * 5000
    failure = {"where": nasty, "message": nasty, "trace": nasty}
    bad = make_scenario("features/server/a.feature", 1, nasty, "failed", failure=failure, server_log=[nasty])
    (suite,) = parsed(junit.write(read(make_document([bad])), tmp_path / "junit")).values()
    case = suite.find("testcase")
    assert case is not None
    assert case.get("name", "").startswith("<b>&␀��]]>")


def test_features_whose_names_meet_keep_their_own_files(
    read: Read, make_scenario: Any, make_document: Any
) -> None:
    """Two features never share a file, neither with each other nor with the run's."""
    files = [
        "features/a/b.feature",
        "features/a.b.feature",
        "features/A/b.feature",
        "../run.feature",
        "run.feature",
    ]
    scenarios = [make_scenario(file, 1, file, system="a") for file in files]
    results = read(make_document(scenarios, errors=[{"where": "before_all", "message": "no"}]))
    stems = list(junit.suites(results))
    assert len(files) + 1 == len({stem.lower() for stem in stems})
    assert all(re.fullmatch(r"[\w.-]+", stem) for stem in stems)


def test_only_our_own_earlier_files_are_removed(read: Read, green: Document, tmp_path: Path) -> None:
    """A feature that is gone leaves no old verdict behind, and a file of others is left alone."""
    folder = tmp_path / "junit"
    results = read(green)
    gone, foreign = junit.write(results, folder)[0], folder / "TEST-other.xml"
    gone.rename(folder / "TEST-gone.xml")
    foreign.write_text("<testsuite/>", encoding="utf-8")
    junit.write(results, folder)
    assert not (folder / "TEST-gone.xml").exists()
    assert foreign.exists()


def test_nothing_that_ran_writes_nothing(read: Read, empty: Document, tmp_path: Path) -> None:
    """A run without scenarios and errors has no suites."""
    assert junit.write(read(empty), tmp_path / "junit") == []
