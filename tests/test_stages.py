"""The table, the last line and the exit code of `make test` and `make check`; and what was changed, by git."""

import json
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tests import check, conftest, run_all, stages
from tests.choice import Choice
from tests.fixtures.test_plain_text import commands_in
from tests.stages import Result, Stage

RESULTS = (Result("lint", 0, 1, 0, 2.0), Result("unit", 1, 40, 2, 6.0), Result("features", 5, 9, 0, 2.0))


def stage(name: str, code: int, counts: stages.Counts) -> Stage:
    """A stage that ends with a code, and counts so."""
    return Stage(name, ("python", "-c", f"raise SystemExit({code})"), lambda _code: counts)


def test_the_table_says_where_the_time_went() -> None:
    """A line a stage with its share of the time, and a line for all."""
    assert stages.table(RESULTS).splitlines() == [
        "stage      exit  passed  failed       time  share",
        "lint          0       1       0      2.0 s    20%",
        "unit          1      40       2      6.0 s    60%",
        "features      5       9       0      2.0 s    20%",
        "all                  50       2     10.0 s",
    ]


def test_the_last_line_counts_all_stages() -> None:
    """Continuous integration reads it."""
    assert stages.counts(RESULTS) == "50 passed, 2 failed"


def test_the_exit_code_is_the_most_telling_one() -> None:
    """Something failed: 1. Nothing failed, and something ended otherwise: that."""
    assert stages.exit_code(RESULTS) == 1
    assert stages.exit_code(RESULTS[::2]) == 5
    assert stages.exit_code(RESULTS[:1]) == stages.exit_code(()) == 0


SAYS = """
import sys
from tests.fixtures.test_plain_text import COMMANDS
print(*COMMANDS, sep="\\n", flush=True)
print(*COMMANDS, sep="\\n", file=sys.stderr)
raise SystemExit(7)
"""


def test_what_a_stage_prints_commands_no_ci_system(capsys: pytest.CaptureFixture[str]) -> None:
    """A test that fails shows what it captured: into a log without commands, on both streams, all of it."""
    result = stages.run(Stage("says", ("python", "-c", SAYS), stages.one_check))
    shown = capsys.readouterr().out.split("\n", 2)[2].partition("raise SystemExit(7)\n")[2]
    assert (result.code, result.failed) == (7, 1)
    assert commands_in(shown) == []
    assert shown.count("stop-commands") == 2


