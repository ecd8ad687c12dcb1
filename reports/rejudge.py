"""The command `python -m reports rejudge DIR`: judges the histories that failed scenarios left behind, once more.

DIR is the folder of one failure, or a folder of such folders. It prints one line a history and ends with the
code of `docs/exit-codes.md` that says the worst of what was found. It runs no scenario and changes no file.
"""

import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from fixtures.histories import operations
from fixtures.histories.judgement import Judgement
from fixtures.histories.judging import judge_history
from fixtures.histories.operations import HistoryError
from fixtures.plain_text import harmless
from reports.commandline import EXIT_USAGE, Parser

HISTORY_FILE: Final = "history.jsonl"
HISTORIES_MAX: Final = 10_000
CODE_BY_VERDICT: Final = {"invalid": 1, "unknown": 5, "valid": 0}
EXIT_NONE: Final = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; a wrong call raises SystemExit(64)."""
    parser = Parser(
        prog="python -m reports.rejudge", description="Judge the histories of failures once more."
    )
    parser.add_argument("folder", type=Path, metavar="DIR")
    return run(parser.parse_args(arguments).folder)


def run(folder: Path) -> int:
    """Judge every history of `folder`, print a line each or why there is none, and return the exit code."""
    try:
        return rejudge(folder)
    except HistoryError as error:
        print(f"python -m reports.rejudge: {' '.join(str(error).split())}", file=sys.stderr)
        return EXIT_USAGE


def rejudge(folder: Path) -> int:
    """Judge every history of `folder`, print a line each, and return the exit code; raises HistoryError."""
    paths = _histories(folder)
    if not paths:
        print(f"{folder}: no {HISTORY_FILE} in it or in its folders")
        return EXIT_NONE
    judged = [(path, *_judged(path)) for path in paths]
    for path, checker, judgement in judged:
        print(harmless(_line(path, checker, judgement)))
    found = {judgement.verdict for _, _, judgement in judged}
    return next(code for verdict, code in CODE_BY_VERDICT.items() if verdict in found)


def _histories(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise HistoryError(
            f"{folder}: {'not a folder' if folder.exists() else 'no such folder'}{_hint(folder)}"
        )
    own = folder / HISTORY_FILE
    try:
        found = [own] if own.exists() else sorted(folder.glob(f"*/{HISTORY_FILE}"))
    except OSError as error:
        raise HistoryError(f"{folder}: cannot be read: {error.strerror or error}") from error
    if len(found) > HISTORIES_MAX:
        raise HistoryError(f"{folder}: more than {HISTORIES_MAX:,} histories; name the folder of one failure")
    return found


def _judged(path: Path) -> tuple[str, Judgement]:
    history = operations.read(path)
    try:
        return history.checker, judge_history(history)
    except HistoryError as error:
        raise HistoryError(f"{path}:1: {error}") from error


def _line(path: Path, checker: str, judgement: Judgement) -> str:
    # The first line of the file is its head, and lines are counted from one.
    place = f"{path}:{judgement.first + 2}" if judgement.first is not None else str(path)
    return f"{judgement.verdict:<7}  {checker:<21}  {place}: {' '.join(judgement.message.split())}"


def _hint(folder: Path) -> str:
    if folder.name == HISTORY_FILE and folder.is_file():
        return f"; did you mean {folder.parent}?"
    try:
        names = [entry.name for entry in folder.parent.iterdir() if entry.is_dir()]
    except OSError:
        return ""
    close = get_close_matches(folder.name, names, n=1)
    return f"; did you mean {folder.parent / close[0]}?" if close else ""


if __name__ == "__main__":
    sys.exit(main())
