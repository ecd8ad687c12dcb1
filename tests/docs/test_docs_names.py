"""Pages name files and modules of the project, and each of them is there."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.checkout import ROOT
from tests.offenders import none_may_offend
from tests.sources import name_of

ROOMS = r"(?<![\w/.-])(?:docs|features|fixtures|reference_app|reports|steps|tests)"
PATH = re.compile(rf"{ROOMS}(?:/(?:<\w+>|[\w.*-])+)+")
MODULE = re.compile(rf"{ROOMS}(?:\.[A-Za-z_]\w*)+")
PLACEHOLDER = re.compile(r"<\w+>")
MADE = ("reports/out", "features/es")
"""What a run makes, and the folder of a third language, which the page about it has its reader make."""
NOT_OURS = {"steps.usage"}
"""A formatter of behave's."""
MAKES_FILES = ROOT / "docs" / "how-to" / "add-a-system.md"
"""Names the files that its reader makes; what it says is done by a test of its own."""


def _pages() -> Iterator[tuple[Path, str]]:
    """Each page with its text; of the changelog its newest section, for what is older may be gone."""
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))):
        if page != MAKES_FILES:
            yield page, page.read_text(encoding="utf-8")
    changelog = ROOT / "CHANGELOG.md"
    before, newest, *_ = re.split(r"^(?=## )", changelog.read_text(encoding="utf-8"), flags=re.MULTILINE)
    yield changelog, before + newest


def _named(name: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Yield page and line, and each name that stands there."""
    for page, text in _pages():
        for number, line in enumerate(text.splitlines(), start=1):
            for match in name.finditer(line):
                yield f"{name_of(page)}:{number}", match[0].rstrip(".")


def _is_module(name: str) -> bool:
    """Whether this is a module of ours, or something that stands in one."""
    path = ROOT.joinpath(*name.split("."))
    if path.is_dir() or path.with_suffix(".py").is_file():
        return True
    holder = path.parent / "__init__.py" if path.parent.is_dir() else path.parent.with_suffix(".py")
    return holder.is_file() and re.search(rf"\b{path.name}\b", holder.read_text(encoding="utf-8")) is not None


def test_files_that_pages_name_are_there() -> None:
    """`<system>` stands for any one."""
    named = list(_named(PATH))

    assert {path.partition("/")[0] for _, path in named} >= {"fixtures", "reference_app", "steps", "tests"}
    none_may_offend(
        (
            f"{place} {path}"
            for place, path in named
            if not path.startswith(MADE) and not any(ROOT.glob(PLACEHOLDER.sub("*", path)))
        ),
        do="name a file that is there",
    )


def test_modules_that_pages_name_are_there() -> None:
    """In commands, and in text."""
    named = list(_named(MODULE))

    assert "fixtures.sabotage" in {name for _, name in named}
    none_may_offend(
        (f"{place} {name}" for place, name in named if name not in NOT_OURS and not _is_module(name)),
        do="name a module that is there",
    )
