"""A realistic run, as the JSON document that `docs/results.md` describes, for every test of the reports."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reports.loading import load
from reports.results import Results

Document = dict[str, Any]
AXES = {"target": "inprocess", "database": "sqlite", "workers": 1}
RERUN = "behave features/lunar_returns/waiting.feature:31 -D seed=4711 -D database=sqlite"


def step(keyword: str, text: str, verdict: str = "passed", **more: Any) -> Document:
    return {"keyword": keyword, "text": text, "verdict": verdict, "duration_s": 0.012, **more}


def scenario(file: str, line: int, name: str, verdict: str = "passed", **more: Any) -> Document:
    """Return a scenario; whatever a test cares about is given by name."""
    base: Document = {
        "id": f"{file}:{line}",
        "file": file,
        "line": line,
        "system": Path(file).parent.name.replace("_", "-"),
        "language": "en",
        "feature": "Waiting for the month that somebody else is making",
        "rule": "",
        "name": name,
        "feature_description": "",
        "rule_description": "",
        "tags": [],
        "requirements": [],
        "axes": AXES,
        "verdict": verdict,
        "reason": "" if verdict == "passed" else f"it is {verdict}",
        "started_at": "2026-10-01T14:03:07.120000+00:00",
        "duration_s": 0.25,
        "steps": [step("Given", "a reader named Ada"), step("When", "she asks for her month")],
        "failure": None,
        "evidence": [],
        "exchanges": [],
        "server_log": [],
        "rerun": f"behave {file}:{line}",
        "folder": None,
    }
    return base | more


def document(scenarios: list[Document], **more: Any) -> Document:
    """Return a whole results document; counts and verdict follow from the scenarios."""
    found = Counter(one["verdict"] for one in scenarios)
    verdict = next((one for one in ("failed", "inconclusive", "passed") if found[one]), "untested")
    base: Document = {
        "schema": 1,
        "project": "touchstone",
        "version": "0.1.0",
        "started_at": "2026-10-01T14:03:05+00:00",
        "duration_s": 84.2,
        "command": "behave -D order=random -D seed=4711",
        "selection": "all",
        "settings": {**AXES, "order": "random", "seed": 4711},
        "verdict": verdict,
        "exit_code": {"passed": 0, "failed": 1, "inconclusive": 5, "untested": 3}[verdict],
        "errors": [],
        "counts": dict(found),
        "systems": [
            {"system": "lunar-returns", "title": {"en": "Lunar returns", "fr": "Révolutions lunaires"}},
            {"system": "server", "title": {"en": "The server", "fr": "Le serveur"}},
        ],
        "requirements": [],
        "scenarios": scenarios,
    }
    return base | more


def requirement(name: str, words: str, verdict: str, scenarios: list[str], **more: Any) -> Document:
    base = {
        "id": name,
        "system": "lunar-returns" if name.startswith("LR") else "server",
        "level": "MUST",
        "status": "agreed",
        "source": "lunar-returns runbook, step 4",
        "words": {"en": words, "fr": words},
        "verdict": verdict,
        "scenarios": scenarios,
    }
    return base | more


WAITING = "features/lunar_returns/waiting.feature"
FRENCH = "features/fr/lunar_returns/attente.feature"
LIMITS = "features/server/limits.feature"
ONE_GENERATION = "However many ask at once, the months are made once"
OFFER = "a machine that can offer 100 requests a second"
SLOW = "this machine reached 140 requests a second, twice the asked rate is 200"
PATIENCE = "A request that arrives during a generation waits for its end"


def _exchange(number: int, status: int | None) -> Document:
    headers = {"content-type": "application/json"}
    answer = {"status": status, "headers": headers, "body": '{"return_date": null}'}
    return {
        "client": f"reader {number}",
        "request": {
            "method": "POST",
            "url": f"http://127.0.0.1:40213/api/lunar-returns/current?user={number}",
            "headers": {"Authorization": "[blanked out]", "content-type": "application/json"},
            "body": '{"month":"2026-10","tags":["a","b"]}',
        },
        "response": None if status is None else answer,
        "elapsed_s": 2.004,
        "request_id": f"req-{number:04d}",
    }


def _failed() -> Document:
    sentence = "every reader has the same return date"
    return scenario(
        WAITING, 31, "a hundred readers wait for a slow generation", "failed",
        rule=PATIENCE, tags=["LR-4"], requirements=["LR-4"], duration_s=31.4,
        reason="98 of 100 readers have a return date",
        steps=[
            step("Given", "a generation that takes 3 seconds"),
            step("When", "100 readers ask at once", duration_s=30.2),
            step("Then", sentence, "failed"),
            step("And", "one generation was started", "untested"),
        ],
        failure={
            "where": f"Then {sentence}",
            "message": "expected: 100 answers with the date 2026-10-14\n     got: 98, and 2 without a date"
            "\n   where: POST /api/lunar-returns/current",
            "trace": "",
        },
        exchanges=[_exchange(7, 503), _exchange(8, None)],
        server_log=[
            '{"event": "generation_started", "request_id": "req-0001", "level": "info"}',
            '{"event": "gave_up_waiting", "request_id": "req-0007", "level": "warning", "waited_s": 2.0}',
        ],
        evidence=[{"title": "answers", "headings": ["answer", "readers"],
                   "rows": [["with a date", 98], ["none", 2]]}],
        rerun=RERUN, folder="failures/waiting-31",
    )  # fmt: skip


def _lunar() -> list[Document]:
    rows = [["readers", "answers"], ["10", "10"], ["1000", "1000"]]
    measured = {"title": "latency", "headings": ["metric", "limit", "measured", "samples"],
                "rows": [["p50", "400 ms", 182.41537, 1000], ["p99", "900 ms", 0.00042, 1000]]}  # fmt: skip
    why = "So that nobody sees a half-made year.\n\nA month is made on first demand."
    once: Document = {"rule": ONE_GENERATION, "requirements": ["LR-2", "LR-1"], "feature_description": why}
    return [
        scenario(WAITING, 12, "two readers arrive before the month exists", duration_s=0.4126, **once),
        scenario(
            WAITING, 20, "readers at once -- @1.1 10 readers", duration_s=1.2004, evidence=[measured],
            steps=[step("Given", "readers as follows:", table=rows), step("Then", "one generation started")],
            **once,
        ),
        scenario(WAITING, 21, "readers at once -- @1.2 1000 readers", duration_s=12.9, **once),
        _failed(),
        scenario(
            WAITING, 40, "a waiter leaves", "failed", rule=PATIENCE, requirements=["LR-4"],
            reason="the database could not be cleaned",
            failure={"where": "after_scenario", "message": "the database could not be cleaned",
                     "trace": "Traceback (most recent call last):\n  File 'database.py', line 9\nOSError"},
        ),
        scenario(
            WAITING, 52, "a hundred requests a second while one generation runs", "inconclusive",
            rule=PATIENCE, requirements=["LR-4"], duration_s=8.01,
            reason=SLOW, failure={"where": f"Given {OFFER}", "message": SLOW, "trace": ""},
            steps=[step("Given", OFFER, "inconclusive")],
        ),
        scenario(
            FRENCH, 9, "deux lectrices arrivent avant que le mois existe",
            system="lunar-returns", language="fr", requirements=["LR-2"],
            feature="Attendre le mois qu'un autre est en train de créer",
            rule="Quel que soit le nombre de demandes, les mois sont créés une fois",
            steps=[step("Soit", "une lectrice nommée Ada"), step("Quand", "elle demande son mois")],
        ),
    ]  # fmt: skip


def _server() -> list[Document]:
    common: Document = {"feature": "Limits of what the server takes", "requirements": ["SV-2"]}
    return [
        scenario(LIMITS, 8, "a header of 65 kilobytes", rule="What is too large is refused", **common),
        scenario(LIMITS, 15, "the same on two workers", "inapplicable", duration_s=0.0,
                 reason="the target runs one worker only", steps=[], **common),
        scenario(LIMITS, 22, "a body that arrives by the byte", "untested", duration_s=0.0, started_at="",
                 reason="the run was stopped before it", **common),
    ]  # fmt: skip


@pytest.fixture
def sample() -> Document:
    """A run of two systems in which everything that can happen has happened once."""
    waiting = [f"{WAITING}:{line}" for line in (31, 40, 52)]
    requirements = [
        requirement("LR-1", "The first request makes twelve months.", "passed", [f"{WAITING}:12"]),
        requirement("LR-2", "A thousand first requests get one answer from a single generation.", "passed",
                    [f"{WAITING}:12", f"{WAITING}:20", f"{WAITING}:21", f"{FRENCH}:9"]),
        requirement("LR-4", "A request that finds a generation waits for its end.", "failed", waiting),
        requirement("LR-10", "A removed user's months go with the user.", "untested", [], level="SHOULD"),
        requirement("LR-11", "Months are made ahead of time at night.", "untested", [], status="planned"),
        requirement("SV-2", "Headers and bodies that are too large or too slow are refused.", "passed",
                    [f"{LIMITS}:{line}" for line in (8, 15, 22)]),
    ]  # fmt: skip
    errors = [{"where": "after_all", "message": "a server process was left running and had to be ended"}]
    return document(_lunar() + _server(), requirements=requirements, errors=errors)


@pytest.fixture
def green() -> Document:
    """A run of two scenarios in which all is proven."""
    scenarios = [scenario(WAITING, 12, "one"), scenario(LIMITS, 8, "two")]
    ids = [f"{WAITING}:12", f"{LIMITS}:8"]
    return document(scenarios, requirements=[requirement("LR-1", "All or none.", "passed", ids)])


@pytest.fixture
def empty() -> Document:
    """A run in which nothing ran."""
    return document([], systems=[], settings={})


@pytest.fixture
def make_scenario() -> Callable[..., Document]:
    """The builder of one scenario."""
    return scenario


@pytest.fixture
def make_document() -> Callable[..., Document]:
    """The builder of a whole document."""
    return document


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Document], Path]:
    """Write a document to a results file and return its path."""

    def write(content: Document) -> Path:
        path = tmp_path / "results.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        return path

    return write


@pytest.fixture
def read(write: Callable[[Document], Path]) -> Callable[[Document], Results]:
    """Load a document through its file, as the command does."""
    return lambda content: load(write(content))
