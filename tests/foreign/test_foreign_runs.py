"""Runs against a server that somebody else has started."""

from pathlib import Path

import pytest

from fixtures.systems.lunar_returns.stub_server import NobodysServer
from tests.foreign.conftest import Checkout, Somebodys

FEATURES = (
    "features/lunar_returns/first_request.feature",
    "features/lunar_returns/one_generation.feature",
)
ONE = "features/lunar_returns/first_request.feature"


@pytest.mark.parametrize("auth", ["dev", "jwt"])
def test_with_its_database_the_promises_are_proven(checkout: Checkout, server: Somebodys, auth: str) -> None:
    """What applies passes, what does not says why, and nobody is left behind."""
    before = server.users()
    given = ("-D", f"target={server.url}", "-D", f"target_database={server.database_url}")
    ended = checkout.behave(*given, "-D", f"target_auth={auth}", *FEATURES)

    assert ended.code == 0, ended.said[-3_000:]
    counts = ended.results["counts"]
    assert (counts["failed"], counts["inconclusive"], counts["untested"]) == (0, 0, 0)
    assert counts["passed"] >= len(("LR-1", "LR-2", "LR-3"))
    assert [ended.verdict_of(each) for each in ("LR-1", "LR-2", "LR-3")] == ["passed"] * 3
    assert ended.verdict_of("LR-10") == "inapplicable"
    assert {
        "needs the server's log",
        "needs a clock of ours",
        "needs two servers that share a database",
        "needs to set the server's switches",
        "needs to choose the number of worker processes",
    } <= ended.reasons
    assert any("target_auth=dev" in reason for reason in ended.reasons) == (auth == "jwt")
    assert ended.results["settings"]["target"] == server.url
    assert before == server.users()


def test_without_its_database_nothing_is_proven(checkout: Checkout, server: Somebodys) -> None:
    """Nothing is claimed of what cannot be looked at: the run ends with 3, and says what to give."""
    ended = checkout.behave("-D", f"target={server.url}", *FEATURES)

    assert ended.code == 3, ended.said[-3_000:]
    assert ended.results["counts"]["passed"] == ended.results["counts"]["failed"] == 0
    assert "needs to look at tables: give target_database" in ended.reasons
    assert "no MUST of lunar-returns could be tried on this target: the system is untested" in ended.said
    assert server.users() == 1


def test_several_processes_share_one_server(checkout: Checkout, server: Somebodys) -> None:
    """People of two processes have different addresses, so they do not meet."""
    given = ("-D", f"target={server.url}", "-D", f"target_database={server.database_url}", "-D", "jobs=2")
    ended = checkout.behave(*given, ONE)

    assert ended.code == 0, ended.said[-3_000:]
    assert server.users() == 1


def test_a_server_that_is_not_there_ends_with_4(checkout: Checkout) -> None:
    """A dead address is told in one line, and no scenario is failed by it."""
    nobodys = NobodysServer()
    ended = checkout.behave("-D", f"target={nobodys.base_url}", ONE)
    nobodys.end()

    assert ended.code == 4, ended.said[-3_000:]
    assert f"{nobodys.base_url} was not ready within 10 s" in ended.said
    assert ended.results["counts"]["failed"] == 0


def test_a_database_that_is_not_there_ends_with_4(
    checkout: Checkout, server: Somebodys, tmp_path: Path
) -> None:
    """A wrong path is told, and no file is made of it."""
    missing = tmp_path / "missing.sqlite3"
    ended = checkout.behave("-D", f"target={server.url}", "-D", f"target_database=sqlite:///{missing}", ONE)

    assert ended.code == 4, ended.said[-3_000:]
    assert f"there is no file {missing}" in ended.said
    assert not missing.exists()


def test_a_malformed_address_ends_with_64(checkout: Checkout) -> None:
    """It is a wrong call, and nothing runs."""
    ended = checkout.behave("-D", "target=http://", ONE)

    assert ended.code == 64
    assert "target='http://' is not allowed: give http://HOST:PORT, and nothing after it" in ended.said
