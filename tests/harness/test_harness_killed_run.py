"""A run of behave that is killed in the middle of a scenario leaves no process behind."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from fixtures.scenario.eventually import eventually
from tests.harness.process_table import mentioning

ROOT: Final = Path(__file__).parents[2]
FEATURE: Final = "features/server/running.feature"
UP_S_MAX: Final = 60.0
GONE_S_MAX: Final = 15.0
PARTS: Final = 3
"""The run itself, a supervisor, and the server under it."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The project as it is, in a folder of its own, so that the run's reports land there."""
    folder = tmp_path / "project"
    folder.mkdir()
    for name in ("features", "steps", "environment.py", "docs", "pyproject.toml"):
        (folder / name).symlink_to(ROOT / name)
    return folder


def test_a_killed_run_leaves_nothing_behind(project: Path, tmp_path: Path) -> None:
    """When the run is killed while its server works, the server and its supervisor end within seconds."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with (tmp_path / "out").open("wb") as out:
        # The servers' databases lie in the scratch folder, and so its name is in every environment.
        run = subprocess.Popen(
            [str(Path(sys.executable).with_name("behave")), FEATURE, "-D", "target=process"],
            cwd=project, env={**os.environ, "TMPDIR": str(scratch)},
            stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True,
        )  # fmt: skip
    try:
        eventually(lambda: _serves(scratch), within_s=UP_S_MAX, what="a server of the run to serve")
        assert len(mentioning(str(scratch))) >= PARTS
    finally:
        run.kill()
        run.wait(GONE_S_MAX)
    eventually(
        lambda: not mentioning(str(scratch)), within_s=GONE_S_MAX, what="every process of the run to end"
    )


def _serves(folder: Path) -> bool:
    """Whether some server of the run has logged a request."""
    return any(log.stat().st_size for log in folder.glob("touchstone-*/*/server-*.log"))
