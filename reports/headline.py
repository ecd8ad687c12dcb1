"""The verdict of a run in one plain sentence, in any language that has labels.

Promises: it never claims more than the scenarios show. It counts and words; the verdicts are those of the
results.
"""

from collections.abc import Iterable

from reports.labels import Labels, phrase
from reports.results import VERDICTS, Results
from reports.views import by_standing, french_edition


def sentence(results: Results, labels: Labels) -> str:
    """Return the verdict of the run in one plain sentence."""
    parts = [_scenario_part(results, labels)]
    if results.errors and results.counts.get("failed", 0):
        parts.append(phrase(labels, "run_failed").lower())
    if results.requirements:
        parts.append(_requirement_part(results, labels))
    return labels["sentences_between"].join(parts) + "."


def editions(results: Results, labels: Labels) -> str:
    """Return how many scenarios are of which edition; empty when none is of the French one."""
    french, total = len(french_edition(results)), len(results.scenarios)
    if not french:
        return ""
    key = "editions_french" if french == total else "editions"
    return phrase(labels, key, english=total - french, french=french)


def missing(found: Iterable[tuple[str, str, int]], labels: Labels) -> str:
    """Return what is missing from a requirement, as `1 left out by tags (@cost.minute)`; empty for nothing."""
    return ", ".join(
        phrase(labels, f"missing_{why}", count)
        + (phrase(labels, "missing_reason", reason=reason) if reason else "")
        for why, reason, count in found
    )


def broken(results: Results, labels: Labels) -> str:
    """Return that the server was broken on purpose, and by which fault; empty when it was not."""
    fault = str(results.settings.get("sabotage") or "")
    return phrase(labels, "broken", fault=fault) if fault else ""


def _scenario_part(results: Results, labels: Labels) -> str:
    key, count = _told_first(results)
    values = {"total": len(results.scenarios), "passed": results.counts.get("passed", 0)}
    return phrase(labels, key, count, **values)


def _told_first(results: Results) -> tuple[str, int]:
    """Return the label and the count of what a reader must know first: the worst that happened."""
    passed, failed, unclear, inapplicable, untested = (results.counts.get(one, 0) for one in VERDICTS)
    excused = sum(scenario.excused for scenario in results.scenarios if scenario.verdict == "failed")
    cases = (
        (0 < failed == excused, "some_excused", failed),
        (failed > 0, "some_failed", failed),
        (results.verdict == "failed", "run_failed", 0),
        (unclear > 0, "some_inconclusive", unclear),
        (results.verdict == "inconclusive", "run_inconclusive", 0),
        (passed == 0, "none_ran", 0),
        (untested > 0, "some_untested", untested),
        (results.verdict == "untested", "too_few", passed),
        (inapplicable > 0, "all_applicable_passed", passed),
    )
    return next(((key, count) for holds, key, count in cases if holds), ("all_passed", passed))


def _requirement_part(results: Results, labels: Labels) -> str:
    found, total = by_standing(results), len(results.requirements)
    if found.get("proven") == total:
        return phrase(labels, "requirements_all_proven", total)
    kinds = [phrase(labels, f"requirements_{each.replace(' ', '_')}", found[each]) for each in found]
    return phrase(labels, "requirements_counted", total, kinds=", ".join(kinds))
