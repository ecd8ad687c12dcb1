"""What changed between an earlier run and this one: verdicts, scenarios, requirements, and the time of the whole.

Promises: a scenario is known again by its file, rule and title, so that a moved line is no change; where one
of the runs was a selection, only scenarios that both have are compared, and of requirements only those that
were tried before and now fail or are proven. It compares results, not code, and tells which settings differed
instead of guessing what they did.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from reports.results import Requirement, Results, Scenario, VerdictName
from reports.views import verdict_of

SETTINGS: Final = ("target", "database", "workers", "jobs", "sabotage")
"""The settings that change what a run tries, what it finds, or how long it takes."""
MISSING: Final[Mapping[str, object]] = {"sabotage": ""}
"""What a setting is in documents from before it was always told."""
DURATION_SHARE_MIN: Final = 0.2
DURATION_S_MIN: Final = 5.0
"""The whole run took longer, or less, when it did by this share and by these seconds."""

KINDS: Final = ("failing", "lost", "untried", "proven", "partly", "new", "gone")
ALWAYS_TOLD: Final = ("failing", "proven")
"""What is news of a requirement even where one of the two runs did not have all scenarios."""
SEEN: Final = ("partly proven", "failed", "inconclusive")
"""Standings of a requirement that was tried and was not proven."""

Case = tuple[str, str, str]


@dataclass(frozen=True)
class Change:
    """A requirement or scenario whose verdict is another, or that was not there, or is not there any more."""

    kind: str
    """One of KINDS."""
    before: str | None
    """The verdict of a scenario, the standing of a requirement; so is `after`."""
    after: str | None
    requirement: Requirement | None = None
    scenario: Scenario | None = None


@dataclass(frozen=True)
class Changes:
    """All that changed; `whole` says whether both runs had all scenarios."""

    earlier_at: str
    whole: bool
    settings: tuple[tuple[str, object, object], ...]
    """Those that differ: name, before, now."""
    requirements: tuple[Change, ...]
    scenarios: tuple[Change, ...]
    common: int
    """How many scenarios both runs have."""
    before_s: float
    now_s: float

    @property
    def duration_percent(self) -> int:
        """By how many percent the whole run took longer, negative for less; 0 when not worth telling."""
        change_s = self.now_s - self.before_s
        if not self.whole or self.before_s <= 0 or abs(change_s) < DURATION_S_MIN:
            return 0
        share = change_s / self.before_s
        return round(100 * share) if abs(share) >= DURATION_SHARE_MIN else 0


@dataclass(frozen=True)
class Unusable:
    """Why an earlier results file cannot be compared, in one line."""

    name: str
    reason: str


def compare(earlier: Results, now: Results) -> Changes:
    """Return what changed since `earlier`."""
    whole = earlier.selection == now.selection == "all"
    return Changes(
        earlier_at=earlier.started_at,
        whole=whole,
        settings=tuple(_settings(earlier.settings, now.settings)),
        requirements=_requirements(earlier, now, whole=whole),
        scenarios=_scenarios(earlier, now, whole=whole),
        common=len(_cases(earlier).keys() & _cases(now).keys()),
        before_s=earlier.duration_s,
        now_s=now.duration_s,
    )


def _settings(
    before: Mapping[str, object], now: Mapping[str, object]
) -> Iterable[tuple[str, object, object]]:
    before, now = {**MISSING, **before}, {**MISSING, **now}
    for name in SETTINGS:
        if name in before and name in now and before[name] != now[name]:
            yield name, before[name], now[name]


def _requirements(earlier: Results, now: Results, *, whole: bool) -> tuple[Change, ...]:
    before = {requirement.id: requirement for requirement in earlier.requirements}
    after = {requirement.id: requirement for requirement in now.requirements}
    found = []
    for name in [*after, *(name for name in before if name not in after)]:
        old, new = before.get(name), after.get(name)
        change = _change(old.standing if old else None, new.standing if new else None)
        if change and (whole or (change[0] in ALWAYS_TOLD and change[1] in (*SEEN, "proven"))):
            found.append(Change(*change, requirement=new or old))
    return _sorted(found)


def _scenarios(earlier: Results, now: Results, *, whole: bool) -> tuple[Change, ...]:
    before, after = _cases(earlier), _cases(now)
    found = []
    for case in [*after, *(case for case in before if case not in after)]:
        old, new = before.get(case, []), after.get(case, [])
        change = _change(_verdict(old), _verdict(new))
        if change and (whole or (old and new)):
            found.append(Change(*change, scenario=(new or old)[0]))
    return _sorted(found)


def _cases(results: Results) -> dict[Case, list[Scenario]]:
    """Return the scenarios by what they are known again by; one that ran on two databases is one case."""
    cases: dict[Case, list[Scenario]] = {}
    for scenario in results.scenarios:
        cases.setdefault((scenario.file, scenario.rule, scenario.name), []).append(scenario)
    return cases


def _verdict(scenarios: list[Scenario]) -> VerdictName | None:
    return verdict_of(scenario.verdict for scenario in scenarios) if scenarios else None


def _change(before: str | None, after: str | None) -> tuple[str, str | None, str | None] | None:
    """Return the kind of change, what was before and what is now; None for a change that tells nothing."""
    kinds = (
        (before == after, ""),
        (before is None, "new"),
        (after is None, "gone"),
        (after == "failed", "failing"),
        (after in ("passed", "proven"), "proven"),
        (before in ("passed", "proven"), "lost"),
        (after == "partly proven", "partly"),
        # What went wrong and is not looked at any more is not mended.
        (before in SEEN and after in ("inapplicable", "untested"), "untried"),
    )
    kind = next((kind for holds, kind in kinds if holds), "")
    return (kind, before, after) if kind else None


def _sorted(changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(sorted(changes, key=lambda change: KINDS.index(change.kind)))
