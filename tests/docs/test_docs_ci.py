"""The examples for continuous integration are whole, and their commands work."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from tests.checkout import ROOT, copy_into
from tests.somebodys import Checkout

PAGE = ROOT / "docs" / "how-to" / "put-it-into-ci.md"
BLOCK = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)
RUN_S_MAX = 300.0
SHARDS = (1, 2, 3)
ONE = "features/lunar_returns/first_request.feature"
"""Three shards of everything would be the whole suite."""
RATE = "features/articles/a_rate.feature"
A_RATE = """
Feature: A rate that no machine reaches
  @AR-5 @target.process @alone
  Scenario: a second of writing
    Given persistence is on by default
    When these clients work for 1 second
      | clients | do    | rate |
      | 4       | write |      |
    Then these limits are kept
      | figure | limit               |
      | rate   | at least 1000000 /s |
"""
SLOW = "await __import__('asyncio').sleep(0.1)\n            await send(self._start)"
"""What makes the barest app slow, as it is on a machine that is."""
JOB_MINUTES_MAX = 30
INCONCLUSIVE = 5


def _pipelines() -> tuple[dict[str, Any], dict[str, Any]]:
    github, gitlab = (yaml.safe_load(block) for block in BLOCK.findall(PAGE.read_text(encoding="utf-8")))
    return github, gitlab


def _of_github(job: str) -> list[str]:
    return [step["run"] for step in _pipelines()[0]["jobs"][job]["steps"] if "run" in step]


def _of_gitlab(job: str) -> list[str]:
    described = _pipelines()[1][job]
    return [*described["script"], *described.get("after_script", [])]


def _as_shard(command: str, number: int) -> str:
    """The command as the CI system would write it out for one of the shards."""
    for name, value in (
        ("${{ matrix.shard }}", number),
        ("$CI_NODE_INDEX", number),
        ("$CI_NODE_TOTAL", len(SHARDS)),
    ):
        command = command.replace(name, str(value))
    return command


def test_the_pipelines_have_what_makes_them_one() -> None:
    """All shards run whatever one finds, and are kept; the report waits for them, and is made in any case."""
    github, gitlab = _pipelines()
    shard, report = github["jobs"]["shard"], github["jobs"]["report"]

    assert (shard["strategy"]["fail-fast"], shard["strategy"]["matrix"]) == (False, {"shard": list(SHARDS)})
    assert (report["needs"], report["if"]) == ("shard", "always()")
    uploads = [step for step in shard["steps"] if "upload-artifact" in step.get("uses", "")]
    assert [step["if"] for step in uploads] == ["always()"]
    merge = next(n for n, step in enumerate(report["steps"]) if "reports merge" in step.get("run", ""))
    assert [step.get("if") for step in report["steps"][merge + 1 :]] == ["always()"] * 3
    assert gitlab["accept"]["parallel"] == len(SHARDS)
    assert gitlab["stages"] == [gitlab["accept"]["stage"], gitlab["report"]["stage"]]
    assert (gitlab["accept"]["artifacts"]["when"], gitlab["report"]["when"]) == ("always", "always")
    assert "reports build" in gitlab["report"]["after_script"][0]


def test_the_pipelines_may_little_and_end_in_time() -> None:
    """Reading is all that they may; every job has a time limit; what is cached goes by what is installed."""
    github, gitlab = _pipelines()
    assert github["permissions"] == {"contents": "read"}
    for job in github["jobs"].values():
        assert 0 < job["timeout-minutes"] <= JOB_MINUTES_MAX
        (cache,) = [step["with"] for step in job["steps"] if "actions/cache" in step.get("uses", "")]
        assert cache["path"].split() == ["~/.cache/pip", ".venv"]
        named = re.findall(r"'([^']+)'", cache["key"])
        assert named == gitlab["default"]["cache"]["key"]["files"]
        assert all((ROOT / name).exists() for name in named)
        # A .venv leads to the Python that it was made with.
        assert "env.pythonLocation" in cache["key"]
    for job in (gitlab["accept"], gitlab["report"]):
        assert 0 < int(job["timeout"].removesuffix(" minutes")) <= JOB_MINUTES_MAX
    assert gitlab["default"]["cache"]["paths"] == [".cache/pip", ".venv"]
    assert gitlab["variables"]["PIP_CACHE_DIR"].endswith("/.cache/pip")


def test_both_systems_run_the_same_commands() -> None:
    """What one example is tested for holds of the other."""
    for number in SHARDS:
        accept = [_as_shard(command, number) for command in _of_github("shard")]
        assert accept == [_as_shard(command, number) for command in _of_gitlab("accept")]
    assert _of_gitlab("report") == _of_github("report")[:-1]


def _checkout(folder: Path) -> Checkout:
    """A copy of the checkout that makes reports, on a machine that is slow, with a rate among its scenarios."""
    made = Checkout(folder)
    copy_into(made.folder, ("reports", "pyproject.toml"))
    (made.folder / ".venv").symlink_to(Path(sys.executable).parent.parent)
    (made.folder / RATE).write_text(A_RATE, encoding="utf-8")
    ruler = made.folder / "fixtures" / "measuring" / "ruler.py"
    text = ruler.read_text(encoding="utf-8")
    assert "await send(self._start)" in text
    ruler.write_text(text.replace("await send(self._start)", SLOW), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands, one after the other, on a slow machine, each of which ends with 0; gives the folder."""
    made = _checkout(tmp_path_factory.mktemp("checkout"))
    venv, behave = _of_github("shard")
    assert venv == "make venv"
    for number in SHARDS:
        _run(f"{_as_shard(behave, number)} {ONE} {RATE}", made.folder)
    again, *report = _of_github("report")
    assert again == venv
    for command in report:
        _run(command.replace("$GITHUB_STEP_SUMMARY", str(made.folder / "summary")), made.folder)
    return made.folder


