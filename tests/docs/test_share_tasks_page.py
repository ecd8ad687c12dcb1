"""The page on work leases: what it shows is typed, in its order, and what it says is what is printed."""

import re
import shlex
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Final

import pytest

from reference_app.task_leases import operating
from tests.checkout import ROOT
from tests.docs.containers import blocks
from tests.reference_app.commanding import Run, running

PAGE: Final = ROOT / "docs" / "how-to" / "share-tasks.md"
BLOCKS: Final = blocks(PAGE)
INSTANT: Final = datetime(2026, 3, 1, 12, tzinfo=UTC)
TYPED: Final = "$ reference-app lease "


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], database_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Run]:
    """Runs `reference-app lease …` at the page's instant."""
    monkeypatch.setattr(operating, "system_clock", lambda: INSTANT)
    with running("lease", database_url, capsys) as found:
        yield found


def test_the_page_can_be_followed_from_its_first_line_to_its_last(run: Run, database_url: str) -> None:
    """Each command ends with 0 and prints what the page shows; the query deletes what was completed."""
    shown = "".join(block.text for block in BLOCKS if block.language == "text")
    dialogue = [each.partition("\n") for each in re.split(rf"^{re.escape(TYPED)}", shown, flags=re.MULTILINE)]
    assert len(dialogue) > 1
    for typed, _, printed in dialogue[1:]:
        assert run(*shlex.split(typed)) == (0, printed, "")
    [query] = [block.text for block in BLOCKS if block.language == "sql"]
    with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))) as connection:
        assert connection.execute(query).rowcount == 1


def test_what_it_says_of_refusals_is_what_is_printed(run: Run) -> None:
    """The words of the first column, with what stands for names and instants left out."""
    said = PAGE.read_text(encoding="utf-8")
    for arguments in (("start", "t", "Grace"), ("start", "t", "Ada"), ("heartbeat", "t", "Ada")):
        run(*arguments)
    printed = [run(*arguments).stderr for arguments in (("start", "t", "Ada"), ("heartbeat", "t", "Ada"))]
    run("complete", "t", "Grace")
    printed += [run("complete", "t", "Grace").stderr, run("heartbeat", "u", "Ada").stderr]
    for words, line in zip(
        ("is held by Grace until", "was taken by Grace at", "was completed by", "Nobody has started"),
        printed,
        strict=True,
    ):
        assert words in said
        assert words in line
