"""Which scenarios are played with their mutants, and which mutants mean what their originals mean.

A row of an outline stands for all of its rows. Left out is what takes a minute, needs a Postgres or several worker
processes: its sentences are those of others.
"""

# mypy: allow-untyped-calls
# behave has no types.

import random
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.features.mutants.mutating import definition_of
from tests.features.mutants.playing import Survivor
from tests.features.reading import is_row, parsed

EQUIVALENTS: Final = Path(__file__).with_name("equivalents.toml")
TOO_DEAR: Final = ("cost.", "workers.", "database.postgres")
OWN_PROCESS: Final = "target.process"


@dataclass(frozen=True)
class Equivalent:
    """Mutants that are true as well, and why; each text is a regular expression of the whole."""

    sentence: str
    was: str
    becomes: str
    reason: str

    def is_of(self, survivor: Survivor) -> bool:
        """Whether the survivor is one of these."""
        pairs = (
            (self.sentence, survivor.sentence), (self.was, survivor.was), (self.becomes, survivor.becomes),
        )  # fmt: skip
        return not survivor.stumbled and all(re.fullmatch(*pair) for pair in pairs)


def equivalents() -> tuple[Equivalent, ...]:
    """Return the reviewed list."""
    listed = tomllib.loads(EQUIVALENTS.read_text(encoding="utf-8"))["equivalent"]
    return tuple(Equivalent(**each) for each in listed)


def telling(survivors: Iterable[Survivor]) -> list[Survivor]:
    """Return the survivors that no reviewed entry explains."""
    known = equivalents()
    return [each for each in survivors if not any(one.is_of(each) for one in known)]


def playable() -> list[Any]:
    """Return the English scenarios that can be played, one row an outline."""
    return list(_playable())


def sample(seed: int, count: int) -> list[Any]:
    """Return so many scenarios that need no process of their own, those first that bring a new sentence."""
    chosen = [each for each in playable() if OWN_PROCESS not in each.effective_tags]
    random.Random(seed).shuffle(chosen)  # noqa: S311 - a sample that can be had again
    seen: set[str] = set()
    new: list[Any] = []
    known: list[Any] = []
    for scenario in chosen:
        sentences = _thens(scenario)
        (known if sentences <= seen else new).append(scenario)
        seen |= sentences
    return [*new, *known][:count]


def _playable() -> Iterator[Any]:
    outlines = set()
    for feature in parsed():
        for scenario in feature.walk_scenarios() if (feature.language or "en") == "en" else ():
            tags: Sequence[str] = [str(tag) for tag in scenario.effective_tags]
            if any(tag.startswith(TOO_DEAR) for tag in tags):
                continue
            if is_row(scenario):
                if id(scenario.parent) in outlines:
                    continue
                outlines.add(id(scenario.parent))
            yield scenario


def _thens(scenario: Any) -> set[str]:
    thens = [step for step in scenario.all_steps if step.step_type == "then"]
    return {definition_of("then", step.name)[0].pattern for step in thens}
