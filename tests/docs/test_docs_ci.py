"""The examples for continuous integration are whole, and their commands work."""

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
RUN_S_MAX = 120.0
SHARDS = (1, 2, 3)
ONE = "features/lunar_returns/first_request.feature"
"""Three shards of everything would be the whole suite."""


def _pipelines() -> tuple[dict[str, Any], dict[str, Any]]:
    github, gitlab = (yaml.safe_load(block) for block in BLOCK.findall(PAGE.read_text(encoding="utf-8")))
    return github, gitlab


def _of_github(job: str) -> list[str]:
    return [step["run"] for step in _pipelines()[0]["jobs"][job]["steps"] if "run" in step]


def _of_gitlab(job: str) -> list[str]:
    return list(_pipelines()[1][job]["script"])


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
    assert (report["needs"], report["if"]) == ("shard", "${{ !cancelled() }}")
    uploads = [step for step in shard["steps"] if "upload-artifact" in step.get("uses", "")]
    assert [step["if"] for step in uploads] == ["${{ !cancelled() }}"]
    assert gitlab["accept"]["parallel"] == len(SHARDS)
    assert gitlab["stages"] == [gitlab["accept"]["stage"], gitlab["report"]["stage"]]
    assert (gitlab["accept"]["artifacts"]["when"], gitlab["report"]["when"]) == ("always", "always")


def test_both_systems_run_the_same_commands() -> None:
    """What one example is tested for holds of the other."""
    for number in SHARDS:
        accept = [_as_shard(command, number) for command in _of_github("shard")]
        assert accept == [_as_shard(command, number) for command in _of_gitlab("accept")]
    assert _of_gitlab("report") == _of_github("report")[:-1]


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands, one after the other, in a copy of the checkout that makes reports; gives its folder."""
    made = Checkout(tmp_path_factory.mktemp("checkout"))
    copy_into(made.folder, ("reports", "pyproject.toml"))
    (made.folder / ".venv").symlink_to(Path(sys.executable).parent.parent)
    venv, behave = _of_github("shard")
    assert venv == "make venv"
    for number in SHARDS:
        _run(f"{_as_shard(behave, number)} {ONE}", made.folder)
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
    assert (merged / "results.json").read_text(encoding="utf-8").count('"rerun": "behave') == 6
    assert (pipeline / "summary").read_text(encoding="utf-8").startswith("#")


@pytest.mark.slow
def test_every_shard_leaves_what_the_pages_collect(pipeline: Path) -> None:
    """Results and JUnit files lie in the folder of the shard, by the command that both systems run."""
    artifacts = _pipelines()[1]["accept"]["artifacts"]
    assert len(list(pipeline.glob(artifacts["reports"]["junit"]))) == len(SHARDS)
    for number in SHARDS:
        assert (pipeline / "shards" / str(number) / "results.json").exists()


def _run(command: str, folder: Path) -> None:
    done = subprocess.run(
        ["sh", "-e", "-c", command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=RUN_S_MAX,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-3_000:]}{done.stderr[-1_000:]}"