@pytest.mark.slow
def test_the_commands_work_one_after_the_other(pipeline: Path) -> None:
    """Three shards, one report of all their scenarios."""
    merged = pipeline / "shards"
    assert (merged / "index.html").exists()
    results = json.loads((merged / "results.json").read_text(encoding="utf-8"))
    assert len(results["scenarios"]) == 7
    assert (pipeline / "summary").read_text(encoding="utf-8").startswith("#")


@pytest.mark.slow
def test_a_slow_machine_ends_with_0_and_its_loss_is_said(pipeline: Path) -> None:
    """The rate that it could not tell is inconclusive in the report, and proves nothing."""
    results = json.loads((pipeline / "shards" / "results.json").read_text(encoding="utf-8"))
    assert (results["exit_code"], results["counts"]["inconclusive"], results["counts"]["failed"]) == (0, 1, 0)
    (rate,) = [each for each in results["requirements"] if each["id"] == "AR-5"]
    assert rate["verdict"] == "inconclusive"
    assert "Inconclusive" in (pipeline / "summary").read_text(encoding="utf-8")


@pytest.mark.slow
def test_without_the_allowance_the_merged_code_says_it(tmp_path: Path) -> None:
    """A shard that cannot tell ends with 5, and so does the merging, which leaves what the report is made of."""
    made = _checkout(tmp_path)
    behave = _as_shard(_of_github("shard")[1].replace(" -D inconclusive=allow", ""), 1)
    _run(f"{behave.replace('shard=1/3', 'shard=1/1')} {RATE}", made.folder, code=INCONCLUSIVE)
    _, merge, build, _ = _of_github("report")
    _run(merge, made.folder, code=INCONCLUSIVE)
    _run(build, made.folder)
    assert (made.folder / "shards" / "index.html").exists()


@pytest.mark.slow
def test_every_shard_leaves_what_the_pages_collect(pipeline: Path) -> None:
    """Results and JUnit files lie in the folder of the shard, by the command that both systems run."""
    artifacts = _pipelines()[1]["accept"]["artifacts"]
    found = pipeline.glob(artifacts["reports"]["junit"])
    assert {path.parents[1].name for path in found} == {str(number) for number in SHARDS}
    for number in SHARDS:
        assert (pipeline / "shards" / str(number) / "results.json").exists()


def _run(command: str, folder: Path, code: int = 0) -> None:
    done = subprocess.run(
        ["sh", "-e", "-c", command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=RUN_S_MAX,
        check=False,
    )
    assert done.returncode == code, f"{command}\n{done.stdout[-3_000:]}{done.stderr[-1_000:]}"
