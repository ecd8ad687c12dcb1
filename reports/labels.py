"""Every fixed word of the page and the summary, in one dictionary a language.

A text in braces is filled in by `phrase`. What a run says itself (titles, sentences, messages) is not here,
and neither is the JUnit output, whose words are for machines.
"""

from collections.abc import Mapping

Labels = Mapping[str, str]


def phrase(labels: Labels, key: str, count: int | None = None, **values: object) -> str:
    """Return the label filled in; with a `count` of 1 the label `key_one` is used where there is one."""
    chosen = f"{key}_one" if count == 1 and f"{key}_one" in labels else key
    return labels[chosen].format(count=count, **values)


ENGLISH: Labels = {
    "language": "en",
    "title": "Touchstone",
    "subtitle": "Acceptance report",
    "skip": "Skip to the requirements",
    "contents": "On this page",
    # Verdicts, as a chip shows them.
    "passed": "Passed",
    "failed": "Failed",
    "inconclusive": "Inconclusive",
    "inapplicable": "Does not apply",
    "untested": "Untested",
    "proven": "Proven",
    "planned": "Not built yet",
    # The verdict in a sentence.
    "all_passed": "All {count} scenarios passed",
    "all_passed_one": "The only scenario passed",
    "all_applicable_passed": "All {count} scenarios that could run passed",
    "all_applicable_passed_one": "The only scenario that could run passed",
    "some_failed": "{count} of {total} scenarios failed",
    "some_failed_one": "1 of {total} scenarios failed",
    "some_inconclusive": "{passed} of {total} scenarios passed, {count} proved nothing either way",
    "some_untested": "{passed} of {total} scenarios passed, {count} did not run",
    "too_few": "{count} of {total} scenarios passed, but fewer ran than must",
    "none_ran": "Nothing was tested",
    "run_failed": "The run itself went wrong",
    "run_inconclusive": "The run as a whole proved nothing either way",
    "requirements_proven": "{count} of {total} requirements are proven",
    "requirements_proven_one": "1 of {total} requirements is proven",
    "requirements_all_proven": "all {count} requirements are proven",
    "requirements_all_proven_one": "the only requirement is proven",
    "requirements_failed": "{count} failed",
    "requirements_inconclusive": "{count} inconclusive",
    "requirements_planned": "{count} are planned",
    "requirements_planned_one": "1 is planned",
    "partial": "Only some scenarios were chosen for this run, so it does not speak for the whole.",
    # The facts of a run.
    "facts": "About this run",
    "when": "When",
    "duration": "Took",
    "target": "Target",
    "database": "Database",
    "workers": "Workers",
    "seed": "Seed",
    "command": "Command",
    "version": "Version",
    "unknown": "not recorded",
    "proportions": "Scenarios by verdict",
    "no_scenarios": "No scenario is in this report.",
    # Sections.
    "requirements": "Requirements",
    "requirements_intro": "What was promised, in plain words, and whether this run proved it.",
    "requirements_none": "No requirement is in this report.",
    "failures": "What went wrong",
    "failures_intro": "Each of these stopped before it could prove its promise.",
    "scenarios": "All scenarios",
    "scenarios_intro": "Every case that was examined, by feature. Open one to see its steps.",
    "unproven": "What was not proven",
    "unproven_intro": "What this run leaves open, and why.",
    "unproven_none": "Nothing: all that was promised was examined.",
    "slowest": "Where the time went",
    "slowest_intro": "The slowest scenarios of this run, and their share in the time of all scenarios.",
    "meaning": "What the words mean",
    # Requirements and evidence.
    "system_proven": "{count} of {total} proven",
    "scenarios_passed": "{passed} of {count} scenarios passed",
    "scenarios_passed_one": "{passed} of 1 scenario passed",
    "scenarios_no": "no scenario in this run",
    "proven_on": "Proven on",
    "source": "Source",
    "show_evidence": "Evidence",
    "measured": "Measured",
    "rows_more": "… and {count} more rows, all of them in results.json.",
    "rows_more_one": "… and 1 more row, also in results.json.",
    "took": "took {time}",
    "ran_on": "Ran on",
    "workers_count": "{count} workers",
    "workers_count_one": "1 worker",
    "part_of": "Speaks of",
    # Failures.
    "jump": "Go to what went wrong",
    "outside": "Outside the scenarios",
    "stopped_at": "Stopped at",
    "message": "Expected and got",
    "message_error": "What happened",
    "message_inconclusive": "Why nothing was proven",
    "trace": "Where in the code",
    "steps_until": "Steps until then",
    "steps_after": "{count} more steps were not reached.",
    "steps_after_one": "1 more step was not reached.",
    "exchanges": "What was sent and answered",
    "request": "Request",
    "response": "Response",
    "body": "Body",
    "body_empty": "no body",
    "no_response": "no answer",
    "answered_in": "answered in {time}",
    "request_id": "Request id",
    "request_log": "The server's log of this request",
    "server_log": "The server's log of this scenario ({count} lines)",
    "server_log_one": "The server's log of this scenario (1 line)",
    "rerun": "Run it again",
    "folder": "All that was kept of it",
    "history": "Who asked and was answered when",
    "history_text": "Timeline of {count} operations of {clients} clients, {unanswered} of them without an answer.",
    "history_text_one": "Timeline of one operation.",
    "history_first": "the first that should not be",
    "history_legend": "Each row is a client, each bar lasts from asking to the whole answer; blue was granted,"
    " amber refused, green is a generation that the server's log tells of. A pale bar with an arrow never got an"
    " answer.",
    "history_more": "{count} more clients are left out.",
    "history_more_one": "One more client is left out.",
    "no_message": "No message was recorded.",
    # What was not proven.
    "inapplicable_heading": "Does not apply here",
    "untested_heading": "Was not tested",
    "untested_requirements": "Requirements without a verdict",
    "planned_heading": "Planned, not built yet",
    "no_reason": "no reason was recorded",
    # Where the time went.
    "chart": "Bar chart of the slowest scenarios; the table below has the same figures.",
    "column_scenario": "Scenario",
    "column_time": "Time",
    "column_share": "Share",
    # Footer.
    "meaning_passed": "Every step did what its sentence says.",
    "meaning_failed": "A step found something else than it promises, or broke.",
    "meaning_inconclusive": "An assumption broke, such as a machine too slow to tell: neither good nor bad.",
    "meaning_inapplicable": "The target lacks what the scenario needs, and the reason is given.",
    "meaning_untested": "It did not run, or has no scenario.",
    "must": "It has to hold; a build that breaks it is not fit.",
    "should": "It is meant to hold; where it does not, a reason is owed.",
    "meaning_planned": "The requirement is agreed on paper; nothing claims to do it yet.",
    "exit_code": "This run ended with exit code {code}",
    "exit_0": "everything that was asked holds",
    "exit_1": "a requirement failed",
    "exit_3": "nothing ran, or less than must run",
    "exit_4": "the server or its database could not be reached",
    "exit_5": "an assumption broke, so the answer is unknown",
    "exit_64": "the command was called wrongly, or a setting was refused",
    "exit_other": "a code without a meaning of its own",
    "files": "The same run for other readers",
    "file_results": "every detail, for programs",
    "file_summary": "a short summary, for a CI job",
    "file_junit": "test results, for CI systems",
    # The summary.
    "column_verdict": "Verdict",
    "column_count": "Scenarios",
    "column_requirement": "Requirement",
    "column_level": "Level",
    "column_words": "In plain words",
    "total": "All",
    "more_failures": "… and {count} more, all of them in `index.html`.",
    "more_failures_one": "… and 1 more, also in `index.html`.",
}

NOTHING = "\u2013"
"""The dash that stands for a value that is not there."""

SYMBOLS: Mapping[str, str] = {
    "passed": "✓",
    "proven": "✓",
    "failed": "✗",
    "inconclusive": "?",
    "inapplicable": NOTHING,
    "untested": "○",
    "planned": "◇",
}
"""One sign for each verdict, so that none rests on colour alone."""
