"""Writes JUnit XML, one file a feature file and `TEST-run.xml` for what went wrong outside scenarios.

Counts and times are exact sums: a suite's time is the sum of its cases' milliseconds. A failed assertion is a
`failure`; an exception, a hook, clean-up and an inconclusive scenario are an `error`; what did not run is
`skipped` with its reason. It keeps to the elements that Jenkins, GitLab and the GitHub actions read, and does
not describe requirements beyond their ids.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path

from reports.junit_standings import standing_properties
from reports.results import Exchange, Results, RunError, Scenario
from reports.text import clip, moment, pretty, shorten

OUTPUT_CHARS_MAX = 200_000
BODY_CHARS_MAX = 4_000
MESSAGE_CHARS_MAX = 400
STEM_CHARS_MAX = 180
RUN_STEM = "TEST-run"
SEPARATOR = " \u203a "
UNSAFE_IN_NAME = re.compile(r"[^\w.-]", re.ASCII)
# It marks the files that a later run may remove.
SIGNATURE = "<!-- Written by touchstone from results.json. -->"


def write(results: Results, folder: Path) -> list[Path]:
    """Write the files into `folder`, made if need be, and return their paths.

    Files that an earlier run wrote there are removed first, others are left alone. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _remove_earlier(folder)
    paths = []
    for stem, suite in suites(results).items():
        ET.indent(suite)
        path = folder / f"{stem}.xml"
        declaration = '<?xml version="1.0" encoding="UTF-8"?>'
        text = ET.tostring(suite, encoding="unicode")
        path.write_text(f"{declaration}\n{SIGNATURE}\n{text}\n", encoding="utf-8")
        paths.append(path)
    return paths


def suites(results: Results) -> dict[str, ET.Element]:
    """Return the `testsuite` elements by the stem of their file's name."""
    by_file: dict[str, list[Scenario]] = {}
    for scenario in results.scenarios:
        by_file.setdefault(scenario.file, []).append(scenario)
    found: dict[str, ET.Element] = {}
    if results.errors:
        found[RUN_STEM] = _run_suite(results)
    taken = {RUN_STEM.lower()}
    for file, scenarios in by_file.items():
        found[_free_stem(file, taken)] = _feature_suite(results, file, scenarios)
    return found


def _feature_suite(results: Results, file: str, scenarios: list[Scenario]) -> ET.Element:
    cases = [_case(results, scenario) for scenario in scenarios]
    started = min((scenario.started_at for scenario in scenarios if scenario.started_at), default="")
    name = scenarios[0].feature or file
    spoken = standing_properties(results, scenarios)
    return _suite(results, name=name, started_at=started or results.started_at, cases=cases, more=spoken)


def _run_suite(results: Results) -> ET.Element:
    cases = [_run_case(error) for error in results.errors]
    return _suite(results, name="the run itself", started_at=results.started_at, cases=cases)


def _suite(
    results: Results,
    *,
    name: str,
    started_at: str,
    cases: list[ET.Element],
    more: list[tuple[str, str]] | None = None,
) -> ET.Element:
    suite = ET.Element("testsuite", name=name, tests=str(len(cases)))
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(sum(case.find(tag) is not None for case in cases)))
    suite.set("time", _seconds(sum(round(float(case.get("time", "0")) * 1000) for case in cases)))
    started = moment(started_at)
    if started is not None:
        # The schema of JUnit wants seconds, and no zone.
        suite.set("timestamp", started.replace(tzinfo=None).isoformat(timespec="seconds"))
    properties = {f"settings.{key}": str(value) for key, value in results.settings.items()}
    _add_properties(suite, {"project": results.project, "version": results.version, **properties}, more)
    suite.extend(cases)
    return suite


