"""The matrix of faults and requirements: how the suite was seen to fail, system by system.

Promises: a cell says of one fault and one requirement whether the requirement noticed, and whether it should have,
by the same rule as the terminal's. It judges no fault: its outcome is that of the results.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.results import TRIED, Fault, Mutants, Requirement, Results, System, Words

CELL_SYMBOLS: Mapping[str, str] = {
    "caught": "✓",
    "allowed": "~",
    "collateral": "!",
    "missed": "✗",
    "unclear": "?",
    "passed": "·",
    "unrun": "\u2013",
}
"""One sign for each cell, so that none rests on colour alone."""

STANDINGS: Mapping[str, str] = {"caught": "passed", "inconclusive": "inconclusive"}
"""The verdict whose colours an outcome bears; any other outcome is a failure of the suite."""


@dataclass(frozen=True)
class Row:
    """One fault with a cell for each column; its standing is the verdict whose colours it bears."""

    fault: Fault
    cells: tuple[str, ...]
    standing: str


@dataclass(frozen=True)
class Matrix:
    """The faults of a system; the columns are ids of requirements."""

    system: System
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def matrices(results: Results) -> tuple[Matrix, ...]:
    """Return a matrix for each system that has faults, none when the results hold no proof."""
    faults: dict[str, list[Fault]] = {}
    for fault in results.sabotage.faults if results.sabotage else ():
        faults.setdefault(fault.system, []).append(fault)
    titled = {system.system: system for system in results.systems}
    return tuple(
        _matrix(titled.get(name) or System(system=name, title=Words(en=name)), found, results.requirements)
        for name, found in faults.items()
    )


@dataclass(frozen=True)
class Surveyed:
    """What became of the mutants of a system, and the system's title."""

    title: Words
    counts: Mutants


def surveyed(results: Results) -> tuple[Surveyed, ...]:
    """Return a row for each system whose mutants were tried, none when the results hold no survey."""
    titled = {system.system: system.title for system in results.systems}
    counted = results.mutants.systems if results.mutants else ()
    return tuple(Surveyed(titled.get(each.system) or Words(en=each.system), each) for each in counted)


def caught(results: Results) -> int:
    """Return how many faults were caught."""
    faults = results.sabotage.faults if results.sabotage else ()
    return sum(fault.outcome == "caught" for fault in faults)


def cell(fault: Fault, requirement: str) -> str:
    """Return what became of a requirement under a fault: one of the keys of CELL_SYMBOLS."""
    verdict = fault.requirements.get(requirement, "untested")
    if requirement in fault.must_fail and requirement in {each.requirement for each in fault.caught_by}:
        return "caught"
    if verdict not in TRIED:
        return "unrun"
    if verdict == "inconclusive":
        return "unclear"
    if requirement in fault.must_fail:
        return "missed"
    if verdict == "failed":
        return "allowed" if requirement in fault.may_fail else "collateral"
    return "passed"


def _matrix(system: System, faults: list[Fault], requirements: tuple[Requirement, ...]) -> Matrix:
    named = [name for fault in faults for name in (*fault.requirements, *fault.must_fail, *fault.may_fail)]
    # The order of the requirements is the reader's; what the results do not know comes last.
    ranks = {requirement.id: rank for rank, requirement in enumerate(requirements)}
    columns = sorted(dict.fromkeys(named), key=lambda name: ranks.get(name, len(ranks)))
    rows = [
        Row(fault, tuple(cell(fault, name) for name in columns), STANDINGS.get(fault.outcome, "failed"))
        for fault in faults
    ]
    return Matrix(system, tuple(columns), tuple(rows))
