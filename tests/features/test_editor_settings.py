"""What editors are told of the project: see docs/how-to/use-an-editor.md."""

import ast
import json
import re
from pathlib import Path
from typing import Any

from fixtures.scenario import editor_types
from fixtures.scenario.phrases import DEFINED
from tests.checkout import ROOT
from tests.features.vocabulary import STEPS, registry
from tests.offenders import none_may_offend
from tests.sources import functions_of, where

READ_AS_REGULAR_EXPRESSION = re.compile(r"[()\[\].*\\|]")
"""The Cucumber language server takes a Python string with one of these for a regular expression."""


def _settings(file: str) -> dict[str, Any]:
    settings: dict[str, Any] = json.loads((ROOT / ".vscode" / file).read_text(encoding="utf-8"))
    return settings


def _found(setting: str) -> set[Path]:
    return {path for pattern in _settings("settings.json")[setting] for path in ROOT.glob(pattern)}


def test_the_editor_finds_every_feature() -> None:
    """The pattern matches each file of each edition."""
    assert _found("cucumber.features") == set((ROOT / "features").rglob("*.feature"))


def test_the_editor_finds_every_module_of_steps() -> None:
    """The pattern matches each module that has sentences, and no other."""
    with_sentences = {
        path
        for path in (ROOT / "steps").rglob("*.py")
        if re.search(r"^@(given|when|then)\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    }

    assert _found("cucumber.glue") == with_sentences == set(STEPS)


def test_the_editor_is_told_which_extension_reads_cucumber_expressions() -> None:
    """VS Code offers it when it opens the folder."""
    assert _settings("extensions.json")["recommendations"] == ["CucumberOpen.cucumber-official"]


def test_sentences_are_read_by_editors_as_behave_reads_them() -> None:
    """A plain string, in which a plural is `second/seconds`: parentheses would make it a regular expression."""
    none_may_offend(
        (
            f"{where(module, sentence)} {ast.unparse(sentence)}"
            for module in STEPS
            for function in functions_of(module)
            for decorator in function.decorator_list
            if isinstance(decorator, ast.Call)
            for sentence in decorator.args[:1]
            if not isinstance(sentence, ast.Constant)
            or READ_AS_REGULAR_EXPRESSION.search(str(sentence.value))
        ),
        do="write the sentence as a plain string without any of ( ) [ ] . * | \\",
    )


def test_the_editor_knows_the_parameter_types() -> None:
    """With their expressions a step is led to its function; `make pages` writes them anew."""
    registry()
    assert _settings("settings.json")["cucumber.parameterTypes"] == editor_types.of(DEFINED.values())
