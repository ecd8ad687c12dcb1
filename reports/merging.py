"""Makes one results document of several: the shards of a run, or runs on several databases.

Promises: no scenario is lost, and none speaks better than its worst record; counts and the verdicts of requirements
are reckoned anew by the rules of `docs/results.md`. The exit code is the most telling one of the parts and of what
only the whole can tell: that a system is untested on a foreign target. A file that cannot be used is refused by
`ResultsError`. It runs nothing, and does not look whether the parts ran the same code.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import Any, Final

from reports.loading import SCHEMA, ResultsError, checked, read
from reports.places import Document, kinds_of, merged_account, united_scenarios
from reports.results import TRIED, VERDICTS
from reports.text import moment
from reports.views import verdict_of

PARTS_MAX: Final = 100
CODES: Final = (64, 4, 1, 5, 3)
"""Exit codes, the most telling first; any other that is not 0 comes after them."""
UNTESTED_CODE: Final = 3
VERDICT_BY_CODE: Final = {0: "passed", 3: "untested", 4: "inconclusive", 5: "inconclusive"}
KEPT: Final = ("command", "started_at", "duration_s", "selection", "settings", "verdict", "exit_code")
"""What the merged document keeps of each part, under `parts`."""


def merge(paths: list[Path], out: Path) -> int:
    """Write one document of all `paths` to `out`, in one piece, and return its exit code.

    Raises ResultsError or OSError.
    """
    if len(paths) > PARTS_MAX:
        raise ResultsError(f"{len(paths)} files; at most {PARTS_MAX} can be merged at once")
    parts = [_part(path, out) for path in paths]
    merged = united(parts)
    checked(out, merged)
    out.parent.mkdir(parents=True, exist_ok=True)
    unfinished = out.with_name(f"{out.name}.{os.getpid()}.part")
    # ASCII keeps lone surrogates in bodies from failing the write.
    unfinished.write_text(json.dumps(merged, indent=1) + "\n", encoding="utf-8")
    unfinished.replace(out)
    return int(merged["exit_code"])


def united(parts: list[Document]) -> Document:
    """Return the one document of the parts, at least one, each of the supported schema."""
    scenarios = united_scenarios(parts)
    counts = Counter(scenario["verdict"] for scenario in scenarios)
    untested = _untested(parts)
    code = most_telling([*(part["exit_code"] for part in parts), *([UNTESTED_CODE] if untested else [])])
    first = parts[0]
    return {
        "schema": SCHEMA,
        "project": first["project"],
        "version": first["version"],
        "started_at": min((part["started_at"] for part in parts), key=_instant),
        "duration_s": round(sum(part["duration_s"] for part in parts), 3),
        "command": "; ".join(dict.fromkeys(part["command"] for part in parts)),
        "selection": "all" if _is_whole(parts) else "some",
        "left_behind": _left_behind(parts),
        "settings": _settings(parts),
        "verdict": VERDICT_BY_CODE.get(code, "failed"),
        "exit_code": code,
        "errors": [
            *_distinct(parts, "errors", lambda each: (each["where"], each["message"])),
            *({"where": "untested", "message": message} for message in untested),
        ],
        "counts": {verdict: counts[verdict] for verdict in VERDICTS},
        "systems": _distinct(parts, "systems", lambda each: each["system"]),
        "requirements": _requirements(parts, scenarios),
        "scenarios": scenarios,
        "parts": [{name: part[name] for name in KEPT} for part in parts],
        **_proof(parts),
        **_deviations(parts),
    }


def most_telling(codes: Iterable[int]) -> int:
    """Return the exit code that tells most, 0 only when all are 0."""
    found = set(codes) - {0}
    return next((code for code in CODES if code in found), max(found, default=0))


def _part(path: Path, out: Path) -> Document:
    document = read(path)
    checked(path, document)
    for scenario in document["scenarios"]:
        folder = scenario.get("folder")
        # The folder of a failure stays where it is; seen from the merged file it has another path.
        if folder and not PurePosixPath(folder).is_absolute():
            scenario["folder"] = Path(os.path.relpath(path.parent / folder, out.parent)).as_posix()
    return document


def _requirements(parts: list[Document], scenarios: list[Document]) -> list[Document]:
    verdicts: dict[str, list[Any]] = {}
    for scenario in scenarios:
        verdicts.setdefault(scenario["id"], []).append(scenario["verdict"])
    named: dict[str, list[str]] = {}
    for part in parts:
        for requirement in part["requirements"]:
            named.setdefault(requirement["id"], []).extend(requirement.get("scenarios", []))
    kinds = [(group, united_scenarios(group)) for group in kinds_of(parts)]
    found = []
    for requirement in _distinct(parts, "requirements", lambda each: each["id"]):
        names = list(dict.fromkeys(named[requirement["id"]]))
        verdict = verdict_of(verdict for name in names for verdict in verdicts[name])
        account = merged_account({**requirement, "verdict": verdict}, kinds)
        found.append({**requirement, "scenarios": names, "verdict": verdict, **account})
    return found


def _untested(parts: list[Document]) -> list[str]:
    """Return a line for each system of which all shards together tried no MUST on a foreign target.

    A whole run has looked itself: what it found is among its errors.
    """
    found = []
    for group in kinds_of(parts):
        target = str(group[0]["settings"].get("target", ""))
        is_shards = _covers_all(group) and all(part["selection"] != "all" for part in group)
        if "://" not in target or not is_shards:
            continue
        systems: dict[str, set[str]] = {}
        for requirement in _requirements(group, united_scenarios(group)):
            if requirement["level"] == "MUST" and requirement["scenarios"]:
                systems.setdefault(requirement["system"], set()).add(requirement["verdict"])
        found += [
            f"{system}: none of its MUST requirements applies here: the system is untested on {target}"
            for system, verdicts in systems.items()
            if verdicts.isdisjoint(TRIED)
        ]
    return list(dict.fromkeys(found))


def _is_whole(parts: list[Document]) -> bool:
    """Whether the parts leave nothing out: on each target and database a whole run, or all shards of one."""
    return all(_covers_all(group) for group in kinds_of(parts))


def _covers_all(group: list[Document]) -> bool:
    if any(part["selection"] == "all" for part in group):
        return True
    # A shard of chosen scenarios is `some`: all of them together are still a choice.
    shards = {str(part["settings"].get("shard", "")) for part in group if part["selection"] == "shard"}
    if not shards:
        return False
    count = next(iter(shards)).rpartition("/")[2]
    if not count.isdecimal() or int(count) > PARTS_MAX:
        return False
    return shards == {f"{number}/{count}" for number in range(1, int(count) + 1)}


def _settings(parts: list[Document]) -> Document:
    """Return every setting; where the parts differ, all its values in one text, without the empty ones."""
    names = dict.fromkeys(name for part in parts for name in part["settings"])
    found: Document = {}
    for name in names:
        values = [part["settings"][name] for part in parts if name in part["settings"]]
        same = all(value == values[0] for value in values)
        texts = [str(value) for value in values if value != ""]
        found[name] = values[0] if same else ", ".join(dict.fromkeys(texts))
    return found


def _proof(parts: list[Document]) -> Document:
    proofs = [part["sabotage"] for part in parts if part.get("sabotage")]
    surveys = [part["mutants"] for part in parts if part.get("mutants")]
    latest = {"sabotage": proofs, "mutants": surveys}
    return {
        name: max(found, key=lambda one: _instant(one["made_at"])) for name, found in latest.items() if found
    }


def _left_behind(parts: list[Document]) -> Document:
    left = [part["left_behind"] for part in parts if part.get("left_behind")]
    if not left:
        return {}
    counts: Counter[str] = Counter()
    for each in left:
        counts.update(each["counts"])
    return {
        "counts": dict(counts),
        **{name: [one for each in left for one in each[name]] for name in ("named", "prefixes")},
    }


def _deviations(parts: list[Document]) -> Document:
    known = [part for part in parts if part.get("deviations")]
    return {"deviations": _distinct(known, "deviations", lambda each: each["requirement"])} if known else {}


def _distinct(parts: list[Document], name: str, key: Callable[[Document], object]) -> list[Document]:
    found: dict[object, Document] = {}
    for part in parts:
        for each in part[name]:
            found.setdefault(key(each), each)
    return list(found.values())


def _instant(timestamp: str) -> float:
    parsed = moment(timestamp)
    return parsed.timestamp() if parsed else 0.0
