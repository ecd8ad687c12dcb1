"""What `make pages` writes is what the pages have."""

import pytest

from tests.checkout import ROOT
from tests.offenders import none_may_offend
from tests.pages import layout, tables
from tests.sources import name_of


def test_pages_are_as_the_code_has_them() -> None:
    """Tables of problems, settings and tags, and the picture of the layout, are up to date."""
    made = {**tables.pages(), **layout.pages()}

    assert {name_of(path) for path in made} == {
        "docs/images/layout.svg",
        "docs/problems.md",
        "docs/settings.md",
        "docs/tags.md",
    }
    none_may_offend(
        (
            name_of(path)
            for path, text in made.items()
            if not path.exists() or path.read_text(encoding="utf-8") != text
        ),
        do="run `make pages`, and look at what it changed",
    )


def test_a_table_needs_its_place() -> None:
    """A page without the two comments is not passed over."""
    page = "before\n<!-- tags: written by `make pages` -->\nold\n<!-- end of tags -->\nafter\n"

    assert tables.between(page, "tags", ["| new |"]) == (
        "before\n<!-- tags: written by `make pages` -->\n\n| new |\n\n<!-- end of tags -->\nafter\n"
    )
    with pytest.raises(tables.NoSuchTable, match="problems"):
        tables.between(page, "problems", [])


def test_tags_that_follow_each_other_are_one_range() -> None:
    """A requirement that is not agreed leaves a gap."""
    assert list(tables.ranges(["LR-1", "LR-2", "LR-3"])) == ["`@LR-1` … `@LR-3`"]
    assert list(tables.ranges(["LR-1", "LR-3", "LR-4"])) == ["`@LR-1`", "`@LR-3` … `@LR-4`"]


def test_the_picture_needs_nothing_else() -> None:
    """It has a size, and neither script nor link."""
    text = (ROOT / "docs" / "images" / "layout.svg").read_text(encoding="utf-8")

    assert 'width="800"' in text
    assert not any(word in text for word in ("<script", "href", "url(http"))
