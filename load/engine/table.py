"""The verdict table of a load, as a terminal shows it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from load.engine.comparing import Change
from load.engine.errors import KINDS

LIMITS: Final = ("request", "limit", "found", "verdict", "requirement")
FIGURES: Final = ("request", "samples", "failures", "good /s", "mean", "p50", "p95", "p99", "max")


def lines(result: Mapping[str, Any], changes: Sequence[Change] = ()) -> list[str]:
    """Return the table of a result (`document.document`), and what differs from an earlier run."""
    return [
        "",
        f"load {result['profile']}: {result['host']}, {result['passed_s']:.0f} s, {result['users']} users",
        *aligned([FIGURES, *figure_rows(result)]),
        "",
        *aligned([LIMITS, *limit_rows(result)]),
        "",
        *_compared(changes),
        generator_line(result),
        *(f"doubt: {reason}" for reason in result["reasons"]),
        f"verdict: {result['verdict']} (exit {result['exit_code']})",
    ]


def figure_rows(result: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """Return the figures of each name, as cells under FIGURES."""
    return [
        (
            name,
            f"{each['samples']:,}",
            failures(each),
            f"{each['rate']:,.0f}",
            *(f"{each[figure]:,.1f} ms" for figure in ("mean", "p50", "p95", "p99", "max")),
        )
        for name, each in result["names"].items()
    ]


def limit_rows(result: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """Return the limits, as cells under LIMITS; why one is not simply kept or missed stands behind its verdict."""
    return [
        (
            row["name"],
            row["limit"],
            row["found"],
            f"{row['verdict']}: {row['why']}" if row["why"] else row["verdict"],
            row["requirement"],
        )
        for row in result["limits"]
    ]


def failures(figures: Mapping[str, Any]) -> str:
    """Return how many requests of a name failed, each kind apart."""
    kinds = [f"{figures['errors'][kind]:,} {kind}" for kind in KINDS if figures["errors"].get(kind)]
    return ", ".join(kinds) or "0"


def generator_line(result: Mapping[str, Any]) -> str:
    """Return what the generator did itself, in one line."""
    generator = result["generator"]
    said = [
        f"busy {generator['busy']:.0%} of the time",
        "one process" if generator["workers"] == 1 else f"{generator['workers']} processes",
    ]
    if generator["due"]:
        said += [
            f"{generator['offered']:.0%} offered in time",
            f"late by {generator['late_ms']['p99']:,.1f} ms at p99",
        ]
    if generator["ruler"]:
        said.append(f"a bare server answers {generator['ruler']:,.0f} /s")
    return f"generator: {', '.join(said)}"


def changed(change: Change) -> str:
    """Return one difference from an earlier run in one line."""
    return (
        f"{change.name}, {change.figure}: {change.verdict}, {change.then:,.1f} then, {change.now:,.1f} now, "
        f"{abs(change.change):.0%} {'worse' if change.change > 0 else 'better'} (noise {change.noise:.0%})"
    )


def _compared(changes: Sequence[Change]) -> list[str]:
    if not changes:
        return []
    told = [changed(each) for each in changes if each.verdict != "same"]
    return ["beside the earlier run:", *(told or ["nothing differs by more than the noise"]), ""]


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows with their columns under each other."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
