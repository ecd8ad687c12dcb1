"""The script that cron starts: its output, its user, and a run for each currency."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest

from tests.checkout import ROOT

RELEASE: Final = ROOT / "deploy" / "release"
JOBS: Final = ROOT / "deploy" / "jobs"
RUN_S_MAX: Final = 30.0
PATH: Final = "/usr/sbin:/usr/bin:/sbin:/bin"


@pytest.fixture
def programs() -> Iterator[Path]:
    """A folder with a `reference-app` that says what it is asked, and as whom, and fails for USD."""
    with TemporaryDirectory() as name:
        program = Path(name) / "reference-app"
        program.write_text(
            '#!/bin/sh\necho "$(id -un): $*"\ncase "$*" in *USD*) echo no >&2; exit 4;; esac\n'
        )
        program.chmod(0o755)
        program.parent.chmod(0o755)
        yield program.parent


def test_it_writes_to_the_service_and_not_to_cron(programs: Path, tmp_path: Path) -> None:
    """What the job prints on stdout and stderr is the service's output; cron, which would mail it, gets nothing."""
    done, service = _run(programs, tmp_path, VESTING_JOB_CURRENCIES="USD")
    assert (done.returncode, done.stdout, done.stderr) == (4, "", "")
    assert service == (f"{_me()}: vesting-release --currency USD\n", "no\n")


def test_each_currency_has_a_run_and_none_keeps_another_from_its_own(programs: Path, tmp_path: Path) -> None:
    """The run that failed makes the code; those after it are made nevertheless."""
    done, (said, _) = _run(programs, tmp_path, VESTING_JOB_CURRENCIES="AED,USD,EUR")
    assert done.returncode == 4
    assert [line.split()[-1] for line in said.splitlines()] == ["AED", "USD", "EUR"]


def test_it_is_for_dirhams_unless_told_otherwise(programs: Path, tmp_path: Path) -> None:
    """The source's job has AED on its command line."""
    done, (said, _) = _run(programs, tmp_path)
    assert (done.returncode, said) == (0, f"{_me()}: vesting-release --currency AED\n")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes somebody else")
def test_the_job_is_not_root(programs: Path, tmp_path: Path) -> None:
    """It runs as the user that the service names, onto an output that this user could not open."""
    done, (said, _) = _run(programs, tmp_path, JOB_USER="nobody")
    assert done.returncode == 0, done.stderr
    assert said == "nobody: vesting-release --currency AED\n"


def test_a_service_without_a_database_ends_at_once() -> None:
    """Not at five past midnight: the reason is the first thing in the log."""
    done = subprocess.run(
        [str(JOBS)], env={"PATH": PATH}, capture_output=True, text=True, timeout=RUN_S_MAX, check=False
    )
    assert (done.returncode, done.stdout) == (64, "")
    assert "DATABASE_URL is missing" in done.stderr


def _run(
    programs: Path, tmp_path: Path, **variables: str
) -> tuple["subprocess.CompletedProcess[str]", tuple[str, str]]:
    """Run the script below a process that stands for the service; return its end, and the service's output."""
    said, complained = tmp_path / "said", tmp_path / "complained"
    with said.open("w") as out, complained.open("w") as err:
        service = subprocess.Popen(["sleep", str(RUN_S_MAX)], stdout=out, stderr=err)
    try:
        done = subprocess.run(
            [str(RELEASE)],
            env={"PATH": f"{programs}:{PATH}", "JOBS_PID": str(service.pid), **variables},
            capture_output=True,
            text=True,
            timeout=RUN_S_MAX,
            check=False,
        )
    finally:
        service.kill()
        service.wait()
    return done, (said.read_text(), complained.read_text())


def _me() -> str:
    return subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
