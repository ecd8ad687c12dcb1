from collections.abc import Callable
from typing import Any

import pytest

from reports import page, proof, summary
from reports.loading import ResultsError
from reports.results import Results
from tests.reports.outline import Outline

Document = dict[str, Any]
Read = Callable[[Document], Results]


def fault(name: str, outcome: str = "caught", **more: Any) -> Document:
    """Return a fault that LR-2 caught and LR-4 may notice; whatever a test cares about is given by name."""
    catch = {"requirement": "LR-2", "scenario": "two readers at once", "message": "Expected <1>, got 2"}
    base: Document = {
        "name": name,
        "system": "lunar-returns",
        "breaks": f"{name} is broken",
        "seen": "a service in the field",
        "must_fail": ["LR-2"],
        "may_fail": ["LR-4"],
        "outcome": outcome,
        "why": "" if outcome == "caught" else f"it was {outcome}",
        "requirements": {"LR-1": "passed", "LR-2": "failed"},
        "duration_s": 12.3,
        "caught_by": [catch] if outcome == "caught" else [],
    }
    return base | more


def with_proof(document: Document, faults: list[Document]) -> Document:
    """Return the results with a proof of these faults."""
    verdict = "passed" if all(each["outcome"] == "caught" for each in faults) else "failed"
    made: Document = {
        "made_at": "2026-11-22T05:00:00.000Z",
        "duration_s": 200.1,
        "command": "python -m fixtures.sabotage prove",
        "verdict": verdict,
        "faults": faults,
    }
    return document | {"sabotage": made}


@pytest.mark.parametrize(
    ("requirement", "more", "expected"),
    [
        ("LR-2", {}, "caught"),
        ("LR-2", {"caught_by": []}, "missed"),
        ("LR-2", {"caught_by": [], "requirements": {"LR-2": "passed"}}, "missed"),
        ("LR-2", {"caught_by": [], "requirements": {"LR-2": "inconclusive"}}, "unclear"),
        ("LR-2", {"caught_by": [], "requirements": {}}, "unrun"),
        ("LR-4", {"requirements": {"LR-4": "failed"}}, "allowed"),
        ("LR-4", {"requirements": {"LR-4": "passed"}}, "passed"),
        ("LR-4", {"requirements": {"LR-4": "inapplicable"}}, "unrun"),
        ("LR-9", {"requirements": {"LR-9": "failed"}}, "collateral"),
        ("LR-9", {}, "unrun"),
    ],
)
def test_a_cell_says_what_happened_and_whether_it_should_have(
    read: Read, green: Document, requirement: str, more: Document, expected: str
) -> None:
    """Whatever became of a requirement under a fault has one sign."""
    results = read(with_proof(green, [fault("no-lock", **more)]))
    assert results.sabotage is not None
    assert expected == proof.cell(results.sabotage.faults[0], requirement)


def test_columns_are_the_requirements_that_occur_in_their_own_order(read: Read, sample: Document) -> None:
    """The order is that of the requirements, one that the results do not know comes last, systems are apart."""
    faults = [
        fault("no-lock", requirements={"XX-1": "passed", "LR-4": "passed", "LR-2": "failed"}),
        fault("no-limit", system="server", must_fail=["SV-2"], may_fail=[], requirements={"SV-2": "passed"}),
    ]
    lunar, server = proof.matrices(read(with_proof(sample, faults)))
    assert lunar.columns == ("LR-2", "LR-4", "XX-1")
    assert lunar.rows[0].cells == ("caught", "passed", "passed")
    assert server.columns == ("SV-2",)


def test_without_a_proof_the_page_names_the_command(read: Read, green: Document) -> None:
    """Nobody takes an absent proof for a good one."""
    results = read(green)
    assert "has no proof that the suite can fail. This command makes one: make prove" in (
        Outline(page.render(results)).text
    )
    assert "`make prove`" in summary.render(results)


def test_the_matrix_is_on_the_page_with_words_for_every_sign(read: Read, sample: Document) -> None:
    """Who does not see the signs hears what they mean, in either language, and the catch is shown escaped."""
    faults = [fault("no-lock"), fault("lock-leaked", "missed", requirements={"LR-2": "passed"})]
    text = page.render(read(with_proof(sample, faults)))
    outline = Outline(text)
    for part in (
        "✗ Failed 1 of 2 faults was caught on 22 November 2026, 05:00 UTC, in 3 min 20 s, with",
        "Fault LR-1 LR-2 LR-4 no-lock · Passed ✓ Caught, as it must be – Not run lock-leaked",
        "– Not run ✗ Not caught, and must be – Not run",
        "✗ Missed lock-leaked 12.3 s lock-leaked is broken it was missed Must fail: LR-2",
        "What caught it no-lock LR-2 two readers at once Expected <1>, got 2",
    ):
        assert part in outline.text
    assert "1 défaut sur 2 a été détecté" in outline.french
    assert "Expected &lt;1&gt;, got 2" in text
    assert {"#fault-1", "#fault-2", "#requirement-LR-2"} <= set(outline.links)


def test_the_summary_counts_the_faults(read: Read, sample: Document) -> None:
    """One line says how many were caught, which were not, and when that was."""
    text = summary.render(read(with_proof(sample, [fault("no-lock"), fault("lock_leaked", "missed")])))
    expected = (
        "✗ Failed: 1 of 2 faults was caught. Not caught: lock\\_leaked. The proof was made on 22 November"
    )
    assert expected in text


def test_a_proof_that_could_not_tell_is_shown_as_such(read: Read, sample: Document) -> None:
    """It is neither good nor bad, in the page and in the summary."""
    document = with_proof(sample, [fault("no-lock", "inconclusive")])
    document["sabotage"]["verdict"] = "inconclusive"
    results = read(document)
    assert "? Inconclusive 0 of 1 faults were caught" in Outline(page.render(results)).text
    assert "? Inconclusive: 0 of 1 faults were caught." in summary.render(results)


def test_a_server_broken_on_purpose_is_told_at_the_top(read: Read, sample: Document) -> None:
    """Nobody takes what is meant to fail for a failure of the server; the fault's name is text."""
    broken = sample | {"settings": sample["settings"] | {"sabotage": "<no_lock>"}}
    markup, digest = page.render(read(broken)), summary.render(read(broken))
    header = Outline(markup.split("<header")[1].split("</header>")[0].join(["<header", "</header>"]))
    words = "This server was broken on purpose by the fault {}: requirements are meant to fail."
    assert words.format("<no_lock>") in header.text
    assert "Ce serveur a été cassé exprès par le défaut <no_lock> :" in header.french.replace("\u00a0", " ")
    assert digest.splitlines()[4] == "**" + words.format("&lt;no\\_lock&gt;") + "**"


@pytest.mark.parametrize("settings", [{}, {"sabotage": ""}])
def test_where_no_fault_was_asked_nothing_is_told(read: Read, sample: Document, settings: Document) -> None:
    """Neither in the page nor in the summary, whether the document has the key or not."""
    results = read(sample | {"settings": sample["settings"] | settings})
    assert "broken on purpose by" not in page.render(results) + summary.render(results)


def test_an_unknown_outcome_is_refused(read: Read, green: Document) -> None:
    """A proof that cannot be understood is not shown as a good one."""
    with pytest.raises(ResultsError, match=r"\$\.sabotage\.faults\[0\]\.outcome"):
        read(with_proof(green, [fault("no-lock", "splendid")]))
