from collections.abc import Callable
from typing import Any

from reports import page, summary
from reports.results import Results
from tests.reports.outline import Outline

Document = dict[str, Any]
Read = Callable[[Document], Results]
DEVIATION = {"requirement": "LR-4", "reason": "the index comes with release 14", "expires": "2027-01-31"}


def test_what_is_not_agreed_has_its_own_section(read: Read, sample: Document) -> None:
    """Planned requirements and those of any other status are listed, agreed ones are not."""
    sample["requirements"][1]["status"] = "proposed"
    text = page.render(read(sample))
    section = Outline(text.split('<section aria-labelledby="agreement">')[1].split("</section>")[0]).text
    assert "proposed LR-2" in section
    assert "◇ Not built yet LR-11" in section
    assert "LR-1 " not in section
    assert "Status: proposed" in Outline(text).text


def test_where_all_is_agreed_the_section_says_so(read: Read, green: Document) -> None:
    """An empty list is not left to be guessed at."""
    assert "Nothing: every requirement of this report is agreed." in Outline(page.render(read(green))).text


def test_deviations_stand_in_their_section_and_with_their_requirement(read: Read, sample: Document) -> None:
    """Reason and last day are told, in the page and in the summary."""
    results = read(sample | {"deviations": [DEVIATION, DEVIATION | {"requirement": "XX-1"}]})
    outline = Outline(page.render(results))
    assert "LR-4 the index comes with release 14 until 31 January 2027" in outline.text
    assert "Known deviation until 31 January 2027" in outline.text
    assert "jusqu’au 31 janvier 2027" in outline.french
    assert "- LR-4: the index comes with release 14 (until 31 January 2027)" in summary.render(results)


def test_a_run_that_fails_only_where_it_is_known_says_so(
    read: Read, make_scenario: Any, make_document: Any
) -> None:
    """The sentence explains why a run passed in which scenarios failed, and only then."""
    scenarios = [
        make_scenario("features/a/b.feature", 1, "one", "failed", excused=True),
        make_scenario("features/a/b.feature", 2, "two"),
    ]
    text = Outline(page.render(read(make_document(scenarios, verdict="passed", deviations=[DEVIATION])))).text
    assert "1 of 2 scenarios failed, a known deviation." in text
    assert "A known deviation: the run does not fail because of it." in text
    scenarios.append(make_scenario("features/a/b.feature", 3, "three", "failed"))
    assert "2 of 3 scenarios failed." in Outline(page.render(read(make_document(scenarios)))).text


def test_without_deviations_nothing_speaks_of_them(read: Read, sample: Document) -> None:
    """Neither the page nor the summary."""
    results = read(sample)
    assert "Known deviations" not in page.render(results) + summary.render(results)
