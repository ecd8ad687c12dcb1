import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from reference_app.exit_codes import ExitCode
from reports import page
from reports.labels import ENGLISH, SYMBOLS
from reports.results import Results
from tests.reports.outline import Outline

Document = dict[str, Any]
Read = Callable[[Document], Results]
CONTRAST_MIN = 4.5


@pytest.fixture
def full(read: Read, sample: Document) -> str:
    return page.render(read(sample))


def hostile(make_scenario: Any, make_document: Any) -> Document:
    """Return a run in which every text tries to break the page."""
    nasty = (
        "</pre><script>alert(1)</script><img src=x onerror=alert(1)>\"'{{ 7*7 }}\x00\x1b[31m\ud800"
        + "W" * 3000
    )
    table = [[nasty, "b"], ["c", nasty, "too many"]]
    exchange = {
        "client": nasty,
        "request": {"method": nasty, "url": f"javascript:{nasty}", "headers": {nasty: nasty}, "body": nasty},
        "response": {"status": 500, "headers": {}, "body": {"a": nasty}},
        "elapsed_s": None,
        "request_id": None,
    }
    bad = make_scenario(
        "features/a/b.feature", 1, nasty, "failed",
        rule=nasty, feature=nasty, feature_description=nasty, language='en" onclick="x', requirements=[nasty],
        axes={"target": nasty}, reason=nasty, rerun=nasty, folder="javascript:alert(1)", server_log=[nasty],
        steps=[{"keyword": nasty, "text": nasty, "verdict": "failed", "duration_s": 1.0, "table": table}],
        failure={"where": nasty, "message": nasty, "trace": nasty},
        evidence=[{"title": nasty, "headings": [nasty], "rows": [[nasty, None, True, 0.1]]}],
        exchanges=[exchange],
    )  # fmt: skip
    promise = {"id": nasty, "system": nasty, "level": "MUST", "status": "agreed", "words": {"en": nasty},
               "verdict": "failed", "scenarios": [bad["id"]]}  # fmt: skip
    more = {"command": nasty, "settings": {"target": nasty}, "errors": [{"where": nasty, "message": nasty}]}
    return dict(make_document([bad], requirements=[promise], **more))


def test_the_page_is_whole_and_every_link_leads_somewhere(full: str) -> None:
    """All elements are closed, ids are unique, and each link within the page has its target."""
    outline = Outline(full)
    assert outline.open == []
    assert [name for name, count in Counter(outline.ids).items() if count > 1] == []
    assert {link[1:] for link in outline.links if link.startswith("#")} - set(outline.ids) == set()


def test_headings_are_in_order_and_landmarks_are_there(full: str) -> None:
    """There is one first heading, no level is skipped, and the landmarks stand once."""
    outline = Outline(full)
    assert outline.levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(outline.levels, outline.levels[1:], strict=False))
    assert [outline.tags[name] for name in ("header", "main", "footer")] == [1, 1, 1]


def test_the_sections_come_in_the_promised_order(full: str) -> None:
    """A reader meets requirements, failures, gaps, changes, the proof, scenarios and meanings in this order."""
    ids = Outline(full).ids
    order = [
        "requirements", "failures", "unproven", "agreement", "changes", "proof", "scenarios", "french", "slowest",
        "meaning",
    ]  # fmt: skip
    assert order == [name for name in ids if name in order]


def test_what_was_found_is_on_the_page(full: str) -> None:
    """Planned, inapplicable and untested are told apart, with their reasons, and evidence is shown."""
    text = Outline(full).text
    for part in (
        "Not built yet LR-11 Months are made ahead of time at night.",
        "Does not apply the same on two workers the target runs one worker only",
        "Untested a body that arrives by the byte the run was stopped before it",
        "Stopped at Then every reader has the same return date",
        "1 more step was not reached.",
        "3 of 3 scenarios passed French edition: 1 of 1 ✓ Passed inprocess · sqlite 4 of 4",
        "p50 400 ms 182.415 1,000",
        '"return_date": null',
        "ended with exit code 1: a requirement failed.",
        "Counted apart: 9 in English, 1 of the French edition.",
        "1 scenario of the French edition, 1 passed. Attendre le mois",
    ):
        assert part in text


def test_the_log_of_a_request_stands_with_it(full: str) -> None:
    """An exchange shows the lines of the server's log that bear its request id."""
    exchange = full.split('<details class="exchange">')[1]
    assert "gave_up_waiting" in exchange.split("</details>")[0]
    assert "generation_started" not in exchange.split("</details>")[0]


def test_the_page_needs_nothing_from_elsewhere(full: str) -> None:
    """No address of the network is loaded or linked, and there is no script."""
    references = re.findall(r"(?:src|href|action)\s*=\s*[\"']?([^\"'>\s]+)|url\(([^)]*)\)|@import", full)
    assert references
    assert [one for one, css in references if "//" in one or css] == []
    assert "<script" not in full


def test_a_hostile_run_stays_text(read: Read, make_scenario: Any, make_document: Any) -> None:
    """Markup, template code, colours, NUL and lone surrogates in any field are shown, not obeyed."""
    text = page.render(read(hostile(make_scenario, make_document)))
    outline = Outline(text)
    text.encode("utf-8")
    assert outline.open == []
    assert not {"script", "img"} & set(outline.tags)
    assert not re.search(r"<[^>]*\son\w+=", re.sub(r'"[^"]*"', '""', text))
    assert "{{ 7*7 }}" in outline.text
    assert "\x00" not in text
    assert [link for link in outline.links if link.startswith("javascript")] == []


