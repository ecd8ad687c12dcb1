"""How steps are written: few sentences, short bodies, one typed world."""

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.checkout import ROOT
from tests.features.vocabulary import matches, spoken

MODULES = sorted((ROOT / "steps").glob("*_steps.py"))
SENTENCES_MAX = 120
BODY_LINES_MAX = 8
ENVIRONMENT_LINES_MAX = 80
MODULE_LINES_MAX = 300
DECORATORS = {"given", "when", "then"}


def _functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for module in MODULES:
        for node in ast.parse(module.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                yield module.name, node


def _french() -> set[str]:
    """The sentences that the French features use; a test sees to it that no other one is French."""
    return {pattern for _, pattern in spoken("fr")}


def _sentences(function: ast.FunctionDef) -> list[tuple[str, str]]:
    return [
        (decorator.func.id, str(decorator.args[0].value))
        for decorator in function.decorator_list
        if isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Name)
        and isinstance(decorator.args[0], ast.Constant)
    ]


def test_the_vocabulary_is_small() -> None:
    """All systems together keep to 120 sentences in English; today's systems leave room for the others."""
    sentences = {text for _, function in _functions() for _, text in _sentences(function)}

    assert len(sentences - _french()) <= SENTENCES_MAX


def test_a_french_sentence_stands_directly_below_the_english_one() -> None:
    """Whoever changes the one sees the other."""
    french = _french()
    above = {
        text: (keyword == keyword_above, text_above not in french)
        for _, function in _functions()
        for (keyword_above, text_above), (keyword, text) in pairwise([("", ""), *_sentences(function)])
        if text in french
    }

    assert [text for text, is_well in above.items() if is_well != (True, True)] == []
    assert above.keys() == french


def test_each_step_is_said_by_one_sentence(scenario: Any) -> None:
    """None is undefined, and none ambiguous, in any row of examples."""
    rows = getattr(scenario, "scenarios", [scenario])
    said = {step.name: [match.pattern for match in matches(step)] for row in rows for step in row.all_steps}

    assert {name: patterns for name, patterns in said.items() if len(patterns) != 1} == {}


def test_every_step_is_given_when_or_then() -> None:
    """`@step` would make the three words mean nothing."""
    assert {keyword for _, function in _functions() for keyword, _ in _sentences(function)} == DECORATORS


@pytest.mark.parametrize(
    ("module", "function"), list(_functions()), ids=lambda value: getattr(value, "name", value)
)
def test_a_body_is_short_and_returns_nothing(module: str, function: ast.FunctionDef) -> None:
    """A step translates its sentence into a call; what is longer lives in fixtures."""
    lines = (function.end_lineno or 0) - function.body[0].lineno + 1

    assert lines <= BODY_LINES_MAX, f"{module}: {function.name} has {lines} lines"
    assert not [node for node in ast.walk(function) if isinstance(node, ast.Return) and node.value]


@pytest.mark.parametrize("module", [*MODULES, ROOT / "environment.py"], ids=lambda path: path.name)
def test_nothing_but_the_world_is_set_on_the_context(module: Path) -> None:
    """State that anybody can hang anywhere is state that nobody finds."""
    assigned = [
        target.attr
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Attribute)
        and isinstance(target.value, ast.Name)
        and target.value.id == "context"
    ]

    assert set(assigned) <= {"world"}


def test_the_hooks_only_route() -> None:
    """environment.py stays under 80 lines."""
    assert len((ROOT / "environment.py").read_text(encoding="utf-8").splitlines()) <= ENVIRONMENT_LINES_MAX


@pytest.mark.parametrize(
    "module",
    [
        path
        for folder in ("steps", "fixtures", "reference_app", "reports")
        for path in (ROOT / folder).rglob("*.py")
    ],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_a_module_does_one_thing(module: Path) -> None:
    """No module is longer than 300 lines."""
    assert len(module.read_text(encoding="utf-8").splitlines()) <= MODULE_LINES_MAX


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_steps_do_not_sleep(module: Path) -> None:
    """The only wait is `eventually`."""
    assert "sleep(" not in module.read_text(encoding="utf-8")
