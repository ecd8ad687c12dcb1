"""The tables of reference pages, as the code has them: kinds of problem, settings, tags of requirements.

A page has words of its own around a table, which stands between two comments with its name. What a row says stands
in the code: in an error's docstring or a problem's `when`, below a setting, in a requirement's file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Final

from fixtures import requirements
from reference_app.errors import AppError
from reference_app.systems import SYSTEMS
from reference_app.web import framing, holding, limits, problems
from reference_app.web.problem import Problem
from tests.checkout import ROOT
from tests.pages.settings_rows import of_all_systems

DOCS: Final = ROOT / "docs"
PROBLEMS: Final = ("| name | status | ask again after | when |", "|---|---:|---:|---|")
SETTINGS: Final = ("| variable | default | meaning |", "|---|---|---|")
SWITCHES: Final = ("| variable | meaning |", "|---|---|")
TAGS: Final = ("| tag | the requirements of |", "|---|---|")
OF_NO_ERROR: Final = (
    problems.INTERNAL,
    problems.NOT_FOUND,
    problems.METHOD_NOT_ALLOWED,
    limits.HEAD_TOO_LARGE,
    limits.HEAD_TOO_SLOW,
    *framing.REFUSED,
    holding.TOO_MANY_WAIT,
)


class NoSuchTable(Exception):
    """The page has no place for a table of this name."""


def pages() -> Mapping[Path, str]:
    """Return the text that each page should have."""
    settings, switches = of_all_systems()
    return {
        DOCS / "problems.md": _page("problems.md", problems=(*PROBLEMS, *problem_rows())),
        DOCS / "settings.md": _page(
            "settings.md", settings=(*SETTINGS, *settings), switches=(*SWITCHES, *switches)
        ),
        DOCS / "tags.md": _page("tags.md", requirements=(*TAGS, *tag_rows())),
    }


def problem_rows() -> Iterator[str]:
    """Yield a row a kind of problem, in the order of status and name."""
    found = {problem.slug: (problem, problem.when) for problem in OF_NO_ERROR}
    for table in (problems.PROBLEMS, *(system.problems for system in SYSTEMS)):
        for error, problem in table.items():
            # Several errors may be one kind: the first of them, or the one that says when, speaks for it.
            if problem.slug not in found or problem.when:
                found[problem.slug] = (problem, problem.when or _message(error))
    for problem, when in sorted(found.values(), key=_status_and_name):
        again = "" if problem.retry_after_s is None else f"{problem.retry_after_s} s"
        yield f"| `{problem.slug}` | {problem.status} | {again} | {when} |"


def tag_rows() -> Iterator[str]:
    """Yield a row a system: the tags of its agreed requirements, and where they stand."""
    catalogue = requirements.load(DOCS / "requirements")
    for system in catalogue.systems:
        agreed = [
            each.id
            for each in catalogue.requirements
            if (each.system, each.status) == (system.system, "agreed")
        ]
        page = f"[{system.system}.toml](requirements/{system.system}.toml)"
        if agreed:
            yield f"| {', '.join(ranges(agreed))} | {page}: {_lower_first(system.title['en'])} |"


def between(text: str, name: str, lines: Iterable[str]) -> str:
    """Return a page's text with these lines between the two comments that bear the name. Raises NoSuchTable."""
    begin, end = f"<!-- {name}: written by `make pages` -->\n", f"<!-- end of {name} -->"
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if not pattern.search(text):
        raise NoSuchTable(f"{name}: a page needs {begin.strip()} and {end}")
    made = "\n".join([begin, *lines, "", end])
    return pattern.sub(lambda _: made, text)


def _page(file: str, **tables: Iterable[str]) -> str:
    text = (DOCS / file).read_text(encoding="utf-8")
    for name, lines in tables.items():
        text = between(text, name, lines)
    return text


def _status_and_name(row: tuple[Problem, str]) -> tuple[int, str]:
    return (row[0].status, row[0].slug)


def _message(error: type[AppError]) -> str:
    """Return the first sentence of what the error says, as the end of a row."""
    return _lower_first(str(error()).partition(". ")[0].rstrip("."))


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def ranges(ids: list[str]) -> Iterator[str]:
    """Yield `LR-1` … `LR-12` for ids that follow each other, each in the quotes of code."""
    breaks = [
        at for at, (one, next_one) in enumerate(pairwise(ids), 1) if _number(next_one) != _number(one) + 1
    ]
    for start, end in pairwise([0, *breaks, len(ids)]):
        first, last = f"`@{ids[start]}`", f"`@{ids[end - 1]}`"
        yield first if first == last else f"{first} … {last}"


def _number(requirement: str) -> int:
    return int(requirement.partition("-")[2])
