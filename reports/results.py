"""Reads `results.json` into typed, frozen values, or says in one line why it cannot.

`docs/results.md` describes the fields; unknown ones are ignored, for fields may be added within one schema
number. Every text is already cleaned (see `reports.text.clean`). A file that contradicts itself is refused: a
report must not show less, or other, than what the run found. It judges no verdict anew.
"""

import json
from collections import Counter
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from fixtures.histories.operations import History
from reports.text import clean_all

SCHEMA = 1
RESULTS_BYTES_MAX = 256 * 1024 * 1024
DURATION_S_MAX = 10**9

VerdictName = Literal["passed", "failed", "inconclusive", "inapplicable", "untested"]
VERDICTS: tuple[VerdictName, ...] = ("passed", "failed", "inconclusive", "inapplicable", "untested")

Seconds = Annotated[float, Meta(ge=0, le=DURATION_S_MAX)]
Cell = str | int | float | bool | None
NonEmpty = Annotated[str, Meta(min_length=1)]


class ResultsError(Exception):
    """The results file cannot be used; the message is one clear line."""


class Words(Struct, frozen=True):
    """One text in both languages."""

    en: str
    fr: str = ""


class System(Struct, frozen=True):
    """A system under test, by the name of its folder with dashes."""

    system: str
    title: Words


class Requirement(Struct, frozen=True):
    """A promise, and the ids of the scenarios that speak of it."""

    id: NonEmpty
    system: str
    level: Literal["MUST", "SHOULD"]
    status: Literal["agreed", "planned"]
    words: Words
    verdict: VerdictName
    source: str = ""
    scenarios: tuple[str, ...] = ()


class Step(Struct, frozen=True):
    """One sentence of a scenario; `table` has the headings first."""

    keyword: str
    text: str
    verdict: VerdictName
    duration_s: Seconds = 0.0
    table: tuple[tuple[str, ...], ...] = ()


class Failure(Struct, frozen=True):
    """Where a scenario stopped and why; the trace is empty for a failed assertion."""

    where: str
    message: str
    trace: str = ""


class Evidence(Struct, frozen=True):
    """A measured table."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Request(Struct, frozen=True):
    """What was sent."""

    method: str
    url: str
    headers: dict[str, str] = {}
    body: Any = None


class Response(Struct, frozen=True):
    """What came back."""

    status: int
    headers: dict[str, str] = {}
    body: Any = None


class Exchange(Struct, frozen=True):
    """One request of a failed scenario, with its answer when there was one."""

    request: Request
    response: Response | None = None
    client: str = ""
    elapsed_s: Seconds | None = None
    request_id: str | None = None


class Scenario(Struct, frozen=True):
    """One scenario as it ran, or why it did not."""

    id: NonEmpty
    file: NonEmpty
    line: int
    system: str
    feature: str
    name: str
    verdict: VerdictName
    language: str = "en"
    rule: str = ""
    feature_description: str = ""
    rule_description: str = ""
    tags: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    axes: dict[str, Cell] = {}
    reason: str = ""
    started_at: str = ""
    duration_s: Seconds = 0.0
    steps: tuple[Step, ...] = ()
    failure: Failure | None = None
    evidence: tuple[Evidence, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    server_log: tuple[str, ...] = ()
    history: History | None = None
    rerun: str = ""
    folder: str | None = None

    @property
    def asserted(self) -> bool:
        """Whether the scenario failed by an assertion in a step, not by an exception, a hook or clean-up."""
        failure = self.failure
        if self.verdict != "failed" or failure is None or failure.trace:
            return False
        return any(step.verdict == "failed" and failure.where.endswith(step.text) for step in self.steps)


class RunError(Struct, frozen=True):
    """What went wrong outside scenarios."""

    where: str
    message: str


class Results(Struct, frozen=True):
    """A whole run; `counts` agrees with `scenarios`, and a verdict it lacks counts none."""

    project: str
    version: str
    started_at: str
    duration_s: Seconds
    command: str
    selection: Literal["all", "some"]
    settings: dict[str, Any]
    verdict: Literal["passed", "failed", "inconclusive", "untested"]
    exit_code: int
    errors: tuple[RunError, ...]
    counts: dict[VerdictName, int]
    systems: tuple[System, ...]
    requirements: tuple[Requirement, ...]
    scenarios: tuple[Scenario, ...]


def load(path: Path) -> Results:
    """Return the results in `path`; raises ResultsError with one line that names the file and the field."""
    document = clean_all(_parse(path, _read(path)))
    if not isinstance(document, dict) or "schema" not in document:
        raise ResultsError(f"{path}: not a results file: it has no `schema` (see docs/results.md)")
    if document["schema"] != SCHEMA:
        raise ResultsError(f"{path}: schema {document['schema']!r} is not the supported one, {SCHEMA}")
    try:
        results = msgspec.convert(document, Results)
    except msgspec.ValidationError as error:
        raise ResultsError(f"{path}: {error}") from error
    _check_consistency(path, results)
    return results


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > RESULTS_BYTES_MAX:
            raise ResultsError(f"{path}: larger than {RESULTS_BYTES_MAX:,} bytes")
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ResultsError(f"{path}: no such file{_suggestion(path)}") from error
    except IsADirectoryError as error:
        raise ResultsError(f"{path}: a folder; did you mean {path / 'results.json'}?") from error
    except UnicodeDecodeError as error:
        raise ResultsError(f"{path}: not UTF-8 at byte {error.start}") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ResultsError(f"{path}: cannot be read: {reason}") from error


def _suggestion(path: Path) -> str:
    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return "; run behave first, it writes reports/out/results.json"
    close = get_close_matches(path.name, names, n=1)
    return f"; did you mean {path.parent / close[0]}?" if close else ""


def _parse(path: Path, text: str) -> Any:
    try:
        # Not-a-number is no JSON: as a text it may stand in a measured cell, and is refused as a duration.
        return json.loads(text, parse_constant=str)
    except json.JSONDecodeError as error:
        raise ResultsError(f"{path}: not JSON: {error}") from error
    except (ValueError, RecursionError) as error:
        raise ResultsError(f"{path}: not JSON that can be read: {error}") from error


def _check_consistency(path: Path, results: Results) -> None:
    found = Counter(scenario.verdict for scenario in results.scenarios)
    for verdict in VERDICTS:
        stated = results.counts.get(verdict, 0)
        if stated != found[verdict]:
            raise ResultsError(f"{path}: counts.{verdict} is {stated}, but {found[verdict]} scenarios are")
    known = {scenario.id for scenario in results.scenarios}
    for requirement in results.requirements:
        for scenario_id in requirement.scenarios:
            if scenario_id not in known:
                raise ResultsError(f"{path}: {requirement.id} names {scenario_id}, which is not in the file")
