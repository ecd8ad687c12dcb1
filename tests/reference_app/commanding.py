"""Runs a command of `reference-app` in the test's own process, and gives back the environment."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pytest

from reference_app.__main__ import main
from tests.reference_app.stage import SECRET_KEY


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    stdout: str
    stderr: str


Run = Callable[..., Ended]
"""Runs the command with these arguments, and with variables besides those that it needs."""


@contextmanager
def running(command: str, database_url: str, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Give what runs `reference-app COMMAND …` on this database unless another is named."""
    before, arguments_before = dict(os.environ), sys.argv

    def run_one(*arguments: str, **variables: str) -> Ended:
        os.environ.clear()
        known = {"PATH": before["PATH"], "SECRET_KEY": SECRET_KEY, "DATABASE_URL": database_url}
        os.environ.update(known | variables)
        sys.argv = ["reference-app", command, *arguments]
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Ended(int(ended.value.code or 0), captured.out, captured.err)

    yield run_one
    sys.argv = arguments_before
    os.environ.clear()
    os.environ.update(before)
