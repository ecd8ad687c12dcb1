"""Renders a run as GitHub-flavoured Markdown for the summary page of a CI job, in English.

It keeps within LINES_MAX lines and the megabyte that such a page may have, and says what it leaves out. Steps,
exchanges and logs are the page's (`reports.page`).
"""

import re
from collections.abc import Iterable

from fixtures.plain_text import harmless
from fixtures.standings import PARTLY
from reports import figures, proof
from reports.changes import KINDS, Change, Changes, Unusable
from reports.headline import broken, editions, missing, sentence
from reports.labels import ENGLISH, SYMBOLS, phrase
from reports.results import VERDICTS, Results, RunError, Scenario
from reports.text import clip
from reports.views import Promise, failures, systems

LINES_MAX = 200
FAILURE_LINES_MIN = 70
"""So many lines are kept free for failures, where there are any."""
NOTE_LINES = 2
MESSAGE_LINES_MAX = 12
MESSAGE_CHARS_MAX = 2_000
TEXT_CHARS_MAX = 600
NAMES_MAX = 12
DEVIATIONS_MAX = 20
SPECIAL = re.compile(r"([\\`*_\[\]|~#$])")
# What GitHub makes links of by itself; a backslash does not stop it, something in between does.
LINKED = re.compile(r"@(?=\w)|#(?=\d)|:(?=//)|\bwww(?=\.)|\bGH(?=-\d)", re.IGNORECASE)
BACKTICKS = re.compile("`+")


def render(results: Results, changes: Changes | Unusable | None = None) -> str:
    """Return the summary: verdict, counts, changes, proof, deviations, requirements, then the failures.

    `changes` are those since an earlier run, None when there is none to compare with.
    """
    lines = [f"# {ENGLISH['title']}: {_verdict(results.verdict)}", ""]
    lines += [f"**{_text(sentence(results, ENGLISH))}**", ""]
    if broken(results, ENGLISH):
        lines += [f"**{_text(broken(results, ENGLISH))}**", ""]
    if editions(results, ENGLISH):
        lines += [editions(results, ENGLISH), ""]
    if results.selection != "all":
        lines += [ENGLISH["partial"], ""]
    lines += _counts(results) + _changes(changes) + _proof(results) + _deviations(results)
    kept_free = FAILURE_LINES_MIN if failures(results) or results.errors else 0
    lines += _requirements(results, LINES_MAX - len(lines) - kept_free)
    lines += _failures(results, LINES_MAX - len(lines))
    # A job that shows its summary may print it into its log.
    return harmless("\n".join(lines).rstrip() + "\n")


def _counts(results: Results) -> list[str]:
    lines = [*_row([ENGLISH["column_verdict"], ENGLISH["column_count"]]), "| --- | ---: |"]
    for verdict in VERDICTS:
        count = results.counts.get(verdict, 0)
        if count:
            lines += _row([_verdict(verdict), str(count)])
    lines += _row([ENGLISH["total"], str(len(results.scenarios))])
    return [*lines, "", f"{ENGLISH['duration']}: {figures.duration(results.duration_s, ENGLISH)}", ""]


def _changes(changes: Changes | Unusable | None) -> list[str]:
    if changes is None:
        return []
    heading = [f"## {ENGLISH['changes']}", ""]
    if isinstance(changes, Unusable):
        words = phrase(ENGLISH, "changes_unusable", name=changes.name, reason=changes.reason)
        return [*heading, _text(words), ""]
    said = [phrase(ENGLISH, "changes_since", when=_text(figures.moment(changes.earlier_at, ENGLISH)))]
    if not changes.whole:
        said.append(ENGLISH["changes_partial"])
    if changes.settings:
        said.append(ENGLISH["changes_settings"])
        said += [_setting(*setting) + ";" for setting in changes.settings]
    if changes.duration_percent:
        said.append(_slower(changes))
    unchanged = ENGLISH["changes_none" if changes.common else "changes_apart"]
    found = [*_kinds((*changes.requirements, *changes.scenarios))]
    return [*heading, " ".join(said), "", *(found or [unchanged]), ""]


def _setting(name: str, before: object, now: object) -> str:
    old, new = (_text(str(value)) or ENGLISH["setting_none"] for value in (before, now))
    return phrase(ENGLISH, "changes_setting", name=ENGLISH[name], before=old, after=new)


def _slower(changes: Changes) -> str:
    percent = changes.duration_percent
    return phrase(
        ENGLISH,
        "slower" if percent > 0 else "faster",
        percent=abs(percent),
        before=figures.duration(changes.before_s, ENGLISH),
        now=figures.duration(changes.now_s, ENGLISH),
    )


def _kinds(changes: Iterable[Change]) -> Iterable[str]:
    """Yield a line for each kind of change, with the names of what changed."""
    names: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for change in changes:
        if change.requirement:
            names[change.kind].append(_text(change.requirement.id))
        elif change.scenario:
            names[change.kind].append(_text(change.scenario.name))
    for kind, found in names.items():
        if found:
            yield f"- **{ENGLISH[f'changed_{kind}']}:** {_listed(found)}"