def _case(results: Results, scenario: Scenario) -> ET.Element:
    title = SEPARATOR.join(part for part in (scenario.feature, scenario.rule) if part)
    time = _seconds(round(scenario.duration_s * 1000))
    case = ET.Element("testcase", classname=title, name=scenario.name, time=time)
    case.set("file", scenario.file)
    case.set("line", str(scenario.line))
    axes = {f"axis.{name}": str(value) for name, value in scenario.axes.items()}
    named = [("requirement", name) for name in scenario.requirements]
    _add_properties(case, axes, [*named, *standing_properties(results, [scenario])])
    _add_outcome(case, scenario)
    if scenario.verdict in ("failed", "inconclusive"):
        ET.SubElement(case, "system-out").text = clip(_story(scenario), OUTPUT_CHARS_MAX)
    return case


def _run_case(error: RunError) -> ET.Element:
    case = ET.Element("testcase", classname="run", name=error.where, time="0.000")
    message = shorten(error.message, MESSAGE_CHARS_MAX)
    ET.SubElement(case, "error", type="run", message=message).text = error.message
    return case


def _add_outcome(case: ET.Element, scenario: Scenario) -> None:
    if scenario.verdict == "passed":
        return
    failure = scenario.failure
    message = (failure.message if failure else "") or scenario.reason or "no reason was recorded"
    short = shorten(message, MESSAGE_CHARS_MAX)
    if scenario.verdict in ("inapplicable", "untested"):
        ET.SubElement(case, "skipped", type=scenario.verdict, message=short)
        return
    if scenario.verdict == "inconclusive":
        tag, kind = "error", "inconclusive"
    else:
        tag, kind = ("failure", "assertion") if scenario.asserted else ("error", "error")
    details = [failure.where, message, failure.trace] if failure else [message]
    whole = clip("\n".join(filter(None, details)), OUTPUT_CHARS_MAX)
    ET.SubElement(case, tag, type=kind, message=short).text = whole


def _add_properties(
    parent: ET.Element, properties: Mapping[str, str], more: list[tuple[str, str]] | None = None
) -> None:
    pairs = [*properties.items(), *(more or [])]
    if pairs:
        element = ET.SubElement(parent, "properties")
        for name, value in pairs:
            ET.SubElement(element, "property", name=name, value=value)


def _story(scenario: Scenario) -> str:
    lines = [f"{step.verdict:>12}  {step.keyword} {step.text}" for step in scenario.steps]
    for exchange in scenario.exchanges:
        lines += ["", *_exchange_lines(exchange)]
    if scenario.server_log:
        lines += ["", "server log:", *scenario.server_log]
    if scenario.rerun:
        lines += ["", f"run it again: {scenario.rerun}"]
    return "\n".join(lines)


def _exchange_lines(exchange: Exchange) -> list[str]:
    request, response = exchange.request, exchange.response
    lines = [f"{request.method} {request.url}", clip(pretty(request.body), BODY_CHARS_MAX)]
    if response is None:
        lines.append("no answer")
    else:
        lines += [str(response.status), clip(pretty(response.body), BODY_CHARS_MAX)]
    return [line for line in lines if line]


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds // 1000}.{milliseconds % 1000:03d}"


def _free_stem(file: str, taken: set[str]) -> str:
    """Return a stem that is free even where file names ignore case, and remember it in `taken`."""
    dotted = file.removesuffix(".feature").replace("\\", "/").replace("/", ".")
    safe = UNSAFE_IN_NAME.sub("_", dotted).strip(".")
    base = f"TEST-{safe}"[:STEM_CHARS_MAX]
    stem, number = base, 1
    while stem.lower() in taken:
        # Bounded by the number of files that share the name.
        number += 1
        stem = f"{base}-{number}"
    taken.add(stem.lower())
    return stem


def _remove_earlier(folder: Path) -> None:
    for path in folder.glob("TEST-*.xml"):
        with path.open(encoding="utf-8", errors="replace") as file:
            head = file.read(len(SIGNATURE) * 3)
        if SIGNATURE in head:
            path.unlink()
