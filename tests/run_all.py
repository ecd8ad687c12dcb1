"""`python -m tests.run_all`, which is `make test`: all there is; the last line is `N passed, N failed`.

The order is by what a failure costs to wait for: what takes seconds first, the whole English edition last, whose
report is then the one in `reports/out`.
"""

import sys

from behave.parser import parse_file

from tests import stages
from tests.checkout import ROOT
from tests.stages import Stage

SUMMARY = stages.OUT / "test-summary.txt"

NOT_IN_FRENCH = {"hundred_stampedes", "rates"}
"""A minute on a Postgres, and long loads; tests/features holds their sentences to the English ones."""


def french_scenarios() -> list[str]:
    """Return file and line of the first scenario, of an outline the first row, of each French feature."""
    files = sorted((ROOT / "features" / "fr").rglob("*.feature"))
    first = {path: parse_file(str(path)).walk_scenarios()[0] for path in files}
    return [
        f"{path.relative_to(ROOT).as_posix()}:{scenario.line}"
        for path, scenario in first.items()
        if path.stem not in NOT_IN_FRENCH
    ]


def all_stages() -> tuple[Stage, ...]:
    """Return the stages in their order."""
    return (
        *stages.static(),
        stages.unit(),
        # The first fault of each system; `make prove` has all of them.
        Stage(
            "prove",
            ("python", "-m", "fixtures.sabotage", "prove", "--one-a-system", "--only-must-fail"),
            stages.one_check,
        ),
        # The whole French edition does the same as the English one, which tests/features sees to.
        stages.features("french", *french_scenarios()),
        # What differs by database; the rest runs on SQLite alone.
        stages.features("postgres", "-D", "database=postgres", "--tags", "@both-databases"),
        stages.features("features", "-D", "order=random"),
    )


if __name__ == "__main__":
    sys.exit(stages.main(all_stages(), SUMMARY))
