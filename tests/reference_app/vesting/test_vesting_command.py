"""`reference-app vesting-release`: one line of JSON, exit codes, and nothing made where nothing is."""

import io
import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from reference_app.clock import system_clock
from reference_app.database.engine import Database
from reference_app.errors import DatabaseUnavailable
from reference_app.vesting import commands, release, release_store
from tests.reference_app.commanding import Run, running
from tests.reference_app.vesting.bank import TODAY, Bank

PROVEN, NEGATIVE, NOT_READY, USAGE = 0, 1, 4, 64
UNREACHABLE: Final = "postgresql://someone:hunter2@127.0.0.1:9/nothing"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], database_url: str) -> Iterator[Run]:
    """Runs the command in this process, on this test's database unless another is named."""
    with running("vesting-release", database_url, capsys) as found:
        yield found


def test_one_line_says_what_a_run_did(bank: Bank, run: Run) -> None:
    """All that the source shows, and nothing on stderr."""
    ada = bank.user()
    for _ in range(3):
        bank.lot(ada, "10000")
    ended = run("--as-of", str(TODAY))
    assert (ended.code, ended.stderr, ended.stdout.count("\n")) == (PROVEN, "", 1)
    found = json.loads(ended.stdout)
    trace_id = found["trace_id"]
    assert found == {
        "job": "avenir_vesting_release",
        "trace_id": trace_id,
        "as_of": str(TODAY),
        "currency": "AED",
        "dry_run": False,
        "summary": {
            "matured_found": 3,
            "executed_count": 3,
            "executed_amount": "30000.00",
            "skipped_count": 0,
            "errors_count": 0,
            "errors": [],
            "trace_id": trace_id,
            "as_of_date": str(TODAY),
        },
        "exit_code": 0,
    }
    assert bank.wallet(ada) == ("30000", "0")
    bank.check()


def test_today_is_the_day_of_utc(run: Run) -> None:
    """Whatever the machine's time zone is."""
    days = {system_clock().date().isoformat()}
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        days.add(json.loads(run(TZ=zone).stdout)["as_of"])
    days.add(system_clock().date().isoformat())
    assert len(days) <= 2
    assert all(abs(date.fromisoformat(day) - system_clock().date()) <= timedelta(days=1) for day in days)


def test_an_error_of_a_lot_is_exit_code_1(bank: Bank, run: Run) -> None:
    """The summary names the lot, and the others are released."""
    ada = bank.user()
    lots = [bank.lot(ada, "10"), bank.lot(ada, "5")]
    bank.spend_locked(ada, "10")
    ended = run("--dry-run")
    assert (ended.code, bank.releases()) == (NEGATIVE, [])
    ended = run("--max-lots", "1")
    found = json.loads(ended.stdout)
    assert (ended.code, found["exit_code"], ended.stderr) == (NEGATIVE, NEGATIVE, "")
    assert [each["lot_id"] for each in found["summary"]["errors"]] == [lots[0]]
    assert bank.wallet(ada) == ("5", "0")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--as-of", "2999-12-31"), "lies in the future"),
        (("--as-of", "tomorrow"), "not 'tomorrow'"),
        (("--as-of", ""), "not ''"),
        (("--as-of", "2026-02-30"), "not '2026-02-30'"),
        (("--as-of", "20260101"), "not '20260101'"),
        (("--as-of", "2026-01-01\n"), "not '2026-01-01"),
        (("--currency", "ZZZ"), "must be one of AED, BHD, EUR, GBP, JPY, USD"),
        (("--currency", "aed"), "must be one of"),
        (("--currency", ""), "must be one of"),
        (("--database", "mysql://h/d"), "Not a database URL"),
    ],
)
def test_what_is_refused_is_one_line_of_json(
    bank: Bank, run: Run, arguments: tuple[str, ...], said: str
) -> None:
    """On stderr, with exit code 64; nothing is released."""
    bank.lot(bank.user(), "10")
    ended = run(*arguments)
    assert (ended.code, ended.stdout, ended.stderr.count("\n")) == (USAGE, "", 1)
    found = json.loads(ended.stderr)
    assert (found["job"], found["exit_code"]) == ("avenir_vesting_release", USAGE)
    assert said in found["error"]
    assert bank.releases() == []


