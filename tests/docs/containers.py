"""Runbooks for operators of containers: their blocks, and what a command runs inside a container."""

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.checkout import ROOT

BLOCK: Final = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND_S_MAX: Final = 60.0


@dataclass(frozen=True)
class Block:
    """One block of a page."""

    language: str
    text: str


def blocks(page: Path) -> list[Block]:
    """Return the blocks of a page, in their order."""
    return [Block(*found) for found in BLOCK.findall(page.read_text(encoding="utf-8"))]


def commands(of: list[Block]) -> list[str]:
    """Return the lines of the blocks that are commands."""
    return [line for block in of if block.language == "sh" for line in block.text.splitlines()]


def inside(line: str) -> list[str]:
    """Return what a command runs inside the server's container; nothing for another."""
    words = shlex.split(line)
    assert words[:2] == ["docker", "compose"], line
    return words[4:] if words[2:4] == ["exec", "server"] else []


def run_inside(what: list[str], database: str) -> str:
    """Run what a command runs inside the container, on this database; return what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "reference_app", *what[1:]],
        env={**os.environ, "DATABASE_URL": database},
        capture_output=True,
        text=True,
        timeout=COMMAND_S_MAX,
        check=False,
        cwd=ROOT,
    )
    assert (done.returncode, done.stderr) == (0, ""), f"{what}: {done.stdout}{done.stderr}"
    return done.stdout
