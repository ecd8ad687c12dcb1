"""The doctor, and what the pages say of needs."""

import re
from pathlib import Path

import pytest

from fixtures.doctor import __main__ as doctor
from fixtures.scenario.capabilities import COSTS, Need
from fixtures.systems.lunar_returns.stub_server import NobodysServer
from reference_app.exit_codes import ExitCode
from tests.checkout import ROOT
from tests.foreign.conftest import Somebodys


def test_a_server_that_is_ready_is_told_with_what_it_lacks(
    server: Somebodys, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every need has a row, and nobody is made on the server."""
    given = ["-D", f"target={server.url}", f"-Dtarget_database={server.database_url}"]
    code = doctor.main([*given, "-D", "target_auth=dev"])
    said = capsys.readouterr().out

    assert code == ExitCode.PROVEN
    assert f"target: {server.url} is ready" in said
    assert "database: the tables can be read" in said
    assert "needs the server's log" in said
    assert re.search(r"^lunar-returns: [0-9]+ of [0-9]+ scenarios can run, [0-9]+ not:$", said, re.MULTILINE)
    assert server.users() == 1


def test_a_server_that_is_not_there_is_not_ready(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends with 4 and one line."""
    # The ten seconds that a real target gets prove nothing more here.
    monkeypatch.setattr("fixtures.targets.foreign.READY_S_MAX", 0.0)
    nobodys = NobodysServer()
    code = doctor.main(["-D", f"target={nobodys.base_url}"])
    nobodys.end()

    assert code == ExitCode.NOT_READY
    assert f"doctor: {nobodys.base_url} was not ready" in capsys.readouterr().err


def test_a_database_that_is_no_database_is_not_ready(
    server: Somebodys, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It ends with 4, one line, and the page that says what is needed."""
    (tmp_path / "other.sqlite3").touch()
    code = doctor.main(
        ["-D", f"target={server.url}", "-D", f"target_database=sqlite:///{tmp_path}/other.sqlite3"]
    )
    said = capsys.readouterr().err

    assert code == ExitCode.NOT_READY
    assert "docs/contract.md" in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("arguments", [["-D", "targt=x"], ["--help"], ["-D"], ["-D", "target"]])
def test_a_wrong_call_ends_with_64(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """It is told in one line."""
    assert doctor.main(arguments) == ExitCode.USAGE
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_every_need_has_its_cost_and_stands_in_the_contract() -> None:
    """The page lists each reason word for word."""
    page = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")
    assert set(COSTS) == set(Need)
    assert [need for need in Need if f"| {need.value} |" not in page] == []
