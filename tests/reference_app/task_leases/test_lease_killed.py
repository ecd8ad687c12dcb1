"""A start that is killed leaves a lease or none, and nothing that keeps others from the task (LI-17)."""

import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from fixtures.scenario.eventually import eventually
from fixtures.targets import stopped_at
from fixtures.targets.launch import Launch
from reference_app.clock import system_clock
from reference_app.database.engine import Database
from reference_app.task_leases.errors import TaskTaken
from reference_app.task_leases.service import TaskLeases

END_S_MAX: Final = 120.0
CALLS: Final = ("3", "4", "5", "6")
"""Before which of its calls to the database: look at the schema, take the lease, look at it, commit."""


@pytest.mark.slow
@pytest.mark.parametrize("call", CALLS)
def test_the_task_can_be_had_once_the_lease_of_the_killed_one_has_expired(
    call: str, database_url: str, tmp_path: Path
) -> None:
    """At once where it was killed before the commit, and after its second where it was killed behind it."""
    variables = Launch(target="process", workers=1).variables(database_url, tmp_path / "data")
    killed = subprocess.run(
        [sys.executable, "-m", stopped_at.MODULE, "lease", "start", "moon", "Ada", "--ttl", "1"],
        env={**variables, stopped_at.KILLED_AT: call},
        capture_output=True,
        timeout=END_S_MAX,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    database = Database(database_url, clock=system_clock, threads=1, holders=0, wait_s_max=10.0)
    leases = TaskLeases(database, system_clock)
    left = [(lease.task_id, lease.holder) for lease, _ in leases.status()]
    assert left in ([], [("moon", "Ada")])

    def taken() -> bool:
        try:
            return leases.start("moon", "Grace", 60).holder == "Grace"
        except TaskTaken:
            return False

    eventually(taken, within_s=10.0, what="Grace to get the task")
    assert [(lease.holder, lease.token) for lease, _ in leases.status()] == [("Grace", len(left) + 1)]
    database.close()
