"""Reference pages that are written by hand say what the code says; `test_docs_pages` has those that are not."""

import re

from fixtures.run_settings import SETTINGS
from reference_app.exit_codes import ExitCode
from tests.checkout import ROOT
from tests.offenders import none_may_offend
from tests.sources import name_of

DOCS = ROOT / "docs"
LINK = re.compile(r"\]\((?!https?:)(?P<target>[^)#]+)")


def test_the_page_of_exit_codes_is_true() -> None:
    """Each code has a row, in docs and README."""
    wanted = [str(int(code)) for code in ExitCode]
    for page in (DOCS / "exit-codes.md", ROOT / "README.md"):
        assert re.findall(r"^\| (\d+) \|", page.read_text(encoding="utf-8"), re.MULTILINE) == wanted


def test_the_settings_of_a_run_are_listed() -> None:
    """Each key of `-D` has a row."""
    page = (DOCS / "writing-scenarios.md").read_text(encoding="utf-8")

    assert set(re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE)) == set(SETTINGS)


def test_the_glossary_has_terms_that_are_used() -> None:
    """A term that stands nowhere else is no term of ours."""
    folders = ("features", "steps", "fixtures", "reference_app", "reports", "docs")
    files = [
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".feature", ".md"}
    ]
    corpus = " ".join(
        path.read_text(encoding="utf-8").lower() for path in files if path.name != "glossary.md"
    )
    terms = re.findall(
        r"^\| \*\*([^*]+)\*\* \|", (DOCS / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE
    )

    assert [term for term in terms if term.split(",")[0] not in corpus] == []
    assert terms == sorted(terms)


def test_decisions_are_numbered_and_whole() -> None:
    """Each has a number, and says context, decision, consequences, and what was rejected."""
    pages = sorted((DOCS / "decisions").glob("*.md"))

    assert [page.name[:4] for page in pages] == [f"{number:04d}" for number in range(1, len(pages) + 1)]
    none_may_offend(
        (
            f"{name_of(page)}:1 lacks **{part}.**"
            for page in pages
            for part in ("Context", "Decision", "Consequences", "Rejected")
            if f"**{part}.**" not in page.read_text(encoding="utf-8")
        ),
        do="give the decision its four parts",
    )


def test_links_lead_somewhere() -> None:
    """Each link to a file of the project finds it."""
    none_may_offend(
        (
            f"{name_of(page)}:{number} → {match['target']}"
            for page in [ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")]
            for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1)
            for match in LINK.finditer(line)
            if not (page.parent / match["target"]).exists()
        ),
        do="link to a file that is there",
    )
