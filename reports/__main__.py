"""The command `python -m reports`: builds page, summary and JUnit files from `results.json`, and merges several.

It ends with 0, or with 64 and one line when a results file or the folder cannot be used. `merge` ends with the exit
code of what it merged, once that is written; `rejudge` has the codes of `reports.rejudge`. It never runs anything.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from fixtures.plain_text import harmless
from reports import junit, merging, rejudge
from reports.changes import Changes, Unusable, compare
from reports.commandline import EXIT_USAGE, Parser
from reports.loading import ResultsError, load
from reports.results import Results
from reports.source_link import checkout_link

PREVIOUS = "previous.json"
"""The results of the run before, which a run keeps beside its own."""

EXIT_DONE = 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; a wrong call raises SystemExit(64)."""
    chosen = _parser().parse_args(arguments)
    if chosen.command == "rejudge":
        return rejudge.run(chosen.failures)
    code = EXIT_DONE
    try:
        if chosen.command == "merge":
            code, written = merging.merge(chosen.parts, chosen.merged), [chosen.merged]
        else:
            written = _run(chosen)
    except ResultsError as error:
        return _refuse(str(error))
    except OSError as error:
        place = error.filename or "the output folder"
        return _refuse(f"{place}: cannot be written: {error.strerror or error}")
    for path in written:
        print(path)
    return code


def build(results_path: Path, folder: Path, since: Path | None = None) -> list[Path]:
    """Write `index.html`, `summary.md` and `junit/` into `folder` and return the written paths.

    `since` is the earlier results file to compare with, by default the one of the run before, if it is there.
    Raises ResultsError when the results cannot be used, OSError when the folder cannot be written.
    """
    # Here, because the template engine is most of the start-up time of a command that needs none.
    from reports import page, summary  # noqa: PLC0415

    results = load(results_path)
    changes = _changes(results, since or results_path.with_name(PREVIOUS))
    folder.mkdir(parents=True, exist_ok=True)
    link = Path(os.path.relpath(results_path, folder)).as_posix()
    index, digest = folder / "index.html", folder / "summary.md"
    rendered = page.render(results, changes, results_link=link, checkout=checkout_link(folder))
    index.write_text(rendered, encoding="utf-8")
    digest.write_text(summary.render(results, changes), encoding="utf-8")
    return [index, digest, *junit.write(results, folder / "junit")]


def _run(chosen: argparse.Namespace) -> list[Path]:
    """Do what was asked and return the paths that were written."""
    if chosen.command == "junit":
        return junit.write(load(chosen.results), chosen.folder)
    if chosen.since and not chosen.since.exists():
        raise ResultsError(f"{chosen.since}: no such file")
    return build(chosen.results, chosen.out or chosen.results.parent, chosen.since)


def _changes(results: Results, earlier: Path) -> Changes | Unusable | None:
    """Return what changed since the results in `earlier`; None when there are none."""
    if not earlier.exists():
        return None
    try:
        return compare(load(earlier), results)
    except ResultsError as error:
        return Unusable(earlier.name, str(error).removeprefix(f"{earlier}: "))


def _parser() -> Parser:
    parser = Parser(prog="python -m reports", description="Reports of a run, made from its results.json.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="build|junit|merge|rejudge")
    page = commands.add_parser("build", help="write index.html, summary.md and junit/")
    page.add_argument("results", type=Path, metavar="RESULTS_JSON")
    page.add_argument("--out", type=Path, metavar="DIR", help="where to write; beside the results by default")
    page.add_argument(
        "--since", type=Path, metavar="OLDER_JSON", help=f"compare with it; {PREVIOUS} by default"
    )
    xml = commands.add_parser("junit", help="write only the JUnit files")
    xml.add_argument("results", type=Path, metavar="RESULTS_JSON")
    xml.add_argument("folder", type=Path, metavar="DIR")
    several = commands.add_parser("merge", help="make one results file of several; ends with its exit code")
    several.add_argument("merged", type=Path, metavar="OUT_JSON")
    several.add_argument("parts", type=Path, nargs="+", metavar="RESULTS_JSON")
    again = commands.add_parser("rejudge", help="judge the histories of failures once more")
    again.add_argument("failures", type=Path, metavar="DIR")
    return parser


def _refuse(message: str) -> int:
    print(harmless(f"python -m reports: {' '.join(message.split())}"), file=sys.stderr)
    return EXIT_USAGE


if __name__ == "__main__":
    sys.exit(main())