def test_an_empty_run_has_a_page(read: Read, empty: Document) -> None:
    """Nothing ran, and the page says so instead of failing."""
    text = Outline(page.render(read(empty))).text
    assert "Nothing was tested." in text
    assert "No requirement is in this report." in text


def test_a_green_run_has_no_section_of_failures(read: Read, green: Document) -> None:
    """Where nothing went wrong, nothing speaks of it."""
    outline = Outline(page.render(read(green)))
    assert "failures" not in outline.ids
    assert "All 2 scenarios passed; the only requirement is proven." in outline.text


def test_merged_runs_keep_both_of_a_scenario(read: Read, make_scenario: Any, make_document: Any) -> None:
    """The same scenario on two databases is shown twice, each with an anchor and a verdict of its own."""
    twice = [
        make_scenario(
            "features/a/b.feature", 1, "same", verdict, axes={"target": "process", "database": name}
        )
        for name, verdict in (("sqlite", "passed"), ("postgres", "failed"))
    ]
    words = {"en": "It holds."}
    promise = {"id": "A-1", "system": "a", "level": "MUST", "status": "agreed", "words": words,
               "verdict": "failed", "scenarios": [twice[0]["id"]] * 2}  # fmt: skip
    outline = Outline(page.render(read(make_document(twice, requirements=[promise]))))
    assert len(set(outline.ids)) == len(outline.ids)
    places = "✗ Failed process · postgres 0 of 1 ✓ Passed process · sqlite 1 of 1"
    assert f"1 of 2 scenarios passed {places} Evidence for A-1" in outline.text
    assert "✗ Failed same process · postgres" in outline.text


def test_long_bodies_are_cut_and_counted(read: Read, sample: Document) -> None:
    """A body of a megabyte does not make a page of a megabyte."""
    sample["scenarios"][3]["exchanges"][0]["response"]["body"] = "b" * 1_000_000
    text = page.render(read(sample))
    assert "980,000 more characters" in text
    assert len(text) < 200_000


def test_links_follow_the_results_file(read: Read, sample: Document) -> None:
    """From another folder, the results and the folder of a failure are linked where they are."""
    links = Outline(page.render(read(sample), results_link="../out/results.json")).links
    assert {"./../out/results.json", "./../out/failures/waiting-31"} <= set(links)


def test_exit_codes_and_verdicts_have_words(full: str) -> None:
    """Each exit code of the project has a meaning on the page, each verdict a sign and a word."""
    assert {f"exit_{code.value}" for code in ExitCode} <= set(ENGLISH)
    assert set(SYMBOLS) <= set(ENGLISH)
    assert len(set(SYMBOLS) - {"proven"}) == len({SYMBOLS[name] for name in SYMBOLS})
    assert not re.search(r"\{(count|total|time|code|passed)\}", full)


def test_no_label_is_left_over() -> None:
    """Every label is used by a template or a module, so a translation holds nothing in vain."""
    folder = page.TEMPLATES
    files = [*folder.glob("*.j2"), *folder.parent.glob("*.py")]
    used = "\n".join(file.read_text(encoding="utf-8") for file in files)
    families = (
        "exit_",
        "meaning_",
        "column_",
        "requirements_",
        "level_",
        "cell_",
        "outcome_",
        "changed_",
        "standing_",
        "frame_",
    )
    names = [
        name.removesuffix("_one") for name in ENGLISH if not name.startswith((*families, "missing_", "left_"))
    ]
    assert [name for name in names if not re.search(rf"\b{name}\b", used) and name not in SYMBOLS] == []


def _palettes() -> list[dict[str, str]]:
    css = (page.TEMPLATES / "style.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, flags=re.DOTALL)
    return [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in blocks]


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("palette", _palettes(), ids=["light", "dark"])
def test_every_text_has_enough_contrast(palette: dict[str, str]) -> None:
    """Text on each ground it stands on reaches the 4.5 to 1 of WCAG AA, by day and by night."""
    grounds = ["page", "surface", "code"]
    pairs = [(text, ground) for text in ("text", "muted", "accent") for ground in grounds]
    pairs += [(name, f"{name}-back") for name in ("good", "bad", "unsure", "partly", "quiet")]
    pairs += [("text", "bad-back"), ("text", "unsure-back"), ("quiet", "surface"), ("quiet", "page")]
    pairs += [("good", "surface"), ("good", "page")]
    for text, ground in pairs:
        lighter, darker = sorted((_luminance(palette[text]), _luminance(palette[ground])), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= CONTRAST_MIN, (text, ground)


def test_a_run_of_some_scenarios_links_to_the_last_whole_run(read: Read, sample: Document) -> None:
    """The page of a few scenarios is no dead end."""
    link = "./whole/index.html"
    some = sample | {"selection": "some", "last_whole_run": "whole/index.html"}
    assert link in Outline(page.render(read(some))).links
    assert link not in Outline(page.render(read(sample))).links


def test_the_page_shows_the_parts_of_a_failed_expectation(
    read: Callable[[Document], Results], sample: Document
) -> None:
    """Each part has its name in both languages; the list of failures says it in a line."""
    failed = next(each for each in sample["scenarios"] if each["verdict"] == "failed")
    failed["failure"]["message"], failed["reason"] = "expected <2>\n     got 1", "expected <2>; got 1"
    page_text = page.render(read(sample))
    assert 'lang="en">Got</span>' in page_text
    assert "<dd>&lt;2&gt;</dd>" in page_text
    assert '<span class="muted why">expected &lt;2&gt;; got 1</span>' in page_text
