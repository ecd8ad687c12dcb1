"""A requirement's source is a link where its page can be found, and text everywhere else."""

from pathlib import Path

import pytest

from reports.source_link import CHECKOUT, checkout_link, source_link
from tests.checkout import ROOT


def test_a_report_in_the_checkout_knows_the_way_to_it(tmp_path: Path) -> None:
    """Two folders up from `reports/out`; none from elsewhere."""
    assert CHECKOUT == ROOT
    assert checkout_link(ROOT / "reports" / "out") == "../.."
    assert checkout_link(tmp_path) == ""


def test_a_page_of_ours_is_a_link() -> None:
    """With its anchor, where it has one."""
    assert source_link("docs/sources/x.md#step-1", "../..") == "./../../docs/sources/x.md#step-1"
    assert source_link("docs/sources/x.md", "../..") == "./../../docs/sources/x.md"


@pytest.mark.parametrize(
    ("source", "checkout"),
    [
        ("docs/sources/x.md#step-1", ""),
        ("a runbook, step 4", "../.."),
        ("docs/../../x.md", "../.."),
        ("http://127.0.0.1/docs/x.md", "../.."),
        ("javascript:docs/x.md", "../.."),
    ],
)
def test_everything_else_is_text(source: str, checkout: str) -> None:
    """No page of ours, or a report that lies elsewhere."""
    assert source_link(source, checkout) == ""
