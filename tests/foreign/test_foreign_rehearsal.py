"""The forecast of what can run on a foreign server, and what a run then finds."""

import subprocess
import sys
from pathlib import Path

import pytest

from fixtures.doctor import __main__ as doctor
from fixtures.doctor.rehearsal import Forecast
from fixtures.scenario.capabilities import Need
from tests.foreign.conftest import Checkout, Ended, Somebodys


def _foretold_and_found(checkout: Checkout, *settings: str) -> Ended:
    """Compare the forecast with a run, in which nothing may fail; give the run."""
    foretold = checkout.forecast(*settings)
    ended = checkout.behave("-D", "jobs=2", *(word for each in settings for word in ("-D", each)))

    assert foretold == ended.inapplicable
    counts = ended.results["counts"]
    assert (counts["failed"], counts["inconclusive"], counts["untested"]) == (0, 0, 0), ended.said[-3_000:]
    return ended


@pytest.mark.slow
def test_a_run_finds_what_was_foretold(checkout: Checkout, server: Somebodys) -> None:
    """Every scenario that was said not to apply does not, for that reason, and no other; what applies passes."""
    given = (f"target={server.url}", f"target_database={server.database_url}", "target_auth=dev")
    ended = _foretold_and_found(checkout, *given)

    assert [ended.verdict_of(each) for each in ("LR-1", "LR-2", "LR-3", "LR-4", "SV-1")] == ["passed"] * 5
    # Without the log nobody can say what is not in it.
    assert ended.verdict_of("LR-9") == "inapplicable"
    assert server.users() == 1


def test_with_accounts_what_needs_a_development_server_does_not_apply(
    server: Somebodys, tmp_path: Path
) -> None:
    """Purges and commands that name a user by header fail on no server that keeps its promises."""
    few = Checkout(tmp_path)
    few.keep_only("purge.feature", "concurrency_check.feature", "first_request.feature")
    given = (f"target={server.url}", f"target_database={server.database_url}", "target_auth=jwt")
    ended = _foretold_and_found(few, *given)

    assert Need.PURGE.value in ended.reasons
    assert ended.verdict_of("LR-1") == "passed"


def test_a_far_server_is_spared_what_deletes_and_loads(tmp_path: Path) -> None:
    """Without `allow` neither purges nor changed charts nor bursts beyond 100 can run there."""
    few = Checkout(tmp_path)
    few.keep_only("purge.feature", "first_request.feature", "one_generation.feature")
    given = ("target=http://shop.example", "target_auth=dev", "target_database=sqlite:///not-there")
    spared = {place for place, reason in few.forecast(*given).items() if reason == Need.DELETING}
    allowed = few.forecast(*given, "allow=destructive")

    assert {place.rpartition(":")[0] for place in spared} == {
        "features/lunar_returns/purge.feature",
        "features/lunar_returns/first_request.feature",
    }
    assert spared.isdisjoint(allowed)
    assert Need.LOAD.value in allowed.values()


def test_the_doctor_counts_by_system() -> None:
    """A line a system, and a line a reason, the most frequent first."""
    found = [
        Forecast("a:1", "shop", "needs a clock"),
        Forecast("a:2", "shop", ""),
        Forecast("b:1", "bank", ""),
        Forecast("a:3", "shop", "needs a log"),
        Forecast("a:4", "shop", "needs a log"),
        Forecast("a:5", "shop", unknown="could not be foretold: KeyError: 'x'"),
        Forecast("c:1", "port", unknown="could not be foretold: KeyError: 'x'"),
    ]
    assert doctor.counted(found) == [
        "shop: 1 of 5 scenarios can run, 3 not, 1 could not be foretold:",
        "    2  needs a log",
        "    1  needs a clock",
        "    1  could not be foretold: KeyError: 'x'",
        "bank: 1 of 1 scenarios can run",
        "port: 0 of 1 scenarios can run, 1 could not be foretold:",
        "    1  could not be foretold: KeyError: 'x'",
    ]


BREAKS = """
Feature: Steps that break
  Scenario: a failed assertion
    When it fails
  Scenario: a broken step
    When it breaks
  Scenario: nothing to say
    When it is silent
  Scenario: a need
    When it needs a clock
"""
BREAKING_STEPS = """
from behave import when

from fixtures.verdicts import Inapplicable, Inconclusive

def told(error):
    def step(context):
        raise error
    return step

when("it fails")(told(AssertionError("no")))
when("it breaks")(told(KeyError("two\\nlines")))
when("it is silent")(told(Inconclusive()))
when("it needs a clock")(told(Inapplicable("needs a clock")))
"""


def test_a_rehearsal_that_broke_down_says_nothing(tmp_path: Path) -> None:
    """Only a failed assertion is what a scenario that can run may end with."""
    few = Checkout(tmp_path)
    few.keep_only()
    (tmp_path / "features" / "server" / "breaking.feature").write_text(BREAKS, encoding="utf-8")
    (tmp_path / "steps" / "breaking_steps.py").write_text(BREAKING_STEPS, encoding="utf-8")

    found = few.forecasts("target=http://shop.example")
    assert [(each["reason"], each["unknown"]) for each in found] == [
        ("", ""),
        ("", r"could not be foretold: KeyError: 'two\nlines'"),
        ("", "could not be foretold: Inconclusive"),
        ("needs a clock", ""),
    ]


def test_where_there_are_no_features_nothing_is_foretold(server: Somebodys, tmp_path: Path) -> None:
    """It is a wrong call, told in one line, not a forecast of nothing."""
    done = subprocess.run(
        [sys.executable, "-m", "fixtures.doctor", "-D", f"target={server.url}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 64
    assert done.stderr == "doctor: there are no features here: start it in the folder that holds features/\n"
