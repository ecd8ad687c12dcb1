"""How features are written: see docs/writing-scenarios.md."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fixtures.runner.time_limits import limit_s_of
from fixtures.verdicts import UsageError
from tests.features.reading import parsed, scenarios, scenarios_of, where
from tests.offenders import none_may_offend

STEPS_MAX = 8
STEPS_MAX_OF_A_CRASH = 12
SCENARIOS_MAX = 10
TITLE_LENGTH_MAX = 110
MECHANISM = re.compile(r"https?://|/api/|\bSELECT\b|\bsleep\b|\b(GET|POST|PUT|DELETE) /|\{", re.IGNORECASE)
TEST_TALK = re.compile(
    r"\b(tests?|verify|verifies|should work|tester|vérifier|vérifie|doit marcher)\b", re.IGNORECASE
)
DEAD = re.compile(
    r"^\s*#\s*(Scenario|Examples|Given|When|Then|And|Scénario|Plan|Exemples|Étant|Quand|Alors|Et)\b",
    re.MULTILINE,
)
WHEN = {"en": "When", "fr": "Quand"}
FRENCH_KEYWORDS = {
    "given": {"Étant donné", "Étant donné que", "Étant donné qu'", "Et", "Et que", "Et qu'"},
    "when": {"Quand", "Et"},
    "then": {"Alors", "Et", "Mais"},
}
"""One way to begin a step, of those that Gherkin has; "que" and "qu'" where a clause follows."""


def test_there_are_features_to_hold_to_the_rules() -> None:
    """A rule over nothing would hold."""
    assert {feature.language for feature in parsed()} == set(WHEN)
    assert len(scenarios()) > len(parsed()) > 0


def test_a_feature_says_for_whom_and_why() -> None:
    """Under the title of each feature stands a text for its readers."""
    none_may_offend(
        (where(feature) for feature in parsed() if not feature.description),
        do="say below the title for whom the feature is, and why",
    )


def test_a_feature_is_short() -> None:
    """A feature file holds few scenarios, an outline counted once."""
    counts = {where(feature): len({each.line for each in scenarios_of(feature)}) for feature in parsed()}

    none_may_offend(
        (f"{place} has {count} scenarios" for place, count in counts.items() if count > SCENARIOS_MAX),
        do=f"divide the feature: {SCENARIOS_MAX} scenarios at most, an outline counted once",
    )


def test_every_scenario_stands_under_a_rule() -> None:
    """A rule states the promise that its scenarios prove."""
    none_may_offend(
        (where(item) for feature in parsed() for item in feature.run_items if item.type != "rule"),
        do="put the scenario below a Rule that states its promise",
    )


def test_scenario_titles_are_unique_in_their_feature() -> None:
    """A title names one case."""
    none_may_offend(
        (
            f"{where(scenario)} {scenario.name}"
            for feature in parsed()
            for scenario in feature.walk_scenarios()
            if [each.name for each in feature.walk_scenarios()].count(scenario.name) > 1
        ),
        do="give each scenario of a feature a title of its own",
    )


def test_no_scenario_is_commented_out() -> None:
    """Dead scenarios look alive to a reader."""
    texts = {feature: Path(feature.filename).read_text(encoding="utf-8") for feature in parsed()}

    none_may_offend(
        (
            f"{where(feature).rpartition(':')[0]}:{text.count(chr(10), 0, dead.start(1)) + 1}"
            for feature, text in texts.items()
            for dead in DEAD.finditer(text)
        ),
        do="remove what is commented out, or let it run",
    )


def test_a_title_is_a_case() -> None:
    """A title says the case, in a line, and not that something is tested."""
    none_may_offend(
        (
            f"{where(scenario)} {scenario.name}"
            for scenario in scenarios()
            if len(scenario.name) > TITLE_LENGTH_MAX or TEST_TALK.search(scenario.name)
        ),
        do=f"say the case in {TITLE_LENGTH_MAX} characters, without speaking of tests",
    )


def test_a_scenario_has_few_steps() -> None:
    """Eight steps at most; twelve for a crash, which has two Whens."""
    none_may_offend(
        (
            f"{where(scenario)} has {len(scenario.steps)} steps"
            for scenario in scenarios()
            if len(scenario.steps) > (STEPS_MAX_OF_A_CRASH if _whens(scenario) > 1 else STEPS_MAX)
        ),
        do=f"say it in {STEPS_MAX} steps, a crash in {STEPS_MAX_OF_A_CRASH}",
    )


def test_a_scenario_has_one_when() -> None:
    """One thing happens; a crash scenario may have two."""
    none_may_offend(
        (
            f"{where(scenario)} has {_whens(scenario)}"
            for scenario in scenarios()
            if not 1 <= _whens(scenario) <= (2 if _is_of_a_crash(scenario) else 1)
        ),
        do="have one When; two only in a feature whose title begins with it",
    )


def test_a_time_limit_is_one_that_the_runner_takes() -> None:
    """Also of what most runs leave out before they look at it."""
    none_may_offend(_without_time_limit(), do="give a limit such as @timeout.60")


def test_a_scenario_ends_by_asserting() -> None:
    """The last step is a Then, or belongs to one."""
    none_may_offend(
        (where(scenario) for scenario in scenarios() if scenario.steps[-1].step_type != "then"),
        do="end the scenario with a Then",
    )


def test_steps_speak_of_promises_and_not_of_mechanism() -> None:
    """No URL, SQL, JSON, HTTP verb or sleep in a sentence."""
    none_may_offend(
        (f"{where(step)} {step.name}" for step in _steps() if MECHANISM.search(step.name)),
        do="say what is promised, without URL, SQL, JSON, HTTP verb or sleep",
    )


def test_french_steps_begin_in_one_way() -> None:
    """Gherkin has many French words for one keyword; a reader meets one of them."""
    none_may_offend(
        (
            f"{where(step)} {step.keyword} {step.name}"
            for step in _steps("fr")
            if step.keyword not in FRENCH_KEYWORDS[step.step_type]
        ),
        do=f"begin the step with one of {FRENCH_KEYWORDS}",
    )


def _steps(*languages: str) -> Iterator[Any]:
    for scenario in scenarios():
        if not languages or scenario.feature.language in languages:
            yield from scenario.steps


def _whens(scenario: Any) -> int:
    return [step.keyword for step in scenario.steps].count(WHEN[scenario.feature.language])


def _is_of_a_crash(scenario: Any) -> bool:
    return bool(scenario.feature.name.startswith(f"{WHEN[scenario.feature.language]} "))


def _without_time_limit() -> Iterator[str]:
    for scenario in scenarios():
        try:
            limit_s = limit_s_of(scenario)
        except UsageError as error:
            yield str(error)
        else:
            if limit_s <= 0:
                yield f"{where(scenario)} has {limit_s} s"