def _proof(results: Results) -> list[str]:
    lines = [f"## {ENGLISH['proof']}", ""]
    if not results.sabotage:
        return [*lines, f"{ENGLISH['proof_unknown']} `make prove`", ""]
    faults = results.sabotage.faults
    made = phrase(ENGLISH, "proof_made", when=_text(figures.moment(results.sabotage.made_at, ENGLISH)))
    count = phrase(ENGLISH, "proof_count", proof.caught(results), total=len(faults))
    missed = [_text(fault.name) for fault in faults if fault.outcome != "caught"]
    names = phrase(ENGLISH, "proof_not_caught", names=_listed(missed)) if missed else ""
    return [*lines, f"{_verdict(results.sabotage.verdict)}: {count}. {names} {made}".replace("  ", " "), ""]


def _deviations(results: Results) -> list[str]:
    if not results.deviations:
        return []
    lines = [
        f"- {_text(each.requirement)}: {_text(each.reason)}"
        f" ({phrase(ENGLISH, 'until', expires=_text(figures.day(each.expires, ENGLISH)))})"
        for each in results.deviations[:DEVIATIONS_MAX]
    ]
    left_out = len(results.deviations) - len(lines)
    more = [phrase(ENGLISH, "changed_more", left_out)] if left_out else []
    return [f"## {ENGLISH['deviations']}", "", *lines, *more, ""]


def _requirements(results: Results, lines_max: int) -> list[str]:
    lines: list[str] = []
    columns = [ENGLISH[f"column_{name}"] for name in ("requirement", "words", "level", "verdict")]
    left_out = 0
    for view in systems(results):
        table = [f"## {_text(view.system.title.en)}", "", *_row(columns), "| --- | --- | --- | --- |"]
        for promise in view.promises:
            required = promise.requirement
            if len(lines) + len(table) + NOTE_LINES >= lines_max:
                left_out += 1
                continue
            words = [_text(required.id), _text(required.words.en), required.level]
            table += _row([*words, _standing(promise)])
        if len(lines) + len(table) + NOTE_LINES <= lines_max:
            lines += [*table, ""]
    return lines + ([phrase(ENGLISH, "more_requirements", left_out), ""] if left_out else [])


def _failures(results: Results, lines_max: int) -> list[str]:
    blocks = [_error(error) for error in results.errors] + [_failure(each) for each in failures(results)]
    if not blocks:
        return []
    lines = [f"## {ENGLISH['failures']}", ""]
    shown = 0
    for block in blocks:
        if len(lines) + len(block) + NOTE_LINES > lines_max:
            break
        lines += block
        shown += 1
    left_out = len(blocks) - shown
    return lines + ([phrase(ENGLISH, "more_failures", left_out), ""] if left_out else [])


def _error(error: RunError) -> list[str]:
    return [f"### {SYMBOLS['failed']} {_text(error.where)}", "", *_fence(error.message), ""]


def _failure(scenario: Scenario) -> list[str]:
    failure = scenario.failure
    about = f"`{_code(scenario.id)}`" + (f" · {_text(scenario.rule)}" if scenario.rule else "")
    lines = [f"### {SYMBOLS[scenario.verdict]} {_text(scenario.name)}", "", about, ""]
    if failure:
        lines += [f"**{ENGLISH['stopped_at']}:** {_text(failure.where)}", ""]
    message = (failure.message if failure else "") or scenario.reason or ENGLISH["no_message"]
    lines += [*_fence(message), ""]
    if scenario.rerun:
        lines += [f"{ENGLISH['rerun']}:", "", *_fence(scenario.rerun, "sh"), ""]
    return lines


def _standing(promise: Promise) -> str:
    """Return what a requirement is, and where it is partly proven how much of it, and what is missing."""
    required = promise.requirement
    if promise.standing != PARTLY:
        return _verdict(promise.standing)
    count = phrase(ENGLISH, "place_passed", passed=required.passed, count=required.total)
    return f"{_verdict(promise.standing)}, {count}: {_text(missing(promise.missing, ENGLISH))}"


def _verdict(verdict: str) -> str:
    return f"{SYMBOLS[verdict]} {ENGLISH[verdict]}"


def _row(cells: list[str]) -> list[str]:
    return ["| " + " | ".join(cells) + " |"]


def _listed(names: list[str]) -> str:
    more = [phrase(ENGLISH, "changed_more", len(names) - NAMES_MAX)] if len(names) > NAMES_MAX else []
    return ", ".join([*names[:NAMES_MAX], *more])


def _text(text: str) -> str:
    """Return `text` on one line, shown as it is: no markup, no HTML, no table border, nobody mentioned."""
    line = " ".join(clip(text, TEXT_CHARS_MAX).split())
    escaped = SPECIAL.sub(r"\\\1", line).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return LINKED.sub(r"\g<0><!-- -->", escaped)


def _code(text: str) -> str:
    return " ".join(text.replace("`", "'").split())


def _fence(text: str, language: str = "text") -> list[str]:
    """Return the lines of a code block; at most MESSAGE_LINES_MAX of `text`, and a note of what is left out."""
    runs = [len(run) for run in BACKTICKS.findall(text)]
    fence = "`" * max(3, max(runs, default=0) + 1)
    lines = clip(text, MESSAGE_CHARS_MAX).split("\n")
    more = [f"… {len(lines) - MESSAGE_LINES_MAX} more lines"] if len(lines) > MESSAGE_LINES_MAX else []
    return [f"{fence}{language}", *lines[:MESSAGE_LINES_MAX], *more, fence]
