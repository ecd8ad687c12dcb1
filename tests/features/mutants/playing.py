"""Plays scenarios and their mutants to the real app, in this process, and says which mutants stay green.

Promises: a mutant of a Then is tried where its original stood, when the whole block of Thens has passed; what it
leaves in the scenario's memory is taken back. A wait for what does not come is cut short: it has come by then, for
the original waited for it. A mutant counts as seen when the step fails, refuses or cannot be decided; an error of
any other kind is a step that stumbles, and is told apart.
"""

# mypy: allow-untyped-calls
# behave has no types.

import copy
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Final

from fixtures.runner.choosing.selection import title_of
from fixtures.scenario import eventually
from fixtures.scenario.rig import Rig
from fixtures.verdicts import Inapplicable, Inconclusive, UsageError
from tests.features.mutants.mutating import OTHERS, Mutant, definition_of, mutants_of
from tests.features.reading import where

SEEN: Final = (AssertionError, Inconclusive, Inapplicable, UsageError)
FASTER: Final = 50
"""By how much a wait of a mutant is shorter."""
KEPT: Final = (dict, list, set, str, int, float, type(None))
WITHOUT: Final = "without its When"
BY_ANOTHER: Final = "its When is another person's"


@dataclass(frozen=True)
class Survivor:
    """A mutant that stayed green, or made its step stumble."""

    where: str
    sentence: str
    was: str
    becomes: str
    stumbled: str = ""

    def __str__(self) -> str:
        """As a line of a report."""
        how = f" stumbles: {self.stumbled}" if self.stumbled else " stays green"
        return f"{self.where}: {self.sentence!r}: {self.was!r} -> {self.becomes!r}{how}"


@dataclass(frozen=True)
class Step:
    """A step to be played."""

    step_type: str
    name: str
    table: Any = None


def play(rig: Rig, scenario: Any) -> tuple[int, list[Survivor]]:
    """Play a scenario with all mutants of its Thens; return how many there were, and which were not seen."""
    steps = list(scenario.all_steps)
    tried, missed, block = 0, [], []
    with _world(rig, scenario) as world:
        for number, step in enumerate(steps):
            _call(rig, world, step, scenario)
            block += [step] if step.step_type == "then" else []
            if block and (number + 1 == len(steps) or steps[number + 1].step_type != "then"):
                for each in block:
                    for mutant in mutants_of(each):
                        tried += 1
                        missed += _missed(world, scenario, each, mutant)
                block = []
    return tried, missed


def play_other_whens(rig: Rig, scenario: Any) -> tuple[int, list[Survivor]]:
    """Play a scenario without its last When, and with another person in it; a Then must be red each time."""
    steps = [Step(each.step_type, each.name, each.table) for each in scenario.all_steps]
    variants = {WITHOUT: _without(steps), BY_ANOTHER: _by_another(steps)}
    missed = []
    for what, variant in variants.items():
        if variant and _is_green(rig, scenario, variant):
            missed.append(Survivor(f"{where(scenario)}", title_of(scenario), what, "all of its Thens"))
    return sum(bool(each) for each in variants.values()), missed


def _without(steps: Sequence[Step]) -> list[Step]:
    last = max(number for number, step in enumerate(steps) if step.step_type == "when")
    first = last
    while first and steps[first - 1].step_type == "when":
        first -= 1
    return [*steps[:first], *steps[last + 1 :]]


def _by_another(steps: Sequence[Step]) -> list[Step]:
    """Return the steps with what is given to one person given to another as well, who then acts in their place."""
    changed, is_other = [], False
    for step in steps:
        other = _with_another(step)
        if step.step_type == "given":
            changed.append(step)
            if other and not any(each.name == other.name for each in steps):
                changed.append(other)
        elif step.step_type == "when" and other:
            changed.append(other)
            is_other = True
        else:
            changed.append(step)
    return changed if is_other else []


def _with_another(step: Step) -> Step | None:
    definition, arguments = definition_of(step.step_type, step.name)
    text = step.name
    for argument in reversed(arguments):
        original = text[argument.start : argument.end]
        if isinstance(argument.value, str) and original in OTHERS and "{person}" in definition.pattern:
            text = f"{text[: argument.start]}{OTHERS[original]}{text[argument.end :]}"
    return Step(step.step_type, text, step.table) if text != step.name else None


def _is_green(rig: Rig, scenario: Any, steps: Sequence[Step]) -> bool:
    with _world(rig, scenario) as world:
        for step in steps:
            try:
                with _quick() if step.step_type == "then" else _slow():
                    _call(rig, world, step, scenario)
            except Exception:  # noqa: BLE001 - it is red, for whatever reason
                return False
    return True


def _missed(world: Any, scenario: Any, step: Any, mutant: Mutant) -> list[Survivor]:
    kept = _memory(world)
    stumbled = ""
    try:
        with _quick():
            definition, arguments = definition_of("then", mutant.text)
            context = SimpleNamespace(world=world, table=mutant.table)
            definition.func(context, *[argument.value for argument in arguments])
    except SEEN:
        return []
    except Exception as error:  # noqa: BLE001 - a step that stumbles is what is looked for
        stumbled = f"{type(error).__name__}: {error}"
    finally:
        for thing, values in kept:
            vars(thing).update(values)
    return [Survivor(where(scenario), step.name, mutant.was, mutant.becomes, stumbled)]


def _memory(world: Any) -> list[tuple[Any, dict[str, Any]]]:
    return [
        (thing, {name: copy.copy(value) for name, value in vars(thing).items() if isinstance(value, KEPT)})
        for thing in (world.answered, *world.parts)
    ]


def _call(rig: Rig, world: Any, step: Any, scenario: Any) -> None:
    rig.before_step(world, step, scenario)
    definition, arguments = definition_of(step.step_type, step.name)
    definition.func(
        SimpleNamespace(world=world, table=step.table), *[argument.value for argument in arguments]
    )


@contextmanager
def _world(rig: Rig, scenario: Any) -> Iterator[Any]:
    world = rig.world(scenario.name, scenario.effective_tags)
    try:
        yield world
    finally:
        rig.close(world)


@contextmanager
def _slow() -> Iterator[None]:
    yield


@contextmanager
def _quick() -> Iterator[None]:
    """Have `eventually` give up soon."""
    clock: Any = SimpleNamespace(monotonic=lambda: FASTER * time.monotonic(), sleep=time.sleep)
    real: Any = eventually.time  # type: ignore[attr-defined]
    eventually.time = clock  # type: ignore[attr-defined]
    try:
        yield
    finally:
        eventually.time = real  # type: ignore[attr-defined]
