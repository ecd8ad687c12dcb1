import re
from collections.abc import Callable
from typing import Any

import pytest
from markdown_it import MarkdownIt

from reports import summary
from reports.changes import compare
from reports.headline import sentence
from reports.labels import ENGLISH
from reports.results import Results
from tests.fixtures.test_plain_text import commands_in

Document = dict[str, Any]
Read = Callable[[Document], Results]


def html(markdown: str) -> str:
    return str(MarkdownIt("gfm-like", {"linkify": False}).render(markdown))


def test_the_summary_has_verdict_counts_and_requirements(read: Read, sample: Document) -> None:
    """The tables say every verdict in a word, and planned apart from untested."""
    text = summary.render(read(sample))
    assert "# Touchstone: ✗ Failed" in text
    assert "| ✓ Passed | 5 |" in text
    assert "| LR-10 | A removed user's months go with the user. | SHOULD | ○ Untested |" in text
    assert "| LR-11 | Months are made ahead of time at night. | MUST | ◇ Not built yet |" in text


def test_a_failure_has_its_message_and_its_command(read: Read, sample: Document) -> None:
    """Message and command stand in blocks of their own, as they were."""
    page = html(summary.render(read(sample)))
    assert '<code class="language-text">expected: 100 answers with the date 2026-10-14\n' in page
    command = "behave features/lunar_returns/waiting.feature:31 -D seed=4711 -D database=sqlite"
    assert f'<code class="language-sh">{command}\n</code>' in page


def test_nothing_in_a_run_becomes_markup(read: Read, make_scenario: Any, make_document: Any) -> None:
    """Titles, rules and messages are shown to the letter, whatever Markdown or HTML they hold."""
    nasty = "<script>x</script> | *b* `c` [l](http://x) # ~~s~~ &amp;\n# heading"
    failure = {"where": nasty, "message": f"```\n{nasty}", "trace": ""}
    bad = make_scenario("features/a/`b`.feature", 1, nasty, "failed", failure=failure, rule=nasty)
    page = html(summary.render(read(make_document([bad]))))
    for markup in ("<script", "<em>", "<a ", "<s>", "<h1>heading"):
        assert markup not in page
    assert (
        page.replace("<!-- -->", "").count(
            "&lt;script&gt;x&lt;/script&gt; | *b* `c` [l](http://x) # ~~s~~ &amp;amp; # heading"
        )
        == 3
    )


def test_nothing_in_a_run_becomes_a_link_or_calls_anybody(
    read: Read, make_scenario: Any, make_document: Any
) -> None:
    """What GitHub makes links of by itself is broken by a comment, which nobody sees."""
    nasty = (
        "![i](http://x/y.png) <http://x> @octocat a@b.example #12 GH-12 www.example.org ::error::x ##[error]x"
    )
    failure = {"where": nasty, "message": f"::error::x\n{nasty}", "trace": ""}
    bad = make_scenario("features/a/b.feature", 1, nasty, "failed", failure=failure, rule=nasty)
    text = summary.render(read(make_document([bad], errors=[{"where": nasty, "message": "--- a"}])))
    assert commands_in(text) == []
    outside, fenced = re.subn(r"(?ms)^```.*?^```", "", text)
    assert fenced == 3
    assert re.findall(r"@\w|#\d|://|www\.|GH-\d|<img|<a ", outside) == []
    shown = (
        re.sub("<[^>]*>", "", html(outside).replace("<!-- -->", "")).replace("&lt;", "<").replace("&gt;", ">")
    )
    assert shown.count(nasty) == 4


def test_the_summary_stays_below_a_megabyte(read: Read, make_scenario: Any, make_document: Any) -> None:
    """With ever so many long failures, within its lines the first are shown and the others counted."""
    failure = {"where": "é" * 9000, "message": "é" * 9000, "trace": ""}
    scenarios = [
        make_scenario("features/a/b.feature", line, "é" * 9000, "failed", failure=failure, rerun="é" * 9000)
        for line in range(60)
    ]
    text = summary.render(read(make_document(scenarios)))
    assert len(text.encode()) < 1024 * 1024
    assert "and 50 more" in text
    assert text.count("\n") <= summary.LINES_MAX


