"""Renders a run as one HTML page in two languages that needs no network and no script.

All texts of the run are escaped by the template engine, and long ones are cut with a note. The page is
written once: it does not follow a run that is going on.
"""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports import bilingual, figures, proof, text, timeline, views
from reports.bilingual import Both, both, filled
from reports.changes import Changes, Unusable
from reports.headline import broken, editions, missing, sentence
from reports.labels import ENGLISH, SYMBOLS
from reports.results import Exchange, Results, Scenario
from reports.source_link import source_link

TEMPLATES = Path(__file__).parent / "templates"
BODY_CHARS_MAX = 20_000
LINE_CHARS_MAX = 2_000
ROWS_MAX = 200
CHANGES_MAX = 50
LEFT_OUT_MAX = 100
# As many as fit beside a time on a screen of 360 px, and on a wide one.
REASON_CHARS_MAX = 120
NARROW_LABEL_CHARS_MAX, WIDE_LABEL_CHARS_MAX = 32, 80


def render(
    results: Results,
    changes: Changes | Unusable | None = None,
    *,
    results_link: str = "results.json",
    checkout: str = "",
) -> str:
    """Return the page; `changes` are those since an earlier run, None when there is none to compare with.

    `results_link` is the path from the page to the results, with slashes; `checkout` the one to the checkout whose
    pages the requirements name, empty for a page that lies elsewhere.
    """
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    failed = views.failures(results)
    environment.filters.update(_filters())
    environment.globals.update(_anchors(results, failed) | _helpers())
    exit_label = f"exit_{results.exit_code}"
    return environment.get_template("page.html.j2").render(
        t=bilingual.labels(),
        run=results,
        sentence=both(lambda labels: sentence(results, labels)),
        editions=both(lambda labels: editions(results, labels)),
        broken=both(lambda labels: broken(results, labels)),
        systems=views.systems(results),
        features=views.features(results),
        french=views.french_edition(results),
        french_features=views.features(results, french=True),
        failed=failed,
        inapplicable=views.with_verdict(results, "inapplicable"),
        untested=views.with_verdict(results, "untested"),
        changes=changes,
        changes_usable=isinstance(changes, Changes),
        matrices=proof.matrices(results),
        faults_caught=proof.caught(results),
        surveyed=proof.surveyed(results),
        slowest=views.slowest(results),
        total_s=sum(scenario.duration_s for scenario in results.scenarios),
        shares=_shares(results),
        results_link=relative_link(results_link),
        folder_link=_folder_link(results_link),
        source_link=lambda source: source_link(source, checkout),
        exit_label=exit_label if exit_label in ENGLISH else "exit_other",
    )


def relative_link(path: str) -> str:
    """Return `path` as a link that cannot leave the page's own origin, whatever it holds."""
    return f"./{quote(path)}"


def _filters() -> dict[str, Callable[..., object]]:
    return {
        "words": bilingual.words,
        # A class of a style sheet has no spaces.
        "css": lambda standing: str(standing).replace(" ", "-"),
        "duration": lambda seconds: both(lambda labels: figures.duration(seconds, labels)),
        "moment": lambda timestamp: both(lambda labels: figures.moment(timestamp, labels)),
        "day": lambda timestamp: both(lambda labels: figures.day(timestamp, labels)),
        "clock": figures.clock,
        "cell": bilingual.cell,
        "is_number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
        "in_both": bilingual.table,
        "pretty": text.pretty,
        "in_short": lambda said: text.shorten(said, REASON_CHARS_MAX),
        "narrow_label": lambda name: text.shorten(name, NARROW_LABEL_CHARS_MAX),
        "wide_label": lambda name: text.shorten(name, WIDE_LABEL_CHARS_MAX),
        "paragraphs": lambda prose: [part for part in re.split(r"\n\s*\n", prose.strip()) if part],
    }


def _helpers() -> dict[str, object]:
    return {
        "symbols": SYMBOLS,
        "cell_symbols": proof.CELL_SYMBOLS,
        "rows_max": ROWS_MAX,
        "block_chars_max": BODY_CHARS_MAX,
        "line_chars_max": LINE_CHARS_MAX,
        "changes_max": CHANGES_MAX,
        "left_out_max": LEFT_OUT_MAX,
        "place": lambda axes: both(lambda labels: views.place(axes, labels)),
        "phrase": filled,
        "missing": lambda promise: both(lambda labels: missing(promise.missing, labels)),
        "filled_columns": figures.filled_columns,
        "left_out": _left_out,
        "by_rule": views.by_rule,
        "passed": views.passed,
        "request_log": _request_log,
        "steps_until": _steps_until,
        "timeline": lambda scenario: timeline.draw(scenario.history),
        "relative_link": relative_link,
        "framed": text.framed,
    }


def _anchors(results: Results, failed: tuple[Scenario, ...]) -> dict[str, object]:
    """Return the functions that give the ids of the page, each unique in it, and empty for what is not in it."""
    scenarios = _scenario_anchors(results)
    failures = {id(scenario): f"failure-{number}" for number, scenario in enumerate(failed, 1)}
    faults = results.sabotage.faults if results.sabotage else ()
    fault_anchors = {id(fault): f"fault-{number}" for number, fault in enumerate(faults, 1)}
    known = {requirement.id for requirement in results.requirements}
    homes: dict[str, str] = {}
    for requirement in results.requirements:
        for name in requirement.scenarios:
            homes.setdefault(name, requirement.id)
    return {
        "anchor": lambda scenario: scenarios.get(id(scenario), ""),
        "failure_anchor": lambda scenario: failures.get(id(scenario), ""),
        "fault_anchor": lambda fault: fault_anchors[id(fault)],
        "requirement_anchor": lambda name: f"requirement-{_slug(name)}",
        "is_known": lambda name: name in known,
        # The requirement under which a scenario's steps and measurements stand; they stand there once.
        "home": lambda scenario: homes.get(scenario.id, ""),
    }


def _scenario_anchors(results: Results) -> dict[int, str]:
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


def _left_out(words: str, chars_max: int) -> Both | str:
    """Return how many characters of `words` are too many for the page, in words; empty when none are."""
    count = len(words) - chars_max
    if count <= 0:
        return ""
    return filled("characters_more", count, shown=both(lambda labels: figures.cell(count, labels)))


def _shares(results: Results) -> list[tuple[str, int, float, float]]:
    """Return standing, count, start and width (in percent) of each part of the bar, which is all requirements."""
    total = len(results.requirements)
    shares, start = [], 0.0
    for standing, count in views.by_standing(results).items():
        width = 100 * count / total
        shares.append((standing, count, start, width))
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
