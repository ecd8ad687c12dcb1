"""`python -m fixtures.sabotage` and `behave -D sabotage=…`, as somebody types them."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests

from fixtures.runner.choosing import options
from fixtures.sabotage import __main__ as command
from fixtures.sabotage import proving, publishing
from fixtures.sabotage.fault import MARKS_VARIABLE
from fixtures.sabotage.judging import CaughtBy, Finding
from fixtures.scenario.eventually import eventually
from fixtures.targets.children import Child
from reports.proof import CELL_SYMBOLS, cell
from reports.results import Fault
from tests.harness.process_table import with_variable

COMMAND_S_MAX = 120
MADE_AT = "2026-11-22T00:00:00.000Z"
VARIABLE = "TOUCHSTONE_TEST_MARK"
LISTENS_S_MAX = 30.0
SECRET = "x" * 32


def sabotage(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "fixtures.sabotage", *arguments],
        capture_output=True,
        text=True,
        timeout=COMMAND_S_MAX,
        check=False,
    )


def finding(name: str, outcome: Any = "caught") -> Finding:
    caught_by = (CaughtBy("LR-2", "ten at once", "expected 1 got 10"),) if outcome == "caught" else ()
    return Finding(
        name=name,
        system="lunar-returns",
        breaks="It breaks.",
        seen="",
        must_fail=("LR-2",),
        may_fail=("LR-4",),
        outcome=outcome,
        why="" if outcome == "caught" else "no Then of LR-2 failed",
        requirements={"LR-1": "passed", "LR-2": "failed", "LR-4": "failed"},
        duration_s=1.0,
        caught_by=caught_by,
    )


def test_list_shows_every_fault() -> None:
    """Names, requirements and sentences, on any width of terminal."""
    done = sabotage("list")
    assert done.returncode == 0
    assert "no-lock" in done.stdout
    assert "SV-5" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("prove", "no-lok"), "did you mean 'no-lock'"),
        (("serve", "no-lok"), "did you mean 'no-lock'"),
        (("prove", "--quickly"), "'--quickly' is not understood"),
        (("prove", "--jobs", "99"), "--jobs"),
        ((), "required"),
    ],
)
def test_bad_usage_ends_with_64_and_one_line(arguments: tuple[str, ...], words: str) -> None:
    """No traceback, no run."""
    done = sabotage(*arguments)
    assert done.returncode == 64
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_every_worker_process_of_a_broken_server_is_broken(tmp_path: Path) -> None:
    """Workers are started anew and import everything again: the fault must come with them."""
    server = Child(
        [
            sys.executable,
            "-m",
            "fixtures.sabotage",
            "serve",
            "bypass-in-production",
            "--port",
            "0",
            "--workers",
            "2",
        ],
        output=tmp_path / "out",
        log=tmp_path / "log",
        environment={
            "SECRET_KEY": SECRET,
            "DATABASE_URL": f"sqlite:///{tmp_path / 'database.sqlite3'}",
            MARKS_VARIABLE: str(tmp_path),
        },
    )
    try:
        port = server.event("listening", LISTENS_S_MAX)["port"]
        answer = requests.get(
            f"http://127.0.0.1:{port}/api/lunar-returns/current",
            headers={"X-Dev-External-Id": "ada"},
            timeout=LISTENS_S_MAX,
        )
    finally:
        server.end()
    assert answer.status_code == 200
    assert (tmp_path / "bypass-in-production").exists()


def test_the_proof_goes_into_the_results_that_are_there(tmp_path: Path) -> None:
    """The matrix is part of results.json, and stays beside it for the runs to come."""
    proof = publishing.document([finding("no-lock")], command="prove", made_at=MADE_AT, duration_s=2.0)
    assert publishing.publish(proof, tmp_path) is None
    assert json.loads((tmp_path / "sabotage.json").read_text())["verdict"] == "passed"
    assert proof["faults"][0]["name"] == "no-lock"


def test_results_that_cannot_be_read_take_nothing_from_the_proof(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half an hour of proof does not end in a traceback because an older file is broken."""
    (tmp_path / "results.json").write_text("{", encoding="utf-8")
    monkeypatch.setattr(options, "load", lambda *_arguments: options.Options(out=str(tmp_path)))
    command._publish({"verdict": "passed"})
    told = capsys.readouterr()
    assert "the report could not be made: JSONDecodeError" in told.err
    assert "matrix: " in told.out


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        (["caught", "caught"], "passed"),
        (["caught", "inconclusive"], "inconclusive"),
        (["inconclusive", "missed"], "failed"),
        (["not_booted"], "failed"),
    ],
)
def test_the_verdict_of_a_proof(outcomes: list[str], verdict: str) -> None:
    """A machine that cannot tell is neither a proof nor its failure."""
    assert publishing.verdict_of([finding("no-lock", outcome) for outcome in outcomes]) == verdict


