"""The image has what the server needs and nothing besides: by what its files say, for none is built here."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Final

from tests.checkout import ROOT
from tests.offenders import none_may_offend

DOCKERFILE: Final = (ROOT / "Dockerfile").read_text(encoding="utf-8")
REQUIREMENTS: Final = ROOT / "requirements"
BUILD_ONLY: Final = {"setuptools"}
UNSEEN: Final = {"httptools", "uvloop", "rich", "psycopg"}
"""What uvicorn, typer's tables and SQLAlchemy import by themselves."""


def test_the_image_has_every_package_that_the_server_imports() -> None:
    """`requirements/server.in` names them, and names no other."""
    named = {_normal(name) for name in _names(REQUIREMENTS / "server.in")}
    imported = {_normal(name) for name in _imported()}
    assert imported - named == set()
    assert named - imported - UNSEEN - BUILD_ONLY == set()


def test_the_image_has_the_versions_that_are_tested() -> None:
    """Each pin is the one of `make accept`, with the same hashes."""
    tested = _pins(REQUIREMENTS / "accept.txt")
    shipped = _pins(REQUIREMENTS / "server.txt")
    assert shipped
    assert {name: tested.get(name) for name in shipped} == shipped


def test_what_is_copied_is_there_and_let_in() -> None:
    """The build gets what it copies, and nothing else of the folder: no database, no key, no report."""
    copied = [
        name for line in re.findall(r"^COPY (.+)$", DOCKERFILE, re.MULTILINE) for name in line.split()[:-1]
    ]
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    none_may_offend((name for name in copied if not (ROOT / name).exists()), do="copy what is there")
    assert "*" in ignored
    assert {line[1:] for line in ignored if line.startswith("!")} == set(copied)


def test_the_server_is_not_root() -> None:
    """What comes after the last installation runs as an ordinary user."""
    assert re.findall(r"^USER (\w+)$", DOCKERFILE, re.MULTILINE) == ["app"]
    assert DOCKERFILE.index("USER app") > DOCKERFILE.rindex("RUN ")


def _names(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and line[0] not in "#-":
            yield re.split(r"[\[>=<]", line)[0]


def _pins(path: Path) -> dict[str, str]:
    """Return what stands after each package's name, up to the comments."""
    text = path.read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?(==.+(?:\n    --hash=.+)*)", text, re.MULTILINE))


def _imported() -> Iterator[str]:
    """Yield the distributions that the server's modules import."""
    known = packages_distributions()
    for path in (ROOT / "reference_app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            for name in names:
                top = name.partition(".")[0]
                if top not in {*sys.stdlib_module_names, "reference_app"}:
                    yield known[top][0]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
