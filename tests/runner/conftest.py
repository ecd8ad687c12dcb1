"""A tiny behave project in a temporary folder, run by the real command in a process of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

RUN_S_MAX = 120
BEHAVE = Path(sys.executable).parent / "behave"

PYPROJECT = """
[tool.behave]
paths = ["features"]
runner = "fixtures.runner:Runner"
default_format = "touchstone"
default_tags = ["not @wip"]
show_skipped = false

[tool.behave.formatters]
touchstone = "fixtures.runner.telling.formatter:TouchstoneFormatter"

[tool.touchstone]
reports = ""
"""

STEPS = """
import os, signal, time
from behave import given, when, then, step
from fixtures.verdicts import Inapplicable, Inconclusive, TargetNotReady

@given("a server")
def _(context): pass

@when("I ask")
def _(context): pass

@then("it answers")
def _(context): pass

@then("it answers {got:d} for {expected:d}")
def _(context, got, expected):
    assert got == expected, f"expected {expected}\\ngot      {got}"
"""

FEATURE = """
Feature: Answers
  Rule: Every question is answered
    @first
    Scenario: one question
      Given a server
      When I ask
      Then it answers
    @second
    Scenario: another question
      When I ask
      Then it answers
"""


REQUIREMENTS = """
system = "shop"
title.en = "The shop"
title.fr = "La boutique"
[[requirement]]
id = "SH-1"
level = "MUST"
status = "agreed"
source = "a page"
en = "It sells."
fr = "Elle vend."
[[requirement]]
id = "SH-2"
level = "MUST"
status = "planned"
source = "a page"
en = "It delivers."
fr = "Elle livre."
"""
WORLD = """
class World:
    def evidence(self):
        headers = {"Authorization": "Bearer abcdefghij"}
        url, body = "http://127.0.0.1/x", '{"password": "hush"}'
        request = {"method": "GET", "url": url, "headers": headers, "body": body}
        exchange = {"client": "ann", "request": request, "response": None}
        return {
            "axes": {"target": "process", "database": "sqlite", "workers": 2},
            "evidence": [{"title": "Outcomes", "headings": ["outcome", "count"], "rows": [["started", 1]]}],
            "exchanges": [exchange | {"elapsed_s": n} for n in range(30)],
            "server_log": [f"line {n}" for n in range(300)],
        }

def before_scenario(context, scenario): context.world = World()
def after_scenario(context, scenario): context.world.evidence = None
"""


@dataclass(frozen=True)
class Ended:
    """A run of behave that has ended."""

    code: int
    stdout: str
    stderr: str
    results_text: str
    """`results.json` as this run left it; empty without one."""
    folder: Path
    """The project that was run."""

    @property
    def results(self) -> dict[str, Any]:
        """What `results.json` says."""
        return dict(json.loads(self.results_text))

    @property
    def verdicts(self) -> dict[str, str]:
        """Verdicts by the name of the scenario."""
        return {each["name"]: each["verdict"] for each in self.results["scenarios"]}

    def scenario(self, name: str) -> dict[str, Any]:
        """The record of one scenario."""
        return next(dict(each) for each in self.results["scenarios"] if each["name"] == name)

    @property
    def lines(self) -> list[str]:
        """The lines of stdout that are not empty."""
        return [line for line in self.stdout.splitlines() if line.strip()]


class Project:
    """Files of a behave project, and the command."""

    behave = BEHAVE

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("pyproject.toml", PYPROJECT)
        self.write("steps/steps.py", STEPS)
        self.write("environment.py", "")
        self.write("features/answers.feature", FEATURE)

    def write(self, name: str, text: str) -> None:
        """Write a file of the project."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def steps(self, text: str) -> None:
        """Add step definitions to the usual ones."""
        self.write("steps/more_steps.py", STEPS.split("@given", maxsplit=1)[0] + text)

    def scenarios(self, text: str) -> None:
        """Replace the features by one."""
        self.write("features/answers.feature", f"Feature: Answers\n{text}")

    def option(self, line: str) -> None:
        """Add a line to `[tool.touchstone]`."""
        self.write("pyproject.toml", f"{PYPROJECT}{line}\n")

    def reports(self, module: str) -> None:
        """Have `module` make the reports, of which there are none otherwise."""
        self.write("pyproject.toml", PYPROJECT.replace('reports = ""', f'reports = "{module}"'))

    def requirements(self, folder: str = "docs/requirements") -> None:
        """Write SH-1, agreed, and SH-2, planned."""
        self.write(f"{folder}/shop.toml", REQUIREMENTS)

    def world(self, more: str = "") -> None:
        """Give every scenario a world with evidence, 30 exchanges and 300 log lines."""
        self.write("environment.py", WORLD + more)

    def environment(self, **more: str) -> dict[str, str]:
        """The variables of a run, without those that would change what it prints."""
        kept = {
            name: value for name, value in os.environ.items() if name not in ("GITHUB_ACTIONS", "NO_COLOR")
        }
        # All projects of a test run share what was compiled, and leave none of it in the checkout.
        kept["PYTHONPYCACHEPREFIX"] = str(self.folder.parent / "compiled")
        kept.pop("PYTHONDONTWRITEBYTECODE", None)
        return kept | {"HOME": str(self.folder)} | more

    def start(self, *arguments: str, **variables: str) -> subprocess.Popen[str]:
        """Start behave and return at once."""
        return subprocess.Popen(
            [str(BEHAVE), *arguments],
            cwd=self.folder,
            env=self.environment(**variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, **variables: str) -> Ended:
        """Run behave to its end."""
        with self.start(*arguments, **variables) as process:
            return self.end(process)

    def end(self, process: subprocess.Popen[str]) -> Ended:
        """Wait for a run that was started."""
        try:
            stdout, stderr = process.communicate(timeout=RUN_S_MAX)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        results = self.folder / "reports/out/results.json"
        return Ended(
            process.returncode, stdout, stderr, results.read_text() if results.exists() else "", self.folder
        )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)
