"""Stages of `make test` and `make check`: a command each, what it counts, the table of times, and the last line.

Each stage is a command of its own, shown as it is so that it can be run alone. All of them run, whatever fails
before; what has failed so far is said after each. Nothing is run twice to make it pass.
"""

import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

from fixtures.plain_text import harmless
from tests import failures
from tests.checkout import ROOT

BIN = Path(sys.executable).parent
OUT = ROOT / "reports" / "out"
STAGE_S_MAX = 1_800.0

Counts = tuple[int, int]
"""Passed and failed."""


@dataclass(frozen=True)
class Stage:
    """One command, and how it counts: passed and failed."""

    name: str
    command: Sequence[str]
    count: Callable[[int], Counts]
    makes: Path | None = None
    """The file that is counted: what is left of an earlier run is removed."""
    names: Callable[[], Iterable[str]] = failures.nothing
    """What failed, a name each; asked after the run."""


@dataclass(frozen=True)
class Result:
    """What became of one stage."""

    name: str
    code: int
    passed: int
    failed: int
    duration_s: float
    names: Sequence[str] = ()


def main(stages: Iterable[Stage], summary: Path) -> int:
    """Run the stages, print the table and the counts, keep both in `summary`, and return the exit code."""
    OUT.mkdir(parents=True, exist_ok=True)
    summary.unlink(missing_ok=True)
    results: list[Result] = []
    for stage in stages:
        results.append(run(stage))
        if red := [each.name for each in results if each.failed]:
            print(f"\nfailed so far: {', '.join(red)}", flush=True)
    parts = (table(results), failed_names(results), counts(results))
    text = "\n\n".join(part for part in parts if part) + "\n"
    summary.write_text(text, encoding="utf-8")
    print(f"\n{text}", end="", flush=True)
    return exit_code(results)


def run(stage: Stage) -> Result:
    """Run one stage, its output as it comes; into a log, without what a CI system would take for a command.

    What behave prints is so already, and the commands in it are its own.
    """
    print(f"\n== {stage.name}: {' '.join(stage.command)}", flush=True)
    if stage.makes:
        stage.makes.unlink(missing_ok=True)
    started_s = time.monotonic()
    program, *arguments = stage.command
    is_shown_as_it_is = program == "behave" or sys.stdout.isatty()
    execute = _execute if is_shown_as_it_is else _execute_for_log
    try:
        code = execute([str(BIN / program), *arguments])
    except subprocess.TimeoutExpired:
        print(f"{stage.name} took longer than {STAGE_S_MAX:g} s", file=sys.stderr)
        code = 1
    passed, failed = stage.count(code)
    if code and not failed:
        failed = 1
    names = tuple(stage.names()) if failed else ()
    return Result(stage.name, code, passed, failed, time.monotonic() - started_s, names)


def _execute(command: Sequence[str]) -> int:
    return subprocess.run(command, cwd=ROOT, timeout=STAGE_S_MAX, check=False).returncode


def _execute_for_log(command: Sequence[str]) -> int:
    """Run a command and write its output line by line; raises TimeoutExpired when it is ended for its time."""
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as process:
        too_long = threading.Timer(STAGE_S_MAX, process.kill)
        too_long.start()
        try:
            assert process.stdout
            for line in process.stdout:
                print(harmless(line), end="", flush=True)
            code = process.wait()
        finally:
            is_over = too_long.is_alive()
            too_long.cancel()
    if not is_over:
        raise subprocess.TimeoutExpired(command, STAGE_S_MAX)
    return code


def table(results: Sequence[Result]) -> str:
    """Return a line a stage, and one for all of them: where the time went."""
    total_s = sum(each.duration_s for each in results)
    lines = ["stage      exit  passed  failed       time  share"]
    for each in results:
        share = each.duration_s / total_s if total_s else 0.0
        lines.append(
            f"{each.name:<10} {each.code:>4} {each.passed:>7} {each.failed:>7}"
            f" {each.duration_s:>8.1f} s {share:>6.0%}"
        )
    passed, failed = sum(each.passed for each in results), sum(each.failed for each in results)
    lines.append(f"{'all':<15} {passed:>7} {failed:>7} {total_s:>8.1f} s")
    return "\n".join(lines)


def failed_names(results: Sequence[Result]) -> str:
    """Return a line for each test and scenario that failed, the first ones of each stage; or nothing."""
    return "\n".join(line for each in results for line in failures.shown(each.name, each.names))


def counts(results: Sequence[Result]) -> str:
    """Return the last line: what passed and failed in all stages."""
    return f"{sum(each.passed for each in results)} passed, {sum(each.failed for each in results)} failed"


def exit_code(results: Sequence[Result]) -> int:
    """Return the most telling code (`docs/exit-codes.md`)."""
    if any(each.failed for each in results):
        return 1
    return max((each.code for each in results), default=0)


def static() -> tuple[Stage, ...]:
    """Return the stages that run nothing of ours: they take seconds, and come first."""
    return (
        Stage("lint", ("ruff", "check", "--quiet", "."), one_check),
        Stage("format", ("ruff", "format", "--check", "--quiet", "."), one_check),
        Stage("types", ("mypy",), one_check),
        Stage("imports", ("lint-imports", "--no-logo"), import_counts),
    )


def unit(*arguments: str) -> Stage:
    """Return the stage of pytest, on as many processes as there are cores."""
    made = OUT / "pytest.xml"
    # In the order of tests/conftest.py: xdist's own has files of few tests last, and some of these take minutes.
    shared = ("-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder")
    command = ("pytest", "-q", *shared, f"--junit-xml={made}", *arguments)
    return Stage("unit", command, partial(pytest_counts, made), made, partial(failures.of_pytest, made))


def features(name: str, *arguments: str, out: Path = OUT) -> Stage:
    """Return a stage of behave. A rate that is missed on a machine that is slow at the moment is passed over."""
    made = out / "results.json"
    settings = ("-D", "jobs=3", "-D", "inconclusive=allow")
    names = partial(failures.of_features, made)
    return Stage(name, ("behave", *settings, *arguments), partial(feature_counts, made), made, names)


def one_check(code: int) -> Counts:
    """Count a stage that holds or does not."""
    return (1, 0) if code == 0 else (0, 1)


def import_counts(code: int) -> Counts:
    """Count the import contracts."""
    kept = re.findall(
        r"^\[\[tool\.importlinter\.contracts\]\]", (ROOT / "pyproject.toml").read_text(), re.MULTILINE
    )
    return (len(kept), 0) if code == 0 else (0, 1)


def pytest_counts(made: Path, _code: int) -> Counts:
    """Count pytest's tests from the XML that it wrote."""
    if not made.exists():
        return (0, 1)
    suite = ET.parse(made).getroot().find("testsuite")  # noqa: S314 - pytest's own file
    if suite is None:
        return (0, 1)
    found = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")}
    failed = found["failures"] + found["errors"]
    return found["tests"] - failed - found["skipped"], failed


def feature_counts(made: Path, _code: int) -> Counts:
    """Count the scenarios from results.json; an inconclusive one is neither passed nor failed, and is said."""
    if not made.exists():
        return (0, 1)
    found = json.loads(made.read_text(encoding="utf-8"))["counts"]
    if found["inconclusive"]:
        print(f"{found['inconclusive']} scenarios were inconclusive, see above")
    return found["passed"], found["failed"] + found["untested"]
