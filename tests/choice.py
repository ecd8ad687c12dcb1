"""Which tests and features belong to changed files: those of the same room, and those that import them.

Promises: the rules over all files are held, whatever was changed; a change of one system brings all its features,
one of several systems, or of what they share, a feature of each. It does not follow imports within the code: what
else a change may break, `make test` finds.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from behave.parser import parse_file

from fixtures.runner.choosing.editions import systems_of
from tests.checkout import ROOT

RULES = "tests/features"
"""Rules over all features, steps and modules: some seconds, and always run."""
PAGES = "tests/docs"
OF_PAGES = ("docs/", "README.md", "CHANGELOG.md", "Makefile", "pyproject.toml")
BEHIND_PAGES = ("/errors.py", "/problems.py", "/settings.py")
"""Modules whose docstrings stand in tables of pages."""
DEPLOYMENT = "tests/deploy"
OF_DEPLOYMENT = ("deploy/", "compose.", "Dockerfile", ".dockerignore", "requirements/")
MIRRORED = ("fixtures", "reference_app", "reports", "load")
"""Folders whose rooms have tests in a folder of the same name."""
BEHIND_FEATURES = ("fixtures/", "reference_app/", "steps/", "environment.py")
DEAR = "cost."
FIRST_REQUIREMENT = re.compile(r"@[A-Z]{2}-1\b")


@dataclass(frozen=True)
class Choice:
    """What is run for a change: folders and files, from the root of the project."""

    tests: tuple[str, ...]
    features: tuple[str, ...]


def choose(changed: Iterable[str], root: Path = ROOT) -> Choice:
    """Return the tests and features of these files, which are named from the root of the project."""
    paths = sorted(set(changed))
    tests = [RULES, *(test for path in paths for test in _tests_of(path, root))]
    return Choice(_without_nested(tests), _without_nested(_features_of(paths, root)))


def _tests_of(path: str, root: Path) -> Iterator[str]:
    if path.startswith(OF_PAGES) or (path.startswith("reference_app/") and path.endswith(BEHIND_PAGES)):
        yield PAGES
    if path.startswith(OF_DEPLOYMENT):
        yield DEPLOYMENT
    if path.endswith(".py"):
        yield from _tests_of_the_room(PurePosixPath(path), root)
        yield from (test for test, imported in _imports(root).items() if _module(path) in imported)


def _tests_of_the_room(path: PurePosixPath, root: Path) -> list[str]:
    """A test is itself, a conftest is its folder; code is the folder that mirrors it, or the nearest above."""
    if path.parts[0] == "tests":
        is_test = path.name.startswith("test_") and (root / path).exists()
        return [str(path)] if is_test else [str(path.parent)] if path.name == "conftest.py" else []
    if path.parts[0] not in MIRRORED:
        return []
    folder = PurePosixPath("tests", path.parent)
    top = PurePosixPath("tests", path.parts[0])
    while folder != top and not (root / folder).is_dir():
        folder = folder.parent
    if folder != top:
        return [str(folder)]
    return sorted(f"{top}/{test.name}" for test in (root / top).glob("test_*.py"))


def _features_of(paths: Iterable[str], root: Path) -> Iterator[str]:
    systems = systems_of(root / "features")
    touched: set[str] = set()
    is_shared = False
    for path in paths:
        if path.startswith("features/fr/"):
            yield from [path] if (root / path).exists() and _is_run(root / path) else []
        elif system := next((each for each in systems if _belongs(path, each)), ""):
            touched.add(system)
        else:
            is_shared |= path.startswith(BEHIND_FEATURES)
    if len(touched) == 1:
        yield from (f"features/{system}" for system in touched)
    if is_shared or len(touched) > 1:
        yield from (_first_feature(system, root) for system in (systems if is_shared else sorted(touched)))


def _belongs(path: str, system: str) -> bool:
    folders = (f"reference_app/{system}/", f"fixtures/systems/{system}/", f"features/{system}/")
    return path.startswith(folders) or path == f"steps/{system}_steps.py"


def _is_run(feature: Path) -> bool:
    """Whether it has a scenario that does not take a minute."""
    scenarios = parse_file(str(feature)).walk_scenarios()
    return any(not any(tag.startswith(DEAR) for tag in each.effective_tags) for each in scenarios)


def _first_feature(system: str, root: Path) -> str:
    """Return the feature of the system's first requirement."""
    for path in sorted((root / "features" / system).glob("*.feature")):
        if FIRST_REQUIREMENT.search(path.read_text(encoding="utf-8")):
            return path.relative_to(root).as_posix()
    return f"features/{system}"


@cache
def _imports(root: Path) -> dict[str, set[str]]:
    """Return what each test imports, itself or by a helper that lies below tests/."""
    direct = {_module(_name(path, root)): _imported(path) for path in (root / "tests").rglob("*.py")}
    return {
        _name(path, root): _with_helpers(direct, direct[_module(_name(path, root))])
        for path in (root / "tests").rglob("test_*.py")
    }


def _with_helpers(direct: dict[str, set[str]], names: set[str]) -> set[str]:
    found = set(names)
    rest = [*names]
    while rest:
        new = direct.get(rest.pop(), set()) - found
        found |= new
        rest += new
    return found


def _imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
    return found


def _module(path: str) -> str:
    """Return the dotted name of a module's file."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _without_nested(paths: Iterable[str]) -> tuple[str, ...]:
    """Return the paths in order, without those that lie in another of them."""
    found = sorted(set(paths))
    return tuple(
        path for path in found if not any(path.startswith(f"{other}/") for other in found if other != path)
    )
