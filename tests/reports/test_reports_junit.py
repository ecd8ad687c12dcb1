import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from reports import junit
from reports.results import Results
from tests.fixtures.test_plain_text import COMMANDS, commands_in
from tests.reports import junit_schema

Document = dict[str, Any]
Read = Callable[[Document], Results]
IN_ROOT = ("tests", "failures", "errors", "time")


def check_sums(root: ET.Element) -> None:
    (suite,) = root
    cases = suite.findall("testcase")
    found = Counter(child.tag for case in cases for child in case)
    expected = [len(cases), found["failure"], found["error"], found["skipped"]]
    assert expected == [int(suite.get(name, "")) for name in ("tests", "failures", "errors", "skipped")]
    assert sum(_ms(case) for case in cases) == _ms(suite)
    assert {name: root.get(name) for name in IN_ROOT} == {name: suite.get(name) for name in IN_ROOT}


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
    """The root and its suite have the counts and times of the cases, with rules, outlines and hook errors."""
    for root in suites.values():
        junit_schema.check(root)
        check_sums(root)
        (suite,) = root
        assert {"hostname", "timestamp"} <= set(suite.keys())


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
    assert case.get("time") == "0.413"
    said = case.findtext("system-out", "").splitlines()
    place = "features/lunar_returns/waiting.feature:12"
    assert said == [
        f"place: {place}",
        "requirements: LR-2, LR-1",
        "ran on: inprocess · sqlite · 1 worker",
        "requirement.LR-2: proven, 4 of 4",
        "requirement.LR-1: proven, 1 of 1",
    ]


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
    case = suite.find("testsuite/testcase")
    assert case is not None
    assert case.get("name", "").startswith("<b>&␀��]]>")


def test_cases_of_one_title_are_told_apart(read: Read, make_scenario: Any, make_document: Any) -> None:
    """By what they ran on, where one ran on two databases; else by their lines. A name that is alone stays."""
    file = "features/server/a.feature"
    scenarios = [
        *(make_scenario(file, 1, "twice", axes={"database": name}) for name in ("sqlite", "postgres")),
        *(make_scenario(file, line, "same", axes={}) for line in (5, 9)),
        make_scenario(file, 12, "same", rule="of a rule"),
        make_scenario(file, 20, "alone"),
    ]
    suite = junit.suites(read(make_document(scenarios)))["TEST-features.server.a"]
    names = [case.get("name") for case in suite.iter("testcase")]
    assert names == [
        "twice (sqlite)",
        "twice (postgres)",
        "same (line 5)",
        "same (line 9)",
        "same",
        "alone",
    ]


@pytest.mark.parametrize("said", COMMANDS)
def test_nothing_that_is_said_commands_a_ci_system(
    said: str, read: Read, make_scenario: Any, make_document: Any, tmp_path: Path
) -> None:
    """Azure and GitLab print messages and output of these files into the job's log."""
    failure = {"where": said, "message": f"\n{said}", "trace": said}
    more = {"rule": said, "server_log": [said], "rerun": said, "axes": {"target": said}}
    bad = make_scenario("features/server/a.feature", 1, said, "failed", failure=failure, **more)
    results = read(make_document([bad], errors=[{"where": said, "message": said}], settings={"note": said}))
    for root in parsed(junit.write(results, tmp_path / "junit")).values():
        texts = [text for element in root.iter() for text in (*element.attrib.values(), element.text or "")]
        assert [line for text in texts for line in commands_in(text)] == []
        assert not any(re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text) for text in texts)


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
