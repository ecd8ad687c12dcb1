"""The commands at somebody's server that pages show are run, at a server that stands for the reader's own."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.test_docs_commands import AT_SOMEBODYS, _commands
from tests.somebodys import RUN_S_MAX, Checkout, Somebodys

COMMANDS = [command for command in _commands() if AT_SOMEBODYS in command]
ADDRESS = "http://127.0.0.1:9000"
DATABASE = re.compile(r"target_database=\S+")


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: Path(command.split()[0]).name)
def test_commands_at_somebodys_server_work_as_they_are(
    command: str, checkout: Checkout, server: Somebodys
) -> None:
    """Each ends with 0 where the server is ready and keeps its promises."""
    checkout.keep_only("first_request.feature", "purge.feature")
    assert ADDRESS in command
    here = DATABASE.sub(f"target_database={server.database_url}", command.replace(ADDRESS, server.url))
    program, *arguments = shlex.split(here)
    done = subprocess.run(
        [str(Path(sys.executable).with_name(Path(program).name)), *arguments],
        cwd=checkout.folder,
        env={**os.environ, "PYTHONPATH": str(checkout.folder)},
        capture_output=True,
        text=True,
        timeout=RUN_S_MAX,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-3_000:] + done.stderr[-1_000:]
    assert "Traceback" not in done.stdout + done.stderr
    assert server.users() == 1


def test_the_page_shows_how_to_ask_and_how_to_run() -> None:
    """Neither command is lost without a test noticing."""
    assert {Path(command.split()[0]).name for command in COMMANDS} == {"python", "behave"}
