"""Renders a run as GitHub-flavoured Markdown for the summary page of a CI job.

It keeps below the megabyte that such a page may have, and says what it leaves out. Steps, exchanges and logs
are the page's (`reports.page`).
"""

import re

from reports.labels import ENGLISH, SYMBOLS, Labels, phrase
from reports.results import VERDICTS, Results, Scenario
from reports.text import clip, duration
from reports.views import failures, sentence, systems

FAILURES_MAX = 50
ERRORS_MAX = 20
MESSAGE_CHARS_MAX = 2_000
TEXT_CHARS_MAX = 600
SPECIAL = re.compile(r"([\\`*_\[\]|~#$])")
BACKTICKS = re.compile("`+")


def render(results: Results, labels: Labels = ENGLISH) -> str:
    """Return the summary: verdict, counts, requirements, then each failure with its rerun command."""
    title = f"# {labels['title']}: {_verdict(results.verdict, labels)}"
    lines = [title, "", f"**{_text(sentence(results, labels))}**", ""]
    if results.selection == "some":
        lines += [labels["partial"], ""]
    lines += _counts(results, labels) + _requirements(results, labels)
    lines += _failures(results, labels)
    return "\n".join(lines).rstrip() + "\n"


def _counts(results: Results, labels: Labels) -> list[str]:
    lines = [*_row([labels["column_verdict"], labels["column_count"]]), "| --- | ---: |"]
    for verdict in VERDICTS:
        count = results.counts.get(verdict, 0)
        if count:
            lines += _row([_verdict(verdict, labels), str(count)])
    lines += _row([labels["total"], str(len(results.scenarios))])
    return [*lines, "", f"{labels['duration']}: {duration(results.duration_s)}", ""]


def _requirements(results: Results, labels: Labels) -> list[str]:
    lines = []
    columns = [labels[f"column_{name}"] for name in ("requirement", "words", "level", "verdict")]
    for view in systems(results, labels):
        lines += [f"## {_text(view.system.title.en)}", "", *_row(columns), "| --- | --- | --- | --- |"]
        for promise in view.promises:
            required = promise.requirement
            words = [_text(required.id), _text(required.words.en), required.level]
            lines += _row([*words, _verdict(promise.standing, labels)])
        lines.append("")
    return lines


def _failures(results: Results, labels: Labels) -> list[str]:
    failed = failures(results)
    if not failed and not results.errors:
        return []
    lines = [f"## {labels['failures']}", ""]
    for error in results.errors[:ERRORS_MAX]:
        lines += [f"### {SYMBOLS['failed']} {_text(error.where)}", "", *_fence(error.message), ""]
    for scenario in failed[:FAILURES_MAX]:
        lines += _failure(scenario, labels)
    left_out = max(0, len(failed) - FAILURES_MAX) + max(0, len(results.errors) - ERRORS_MAX)
    if left_out:
        lines += [phrase(labels, "more_failures", left_out), ""]
    return lines


def _failure(scenario: Scenario, labels: Labels) -> list[str]:
    failure = scenario.failure
    about = f"`{_code(scenario.id)}`" + (f" · {_text(scenario.rule)}" if scenario.rule else "")
    lines = [f"### {SYMBOLS[scenario.verdict]} {_text(scenario.name)}", "", about, ""]
    if failure:
        lines += [f"**{labels['stopped_at']}:** {_text(failure.where)}", ""]
    message = (failure.message if failure else "") or scenario.reason or labels["no_message"]
    lines += [*_fence(message), ""]
    if scenario.rerun:
        lines += [f"{labels['rerun']}:", "", *_fence(scenario.rerun, "sh"), ""]
    return lines


def _verdict(verdict: str, labels: Labels) -> str:
    return f"{SYMBOLS[verdict]} {labels[verdict]}"


def _row(cells: list[str]) -> list[str]:
    return ["| " + " | ".join(cells) + " |"]


def _text(text: str) -> str:
    """Return `text` on one line, shown as it is: no markup, no HTML, no table border, nobody mentioned."""
    line = " ".join(clip(text, TEXT_CHARS_MAX).split())
    return SPECIAL.sub(r"\\\1", line).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _code(text: str) -> str:
    return " ".join(text.replace("`", "'").split())


def _fence(text: str, language: str = "text") -> list[str]:
    runs = [len(run) for run in BACKTICKS.findall(text)]
    fence = "`" * max(3, max(runs, default=0) + 1)
    return [f"{fence}{language}", clip(text, MESSAGE_CHARS_MAX), fence]
