"""The page of a load: its verdict, limits and figures, and how they went over time. It needs no script.

It has the look of the acceptance report, whose style it takes; it is in English. What a profile or a server named
is escaped.
"""

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import jinja2

from load.engine import charts, table
from load.engine.comparing import Change
from load.engine.thresholds import ALL

HERE: Final = Path(__file__).resolve().parent
STYLE: Final = HERE.parents[1] / "reports" / "templates" / "style.css"
SYMBOLS: Final = {"passed": "✓", "failed": "✗", "inconclusive": "?", "untested": "–"}


def html(result: Mapping[str, Any], changes: Sequence[Change], baseline: Mapping[str, Any] | None) -> str:
    """Return the page of a result (`document.document`), beside an earlier one if there is any."""
    drawn = [
        {
            "name": name,
            "figures": named,
            "limits": _rows(result, name),
            "charts": _charts(result, name, baseline),
        }
        for name, named in result["names"].items()
        # One name alone is all of them.
        if name != ALL or len(result["names"]) > 2  # noqa: PLR2004 - itself, and more than one other
    ]
    return (
        _environment()
        .get_template("page.html.j2")
        .render(**_tables(result), drawn=drawn, changes=changes, baseline=baseline, changed=table.changed)
    )


def live(result: Mapping[str, Any], *, is_on: bool, refresh_s: int) -> str:
    """Return the page of a run that goes on, which loads itself anew; an empty result is one that never began."""
    tables = _tables(result) if result else {"result": None}
    return _environment().get_template("live.html.j2").render(**tables, is_on=is_on, refresh_s=refresh_s)


def _tables(result: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "result": result,
        "headings": table.FIGURES,
        "figures": table.figure_rows(result),
        "generator": table.generator_line(result),
    }


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(style=STYLE.read_text(encoding="utf-8"), symbols=SYMBOLS)
    return environment


def _rows(result: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    return [row for row in result["limits"] if row["name"] == name]


def _charts(result: Mapping[str, Any], name: str, baseline: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    named, earlier = result["names"][name], (baseline or {"names": {}})["names"].get(name)
    numbers = {
        row["figure"]: float(row["limit"].split()[-2]) for row in _rows(result, name) if _is_drawn(row)
    }
    return [
        {
            "title": title,
            "layouts": {size: draw(named, earlier, numbers, width) for size, width in charts.WIDTHS.items()},
        }
        for title, draw in (
            ("Latency over time: 99 %, 95 % and half of the answers within", charts.latency),
            ("Good answers a second over time", charts.rate),
        )
    ]


def _is_drawn(row: Mapping[str, Any]) -> bool:
    return row["figure"] in {*charts.LATENCY, "rate"}
