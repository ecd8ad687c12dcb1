"""Everything that `make test` runs, in one table with times; the last line is `N passed, N failed`.

Each stage is a command of its own, shown as it is so that it can be run alone. All of them run, whatever fails
before; the exit code is the most telling one (`docs/exit-codes.md`). Nothing is run twice to make it pass.
"""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from behave.parser import parse_file

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
OUT = ROOT / "reports" / "out"
PYTEST_XML = OUT / "pytest.xml"
SUMMARY = OUT / "test-summary.txt"
STAGE_S_MAX = 1_800.0

BY_DATABASE = "@LR-1 or @LR-2 or @LR-3 or @LR-4 or @LR-5 or @LR-6 or @LR-7 or @LR-10"
"""What differs by database; the rest runs on SQLite alone."""

NOT_IN_FRENCH = {"hundred_stampedes", "rates"}
"""A minute on a Postgres, and long loads; tests/features holds their sentences to the English ones."""

FAULTS = ("waiter-gives-up", "generations-uncounted", "other-events-forgotten")

Counts = tuple[int, int]


@dataclass(frozen=True)
class Stage:
    """One command, and how it counts: passed and failed."""

    name: str
    command: Sequence[str]
    count: Callable[[int], Counts]


@dataclass(frozen=True)
class Result:
    """What became of one stage."""

    stage: Stage
    code: int
    passed: int
    failed: int
    duration_s: float


def main() -> int:
    """Run the stages, print the table, return the exit code."""
    OUT.mkdir(parents=True, exist_ok=True)
    for stale in (SUMMARY, PYTEST_XML):
        stale.unlink(missing_ok=True)
    results = [run(stage) for stage in STAGES]
    print("\nstage      exit  passed  failed     time")
    for result in results:
        print(
            f"{result.stage.name:<10} {result.code:>4} {result.passed:>7} {result.failed:>7}"
            f" {result.duration_s:>7.1f} s"
        )
    passed, failed = (
        sum(counts) for counts in zip(*((each.passed, each.failed) for each in results), strict=True)
    )
    summary = f"{passed} passed, {failed} failed"
    SUMMARY.write_text(summary + "\n", encoding="utf-8")
    print(f"\n{summary}", flush=True)
    return 1 if failed else max((result.code for result in results), default=0)


def run(stage: Stage) -> Result:
    """Run one stage, its output as it comes."""
    print(f"\n== {stage.name}: {' '.join(stage.command)}", flush=True)
    started_s = time.monotonic()
    program, *arguments = stage.command
    try:
        code = subprocess.run(
            [str(BIN / program), *arguments], cwd=ROOT, timeout=STAGE_S_MAX, check=False
        ).returncode
    except subprocess.TimeoutExpired:
        print(f"{stage.name} took longer than {STAGE_S_MAX:g} s", file=sys.stderr)
        code = 1
    passed, failed = stage.count(code)
    if code and not failed:
        failed = 1
    return Result(stage, code, passed, failed, time.monotonic() - started_s)


def one_check(code: int) -> Counts:
    """Count a stage that holds or does not."""
    return (1, 0) if code == 0 else (0, 1)


def pytest_counts(_code: int) -> Counts:
    """Count pytest's tests from the XML that it wrote."""
    if not PYTEST_XML.exists():
        return (0, 1)
    suite = ET.parse(PYTEST_XML).getroot().find("testsuite")  # noqa: S314 - pytest's own file
    if suite is None:
        return (0, 1)
    counts = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")}
    failed = counts["failures"] + counts["errors"]
    return counts["tests"] - failed - counts["skipped"], failed


def feature_counts(_code: int) -> Counts:
    """Count the scenarios from results.json; an inconclusive one is neither passed nor failed, and is said."""
    results = OUT / "results.json"
    if not results.exists():
        return (0, 1)
    counts = json.loads(results.read_text(encoding="utf-8"))["counts"]
    if counts["inconclusive"]:
        print(f"{counts['inconclusive']} scenarios were inconclusive, see above")
    return counts["passed"], counts["failed"] + counts["untested"]


def french_scenarios() -> list[str]:
    """Return file and line of the first scenario, of an outline the first row, of each French feature."""
    files = sorted((ROOT / "features" / "fr").rglob("*.feature"))
    first = {path: parse_file(str(path)).walk_scenarios()[0] for path in files}
    return [
        f"{path.relative_to(ROOT).as_posix()}:{scenario.line}"
        for path, scenario in first.items()
        if path.stem not in NOT_IN_FRENCH
    ]


def import_counts(code: int) -> Counts:
    """Count the import contracts."""
    kept = re.findall(
        r"^\[\[tool\.importlinter\.contracts\]\]", (ROOT / "pyproject.toml").read_text(), re.MULTILINE
    )
    return (len(kept), 0) if code == 0 else (0, 1)


STAGES = (
    Stage("lint", ("ruff", "check", "--quiet", "."), one_check),
    Stage("format", ("ruff", "format", "--check", "--quiet", "."), one_check),
    Stage("types", ("mypy",), one_check),
    Stage("imports", ("lint-imports", "--no-logo"), import_counts),
    Stage(
        "unit",
        ("pytest", "-q", "-n", "auto", "--dist", "loadfile", f"--junit-xml={PYTEST_XML}"),
        pytest_counts,
    ),
    # The whole French edition does the same as the English one, which tests/features sees to.
    Stage(
        "french",
        ("behave", "-D", "jobs=3", "-D", "inconclusive=allow", *french_scenarios()),
        feature_counts,
    ),
    Stage(
        "postgres",
        ("behave", "-D", "jobs=3", "-D", "database=postgres", "--tags", BY_DATABASE),
        feature_counts,
    ),
    # One fault a system; `make prove` has all of them.
    Stage("prove", ("python", "-m", "fixtures.sabotage", "prove", "--only-must-fail", *FAULTS), one_check),
    # A rate that is missed on a machine that is slow at the moment says nothing: it is said, and passed over.
    Stage(
        "features",
        ("behave", "-D", "jobs=3", "-D", "order=random", "-D", "inconclusive=allow"),
        feature_counts,
    ),
)

if __name__ == "__main__":
    sys.exit(main())
