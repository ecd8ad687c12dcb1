"""Mutants of scenarios: the same steps with one value wrong, which must turn the scenario red.

Promises: each value of a Then's sentence and table is changed in turn - a number by one, a person to another, words
to other words, a phrase to every other phrase of its type, a bound to the other side. It does not say which mutants
mean the same as the original; `equivalents.toml` does, with reasons.
"""

# mypy: allow-untyped-calls
# behave has no types.

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from behave.model import Table

from fixtures.scenario.phrases import DEFINED
from tests.features.vocabulary import registry

OTHERS: Final = {"Ada": "Grace", "Grace": "Ada", "somebody": "Ada"}
SIDES: Final = {
    "less than": "at least", "at least": "less than", "under": "at least", "over": "under",
}  # fmt: skip
PARAMETER: Final = re.compile(r"\{(\w+)\}")
WRONG: Final = "other"


@dataclass(frozen=True)
class Mutant:
    """A Then with one value wrong."""

    was: str
    becomes: str
    text: str
    """The whole sentence."""
    table: Any = None


def definition_of(kind: str, text: str) -> tuple[Any, list[Any]]:
    """Return behave's definition of a sentence, and the arguments that it finds in it."""
    for definition in registry().steps[kind]:
        arguments = definition.check_match(text)
        if arguments is not None:
            return definition, list(arguments)
    raise LookupError(f"no sentence says {kind} {text!r}")


def mutants_of(step: Any) -> Iterator[Mutant]:
    """Yield every mutant of a Then; those of another person last, for they make one."""
    definition, arguments = definition_of("then", step.name)
    kinds = PARAMETER.findall(definition.pattern)
    values = sorted(zip(kinds, arguments, strict=True), key=lambda each: each[0] == "person")
    yield from (each for each in _of_table(step))
    for kind, argument in values:
        original = step.name[argument.start : argument.end]
        for wrong in _wrong(kind, original, argument.value):
            text = f"{step.name[: argument.start]}{wrong}{step.name[argument.end :]}"
            yield Mutant(original, wrong, text, step.table)


def _wrong(kind: str, original: str, value: Any) -> list[str]:
    match kind:
        case "int":
            return _numbers(original)
        case "person":
            return [OTHERS.get(original, "Ada")]
        case "string":
            return [f'"{_text(original.strip(chr(34)))}"']
        case "word":
            return [WRONG]
        case "duration":
            return [original.replace(side, SIDES[side]) for side in SIDES if original.startswith(side)]
        case _:
            phrases = DEFINED[kind]
            others = [each for each, meant in phrases.values.items() if meant != value]
            return [*others, 'the id "another"'] if kind == "request_id" else others


def _text(original: str) -> str:
    try:
        return (datetime.fromisoformat(original) + timedelta(days=1)).isoformat()
    except ValueError:
        return f"{WRONG} words"


def _numbers(original: str) -> list[str]:
    number = int(original)
    return [str(each) for each in (number + 1, number - 1) if each >= 0]


def _of_table(step: Any) -> Iterator[Mutant]:
    rows = [list(row.cells) for row in step.table] if step.table is not None else []
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            for wrong in _wrong_cell(cell):
                changed = [list(each) for each in rows]
                changed[number][place] = wrong
                table = Table(step.table.headings, rows=changed)
                yield Mutant(cell, wrong, step.name, table)


def _wrong_cell(cell: str) -> list[str]:
    side, _, bound = cell.partition(" ")
    if cell.isdigit():
        return _numbers(cell)
    if side == "exactly":
        return [f"exactly {each}" for each in _numbers(bound)]
    flipped = [f"{other}{cell.removeprefix(each)}" for each, other in SIDES.items() if cell.startswith(each)]
    return flipped[:1] or ([f"{WRONG} {cell}"] if cell[:1].isupper() or " " in cell else [])
