"""What JUnit files say of requirements: how far each that a case or a suite speaks of is proven.

Promises: a name `requirement.AR-17`, as a property of the suite and a line of the case, for each requirement
that it speaks of: `proven, 4 of 4`, or `partly proven, 3 of 4: 1 left out by tags (@cost.minute)`. JUnit
itself knows passed and skipped only; it does not change those.
"""

from collections.abc import Iterable

from fixtures import standings
from reports.results import Requirement, Results, Scenario


def standing_properties(results: Results, scenarios: Iterable[Scenario]) -> list[tuple[str, str]]:
    """Return name and value of a property for each requirement that the scenarios speak of, each once."""
    by_id = {requirement.id: requirement for requirement in results.requirements}
    names = dict.fromkeys(name for scenario in scenarios for name in scenario.requirements if name in by_id)
    return [(f"requirement.{name}", _value(by_id[name])) for name in names]


def _value(requirement: Requirement) -> str:
    value = f"{requirement.standing}, {requirement.passed} of {requirement.total}"
    why = standings.in_words((each.why, each.reason) for each in requirement.left_out)
    return f"{value}: {why}" if why else value
