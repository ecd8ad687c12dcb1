"""What editors are told of the project: see docs/how-to/use-an-editor.md."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.checkout import ROOT
from tests.features.vocabulary import STEPS

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


@pytest.mark.parametrize("module", STEPS, ids=lambda path: path.stem)
def test_sentences_are_read_by_editors_as_behave_reads_them(module: Path) -> None:
    """A plain string, in which a plural is `second/seconds`: parentheses would make it a regular expression."""
    decorators = [
        decorator
        for node in ast.parse(module.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call)
    ]
    sentences = [each.args[0].value for each in decorators if isinstance(each.args[0], ast.Constant)]

    assert len(sentences) == len(decorators)
    assert [each for each in sentences if READ_AS_REGULAR_EXPRESSION.search(str(each))] == []
