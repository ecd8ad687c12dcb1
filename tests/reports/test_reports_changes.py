import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reports import page, summary
from reports.__main__ import main
from reports.changes import Changes, Unusable, compare
from reports.results import Results
from tests.reports.outline import Outline

Document = dict[str, Any]
Read = Callable[[Document], Results]
FILE = "features/a/b.feature"


@pytest.fixture
def run(read: Read, make_scenario: Any, make_document: Any) -> Callable[..., Results]:
    """Build a run of scenarios by title, each with a requirement of its name in capitals."""

    def run(verdicts: dict[str, str], **more: Any) -> Results:
        scenarios = [
            make_scenario(FILE, line, name, verdict)
            for line, (name, verdict) in enumerate(verdicts.items(), 1)
        ]
        requirements = [
            {"id": each["name"].upper(), "system": "server", "level": "MUST", "status": "agreed",
             "words": {"en": "It holds."}, "verdict": each["verdict"], "scenarios": [each["id"]]}
            for each in scenarios
        ]  # fmt: skip
        return read(make_document(scenarios, requirements=requirements, **more))

    return run


def kinds(changes: Changes) -> list[tuple[str, str]]:
    return [(change.kind, change.scenario.name) for change in changes.scenarios if change.scenario]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("passed", "failed", "failing"),
        ("inconclusive", "failed", "failing"),
        ("passed", "inconclusive", "lost"),
        ("passed", "untested", "lost"),
        ("failed", "passed", "proven"),
        ("untested", "passed", "proven"),
        ("failed", "inconclusive", ""),
        ("failed", "inapplicable", "untried"),
        ("inconclusive", "untested", "untried"),
        ("passed", "inapplicable", "lost"),
        ("untested", "inapplicable", ""),
        ("passed", "passed", ""),
        ("failed", "failed", ""),
    ],
)
def test_a_verdict_that_turns_has_a_kind(
    run: Callable[..., Results], before: str, after: str, expected: str
) -> None:
    """What fails anew, what is no longer proven and what is proven are told apart; the rest tells nothing."""
    changes = compare(run({"one": before}), run({"one": after}))
    assert ([(expected, "one")] if expected else []) == kinds(changes)
    assert [expected] * bool(expected) == [change.kind for change in changes.requirements]


def test_new_and_gone_are_told(run: Callable[..., Results]) -> None:
    """The worst comes first, and a scenario that only moved to another line is no change."""
    earlier = run({"old": "passed", "stays": "passed", "breaks": "passed"})
    changes = compare(earlier, run({"stays": "passed", "new": "passed", "breaks": "failed"}))
    assert kinds(changes) == [("failing", "breaks"), ("new", "new"), ("gone", "old")]
    found = [(change.kind, change.requirement.id) for change in changes.requirements if change.requirement]
    assert found == [("failing", "BREAKS"), ("new", "NEW"), ("gone", "OLD")]


@pytest.mark.parametrize("partial", ["earlier", "now"])
def test_of_a_selection_only_what_both_have_is_compared(run: Callable[..., Results], partial: str) -> None:
    """A scenario that was not chosen is not gone, and its requirement lost nothing; one that fails is told."""
    selection = {name: "some" if name == partial else "all" for name in ("earlier", "now")}
    earlier = run({"one": "passed", "two": "passed"}, selection=selection["earlier"])
    changes = compare(earlier, run({"one": "failed", "three": "passed"}, selection=selection["now"]))
    assert kinds(changes) == [("failing", "one")]
    assert [(change.kind, change.after) for change in changes.requirements] == [("failing", "failed")]
    assert not changes.whole


def test_a_scenario_on_two_databases_is_as_bad_as_its_worst(
    read: Read, make_scenario: Any, make_document: Any
) -> None:
    """A merged run is compared case by case, and a case that fails on one database fails."""
    once = [make_scenario(FILE, 1, "one")]
    twice = [
        make_scenario(FILE, 1, "one", verdict, axes={"database": database})
        for database, verdict in (("sqlite", "passed"), ("postgres", "failed"))
    ]
    earlier = read(make_document(once))
    assert kinds(compare(earlier, read(make_document(twice)))) == [("failing", "one")]


@pytest.mark.parametrize(
    ("before_s", "now_s", "expected"),
    [(60, 72, 20), (60, 71.9, 0), (60, 48, -20), (60, 49, 0), (10, 14, 0), (0, 60, 0)],
)
def test_the_time_of_the_whole_is_told_only_when_it_changed_much(
    run: Callable[..., Results], before_s: float, now_s: float, expected: int
) -> None:
    """Less than a fifth, or less than five seconds, is no news."""
    earlier, now = (run({"one": "passed"}, duration_s=seconds) for seconds in (before_s, now_s))
    assert expected == compare(earlier, now).duration_percent


