"""The rows of `docs/settings.md`: each variable with its default, and the docstring below its field."""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from pathlib import Path

from pydantic.fields import FieldInfo

from reference_app.settings import FromEnvironment, Settings
from reference_app.systems import SYSTEMS

SWITCH = "_asked"
"""How a field's name ends that counts in development only."""


class Undocumented(Exception):
    """A setting has no docstring below its field."""


def of_all_systems() -> tuple[list[str], list[str]]:
    """Return the rows of settings and those of development's switches. Raises Undocumented."""
    settings, switches = [], []
    kinds: list[type[FromEnvironment]] = [FromEnvironment, Settings, *(system.settings for system in SYSTEMS)]
    for kind in kinds:
        for name, field, meaning in _fields(kind):
            variable = (field.alias or name).upper()
            if name.endswith(SWITCH):
                switches.append(f"| `{variable}` | {meaning} |")
            else:
                settings.append(f"| `{variable}` | {_shown(field.default)} | {meaning} |")
    return settings, switches


def _fields(kind: type[FromEnvironment]) -> Iterator[tuple[str, FieldInfo, str]]:
    """Yield the settings that this class has of its own, with what each means."""
    meanings = _docstrings(kind)
    for name, field in kind.model_fields.items():
        if name not in kind.__annotations__:
            continue
        if name not in meanings:
            raise Undocumented(f"{kind.__module__}: write a docstring below {name}, for docs/settings.md")
        yield name, field, meanings[name]


def _docstrings(kind: type) -> dict[str, str]:
    """Return the docstring below each field of a class, as the end of a row."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    assert isinstance(tree, ast.ClassDef)
    found = {}
    for field, below in zip(tree.body, tree.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and _is_text(below):
            assert isinstance(below, ast.Expr)
            text = " ".join(str(ast.literal_eval(below.value)).split()).rstrip(".")
            found[field.target.id] = text[:1].lower() + text[1:]
    return found


def _is_text(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _shown(default: object) -> str:
    match default:
        case bool():
            return f"`{int(default)}`"
        case float():
            return f"{default:g}"
        case int():
            return str(default)
        case str() | Path():
            return f"`{default}`" if str(default) else "none"
        case _:
            raise TypeError(f"no page shows a default such as {default!r}")
