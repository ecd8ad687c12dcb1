"""Writes JUnit XML, one file a feature file and `TEST-run.xml` for what went wrong outside scenarios.

Counts and times are exact sums: a suite's time is the sum of its cases' milliseconds. A failed assertion is a
`failure`; an exception, a hook, clean-up and an inconclusive scenario are an `error`; what did not run is
`skipped` with its reason. The files are valid by the schema of Jenkins' xUnit plugin (junit-10), which is the
strictest reader: a case has no properties there, and neither file nor line, so its output says them. No two cases
of a file have the same class name and name. It does not describe requirements beyond their ids.
"""

import re
import socket
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from fixtures.plain_text import harmless
from reports.junit_standings import standing_properties
from reports.labels import ENGLISH
from reports.results import Exchange, Results, RunError, Scenario
from reports.text import clip, moment, pretty, shorten
from reports.views import place

OUTPUT_CHARS_MAX = 200_000
BODY_CHARS_MAX = 4_000
MESSAGE_CHARS_MAX = 400
STEM_CHARS_MAX = 180
RUN_STEM = "TEST-run"
SEPARATOR = " \u203a "
SUMMED = ("tests", "failures", "errors")
"""What the root has of its suites, besides their time: the schema has no more."""
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
        root = _root(results, suite)
        ET.indent(root)
        path = folder / f"{stem}.xml"
        declaration = '<?xml version="1.0" encoding="UTF-8"?>'
        text = ET.tostring(root, encoding="unicode")
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
    for suite in found.values():
        _disarm(suite)
    return found


def _root(results: Results, suite: ET.Element) -> ET.Element:
    root = ET.Element("testsuites", name=harmless(results.project))
    for attribute in (*SUMMED, "time"):
        root.set(attribute, suite.get(attribute, "0"))
    root.append(suite)
    return root


def _disarm(suite: ET.Element) -> None:
    """Azure and GitLab print what is in these files into the job's log, where it must not be a command."""
    for element in suite.iter():
        element.attrib.update({name: harmless(value) for name, value in element.attrib.items()})
        element.text = harmless(element.text) if element.text else None


def _feature_suite(results: Results, file: str, scenarios: list[Scenario]) -> ET.Element:
    names = _names(scenarios)
    cases = [_case(results, scenario, name) for scenario, name in zip(scenarios, names, strict=True)]
    started = min((scenario.started_at for scenario in scenarios if scenario.started_at), default="")
    name = scenarios[0].feature or file
    spoken = dict(standing_properties(results, scenarios))
    suite = _suite(results, name=name, started_at=started or results.started_at, cases=cases, more=spoken)
    suite.set("file", file)
    return suite


def _names(scenarios: list[Scenario]) -> list[str]:
    """Return a name a scenario; where some would share one, what they ran on, then their line tells them apart."""
    names = [scenario.name for scenario in scenarios]
    places = [place(scenario.axes, ENGLISH) for scenario in scenarios]
    for more in (places, [f"line {scenario.line}" for scenario in scenarios]):
        keys = list(zip(map(_class_name, scenarios), names, strict=True))
        counts = Counter(keys)
        names = [
            f"{name} ({word})" if word and counts[key] > 1 else name
            for key, name, word in zip(keys, names, more, strict=True)
        ]
    return names


def _class_name(scenario: Scenario) -> str:
    return SEPARATOR.join(part for part in (scenario.feature, scenario.rule) if part)


def _run_suite(results: Results) -> ET.Element:
    cases = [_run_case(error) for error in results.errors]
    return _suite(results, name="the run itself", started_at=results.started_at, cases=cases)


def _suite(
    results: Results,
    *,
    name: str,
    started_at: str,
    cases: list[ET.Element],
    more: Mapping[str, str] | None = None,
) -> ET.Element:
    suite = ET.Element("testsuite", name=name, tests=str(len(cases)), hostname=socket.gethostname())
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(sum(case.find(tag) is not None for case in cases)))
    suite.set("time", _seconds(sum(round(float(case.get("time", "0")) * 1000) for case in cases)))
    started = moment(started_at)
    if started is not None:
        # The schema of JUnit wants seconds, and no zone.
        suite.set("timestamp", started.replace(tzinfo=None).isoformat(timespec="seconds"))
    properties = {f"settings.{key}": str(value) for key, value in results.settings.items()}
    _add_properties(
        suite, {"project": results.project, "version": results.version, **properties, **(more or {})}
    )
    suite.extend(cases)
    return suite


def _case(results: Results, scenario: Scenario, name: str) -> ET.Element:
    time = _seconds(round(scenario.duration_s * 1000))
    case = ET.Element("testcase", classname=_class_name(scenario), name=name, time=time)
    _add_outcome(case, scenario)
    output = _about(results, scenario)
    if scenario.verdict in ("failed", "inconclusive"):
        output += f"\n\n{_story(scenario)}"
    ET.SubElement(case, "system-out").text = clip(output, OUTPUT_CHARS_MAX)
    return case


def _about(results: Results, scenario: Scenario) -> str:
    said = {
        "place": scenario.id,
        "requirements": ", ".join(scenario.requirements),
        "ran on": place(scenario.axes, ENGLISH),
        **dict(standing_properties(results, [scenario])),
    }
    return "\n".join(f"{name}: {value}" for name, value in said.items() if value)


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


def _add_properties(suite: ET.Element, properties: Mapping[str, str]) -> None:
    element = ET.SubElement(suite, "properties")
    for name, value in properties.items():
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
