"""How features are written: see docs/writing-scenarios.md."""

import re
from pathlib import Path
from typing import Any

from fixtures.runner.time_limits import limit_s_of

STEPS_MAX = 8
STEPS_MAX_OF_A_CRASH = 10
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


def test_a_feature_says_for_whom_and_why(feature: Any) -> None:
    """Under the title of each feature stands a text for its readers."""
    assert feature.description


def test_a_feature_is_short(feature: Any) -> None:
    """A feature file holds few scenarios, an outline counted once."""
    outlines = {scenario.line for scenario in feature.walk_scenarios(with_outlines=True) if _is_own(scenario)}

    assert len(outlines) <= SCENARIOS_MAX


def test_every_scenario_stands_under_a_rule(feature: Any) -> None:
    """A rule states the promise that its scenarios prove."""
    assert all(item.type == "rule" for item in feature.run_items)


def test_scenario_titles_are_unique_in_their_feature(feature: Any) -> None:
    """A title names one case."""
    titles = [scenario.name for scenario in feature.walk_scenarios()]

    assert len(titles) == len(set(titles))


def test_no_scenario_is_commented_out(feature: Any) -> None:
    """Dead scenarios look alive to a reader."""
    text = Path(feature.filename).read_text(encoding="utf-8")

    assert not DEAD.search(text)


def test_a_title_is_a_case(scenario: Any) -> None:
    """A title says the case, in a line, and not that something is tested."""
    assert len(scenario.name) <= TITLE_LENGTH_MAX
    assert not TEST_TALK.search(scenario.name)


def test_a_scenario_has_few_steps(scenario: Any) -> None:
    """Eight steps at most; ten for a crash, which has two Whens."""
    crash = _whens(scenario) > 1

    assert len(scenario.steps) <= (STEPS_MAX_OF_A_CRASH if crash else STEPS_MAX)


def test_a_scenario_has_one_when(scenario: Any) -> None:
    """One thing happens; a crash scenario may have two."""
    crashes = scenario.feature.name.startswith(f"{WHEN[scenario.feature.language]} ")

    assert 1 <= _whens(scenario) <= (2 if crashes else 1)


def test_a_time_limit_is_one_that_the_runner_takes(scenario: Any) -> None:
    """Also of what most runs leave out before they look at it."""
    assert limit_s_of(scenario) > 0


def test_a_scenario_ends_by_asserting(scenario: Any) -> None:
    """The last step is a Then, or belongs to one."""
    assert scenario.steps[-1].step_type == "then"


def test_steps_speak_of_promises_and_not_of_mechanism(scenario: Any) -> None:
    """No URL, SQL, JSON, HTTP verb or sleep in a sentence."""
    assert [step.name for step in scenario.steps if MECHANISM.search(step.name)] == []


def test_french_steps_begin_in_one_way(scenario: Any) -> None:
    """Gherkin has many French words for one keyword; a reader meets one of them."""
    if scenario.feature.language == "fr":
        strange = [step for step in scenario.steps if step.keyword not in FRENCH_KEYWORDS[step.step_type]]

        assert [f"{step.keyword} {step.name}" for step in strange] == []


def _whens(scenario: Any) -> int:
    return [step.keyword for step in scenario.steps].count(WHEN[scenario.feature.language])


def _is_own(scenario: Any) -> bool:
    return scenario.type == "scenario_outline" or getattr(scenario.parent, "type", "") != "scenario_outline"