def test_a_stage_that_takes_too_long_is_ended(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It counts as failed, and the next one runs."""
    monkeypatch.setattr(stages, "STAGE_S_MAX", 0.2)
    result = stages.run(Stage("hangs", ("python", "-c", "import time; time.sleep(60)"), stages.one_check))
    assert (result.code, result.failed) == (1, 1)
    assert "hangs took longer than 0.2 s" in capsys.readouterr().err


def test_every_stage_runs_and_what_failed_is_said_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The summary has the table and the counts, which are the last line on the terminal too."""
    summary = tmp_path / "summary.txt"
    code = stages.main([stage("one", 0, (1, 0)), stage("two", 3, (0, 0)), stage("three", 0, (2, 0))], summary)
    shown = capsys.readouterr().out

    assert code == 1
    assert shown.index("failed so far: two") < shown.index("== three")
    assert shown.endswith("\n3 passed, 1 failed\n")
    assert summary.read_text(encoding="utf-8") in shown
    assert summary.read_text(encoding="utf-8").startswith("stage ")


def test_what_an_earlier_run_left_is_not_counted(tmp_path: Path) -> None:
    """A stage that writes nothing has failed, whatever lay there before."""
    made = tmp_path / "results.json"
    made.write_text(json.dumps({"counts": {"passed": 9, "failed": 0, "untested": 0, "inconclusive": 0}}))
    quiet = Stage("quiet", ("python", "-c", ""), partial(stages.feature_counts, made), made)

    assert stages.feature_counts(made, 0) == (9, 0)
    assert stages.run(quiet).failed == 1


def test_skipped_tests_are_not_counted(tmp_path: Path) -> None:
    """They are neither passed nor failed."""
    made = tmp_path / "pytest.xml"
    made.write_text('<testsuites><testsuite tests="9" failures="1" errors="2" skipped="3"/></testsuites>')
    assert stages.pytest_counts(made, 1) == (3, 3)
    made.write_text("<testsuites/>")
    assert stages.pytest_counts(made, 0) == (0, 1)


def test_all_stages_have_names_of_their_own_and_the_cheap_ones_come_first() -> None:
    """The English edition is the last one, so that the report that is left is of it."""
    names = [each.name for each in run_all.all_stages()]
    assert len(set(names)) == len(names)
    assert names[:5] == ["lint", "format", "types", "imports", "unit"]
    assert names[-1] == "features"


def test_several_processes_begin_with_files_that_have_slow_tests() -> None:
    """Tests of one file stay together; a single process keeps the order in which it found them."""

    def test(path: str, *, is_slow: bool = False) -> Any:
        return SimpleNamespace(path=path, get_closest_marker=lambda name: is_slow and name == "slow")

    found = [test("a"), test("b"), test("b", is_slow=True), test("c"), test("d", is_slow=True)]
    paths = []
    for config in (SimpleNamespace(), SimpleNamespace(workerinput={})):
        items = list(found)
        conftest.pytest_collection_modifyitems(cast("Any", config), items)
        paths.append("".join(item.path for item in items))
    assert paths == ["abbcd", "bbdac"]
    assert "--no-loadscope-reorder" in stages.unit().command


def test_a_check_runs_no_features_where_none_were_chosen() -> None:
    """Otherwise behave would run them all."""
    few = check.chosen_stages(Choice(("tests/features",), ()))
    more = check.chosen_stages(Choice(("tests/features",), ("features/server",)))

    assert [each.name for each in few] == ["lint", "format", "types", "imports", "unit"]
    assert [each.name for each in more][len(few) :] == ["features"]
    assert (few[-1].command[-2], more[-1].command[-2]) == ("not slow", "not @cost.minute")


Git = Callable[..., None]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """A repository with a file on `main`, and a branch on which it is."""
    monkeypatch.setattr(check, "ROOT", tmp_path)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str) -> None:
        names = (
            "-c",
            "user.name=Ada",
            "-c",
            "user.email=ada@touchstone.example",
            "-c",
            "commit.gpgsign=false",
        )
        subprocess.run(["git", *names, *arguments], cwd=tmp_path, check=True, capture_output=True)

    run("init", "--quiet", "--initial-branch=main")
    (tmp_path / "old.py").touch()
    run("add", ".")
    run("commit", "--quiet", "--message=old")
    run("checkout", "--quiet", "-b", "work")
    return run


def test_changed_is_what_is_committed_here_and_what_is_not(git: Git, tmp_path: Path) -> None:
    """New, changed and removed files, with any name; nothing that is ignored."""
    (tmp_path / "neü.py").touch()
    (tmp_path / ".gitignore").write_text("*.log\n")
    git("add", ".")
    git("commit", "--quiet", "--message=new")
    (tmp_path / "a.log").touch()
    (tmp_path / "untracked.py").touch()
    (tmp_path / "old.py").unlink()

    assert check.changed_since(check.base_of("")) == [".gitignore", "neü.py", "old.py", "untracked.py"]
    assert check.changed_since(check.base_of("HEAD")) == ["old.py", "untracked.py"]


@pytest.mark.usefixtures("git")
def test_a_base_that_git_does_not_know_ends_with_64(capsys: pytest.CaptureFixture[str]) -> None:
    """In one line."""
    assert check.main(["mian"]) == 64
    assert capsys.readouterr().err == (
        "check: git knows no 'mian': give a branch, a tag or a commit, such as BASE=HEAD~3\n"
    )


def test_without_git_the_last_commit_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is known to have changed, and the rules are held."""
    monkeypatch.setattr(check, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert (check.base_of(""), check.changed_since("HEAD")) == ("HEAD", [])