def test_the_page_and_the_summary_tell_what_changed(run: Callable[..., Results]) -> None:
    """Both name the earlier run, the settings that differ, the kinds and the time."""
    earlier = run(
        {"one": "passed", "old": "passed"}, settings={"database": "sqlite", "jobs": 1}, duration_s=20
    )
    now = run({"one": "failed"}, settings={"database": "postgres", "jobs": 1}, duration_s=40)
    outline = Outline(page.render(now, compare(earlier, now)))
    for part in (
        "Compared with the results of 1 October 2026, 14:03 UTC.",
        "Database: sqlite, now postgres",
        "The whole run took 40.0 s, before 20.0 s: 100 % longer.",
        "Newly failing ONE It holds. ✗ Failed before: proven",
        "Gone old before: passed",
    ):
        assert part in outline.text
    assert "Échoue désormais ONE It holds. ✗ Échec avant : prouvée" in outline.french
    digest = summary.render(now, compare(earlier, now))
    assert "- **Newly failing:** ONE, one\n- **Gone:** OLD, old\n" in digest


def test_what_went_wrong_and_is_no_longer_tried_is_told(run: Callable[..., Results]) -> None:
    """A failure that is not looked at any more does not vanish without a word."""
    earlier = run({"one": "failed", "two": "inconclusive"})
    now = run({"one": "inapplicable", "two": "untested"})
    outline = Outline(page.render(now, compare(earlier, now)))
    assert "No longer tried one \u2013 Does not apply before: failed" in outline.text
    assert "N’est plus examiné two ○ Non testé avant : non concluant" in outline.french
    assert "- **No longer tried:** ONE, TWO, one, two\n" in summary.render(now, compare(earlier, now))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {"sabotage": "no-lock"}, ("none", "aucun", "no-lock")),
        ({"sabotage": "no-lock"}, {"sabotage": ""}, ("no-lock", "no-lock", "none")),
        ({"sabotage": "no-lock"}, {}, ("no-lock", "no-lock", "none")),
    ],
)
def test_a_fault_on_purpose_is_a_setting_that_differs(
    run: Callable[..., Results], before: Document, after: Document, expected: tuple[str, str, str]
) -> None:
    """Where an older document does not tell of one, there was none."""
    earlier, now = run({"one": "passed"}, settings=before), run({"one": "passed"}, settings=after)
    changes = compare(earlier, now)
    outline = Outline(page.render(now, changes))
    old, ancien, new = expected
    assert f"Fault on purpose: {old}, now {new}" in outline.text
    assert f"Défaut volontaire : {ancien}, maintenant" in outline.french
    assert f"Fault on purpose: {old}, now {new};" in summary.render(now, changes)


def test_where_neither_was_broken_nothing_is_told(run: Callable[..., Results]) -> None:
    """An older document without the key and one with an empty fault say the same."""
    earlier, now = run({"one": "passed"}, settings={}), run({"one": "passed"}, settings={"sabotage": ""})
    assert compare(earlier, now).settings == ()


def test_where_nothing_changed_that_is_said(run: Callable[..., Results]) -> None:
    """And where there is nothing to compare with, that is said too."""
    now = run({"one": "passed"})
    assert "Every verdict is as it was." in Outline(page.render(now, compare(now, now))).text
    assert "Every verdict is as it was." in summary.render(now, compare(now, now))
    apart = compare(run({"two": "passed"}, selection="some"), now)
    assert "The two runs have no scenario in common." in Outline(page.render(now, apart)).text
    assert "The two runs have no scenario in common." in summary.render(now, apart)
    assert "There is no earlier results file to compare with." in Outline(page.render(now)).text
    assert "What changed" not in summary.render(now)


def test_build_compares_with_the_run_before(write: Callable[[Document], Path], sample: Document) -> None:
    """The results that a run keeps as `previous.json` are found without being named."""
    path = write(sample)
    sample["scenarios"][0]["verdict"] = "inconclusive"
    sample["counts"] |= {"passed": 4, "inconclusive": 2}
    path.with_name("previous.json").write_text(json.dumps(sample), encoding="utf-8")
    assert main(["build", str(path)]) == 0
    section = (path.parent / "summary.md").read_text(encoding="utf-8")
    assert "- **Newly proven:** LR-1, LR-2, two readers arrive before the month exists\n" in section


@pytest.mark.parametrize(
    ("content", "expected"), [('{"schema": 7}', "schema 7 is not the supported one"), ("{", "not JSON")]
)
def test_older_results_that_cannot_be_used_cost_one_line(
    write: Callable[[Document], Path], green: Document, content: str, expected: str
) -> None:
    """The report is made anyway, and names the file but not its folder."""
    path = write(green)
    path.with_name("older.json").write_text(content, encoding="utf-8")
    assert main(["build", str(path), "--since", str(path.with_name("older.json"))]) == 0
    text = Outline((path.parent / "index.html").read_text(encoding="utf-8")).text
    assert f"The earlier results in older.json cannot be compared: {expected}" in text
    assert str(path.parent) not in text


def test_older_results_that_are_not_there_are_refused(
    write: Callable[[Document], Path], green: Document, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who names a file means it."""
    assert main(["build", str(write(green)), "--since", "no/such.json"]) == 64
    assert "no/such.json: no such file" in capsys.readouterr().err


def test_a_reason_is_text(read: Read, green: Document) -> None:
    """Whatever the earlier file holds, it does not become markup."""
    results, unusable = read(green), Unusable("older.json", "<script>|*b*")
    assert "<script" not in page.render(results, unusable)
    assert "&lt;script&gt;\\|\\*b\\*" in summary.render(results, unusable)
