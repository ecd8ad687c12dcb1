"""A system that a page describes, put into a copy of the checkout, and what is run there.

A line such as "`reference_app/visits/errors.py`:" heads the block that follows it, which is the whole file. Blocks
of `diff` add lines to a file that is there, below the line that they show.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reference_app.database.chains import EXPAND
from tests.checkout import ROOT, copy_into

PAGE: Final = ROOT / "docs" / "how-to" / "add-a-system.md"
HEAD: Final = re.compile(r"^`(?P<path>[\w./-]+)`[^`]*:$")
FENCE: Final = re.compile(r"^```(?P<language>\w*)$")
COPIED: Final = (
    ".vscode",
    "CHANGELOG.md",
    "Makefile",
    "README.md",
    "compose.yaml",
    "deploy",
    "docs",
    "environment.py",
    "features",
    "fixtures",
    "load",
    "pyproject.toml",
    "reference_app",
    "reports",
    "steps",
    "tests",
)
RUN_S_MAX: Final = 120.0


class NotApplicable(Exception):
    """The page shows a line in a file which has no such line, or several."""


@dataclass(frozen=True)
class Block:
    """A block of code of the page, and the file that it is of."""

    path: str
    language: str
    text: str


def blocks(page: str) -> Iterator[Block]:
    """Yield the blocks of a page that are headed by a path."""
    path, language, lines = "", "", list[str]()
    for line in page.splitlines():
        fence = FENCE.match(line)
        if fence and not language:
            language, lines = fence["language"], []
        elif fence:
            if path:
                yield Block(path, language, "".join(f"{each}\n" for each in lines))
            language = ""
        elif language:
            lines.append(line)
        elif line:
            # Several differences may follow one head; any other text ends what belongs to it.
            found = HEAD.match(line) or re.match(r"^`(?P<path>[\w./-]+)` gets its line", line)
            path = found["path"] if found else ""


class Example:
    """A copy of the checkout with the system of the page."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        copy_into(folder, COPIED)
        self.made: list[str] = []
        for block in blocks(_with_numbers(PAGE.read_text(encoding="utf-8"))):
            self._apply(block)

    def run(self, *command: str, **variables: str) -> "subprocess.CompletedProcess[str]":
        """Run one of the project's commands in the copy, by the name of its program."""
        program = (
            Path(sys.executable) if command[0] == "python" else Path(sys.executable).with_name(command[0])
        )
        return subprocess.run(
            [str(program), *command[1:]],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder), **variables},
            capture_output=True,
            text=True,
            timeout=RUN_S_MAX,
            check=False,
        )

    def _apply(self, block: Block) -> None:
        path = self.folder / block.path
        if block.language == "diff":
            path.write_text(_changed(path.read_text(encoding="utf-8"), block), encoding="utf-8")
            return
        if path.exists():
            raise NotApplicable(f"{block.path} is there already")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")
        self.made.append(block.path)


def _changed(text: str, block: Block) -> str:
    lines = block.text.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] == " ")
    after = "".join(line[1:] for line in lines)
    if text.count(before) != 1 or {line[0] for line in lines} != {" ", "+"}:
        raise NotApplicable(f"{block.path} has not exactly one {before!r}")
    return text.replace(before, after)


def _with_numbers(page: str) -> str:
    """Return the page with the number of its migration, and the name of the one before."""
    before = str(EXPAND.head)
    return page.replace("BEFORE", before).replace("NNNN", f"{int(before[:4]) + 1:04d}")
