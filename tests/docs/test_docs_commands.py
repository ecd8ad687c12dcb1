"""Every command that README and docs show is run.

Commands of make are looked at with `--dry-run`: `make test` is what runs this very test, and `make accept` runs the
`behave` command that is run here on parts. Of proofs only the faults' names are looked at, and of tests that they
are there, for they are run with all the others. What is left runs for real, in a copy of the checkout, so that it
does not touch its `reports/out`.
"""

import argparse
import json
import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.checkout import ROOT, copy_into
from tests.known_faults import FAULTS
from tests.offenders import none_may_offend
from tests.sources import name_of

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
BIN = Path(sys.executable).parent
COMMAND_S_MAX = 120.0
START_S_MAX = 20.0
ANSWER_S_MAX = 30.0
SHOWN_URL = "http://127.0.0.1:8000"
"""The server that pages ask."""
COPIED = (
    "deploy",
    "load",
    "features",
    "steps",
    "fixtures",
    "reference_app",
    "reports",
    "docs",
    "tests",
    "environment.py",
    "pyproject.toml",
    "Makefile",
)

EXPECTED_CODES = {
    ".venv/bin/behave -D sabotage=waiter-gives-up features/lunar_returns/waiting.feature:8": 1,
    ".venv/bin/behave -D sabotage=purge-everywhere features/lunar_returns/purge.feature": 1,
}
"""Commands that are meant to end with another code than 0; what the page says about them says so."""
RERUN = ".venv/bin/behave -D rerun=failed"
"""What it finds depends on the runs before it, so it has a test of its own."""

FIELD_SHOWN = {
    "lunar-returns/current": "return_date",
    "articles": "checksum",
    "articles/log": "by_type",
}
"""What an answer must have, by what the page asks for."""

RUN_AS_THEY_ARE = ("behave", "python")
COLLECT = """
import argparse, json, shlex, sys
from pathlib import Path
import pytest
from _pytest.mark import deselect_by_keyword

parser = argparse.ArgumentParser(allow_abbrev=False)
parser.add_argument("-q", action="store_true")
parser.add_argument("-k", default="")
parser.add_argument("paths", nargs="*", type=Path)
commands = {each: parser.parse_args(shlex.split(each)[1:]) for each in sys.stdin.read().splitlines()}
found = {}


class Choosing:
    def pytest_collection_modifyitems(self, config, items):
        for command, asked in commands.items():
            places = [each.absolute() for each in asked.paths]
            chosen = [item for item in items if any(map(item.path.is_relative_to, places))]
            config.option.keyword = asked.k
            deselect_by_keyword(chosen, config)
            found[command] = len(chosen)
        config.option.keyword = ""


paths = {str(path) for asked in commands.values() for path in asked.paths if path.exists()}
code = pytest.main(["-q", "--collect-only", *sorted(paths)], plugins=[Choosing()])
print(json.dumps({"code": int(code), "found": found}))
"""
"""Collects once what all commands name, and says how many tests each would run, as pytest itself chooses them."""
PROOF = " fixtures.sabotage prove "
"""Proofs take their time: `make prove` has all of them, and `make test` one a system."""
AT_SOMEBODYS = "-D target=http"
"""Commands at somebody's server are run by tests/docs/test_foreign_page.py, where there is one.

What `docker compose` runs inside a container is run by tests/docs/test_vesting_runbook.py, and loads by
tests/docs/test_load_page.py.
"""
WITH_CLAUDE = re.compile(r"/api/lunar/|/current/report\b")
"""What a server answers that asks Claude is looked at by tests/docs/test_interpretations_api.py, with a stub."""


def _commands() -> list[str]:
    found = [
        line
        for page in PAGES
        for block in BLOCK.findall(page.read_text(encoding="utf-8"))
        for line in block.splitlines()
    ]
    return list(dict.fromkeys(line for line in found if line.strip()))


def where(command: str) -> str:
    """Return page and line of the first page that shows a command."""
    pages = ((page, page.read_text(encoding="utf-8").splitlines()) for page in PAGES)
    page, lines = next((page, lines) for page, lines in pages if command in lines)
    return f"{name_of(page)}:{lines.index(command) + 1}"