def test_a_proof_that_is_told_to_stop_leaves_nothing_running(tmp_path: Path) -> None:
    """A cancelled job ends the run under way, and its servers with it."""
    mark = f"told-to-stop-{tmp_path.name}"
    with subprocess.Popen(
        [sys.executable, "-m", "fixtures.sabotage", "prove", "purge-everywhere", "--only-must-fail"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, VARIABLE: mark},
    ) as proof:
        assert proof.stdout is not None
        assert proof.stdout.readline() == "without a fault: lunar-returns on sqlite\n"
        eventually(
            lambda: len(with_variable(VARIABLE, mark)) > 1, within_s=LISTENS_S_MAX, what="a run under way"
        )
        proof.send_signal(signal.SIGTERM)
        assert proof.wait(COMMAND_S_MAX) == 128 + signal.SIGTERM
    eventually(
        lambda: not with_variable(VARIABLE, mark),
        within_s=LISTENS_S_MAX,
        what="the end of all that it started",
    )


def test_the_matrix_tells_who_noticed_and_who_should_have(capsys: pytest.CaptureFixture[str]) -> None:
    """A fault that was missed is said in a line of its own."""
    from rich.console import Console  # noqa: PLC0415 - it looks at stdout when it is made

    publishing.show([finding("no-lock"), finding("no-lease", "missed")], Console())
    shown = capsys.readouterr().out
    rows = [line.split() for line in shown.splitlines()]
    assert ["no-lock", "·", "✓", "~", "caught"] in rows
    assert ["no-lease", "·", "✗", "~", "missed"] in rows
    assert "no-lease: missed: no Then of LR-2 failed" in shown


@pytest.mark.parametrize("verdict", ["passed", "failed", "inconclusive", "inapplicable", "untested", ""])
@pytest.mark.parametrize("requirement", ["LR-2", "LR-4", "LR-5"], ids=["must", "may", "must not"])
@pytest.mark.parametrize("outcome", ["caught", "missed"])
def test_terminal_and_report_show_the_same_cell(outcome: str, requirement: str, verdict: str) -> None:
    """Whoever reads both sees one sign for one thing; the report may not import the rule from here."""
    found = replace(finding("no-lock", outcome), requirements={requirement: verdict} if verdict else {})
    fault = msgspec.convert(found.document(), Fault)
    assert publishing._cell(found, requirement) == CELL_SYMBOLS[cell(fault, requirement)]


def test_a_fault_that_is_named_twice_is_proven_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second run would find the first one's folder."""
    shown: list[Finding] = []
    monkeypatch.setattr(proving, "prove", lambda faults, **_: [finding(each.name) for each in faults])
    monkeypatch.setattr(publishing, "show", lambda findings, _console: shown.extend(findings))
    assert command.main(["prove", "no-lock", "moon-off", "no-lock"]) == 0
    assert [each.name for each in shown] == ["no-lock", "moon-off"]


def test_a_sabotaged_run_is_red_for_the_requirement_and_says_why(tmp_path: Path) -> None:
    """Whoever runs behave with a fault sees the note first; a proof goes into what the run has left."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "behave", "-D", "sabotage=purge-everywhere", "-D", f"out={tmp_path}"),
            *("features/lunar_returns/purge.feature", "--tags", "@LR-7"),
        ],
        capture_output=True,
        text=True,
        timeout=COMMAND_S_MAX,
        check=False,
    )
    assert done.returncode == 1
    assert "sabotage=purge-everywhere: the server is broken on purpose" in done.stdout
    results = json.loads((tmp_path / "results.json").read_text())
    assert results["settings"]["sabotage"] == "purge-everywhere"
    red = {each["name"].partition(",")[0] for each in results["scenarios"] if each["verdict"] == "failed"}
    assert {"a purge in production", "a purge in staging", "a purge in development"} == red
    proof = publishing.document([finding("no-lock")], command="prove", made_at=MADE_AT, duration_s=2.0)
    assert publishing.publish(proof, tmp_path) == tmp_path / "index.html"
    assert json.loads((tmp_path / "results.json").read_text())["sabotage"]["faults"][0]["name"] == "no-lock"
    assert "no-lock" in (tmp_path / "index.html").read_text(encoding="utf-8")
