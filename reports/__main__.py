"""The command `python -m reports`: builds the page, the summary and the JUnit files from `results.json`.

It ends with 0, or with 64 and one line when the results file or the folder cannot be used; `rejudge` has the codes
of `reports.rejudge`. It never runs anything and does not repeat the run's own exit code.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from reports import junit, rejudge
from reports.results import Results, ResultsError, load

EXIT_DONE = 0
EXIT_USAGE = 64


class Parser(argparse.ArgumentParser):
    """A parser that keeps to the project's exit codes, and to one line."""

    def error(self, message: str) -> NoReturn:
        """End with 64 and the message."""
        self.exit(EXIT_USAGE, f"{self.prog}: {message} (see {self.prog} --help)\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; a wrong call raises SystemExit(64)."""
    chosen = _parser().parse_args(arguments)
    if chosen.command == "rejudge":
        return rejudge.main([str(chosen.failures)])
    try:
        results = load(chosen.results)
        if chosen.command == "junit":
            written = junit.write(results, chosen.folder)
        else:
            written = build(results, chosen.results, chosen.out or chosen.results.parent)
    except ResultsError as error:
        return _refuse(str(error))
    except OSError as error:
        place = error.filename or "the output folder"
        return _refuse(f"{place}: cannot be written: {error.strerror or error}")
    for path in written:
        print(path)
    return EXIT_DONE


def build(results: Results, results_path: Path, folder: Path) -> list[Path]:
    """Write `index.html`, `summary.md` and `junit/` into `folder` and return the written paths.

    Raises OSError when the folder cannot be written.
    """
    # Here, because the template engine is most of the start-up time of a command that needs none.
    from reports import page, summary  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    link = Path(os.path.relpath(results_path, folder)).as_posix()
    index, digest = folder / "index.html", folder / "summary.md"
    index.write_text(page.render(results, results_link=link), encoding="utf-8")
    digest.write_text(summary.render(results), encoding="utf-8")
    return [index, digest, *junit.write(results, folder / "junit")]


def _parser() -> Parser:
    parser = Parser(prog="python -m reports", description="Reports of a run, made from its results.json.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="build|junit|rejudge")
    page = commands.add_parser("build", help="write index.html, summary.md and junit/")
    page.add_argument("results", type=Path, metavar="RESULTS_JSON")
    page.add_argument("--out", type=Path, metavar="DIR", help="where to write; beside the results by default")
    xml = commands.add_parser("junit", help="write only the JUnit files")
    xml.add_argument("results", type=Path, metavar="RESULTS_JSON")
    xml.add_argument("folder", type=Path, metavar="DIR")
    again = commands.add_parser("rejudge", help="judge the histories of failures once more")
    again.add_argument("failures", type=Path, metavar="DIR")
    return parser


def _refuse(message: str) -> int:
    print(f"python -m reports: {' '.join(message.split())}", file=sys.stderr)
    return EXIT_USAGE


if __name__ == "__main__":
    sys.exit(main())