def test_the_summary_stays_within_its_lines(read: Read, make_scenario: Any, make_document: Any) -> None:
    """With more of everything than fits, failures are among what is shown, and what is left out is counted."""
    failure = {"where": "Then x", "message": "line\n" * 100, "trace": ""}
    scenarios = [
        make_scenario("features/a/b.feature", n, f"s{n}", "failed", failure=failure) for n in range(99)
    ]
    requirements = [
        {"id": f"R-{n}", "system": f"s{n % 5}", "level": "MUST", "status": "agreed", "words": {"en": "x\ny"},
         "verdict": "failed", "scenarios": [scenarios[0]["id"]]}
        for n in range(400)
    ]  # fmt: skip
    deviations = [{"requirement": f"R-{n}", "reason": "a\nb", "expires": "2027-01-31"} for n in range(50)]
    run = read(make_document(scenarios, requirements=requirements, deviations=deviations))
    before = read(make_document([each | {"verdict": "passed"} for each in scenarios]))
    text = summary.render(run, compare(before, run))
    assert text.count("\n") <= summary.LINES_MAX
    for part in ("more requirements, all of them", "### ✗ s1\n", "… 89 more lines", "more, all of them in"):
        assert part in text


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (["passed"] * 3, "All 3 scenarios passed."),
        (["passed"], "The only scenario passed."),
        (["passed", "passed", "inapplicable"], "All 2 scenarios that could run passed."),
        (["passed", "failed"], "1 of 2 scenarios failed."),
        (["passed", "failed", "failed", "inconclusive"], "2 of 4 scenarios failed."),
        (["passed", "inconclusive"], "1 of 2 scenarios passed, 1 proved nothing either way."),
        (["passed", "passed", "untested"], "2 of 3 scenarios passed, 1 did not run."),
        (["inapplicable"], "Nothing was tested."),
        ([], "Nothing was tested."),
    ],
)
def test_the_verdict_is_one_true_sentence(
    read: Read, make_scenario: Any, make_document: Any, verdicts: list[str], expected: str
) -> None:
    """The sentence never claims more than the scenarios show."""
    scenarios = [make_scenario("features/a/b.feature", n, str(n), one) for n, one in enumerate(verdicts)]
    assert expected == sentence(read(make_document(scenarios)), ENGLISH)


def test_a_run_that_broke_outside_its_scenarios_is_not_called_passed(read: Read, green: Document) -> None:
    """When only a hook of the run failed, the sentence says so."""
    green |= {
        "verdict": "failed",
        "exit_code": 1,
        "errors": [{"where": "after_all", "message": "left running"}],
    }
    assert sentence(read(green), ENGLISH) == "The run itself went wrong; the only requirement is proven."


@pytest.mark.parametrize(
    ("verdict", "verdicts", "expected"),
    [
        ("untested", ["passed"], "1 of 1 scenarios passed, but fewer ran than must."),
        ("passed", ["passed", "inconclusive"], "1 of 2 scenarios passed, 1 proved nothing either way."),
        ("inconclusive", ["passed", "failed"], "1 of 2 scenarios failed."),
        ("inconclusive", ["passed"], "The run as a whole proved nothing either way."),
    ],
)
def test_a_verdict_of_the_whole_that_differs_is_explained(
    read: Read, make_scenario: Any, make_document: Any, *, verdict: str, verdicts: list[str], expected: str
) -> None:
    """Below the floor, with tolerated doubts or a server never ready, the sentence is still true."""
    scenarios = [make_scenario("features/a/b.feature", n, str(n), one) for n, one in enumerate(verdicts)]
    assert expected == sentence(read(make_document(scenarios, verdict=verdict)), ENGLISH)


def test_planned_requirements_are_told_from_proven_ones(read: Read, sample: Document) -> None:
    """The sentence counts every kind apart, and what is only partly proven is not among the proven."""
    expected = "6 requirements: 2 proven, 1 partly proven, 1 failed, 1 untested, 1 not built yet."
    assert sentence(read(sample), ENGLISH).endswith(expected)
