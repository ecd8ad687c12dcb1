"""How steps are written: few sentences, short bodies, one typed world."""

import ast
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from tests.checkout import ROOT
from tests.features import reading
from tests.features.reading import parsed
from tests.features.vocabulary import STEPS, has_words, matches, spoken
from tests.offenders import none_may_offend
from tests.sources import functions_of, name_of, tree_of, where

ENVIRONMENT = ROOT / "environment.py"
CODE = ("steps", "fixtures", "reference_app", "reports", "load", "tests")
SENTENCES_MAX = 155
MOST_USED = 10
HALF = 0.5
BODY_LINES_MAX = 8
ENVIRONMENT_LINES_MAX = 80
MODULE_LINES_MAX = 300
DECORATORS = {"given", "when", "then"}


def _functions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for module in STEPS:
        for function in functions_of(module):
            yield module, function


def _french() -> set[str]:
    """The sentences that the French features use; a test sees to it that no other one is French."""
    return {pattern for _, pattern in spoken("fr") if has_words(pattern)}


def _sentences(function: ast.FunctionDef) -> list[tuple[str, str]]:
    return [
        (decorator.func.id, str(decorator.args[0].value))
        for decorator in function.decorator_list
        if isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Name)
        and isinstance(decorator.args[0], ast.Constant)
    ]


def test_the_vocabulary_is_small() -> None:
    """All systems together keep to this many sentences in English; what varies in one is a phrase."""
    sentences = {text for _, function in _functions() for _, text in _sentences(function)}

    assert 0 < len(sentences - _french()) <= SENTENCES_MAX


def test_ten_sentences_make_over_half_of_all_steps() -> None:
    """A vocabulary is learned when few sentences say most of what there is to say."""
    used = Counter(
        match.call.function
        for feature in parsed()
        if (feature.language or "en") == "en"
        for scenario in feature.walk_scenarios()
        for step in scenario.all_steps
        for match in matches(step)
    )
    most = sum(count for _, count in used.most_common(MOST_USED))

    assert most / used.total() > HALF


def test_a_french_sentence_stands_directly_below_the_english_one() -> None:
    """A change of one is a reminder of the other."""
    french = _french()
    above = {
        text: (keyword == keyword_above, text_above not in french)
        for _, function in _functions()
        for (keyword_above, text_above), (keyword, text) in pairwise([("", ""), *_sentences(function)])
        if text in french
    }

    assert [text for text, is_well in above.items() if is_well != (True, True)] == []
    assert above.keys() == french


def test_each_step_is_said_by_one_sentence() -> None:
    """None is undefined, and none ambiguous, in any row of examples."""
    said = {
        f"{reading.where(step)} {step.name}": [match.pattern for match in matches(step)]
        for scenario in reading.scenarios()
        for row in getattr(scenario, "scenarios", [scenario])
        for step in row.all_steps
    }

    none_may_offend(
        (f"{step}: {patterns or 'undefined'}" for step, patterns in said.items() if len(patterns) != 1),
        do="use a sentence of steps/ (behave --steps-catalog), or see to it that one alone fits",
    )


def test_every_step_is_given_when_or_then() -> None:
    """`@step` would make the three words mean nothing."""
    assert {keyword for _, function in _functions() for keyword, _ in _sentences(function)} == DECORATORS


def test_a_body_is_short_and_returns_nothing() -> None:
    """A step translates its sentence into a call; what is longer lives in fixtures."""
    none_may_offend(
        (
            f"{where(module, function)} {function.name} {fault}"
            for module, function in _functions()
            for fault in _faults_of_body(function)
        ),
        do=f"keep a step's body to {BODY_LINES_MAX} lines without a value returned; the rest lives in fixtures",
    )


def test_a_step_uses_every_value_of_its_sentence() -> None:
    """What a step says of Ada is checked of Ada, and not of the person who asked last."""
    none_may_offend(
        (
            f"{where(module, function)} {function.name} does not use {argument.arg}"
            for module, function in _functions()
            for argument in function.args.args
            if argument.arg not in _read_in(function)
        ),
        do="use the value, or take it out of the sentence",
    )


def test_nothing_but_the_world_is_set_on_the_context() -> None:
    """State that anybody can hang anywhere is state that nobody finds."""
    none_may_offend(
        (
            f"{where(module, target)} context.{target.attr}"
            for module in (*STEPS, ENVIRONMENT)
            for target in _set_on_context(tree_of(module))
            if target.attr != "world"
        ),
        do="keep it in the world",
    )


def test_the_hooks_only_route() -> None:
    """environment.py stays under 80 lines."""
    assert len(ENVIRONMENT.read_text(encoding="utf-8").splitlines()) <= ENVIRONMENT_LINES_MAX


def test_a_module_does_one_thing() -> None:
    """No module is longer than 300 lines."""
    modules = [module for folder in CODE for module in (ROOT / folder).rglob("*.py")]
    lengths = {name_of(module): len(module.read_text(encoding="utf-8").splitlines()) for module in modules}

    assert {name.partition("/")[0] for name in lengths} == set(CODE)
    none_may_offend(
        (f"{name}:{length}" for name, length in lengths.items() if length > MODULE_LINES_MAX),
        do=f"divide the module by what it does: {MODULE_LINES_MAX} lines at most",
    )


def test_steps_do_not_sleep() -> None:
    """The only wait is `eventually`."""
    none_may_offend(
        (
            f"{name_of(module)}:{number}"
            for module in STEPS
            for number, line in enumerate(module.read_text(encoding="utf-8").splitlines(), start=1)
            if "sleep(" in line
        ),
        do="wait with `eventually`",
    )


def _faults_of_body(function: ast.FunctionDef) -> Iterator[str]:
    lines = (function.end_lineno or 0) - function.body[0].lineno + 1
    if lines > BODY_LINES_MAX:
        yield f"has {lines} lines"
    if any(isinstance(node, ast.Return) and node.value for node in ast.walk(function)):
        yield "returns a value"


def _read_in(function: ast.FunctionDef) -> set[str]:
    return {node.id for line in function.body for node in ast.walk(line) if isinstance(node, ast.Name)}


def _set_on_context(tree: ast.Module) -> Iterator[ast.Attribute]:
    for node in ast.walk(tree):
        for target in node.targets if isinstance(node, ast.Assign) else ():
            if (
                isinstance(target, ast.Attribute)
                and isinstance(target.value, ast.Name)
                and target.value.id == "context"
            ):
                yield target
