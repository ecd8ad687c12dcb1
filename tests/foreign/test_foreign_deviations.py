"""Known deviations of a foreign server, and the list of what our own servers cannot run."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fixtures import deviations
from fixtures.deviations import Deviation
from fixtures.requirements import Catalogue
from fixtures.run_settings import parse
from fixtures.runner.choosing.applicability import listed
from fixtures.runner.choosing.options import Options
from fixtures.runner.conclusion import check_deviations
from fixtures.runner.run_state import RunState
from fixtures.verdicts import UsageError
from tests.checkout import ROOT
from tests.foreign.conftest import Checkout, Somebodys

LAST_DAY = date(2027, 1, 31)
DAY_AFTER = date(2027, 2, 1)
LR_6 = Deviation("LR-6", "the index comes later", LAST_DAY)
IDS = ("LR-6", "LR-7")


def record(verdict: str, *requirements: str) -> dict[str, Any]:
    """A scenario's record, as far as deviations look at it."""
    return {"id": f"{verdict} {requirements}", "verdict": verdict, "requirements": list(requirements)}


def test_a_failed_scenario_of_a_known_deviation_is_excused() -> None:
    """Only what failed, and only where every requirement is known."""
    records = [
        record("failed", "LR-6"),
        record("failed", "LR-6", "LR-7"),
        record("failed", "LR-7"),
        record("failed"),
        record("inconclusive", "LR-6"),
    ]
    assert {records[0]["id"]} == deviations.excused([LR_6], records, LAST_DAY)
    assert set() == deviations.excused([LR_6], records, DAY_AFTER)


@pytest.mark.parametrize(
    ("deviation", "records", "today", "expected"),
    [
        (LR_6, [record("failed", "LR-6")], LAST_DAY, []),
        (LR_6, [], LAST_DAY, []),
        (LR_6, [record("inapplicable", "LR-6")], LAST_DAY, []),
        (LR_6, [], DAY_AFTER, ["LR-6 expired on 2027-01-31: the index comes later"]),
        (
            LR_6,
            [record("passed", "LR-6")],
            LAST_DAY,
            ["LR-6 is kept: take it out of the known deviations"],
        ),
        (
            Deviation("LR-66", "a slip", LAST_DAY),
            [],
            LAST_DAY,
            ["LR-66 is no requirement: did you mean 'LR-6'?"],
        ),
    ],
)
def test_a_deviation_that_must_go_is_told(
    deviation: Deviation, records: list[dict[str, Any]], today: date, expected: list[str]
) -> None:
    """One line for one that is unknown, expired, or kept after all."""
    assert expected == deviations.problems([deviation], IDS, records, today)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[deviations]]\n", "did you mean 'deviation'?"),
        ('[[deviation]]\nrequirment = "LR-6"\n', "did you mean 'requirement'?"),
        ('[[deviation]]\nrequirement = "LR-6"\nexpires = 2027-01-31\n', "lacks 'reason'"),
        (
            '[[deviation]]\nrequirement = "LR-6"\nreason = "x"\nexpires = "2027-01-31"\n',
            "expires is a date without quotes",
        ),
        ("[[deviation\n", "cannot be read as TOML"),
    ],
)
def test_a_bad_file_is_one_line(tmp_path: Path, text: str, expected: str) -> None:
    """The line names the file."""
    path = tmp_path / "deviations.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as raised:
        deviations.load(path)
    assert str(raised.value).startswith(f"{path}: ")
    assert expected in str(raised.value)


@pytest.mark.parametrize(("shard", "expected"), [("", 1), ("1/2", 0)])
def test_a_shard_does_not_say_that_a_requirement_is_kept(shard: str, expected: int) -> None:
    """The scenario that fails may have fallen to another shard."""
    state = RunState(
        settings=parse({"target": "http://127.0.0.1:1", "shard": shard}),
        options=Options(),
        catalogue=Catalogue(ids=frozenset(IDS)),
        command="behave",
        rerun_options=(),
        selected=False,
        deviations=(LR_6,),
        records=[record("passed", "LR-6")],
    )
    check_deviations(state, LAST_DAY)
    assert expected == len(state.errors)


def test_our_own_servers_have_no_deviations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in the folder excuses nothing of ours."""
    (tmp_path / "deviations.toml").write_text("not TOML", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert deviations.of_run(parse({})) == ()


def test_a_deviation_that_is_kept_fails_the_run(
    checkout: Checkout, server: Somebodys, tmp_path: Path
) -> None:
    """The run says which entry to remove, and ends with 1."""
    known = tmp_path / "known.toml"
    known.write_text(
        '[[deviation]]\nrequirement = "LR-1"\nreason = "not yet"\nexpires = 2999-01-01\n', encoding="utf-8"
    )
    given = ("-D", f"target={server.url}", "-D", f"target_database={server.database_url}")
    place = "features/lunar_returns/first_request.feature:8"
    ended = checkout.behave(*given, "-D", f"deviations={known}", place)

    assert ended.code == 1, ended.said[-3_000:]
    assert "LR-1 is kept: take it out of the known deviations" in ended.said


def test_a_deviation_that_fails_does_not_fail_the_run(
    checkout: Checkout, server: Somebodys, tmp_path: Path
) -> None:
    """The scenario stays failed in the results; with something else proven the run ends with 0."""
    known = tmp_path / "known.toml"
    known.write_text(
        '[[deviation]]\nrequirement = "LR-7"\nreason = "no purge"\nexpires = 2999-01-01\n', encoding="utf-8"
    )
    feature = checkout.folder / "features" / "lunar_returns" / "kept_otherwise.feature"
    feature.write_text(
        "Feature: Another number\n  @LR-7\n  Rule: As it is\n    Scenario: eleven returns\n"
        "      Given Ada has a natal chart\n      And Ada asked for the current return\n"
        "      When Ada purges the returns\n"
        "      Then Ada is told that 11 returns were deleted and 0 are left\n",
        encoding="utf-8",
    )
    given = ("-D", f"target={server.url}", "-D", f"target_database={server.database_url}")
    others = ("-D", "target_auth=dev", str(feature.relative_to(checkout.folder)))
    place = "features/lunar_returns/first_request.feature:8"
    try:
        excused = checkout.behave(*given, "-D", f"deviations={known}", *others, place)
        blamed = checkout.behave(*given, *others, place)
    finally:
        feature.unlink()

    assert (excused.code, blamed.code) == (0, 1), excused.said[-3_000:]
    assert excused.verdict_of("LR-7") == "failed"
    assert "known deviation: LR-7: no purge (until 2999-01-01)" in excused.said
    assert excused.results["deviations"] == [
        {"requirement": "LR-7", "reason": "no purge", "expires": "2999-01-01"}
    ]
    flags = {each["name"]: each["excused"] for each in excused.results["scenarios"]}
    assert flags == {"eleven returns": True, "a person asks for the first time": False}
    assert blamed.results["deviations"] == []
    assert not any(each["excused"] for each in blamed.results["scenarios"])


def test_the_list_of_what_our_servers_cannot_run_is_empty() -> None:
    """Every scenario applies to a server of ours."""
    assert listed(ROOT / "docs" / "inapplicable.toml") == {}
