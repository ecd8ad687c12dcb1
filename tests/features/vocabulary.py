"""The sentences of the steps, as behave's registry has them once all modules of steps are loaded."""

# mypy: allow-untyped-calls
# behave has no types.

import importlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from behave.runner import the_step_registry

from fixtures.scenario import step_matching
from fixtures.scenario.rig import Rig
from fixtures.systems import SYSTEMS
from tests.checkout import ROOT
from tests.features.reading import parsed

STEPS = sorted((ROOT / "steps").glob("*_steps.py"))


@dataclass(frozen=True)
class Call:
    """What a step does: its function, by module and name, and the values that its sentence gives it."""

    function: str
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Match:
    """A sentence that a step is said with: its kind, `given`, `when` or `then`, its pattern, and the call."""

    kind: str
    pattern: str
    call: Call


@cache
def registry() -> Any:
    """Return behave's registry with every sentence of `steps/` in it."""
    # As environment.py does; by hand, because pytest's process runs no hooks of behave.
    step_matching.use()
    Rig(SYSTEMS).define_phrases()
    for path in STEPS:
        importlib.import_module(f"steps.{path.stem}")
    return the_step_registry


def matches(step: Any) -> list[Match]:
    """Return every sentence that says the step; more than one is ambiguous, none undefined."""
    found = []
    for definition in registry().steps[step.step_type]:
        arguments = definition.check_match(step.name)
        if arguments is not None:
            call = Call(name_of(definition), tuple(argument.value for argument in arguments))
            found.append(Match(step.step_type, definition.pattern, call))
    return found


def name_of(definition: Any) -> str:
    """Return the module and the name of a sentence's function."""
    return f"{definition.func.__module__}.{definition.func.__name__}"


def has_words(pattern: str) -> bool:
    """Whether a sentence has words of its own: one that is parameters and nothing else is of every language."""
    return bool(re.sub(r"\{\w+\}", "", pattern).strip())


@cache
def spoken(language: str) -> frozenset[tuple[str, str]]:
    """Return the sentences, kind and pattern, that the features of this language use."""
    return frozenset(
        (match.kind, match.pattern)
        for feature in parsed()
        if (feature.language or "en") == language
        for scenario in feature.walk_scenarios()
        for step in scenario.all_steps
        for match in matches(step)
    )


def written() -> frozenset[tuple[str, str]]:
    """Return all sentences, kind and pattern, that `steps/` has."""
    return frozenset(
        (kind, definition.pattern) for kind, found in registry().steps.items() for definition in found
    )


def functions(sentences: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return kind and function of each of these sentences."""
    by_sentence = {
        (kind, definition.pattern): name_of(definition)
        for kind, found in registry().steps.items()
        for definition in found
    }
    return [(kind, by_sentence[kind, pattern]) for kind, pattern in sorted(sentences)]
