"""The project's own modules, parsed, for tests about how code is written."""

import ast
from functools import cache
from pathlib import Path

from tests.checkout import ROOT


@cache
def tree_of(module: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(module.read_text(encoding="utf-8"))


def functions_of(module: Path) -> list[ast.FunctionDef]:
    """Return the functions at the top of a module."""
    return [node for node in tree_of(module).body if isinstance(node, ast.FunctionDef)]


def where(module: Path, node: ast.stmt | ast.expr) -> str:
    """Return file and line of a piece of code, from the root of the project."""
    return f"{name_of(module)}:{node.lineno}"


def name_of(path: Path) -> str:
    """Return the name of a file from the root of the project."""
    return path.relative_to(ROOT).as_posix()