def _of(program: str) -> list[str]:
    return [
        command
        for command in _commands()
        if Path(command.split()[0]).name == program and AT_SOMEBODYS not in command
    ]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout that uses this one's virtual environment."""
    folder = tmp_path_factory.mktemp("checkout")
    copy_into(folder, COPIED)
    (folder / ".venv").symlink_to(BIN.parent)
    return folder


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The server that the README starts, with the switch that it names."""
    (command,) = _of("reference-app")
    folder = tmp_path_factory.mktemp("served")
    parts = shlex.split(command.replace("/tmp/touchstone-demo", str(folder)))  # noqa: S108 - the README's example
    environment = {**os.environ, "DEV_AUTH_BYPASS": "1"}
    with subprocess.Popen(
        [str(BIN / "reference-app"), *parts[1:]], env=environment, stderr=subprocess.DEVNULL
    ) as child:
        deadline = time.monotonic() + START_S_MAX
        while time.monotonic() < deadline and child.poll() is None:
            try:
                if requests.get(f"{SHOWN_URL}/ready", timeout=1).ok:
                    break
            except requests.ConnectionError:
                time.sleep(0.05)
        assert child.poll() is None, "the server did not start; is port 8000 free?"
        yield
        child.terminate()
        assert child.wait(START_S_MAX) == 0


def test_every_command_has_somebody_who_runs_it() -> None:
    """A page cannot show a command that no test knows."""
    known = {
        command
        for program in ("make", *RUN_AS_THEY_ARE, "pytest", "reference-app", "curl", "docker", "locust")
        for command in _of(program)
    }

    none_may_offend(
        (f"{where(each)} {each}" for each in _commands() if each not in known and AT_SOMEBODYS not in each),
        do="show a command of one of these programs, or have a test run it",
    )


def test_make_knows_every_verb() -> None:
    """The Makefile has each verb and could run it."""
    tried = {
        command: subprocess.run(
            [*command.split(), "--dry-run"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        for command in _of("make")
    }

    none_may_offend(
        (f"{where(command)} {command}: {done.stderr}" for command, done in tried.items() if done.returncode),
        do="show a verb of the Makefile, or add the verb",
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [each for program in RUN_AS_THEY_ARE for each in _of(program) if PROOF not in each and each != RERUN],
)
def test_commands_work_as_they_are(command: str, checkout: Path) -> None:
    """Each ends with the code that the page promises."""
    done = _run(command, checkout)

    assert done.returncode == EXPECTED_CODES.get(command, 0), done.stdout[-3_000:] + done.stderr[-1_000:]
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.slow
def test_what_failed_is_run_again(checkout: Path) -> None:
    """The rerun has what the broken server turned red; when that has passed, nothing is left to run."""
    assert RERUN in _of("behave")
    broken = ".venv/bin/behave -D sabotage=purge-everywhere features/lunar_returns/purge.feature"

    assert [_run(command, checkout).returncode for command in (broken, RERUN, RERUN)] == [1, 0, 3]


def _run(command: str, checkout: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        shlex.split(command), cwd=checkout, capture_output=True, text=True, timeout=COMMAND_S_MAX, check=False
    )


def test_tests_that_pages_name_are_there() -> None:
    """Each command finds at least one test."""
    done = subprocess.run(
        [sys.executable, "-c", COLLECT], input="\n".join(_of("pytest")), cwd=ROOT, capture_output=True,
        text=True, timeout=COMMAND_S_MAX, check=True,
    )  # fmt: skip

    said = json.loads(done.stdout.splitlines()[-1])
    assert said["code"] == 0, done.stdout[-3_000:]
    assert [*said["found"]] == _of("pytest")
    none_may_offend(
        (f"{where(command)} {command}" for command, count in said["found"].items() if not count),
        do="name tests that are there",
    )


def test_proofs_name_faults_that_are_there() -> None:
    """A page does not show a fault that was renamed."""
    none_may_offend(
        (
            f"{where(command)} {name}"
            for command in _of("python")
            if PROOF in command
            for name in command.partition(PROOF)[2].split()
            if not name.startswith("--") and name not in FAULTS
        ),
        do="name a fault of `python -m fixtures.sabotage list`",
    )


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("command", [each for each in _of("curl") if not WITH_CLAUDE.search(each)])
def test_the_server_answers_as_shown(command: str) -> None:
    """The request that the README shows gets what it asks for."""
    answer = ask_as(command)

    assert answer.ok
    assert FIELD_SHOWN[command.partition("/api/")[2]] in answer.json()


def ask_as(command: str, base_url: str = SHOWN_URL) -> requests.Response:
    """Send the request that a command of curl sends, to this server."""
    parser = argparse.ArgumentParser()
    parser.add_argument("-s", action="store_true")
    parser.add_argument("-H", action="append", default=[])
    parser.add_argument("-d")
    parser.add_argument("url")
    asked = parser.parse_args(shlex.split(command)[1:])
    headers = dict(header.split(": ", 1) for header in asked.H)
    method = "GET" if asked.d is None else "POST"
    assert asked.url.startswith(SHOWN_URL)
    url = base_url + asked.url.removeprefix(SHOWN_URL)
    return requests.request(method, url, headers=headers, data=asked.d, timeout=ANSWER_S_MAX)
