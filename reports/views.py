"""The requirements and scenarios of a run in the groups in which the page and the summary show them.

It groups and counts; the verdicts themselves are those of the results, and the layout is the writers'.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from fixtures import standings
from reports.labels import Labels, phrase
from reports.results import VERDICTS, Requirement, Results, Scenario, System, VerdictName, Words

SLOWEST_MAX = 10
FRENCH = "fr"

TELLING: tuple[VerdictName, ...] = ("failed", "inconclusive", "passed", "inapplicable", "untested")
"""A requirement has the first of these that one of its scenarios has, and so has each place it was tried on."""


@dataclass(frozen=True)
class Place:
    """What scenarios of a requirement ran on, as `inprocess · sqlite`, and what came of it there.

    `standing` is the verdict; where something else than passed ones is among them, `partly proven` in place
    of passed.
    """

    name: str
    standing: str
    passed: int
    count: int


@dataclass(frozen=True)
class Promise:
    """A requirement with its scenarios, those of the French edition apart; its standing is that of the results."""

    requirement: Requirement
    scenarios: tuple[Scenario, ...]
    french: tuple[Scenario, ...]
    places: tuple[Place, ...]

    @property
    def standing(self) -> str:
        """What it is: one of `fixtures.standings.STANDINGS`."""
        return self.requirement.standing or self.requirement.verdict

    @property
    def missing(self) -> list[tuple[str, str, int]]:
        """Why, reason and number of the scenarios that were left out, by kind."""
        return standings.grouped((each.why, each.reason) for each in self.requirement.left_out)

    @property
    def passed(self) -> int:
        """The number of its scenarios that passed, without the French edition."""
        return passed(self.scenarios)

    @property
    def total(self) -> int:
        """The number of its scenarios that stand in the suite, without the French edition."""
        return len(self.scenarios) + self._unrecorded(french=False)

    @property
    def french_total(self) -> int:
        """The number of those of the French edition, where the run had chosen any of that."""
        return len(self.french) + self._unrecorded(french=True)

    def _unrecorded(self, *, french: bool) -> int:
        return sum(
            each.why not in VERDICTS and (each.language == FRENCH) == french
            for each in self.requirement.left_out
        )


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


def systems(results: Results) -> tuple[SystemView, ...]:
    """Return each system that has requirements; one without an entry of its own comes last, by its name."""
    by_id: dict[str, list[Scenario]] = {}
    for scenario in results.scenarios:
        by_id.setdefault(scenario.id, []).append(scenario)
    promises: dict[str, list[Promise]] = {system.system: [] for system in results.systems}
    for requirement in results.requirements:
        spoken = [scenario for name in dict.fromkeys(requirement.scenarios) for scenario in by_id[name]]
        promises.setdefault(requirement.system, []).append(_promise(requirement, spoken))
    titled = {system.system: system for system in results.systems}
    return tuple(
        SystemView(titled.get(name) or System(system=name, title=Words(en=name)), tuple(found))
        for name, found in promises.items()
        if found
    )


def verdict_of(verdicts: Iterable[VerdictName]) -> VerdictName:
    """Return what several verdicts say together: the most telling one, `untested` for none."""
    found = set(verdicts)
    return next((verdict for verdict in TELLING if verdict in found), "untested")


def passed(scenarios: Iterable[Scenario]) -> int:
    """Return how many passed."""
    return sum(scenario.verdict == "passed" for scenario in scenarios)


def french_edition(results: Results) -> tuple[Scenario, ...]:
    """Return the scenarios that are written in French, which are counted apart."""
    return tuple(scenario for scenario in results.scenarios if scenario.language == FRENCH)


def by_standing(results: Results) -> dict[str, int]:
    """Return the number of requirements by standing, without those that nothing is, in the order of STANDINGS."""
    found = Counter(requirement.standing for requirement in results.requirements)
    return {each: found[each] for each in standings.STANDINGS if found[each]}


def features(results: Results, *, french: bool = False) -> tuple[FeatureView, ...]:
    """Return the feature files of one edition by system, then by name, whatever the order of the run."""
    ranks = {system.system: rank for rank, system in enumerate(results.systems)}
    by_file: dict[str, list[Scenario]] = {}

    def order(scenario: Scenario) -> tuple[int, str, int]:
        return ranks.get(scenario.system, len(ranks)), scenario.file, scenario.line

    for scenario in sorted(results.scenarios, key=order):
        if (scenario.language == FRENCH) == french:
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


def place(axes: dict[str, str | int | float | bool | None], labels: Labels) -> str:
    """Return what a scenario ran on, as `inprocess · sqlite · 1 worker`."""
    named = []
    for name, value in axes.items():
        if name == "workers" and str(value).isdecimal():
            named.append(phrase(labels, "workers_count", int(str(value))))
        elif value not in (None, ""):
            named.append(str(value))
    return " · ".join(named)


def _promise(requirement: Requirement, scenarios: list[Scenario]) -> Promise:
    return Promise(
        requirement,
        scenarios=tuple(scenario for scenario in scenarios if scenario.language != FRENCH),
        french=tuple(scenario for scenario in scenarios if scenario.language == FRENCH),
        places=_places(scenarios),
    )


def _places(scenarios: list[Scenario]) -> tuple[Place, ...]:
    """Return a place for each database and target, by name; how many workers there were is the evidence's."""
    found: dict[str, list[Scenario]] = {}
    for scenario in scenarios:
        parts = (scenario.axes.get(axis) for axis in ("target", "database"))
        name = " · ".join(str(part) for part in parts if part not in (None, ""))
        found.setdefault(name, []).append(scenario)
    return tuple(
        Place(name, _standing_at(tried), passed(tried), len(tried))
        for name, tried in sorted(found.items())
        if name
    )


def _standing_at(tried: list[Scenario]) -> str:
    verdict = verdict_of(each.verdict for each in tried)
    return standings.PARTLY if verdict == "passed" and passed(tried) < len(tried) else verdict


def _feature(file: str, scenarios: list[Scenario]) -> FeatureView:
    first = scenarios[0]
    return FeatureView(
        file=file,
        title=first.feature,
        description=first.feature_description,
        language=first.language,
        rules=by_rule(scenarios),
    )
