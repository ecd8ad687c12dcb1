"""What the page and the summary both say of a run: its verdict in a sentence, and its scenarios in groups.

It groups and counts; the verdicts themselves are those of the results, and the layout is the writers'.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from reports.labels import Labels, phrase
from reports.results import VERDICTS, Requirement, Results, Scenario, System, Words

SLOWEST_MAX = 10


@dataclass(frozen=True)
class Promise:
    """A requirement with its scenarios.

    `standing` is `proven`, `planned` (not built, and no scenario speaks of it) or the verdict.
    """

    requirement: Requirement
    scenarios: tuple[Scenario, ...]
    standing: str
    axes: tuple[str, ...]

    @property
    def passed(self) -> int:
        """The number of its scenarios that passed."""
        return sum(scenario.verdict == "passed" for scenario in self.scenarios)


@dataclass(frozen=True)
class SystemView:
    """A system with its promises, in the order of the results."""

    system: System
    promises: tuple[Promise, ...]

    @property
    def proven(self) -> int:
        """The number of its promises that are proven."""
        return sum(promise.standing == "proven" for promise in self.promises)


@dataclass(frozen=True)
class RuleView:
    """The scenarios of one rule; its title is empty for those outside a rule."""

    title: str
    description: str
    scenarios: tuple[Scenario, ...]


@dataclass(frozen=True)
class FeatureView:
    """One feature file with its rules, in the order of its lines."""

    file: str
    title: str
    description: str
    language: str
    rules: tuple[RuleView, ...]


def systems(results: Results, labels: Labels) -> tuple[SystemView, ...]:
    """Return each system that has requirements; one without an entry of its own comes last, by its name."""
    by_id: dict[str, list[Scenario]] = {}
    for scenario in results.scenarios:
        by_id.setdefault(scenario.id, []).append(scenario)
    promises: dict[str, list[Promise]] = {system.system: [] for system in results.systems}
    for requirement in results.requirements:
        spoken = [scenario for name in dict.fromkeys(requirement.scenarios) for scenario in by_id[name]]
        promises.setdefault(requirement.system, []).append(_promise(requirement, tuple(spoken), labels))
    titled = {system.system: system for system in results.systems}
    return tuple(
        SystemView(titled.get(name) or System(system=name, title=Words(en=name)), tuple(found))
        for name, found in promises.items()
        if found
    )


def features(results: Results) -> tuple[FeatureView, ...]:
    """Return the feature files by system, English ones first, then by name, whatever the order of the run."""
    ranks = {system.system: rank for rank, system in enumerate(results.systems)}
    by_file: dict[str, list[Scenario]] = {}

    def order(scenario: Scenario) -> tuple[int, bool, str, int]:
        rank = ranks.get(scenario.system, len(ranks))
        return rank, scenario.language != "en", scenario.file, scenario.line

    for scenario in sorted(results.scenarios, key=order):
        by_file.setdefault(scenario.file, []).append(scenario)
    return tuple(_feature(file, scenarios) for file, scenarios in by_file.items())


def by_rule(scenarios: Iterable[Scenario]) -> tuple[RuleView, ...]:
    """Return the scenarios under their rules, each rule where its first scenario stands."""
    rules: dict[str, list[Scenario]] = {}
    for scenario in scenarios:
        rules.setdefault(scenario.rule, []).append(scenario)
    return tuple(RuleView(title, found[0].rule_description, tuple(found)) for title, found in rules.items())


def failures(results: Results) -> tuple[Scenario, ...]:
    """Return the failed scenarios, then the inconclusive ones, each in the order of the run."""
    return with_verdict(results, "failed") + with_verdict(results, "inconclusive")


def with_verdict(results: Results, verdict: str) -> tuple[Scenario, ...]:
    """Return the scenarios that have `verdict`, in the order of the run."""
    return tuple(scenario for scenario in results.scenarios if scenario.verdict == verdict)


def slowest(results: Results) -> tuple[Scenario, ...]:
    """Return the scenarios that took longest, at most SLOWEST_MAX, without those that took no time at all."""
    timed = [scenario for scenario in results.scenarios if scenario.duration_s > 0]
    return tuple(sorted(timed, key=lambda scenario: -scenario.duration_s)[:SLOWEST_MAX])


def sentence(results: Results, labels: Labels) -> str:
    """Return the verdict of the run in one plain sentence."""
    parts = [_scenario_part(results, labels)]
    if results.errors and results.counts.get("failed", 0):
        parts.append(phrase(labels, "run_failed").lower())
    promises = [promise for system in systems(results, labels) for promise in system.promises]
    if promises:
        parts.append(_requirement_part(promises, labels))
    return "; ".join(parts) + "."


def place(axes: dict[str, str | int | float | bool | None], labels: Labels) -> str:
    """Return what a scenario ran on, as `inprocess · sqlite · 1 worker`."""
    named = []
    for name, value in axes.items():
        if name == "workers" and str(value).isdecimal():
            named.append(phrase(labels, "workers_count", int(str(value))))
        elif value not in (None, ""):
            named.append(str(value))
    return " · ".join(named)


def _promise(requirement: Requirement, scenarios: tuple[Scenario, ...], labels: Labels) -> Promise:
    standing: str = requirement.verdict
    if requirement.status == "planned" and not scenarios:
        standing = "planned"
    elif requirement.verdict == "passed":
        standing = "proven"
    places = (place(scenario.axes, labels) for scenario in scenarios if scenario.verdict == "passed")
    return Promise(requirement, scenarios, standing, tuple(dict.fromkeys(filter(None, places))))


def _feature(file: str, scenarios: list[Scenario]) -> FeatureView:
    first = scenarios[0]
    return FeatureView(
        file=file,
        title=first.feature,
        description=first.feature_description,
        language=first.language,
        rules=by_rule(scenarios),
    )


def _scenario_part(results: Results, labels: Labels) -> str:
    key, count = _told_first(results)
    values = {"total": len(results.scenarios), "passed": results.counts.get("passed", 0)}
    return phrase(labels, key, count, **values)


def _told_first(results: Results) -> tuple[str, int]:
    """Return the label and the count of what a reader must know first: the worst that happened."""
    passed, failed, unclear, inapplicable, untested = (results.counts.get(one, 0) for one in VERDICTS)
    cases = (
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


def _requirement_part(promises: list[Promise], labels: Labels) -> str:
    standings = Counter(promise.standing for promise in promises)
    if standings["proven"] == len(promises):
        return phrase(labels, "requirements_all_proven", len(promises))
    parts = [phrase(labels, "requirements_proven", standings["proven"], total=len(promises))]
    parts += [
        phrase(labels, f"requirements_{standing}", standings[standing])
        for standing in ("failed", "inconclusive", "planned")
        if standings[standing]
    ]
    return ", ".join(parts)
