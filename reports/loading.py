"""Reads `results.json` into typed values, or says in one line why it cannot.

Unknown fields are ignored, for fields may be added within one schema number. Every text is made plain (see
`fixtures.plain_text.plain`). Evidence that cannot be read is left out, and said. A file that contradicts itself is
refused: a report must not show less, or other, than what the run found. It judges no verdict anew.
"""

import json
from collections import Counter
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import msgspec
import msgspec.structs

from fixtures import standings
from reports.results import VERDICTS, Results, Scenario
from reports.text import clean_all

SCHEMA = 1
EVIDENCE: dict[str, Any] = {
    field.name: field.type
    for field in msgspec.structs.fields(Scenario)
    if field.name in ("evidence", "exchanges", "server_log", "history")
}
RESULTS_BYTES_MAX = 256 * 1024 * 1024


class ResultsError(Exception):
    """The results file cannot be used; the message is one clear line."""


def load(path: Path) -> Results:
    """Return the results in `path`; raises ResultsError with one line that names the file and the field."""
    return checked(path, read(path))


def read(path: Path) -> dict[str, Any]:
    """Return the document in `path` as it stands there, of the supported schema; raises ResultsError."""
    document = _parse(path, _text(path))
    if not isinstance(document, dict) or "schema" not in document:
        raise ResultsError(f"{path}: not a results file: it has no `schema` (see docs/results.md)")
    if document["schema"] != SCHEMA:
        raise ResultsError(f"{path}: schema {document['schema']!r} is not the supported one, {SCHEMA}")
    return document


def checked(path: Path, document: dict[str, Any]) -> Results:
    """Return the document as cleaned, typed values; raises ResultsError that names `path`.

    A document from before requirements had a standing is given them, in place.
    """
    results = _converted(path, document)
    if any(requirement.standing is None for requirement in results.requirements):
        _add_standings(document)
        results = _converted(path, document)
    _check_consistency(path, results)
    _check_standings(path, results)
    return results


def _converted(path: Path, document: dict[str, Any]) -> Results:
    cleaned = clean_all(document)
    _leave_out_odd_evidence(cleaned)
    try:
        return msgspec.convert(cleaned, Results)
    except msgspec.ValidationError as error:
        raise ResultsError(f"{path}: {error}") from error


def _add_standings(document: dict[str, Any]) -> None:
    """Give each requirement of an older document its standing; of what was left out such a one says nothing."""
    passed_over = document["settings"].get("inconclusive") == "allow"
    for requirement in document["requirements"]:
        if requirement.get("standing") is None:
            names = set(requirement.get("scenarios", ()))
            account = standings.account(
                status=requirement["status"],
                verdict=requirement["verdict"],
                records=[each for each in document["scenarios"] if each["id"] in names],
                absent=(),
                passed_over=passed_over,
            )
            requirement.update(account)


def _leave_out_odd_evidence(document: dict[str, Any]) -> None:
    """Take out what scenarios kept that cannot be read, and add an error that says so."""
    scenarios, errors = document.get("scenarios"), document.get("errors")
    if not isinstance(scenarios, list) or not isinstance(errors, list):
        return
    for scenario in (each for each in scenarios if isinstance(each, dict)):
        for name in (each for each in EVIDENCE if each in scenario):
            try:
                msgspec.convert(scenario[name], EVIDENCE[name])
            except msgspec.ValidationError as error:
                del scenario[name]
                message = f"{name} of {scenario.get('id')} is left out, for it cannot be read: {error}"
                errors.append({"where": "report", "message": message})


def _text(path: Path) -> str:
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


def _check_standings(path: Path, results: Results) -> None:
    for requirement in results.requirements:
        follows = standings.standing_of(
            status=requirement.status,
            verdict=requirement.verdict,
            passed=requirement.passed,
            total=requirement.total,
            whys=[each.why for each in requirement.left_out],
        )
        if requirement.standing != follows:
            raise ResultsError(
                f"{path}: {requirement.id} is {requirement.standing}, and by its counts it is {follows}"
            )
