import ast
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reports import page
from reports.__main__ import main

Document = dict[str, Any]
Write = Callable[[Document], Path]
PACKAGE = page.TEMPLATES.parent
PURE = ("fixtures.histories.", "fixtures.plain_text.", "fixtures.standings.")
COMMAND_TIMEOUT_S = 60


def test_build_writes_everything_beside_the_results(write: Write, sample: Document) -> None:
    """One command makes the page, the summary and the JUnit files, and names them."""
    path = write(sample)
    assert main(["build", str(path)]) == 0
    names = {file.name for file in path.parent.iterdir()}
    assert {"results.json", "index.html", "summary.md", "junit"} == names
    assert len(list((path.parent / "junit").iterdir())) == 4


def test_build_writes_into_another_folder(write: Write, green: Document, tmp_path: Path) -> None:
    """A folder that is asked for is made, and the page links back to the results."""
    folder = tmp_path / "deep" / "er"
    assert main(["build", str(write(green)), "--out", str(folder)]) == 0
    assert 'href="./../../results.json"' in (folder / "index.html").read_text(encoding="utf-8")


def test_building_twice_gives_the_same(write: Write, sample: Document) -> None:
    """The page depends on nothing but the results."""
    path = write(sample)
    main(["build", str(path)])
    first = (path.parent / "index.html").read_bytes()
    main(["build", str(path)])
    assert first == (path.parent / "index.html").read_bytes()


def test_junit_writes_only_junit(write: Write, green: Document, tmp_path: Path) -> None:
    """The second command leaves page and summary alone."""
    assert main(["junit", str(write(green)), str(tmp_path / "xml")]) == 0
    assert len(list((tmp_path / "xml").iterdir())) == 2
    assert not (tmp_path / "index.html").exists()


@pytest.mark.parametrize(
    "arguments", [[], ["bild", "x"], ["build"], ["build", "a", "--oot", "b"], ["junit", "a"]]
)
def test_a_wrong_call_ends_with_64_and_one_line(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever is misspelt, the code is 64 and the line says what."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 64
    assert capsys.readouterr().err.count("\n") == 1


def test_a_missing_file_ends_with_64_and_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There is no traceback for a file that is not there."""
    assert main(["build", str(tmp_path / "none" / "results.json")]) == 64
    error = capsys.readouterr().err
    assert "no such file; run behave first" in error
    assert error.count("\n") == 1


def test_a_folder_that_is_a_file_ends_with_64(
    write: Write, green: Document, capsys: pytest.CaptureFixture[str]
) -> None:
    """There is no traceback for a folder that cannot be written."""
    path = write(green)
    assert main(["build", str(path), "--out", str(path)]) == 64
    assert "cannot be written" in capsys.readouterr().err


def test_the_command_runs_from_anywhere_in_any_locale(write: Write, sample: Document) -> None:
    """As a process, in a plain C locale and another folder, it writes the same files."""
    path = write(sample)
    environment = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONPATH": str(PACKAGE.parent)}
    command = [sys.executable, "-m", "reports", "build", "results.json"]
    done = subprocess.run(  # noqa: PLW1510 - the code is what is tested
        command, cwd=path.parent, env=environment, capture_output=True, timeout=COMMAND_TIMEOUT_S
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert (path.parent / "index.html").exists()


def test_the_reports_stand_alone() -> None:
    """No module imports server, steps or harness but for what is pure, and only the page the template engine."""
    for file in PACKAGE.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = {
            alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
        }
        froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        names |= {f"{node.module}.{alias.name}" for node in froms for alias in node.names}
        others = {name for name in names if not f"{name}.".startswith(PURE)}
        roots = {name.partition(".")[0] for name in others}
        assert not roots & {"fixtures", "reference_app", "steps"}, file.name
        assert "jinja2" not in roots or file.name == "page.py"
