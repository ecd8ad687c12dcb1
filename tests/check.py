"""`python -m tests.check [BASE]`, which is `make check`: what belongs to the files that were changed.

Changed is what differs from the commit at which this branch left `BASE`, committed or not. Without `BASE` that is
the remote's main branch (`origin/HEAD`, or `origin/main`, `main`), and where there is none, the last commit. Lint,
types and import contracts are checked of everything. The last line is `N passed, N failed`.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence

from tests import stages
from tests.checkout import ROOT
from tests.choice import Choice, choose

SUMMARY = stages.OUT / "check-summary.txt"
RESULTS = stages.OUT / "check"
BASES = ("origin/HEAD", "origin/main", "main")
SHOWN_MAX = 20
NOT_SLOW = "not slow"
NOT_DEAR = "not @cost.minute"
USAGE = 64


class UnknownBase(Exception):
    """git knows no commit of this name."""


def main(arguments: Sequence[str]) -> int:
    """Say what was changed and what is chosen, run it, and return the exit code."""
    try:
        base = base_of(arguments[0] if arguments else "")
    except UnknownBase as error:
        print(f"check: {error}", file=sys.stderr)
        return USAGE
    paths = changed_since(base)
    choice = choose(paths)
    print("\n".join(said(base, paths, choice)), flush=True)
    return stages.main(chosen_stages(choice), SUMMARY)


def base_of(asked: str) -> str:
    """Return the commit at which this branch left the one that is asked for. Raises UnknownBase."""
    for name in [asked] if asked else BASES:
        if found := _git("merge-base", "HEAD", name):
            return found[0]
    if asked:
        raise UnknownBase(f"git knows no {asked!r}: give a branch, a tag or a commit, such as BASE=HEAD~3")
    return "HEAD"


def changed_since(base: str) -> list[str]:
    """Return the files that were changed, added or removed since, committed or not."""
    return sorted(
        {
            *_git("diff", "--name-only", "--no-renames", base),
            *_git("ls-files", "--others", "--exclude-standard"),
        }
    )


def said(base: str, paths: Sequence[str], choice: Choice) -> Iterator[str]:
    """Yield what was changed, what is run of it, and what is not."""
    yield f"files changed since {base[:12]}: {len(paths)}"
    yield from (f"  {path}" for path in paths[:SHOWN_MAX])
    if len(paths) > SHOWN_MAX:
        yield f"  … and {len(paths) - SHOWN_MAX} more"
    yield f"tests: {', '.join(choice.tests)}"
    yield f"features: {', '.join(choice.features) or 'none'}"
    yield (
        "left out: what belongs to other files, tests marked slow, scenarios of @cost.minute, Postgres, proofs;"
        " `make test` has them"
    )


def chosen_stages(choice: Choice) -> tuple[stages.Stage, ...]:
    """Return the stages for this choice."""
    behind = [
        stages.features("features", "-D", f"out={RESULTS}", "--tags", NOT_DEAR, *choice.features, out=RESULTS)
    ]
    return (
        *stages.static(),
        stages.unit("-m", NOT_SLOW, *choice.tests),
        *(behind if choice.features else ()),
    )


def _git(*arguments: str) -> list[str]:
    """Return the lines that git prints; none when it refuses, or is not there."""
    try:
        done = subprocess.run(
            ["git", "-c", "core.quotePath=false", *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        return []
    return done.stdout.splitlines() if done.returncode == 0 else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
