import subprocess
import sys
from pathlib import Path

import pytest

from fixtures.histories import operations
from fixtures.histories.operations import History, Operation
from reports import rejudge
from reports.__main__ import main
from tests.checkout import ROOT

COMMAND_TIMEOUT_S = 60


def leave(folder: Path, *answers: str, checker: str = "single_flight") -> Path:
    """Leave a history in `folder` in which Ada was given these answers."""
    folder.mkdir(parents=True)
    given = [
        Operation(f"a-{number}", "get_current", "Ada", None, answer, number, number + 1, ok=True)
        for number, answer in enumerate(answers)
    ]
    path = folder / rejudge.HISTORY_FILE
    operations.write(path, History(checker, tuple(given)))
    return path


@pytest.mark.parametrize(
    ("histories", "expected"),
    [
        ([["id 1", "id 1"]], 0),
        ([["id 1", "id 1"], ["id 1", "id 2"]], 1),
        ([["id 1"], []], 5),
        ([["id 1", "id 2"], [], ["id 1"]], 1),
        ([], 3),
    ],
)
def test_the_code_says_the_worst(histories: list[list[str]], expected: int, tmp_path: Path) -> None:
    """One that is invalid outweighs one that is unknown, and no history is no success."""
    (tmp_path / "without-history").mkdir()
    for number, answers in enumerate(histories):
        leave(tmp_path / f"failure-{number}", *answers)
    assert expected == main(["rejudge", str(tmp_path)])


def test_each_history_gets_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It names the verdict, the checker, and the line of the operation that should not be."""
    good = leave(tmp_path / "a", "id 1")
    bad = leave(tmp_path / "b", "id 1", "id 2")
    rejudge.main([str(tmp_path)])
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("valid    single_flight")
    assert f"{good}: all 1" in first
    assert second.startswith("invalid  single_flight")
    assert f"{bad}:3: Ada: expected one result, got 2" in second


def test_the_folder_of_one_failure_will_do(tmp_path: Path) -> None:
    """Its own history is judged, and no other."""
    leave(tmp_path / "a", "id 1")
    leave(tmp_path / "b", "id 1", "id 2")
    assert rejudge.main([str(tmp_path / "a")]) == 0


def test_what_cannot_be_read_ends_with_64_and_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A missing folder, a file in its place, a broken file and a checker that nobody knows: the line says which."""
    leave(tmp_path / "odd", "id 1", checker="single_fligth")
    broken = leave(tmp_path / "broken")
    broken.write_text("{", encoding="utf-8")
    expected = {
        tmp_path / "brokn": f"did you mean {tmp_path / 'broken'}?",
        broken: f"did you mean {tmp_path / 'broken'}?",
        tmp_path / "broken": "history.jsonl:1: not JSON",
        tmp_path / "odd": "did you mean single_flight?",
    }
    for folder, words in expected.items():
        assert rejudge.main([str(folder)]) == 64
        said = capsys.readouterr().err
        assert words in said
        assert said.count("\n") == 1


def test_a_wrong_call_ends_with_64(capsys: pytest.CaptureFixture[str]) -> None:
    """A folder must be named."""
    with pytest.raises(SystemExit) as caught:
        rejudge.main([])
    assert caught.value.code == 64
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("command", [["reports", "rejudge"], ["reports.rejudge"]])
def test_it_runs_as_a_command(command: list[str], tmp_path: Path) -> None:
    """Both ways to call it end with its code."""
    leave(tmp_path / "a", "id 1", "id 2")
    done = subprocess.run(
        [sys.executable, "-m", *command, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        timeout=COMMAND_TIMEOUT_S,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")
