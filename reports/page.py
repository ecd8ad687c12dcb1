"""Renders a run as one HTML page that needs no network and no script.

All texts of the run are escaped by the template engine, and long ones are cut with a note. The page is
written once: it does not follow a run that is going on.
"""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports import text, timeline, views
from reports.labels import ENGLISH, NOTHING, SYMBOLS, Labels, phrase
from reports.results import VERDICTS, Cell, Exchange, Results, Scenario

TEMPLATES = Path(__file__).parent / "templates"
BODY_CHARS_MAX = 20_000
LINE_CHARS_MAX = 2_000
ROWS_MAX = 200
# As many as fit beside a time on a screen of 360 px, and on a wide one.
NARROW_LABEL_CHARS_MAX, WIDE_LABEL_CHARS_MAX = 32, 80
TINY = 0.001
EXIT_CODE_LABEL = "exit_{code}"


def render(results: Results, *, results_link: str = "results.json", labels: Labels = ENGLISH) -> str:
    """Return the page; `results_link` is the path from the page to the results, with slashes."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    failed = views.failures(results)
    environment.filters.update(_filters())
    environment.globals.update(_helpers(results, failed, labels))
    return environment.get_template("page.html.j2").render(
        t=labels,
        run=results,
        sentence=views.sentence(results, labels),
        systems=views.systems(results, labels),
        features=views.features(results),
        failed=failed,
        inapplicable=views.with_verdict(results, "inapplicable"),
        untested=views.with_verdict(results, "untested"),
        slowest=views.slowest(results),
        total_s=sum(scenario.duration_s for scenario in results.scenarios),
        shares=_shares(results),
        results_link=relative_link(results_link),
        folder_link=_folder_link(results_link),
        exit_words=labels.get(EXIT_CODE_LABEL.format(code=results.exit_code), labels["exit_other"]),
    )


def relative_link(path: str) -> str:
    """Return `path` as a link that cannot leave the page's own origin, whatever it holds."""
    return f"./{quote(path)}"


def cell(value: Cell) -> str:
    """Return a measured value for reading: numbers with separators and at most three decimals."""
    if value is None:
        return NOTHING
    if isinstance(value, bool) or not isinstance(value, int | float):
        return text.clip(str(value), LINE_CHARS_MAX)
    if isinstance(value, int):
        return f"{value:,}"
    if value and abs(value) < TINY:
        return f"{value:.3g}"
    return f"{value:,.3f}".rstrip("0").rstrip(".")


def _filters() -> dict[str, Callable[..., object]]:
    return {
        "duration": text.duration,
        "moment": _moment,
        "cell": cell,
        "is_number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
        "body": lambda body: text.clip(text.pretty(body), BODY_CHARS_MAX),
        "block": lambda block: text.clip(block, BODY_CHARS_MAX),
        "line": lambda line: text.clip(line, LINE_CHARS_MAX),
        "narrow_label": lambda name: text.shorten(name, NARROW_LABEL_CHARS_MAX),
        "wide_label": lambda name: text.shorten(name, WIDE_LABEL_CHARS_MAX),
        "paragraphs": lambda prose: [part for part in re.split(r"\n\s*\n", prose.strip()) if part],
    }


def _helpers(results: Results, failed: tuple[Scenario, ...], labels: Labels) -> dict[str, object]:
    anchors = _anchors(results)
    failure_anchors = {id(scenario): f"failure-{number}" for number, scenario in enumerate(failed, 1)}
    levels = {requirement.id for requirement in results.requirements}
    return {
        "symbols": SYMBOLS,
        "rows_max": ROWS_MAX,
        "anchor": lambda scenario: anchors[id(scenario)],
        "failure_anchor": lambda scenario: failure_anchors.get(id(scenario), ""),
        "requirement_anchor": lambda name: f"requirement-{_slug(name)}",
        "is_known": lambda name: name in levels,
        "place": lambda axes: views.place(axes, labels),
        "phrase": lambda key, count=None, **values: phrase(labels, key, count, **values),
        "by_rule": views.by_rule,
        "request_log": _request_log,
        "steps_until": _steps_until,
        "timeline": lambda scenario: timeline.draw(scenario.history),
        "relative_link": relative_link,
    }


def _anchors(results: Results) -> dict[int, str]:
    """Return an id for each scenario object; merged runs may have the same scenario twice."""
    anchors: dict[int, str] = {}
    taken: set[str] = set()
    for number, scenario in enumerate(results.scenarios, 1):
        slug = f"scenario-{_slug(scenario.id)}"
        anchor = slug if slug not in taken else f"{slug}-{number}"
        taken.add(anchor)
        anchors[id(scenario)] = anchor
    return anchors


def _slug(name: str) -> str:
    return re.sub(r"[^\w-]+", "-", name)


def _moment(timestamp: str) -> str:
    parsed: datetime | None = text.moment(timestamp)
    return f"{parsed.day} {parsed:%B %Y, %H:%M} UTC" if parsed else timestamp


def _shares(results: Results) -> list[tuple[str, int, float, float]]:
    """Return the verdict, count, start and width (in percent) of each part of the proportion bar."""
    total = len(results.scenarios)
    shares, start = [], 0.0
    for verdict in VERDICTS:
        count = results.counts.get(verdict, 0)
        if count:
            width = 100 * count / total
            shares.append((str(verdict), count, start, width))
            start += width
    return shares


def _folder_link(results_link: str) -> str:
    """Return the path of the folder of the results file, to which the failures' folders are relative."""
    return results_link.rpartition("/")[0]


def _request_log(scenario: Scenario, exchange: Exchange) -> list[str]:
    wanted = exchange.request_id
    return [line for line in scenario.server_log if wanted in line] if wanted else []


def _steps_until(scenario: Scenario) -> int:
    """Return how many steps to show of a scenario that stopped: up to the last that was reached."""
    reached = [number for number, step in enumerate(scenario.steps, 1) if step.verdict != "untested"]
    return max(reached, default=0)
