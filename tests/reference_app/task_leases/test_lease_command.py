"""`reference-app lease`: what it prints, and what it ends with (LI-17)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from reference_app.database import migrate
from tests.reference_app.commanding import Run, running

PROVEN, NEGATIVE, NOT_READY, USAGE = 0, 1, 4, 64
UNREACHABLE: Final = "postgresql://someone:hunter2@127.0.0.1:9/nothing"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], database_url: str) -> Iterator[Run]:
    """Runs `reference-app lease …` in this process, on this test's database unless another is named."""
    with running("lease", database_url, capsys) as found:
        yield found


def test_a_task_from_start_to_end(run: Run) -> None:
    """What is granted is one line on stdout, what is refused is one on stderr, with 1."""
    assert run("status") == (PROVEN, "no task was ever started\n", "")
    assert run("status", "--json") == (PROVEN, "[]\n", "")
    assert run("start", "moon", "Ada", "--ttl", "600").stdout.startswith("moon is held by Ada until 2")
    refused = run("start", "moon", "Grace")
    assert (refused.code, refused.stdout) == (NEGATIVE, "")
    assert refused.stderr.startswith("reference-app: moon is held by Ada until 2")
    assert run("heartbeat", "moon", "Ada").code == PROVEN
    assert run("heartbeat", "moon", "Grace").code == NEGATIVE
    assert run("complete", "moon", "Ada") == (PROVEN, "moon was completed by Ada\n", "")
    assert run("complete", "moon", "Ada").code == NEGATIVE
    found = json.loads(run("status", "moon", "--json").stdout)
    assert [(each["task_id"], each["holder"], each["state"], each["ttl_s"]) for each in found] == [
        ("moon", "Ada", "completed", 600)
    ]
    assert run("status", "sun") == (NEGATIVE, "", "reference-app: Nobody has started sun.\n")


def test_the_table_has_columns_under_their_headings(run: Run) -> None:
    """Whatever the widths of names, and no matter where it goes."""
    run("start", "月 and more", "Ada")
    heading, row = run("status").stdout.splitlines()
    assert heading.split("  ")[0].strip() == "task"
    assert heading.index("holder") == row.index("Ada") + 1  # 月 takes two cells


@pytest.mark.parametrize(
    "arguments",
    [
        ("start", "moon"),
        ("start", "moon", "Ada", "--ttl", "0"),
        ("start", "moon", "Ada", "--ttl", "604801"),
        ("start", "moon", "Ada", "--ttl", "1.5"),
        ("start", "a\nb", "Ada"),
        ("heartbeat", "moon", ""),
        ("complete", "moon", "x" * 101),
        ("status", ""),
        ("statuses",),
    ],
)
def test_wrong_calls(run: Run, arguments: tuple[str, ...]) -> None:
    """64, one line, and nothing is started."""
    ended = run(*arguments)
    assert (ended.code, ended.stdout, len(ended.stderr.splitlines())) == (USAGE, "", 1)
    assert run("status", "--json").stdout == "[]\n"


def test_databases_that_cannot_be_used(run: Run, tmp_path: Path) -> None:
    """One that is not there, one that does not answer, one that is not migrated: one line, and none is made."""
    missing, old = tmp_path / "missing.sqlite3", tmp_path / "old.sqlite3"
    migrate.upgrade(f"sqlite:///{old}", "0009_lunar_v2")
    for url, code in (
        (f"sqlite:///{missing}", NOT_READY),
        (UNREACHABLE, NOT_READY),
        (f"sqlite:///{old}", USAGE),
    ):
        ended = run("start", "moon", "Ada", "--database", url)
        assert (ended.code, ended.stdout, len(ended.stderr.splitlines())) == (code, "", 1)
        assert "hunter2" not in ended.stderr
    assert not missing.exists()