@pytest.mark.parametrize(
    "arguments", [("--max-lots", "0"), ("--max-lots", "10001"), ("--max-lots", "x"), ("all",)]
)
def test_a_wrong_call_is_one_line(run: Run, arguments: tuple[str, ...]) -> None:
    """As of every command."""
    ended = run(*arguments)
    assert (ended.code, ended.stdout, ended.stderr.count("\n")) == (USAGE, "", 1)


def test_currencies_are_those_that_the_server_is_set_up_for(bank: Bank, run: Run) -> None:
    """A currency that is not among them is unknown; one that is in no list is no setting."""
    bank.lot(bank.user(), "1.5", currency="KWD")
    assert run("--currency", "KWD").code == USAGE
    assert (
        json.loads(run("--currency", "KWD", VESTING_CURRENCIES="AED,KWD").stdout)["summary"][
            "executed_amount"
        ]
        == "1.500"
    )
    ended = run(VESTING_CURRENCIES="AED,NOPE")
    assert (ended.code, "VESTING_CURRENCIES" in ended.stderr) == (USAGE, True)


def test_a_database_that_cannot_be_reached_is_exit_code_4(run: Run, tmp_path: Path) -> None:
    """Said in one line without a password; a file that is not there is not made."""
    missing = tmp_path / "nowhere" / "data.sqlite3"
    for url in (UNREACHABLE, f"sqlite:///{missing}"):
        for options in ((), ("--dry-run",)):
            ended = run(*options, "--database", url)
            assert (ended.code, ended.stdout, ended.stderr.count("\n")) == (NOT_READY, "", 1)
            found = json.loads(ended.stderr)
            assert (found["exit_code"], "cannot be used" in found["error"]) == (NOT_READY, True)
            assert "hunter2" not in ended.stderr
    assert not missing.parent.exists()


def test_an_outdated_database_is_refused(run: Run, tmp_path: Path) -> None:
    """A job does not migrate."""
    empty = tmp_path / "empty.sqlite3"
    empty.touch()
    ended = run("--database", f"sqlite:///{empty}")
    assert (ended.code, "db upgrade" in json.loads(ended.stderr)["error"]) == (USAGE, True)
    assert empty.stat().st_size == 0


def test_a_database_that_goes_away_is_exit_code_4(
    bank: Bank, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was released is said, and stays released."""
    ada = bank.user()
    for _ in range(4):
        bank.lot(ada, "10")
    lock_next_lots, batches = release_store.lock_next_lots, iter([1, 1])

    def going(*arguments: Any) -> Any:
        if next(batches, None) is None:
            raise DatabaseUnavailable
        return lock_next_lots(*arguments)

    monkeypatch.setattr(release_store, "lock_next_lots", going)
    ended = run("--max-lots", "1")
    found = json.loads(ended.stderr)
    assert (ended.code, ended.stdout, found["executed_count"]) == (NOT_READY, "", 2)
    assert {row["operation_metadata"]["trace_id"] for row in bank.releases()} == {found["trace_id"]}


def test_progress_is_shown_on_a_terminal_only(bank: Bank, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line that is written over; a file gets none of it."""
    ada = bank.user()
    for _ in range(3):
        bank.lot(ada, "10")
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", terminal)
    assert run("--max-lots", "1").code == PROVEN
    assert terminal.getvalue().startswith("\rreleased 1 lots, 0 errors\rreleased 2 lots, 0 errors")
    assert terminal.getvalue().endswith("\n")


def test_jobs_wait_longer_than_servers(bank: Bank, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten jobs may stand in a queue, so each is patient."""
    opened: list[float | None] = []
    init = Database.__init__

    def noting(database: Database, url: str, **options: Any) -> None:
        opened.append(options.get("statement_s_max"))
        init(database, url, **options)

    monkeypatch.setattr(Database, "__init__", noting)
    assert run().code == PROVEN
    assert opened == [60.0]
    assert bank.releases() == []


def test_the_numbers_of_lots_agree() -> None:
    """The command's default is the run's; it is written twice, for help imports nothing that runs."""
    assert commands.LOTS_AT_ONCE == release.LOTS_AT_ONCE
