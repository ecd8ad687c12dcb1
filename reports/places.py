"""What several results say together of one scenario and of one requirement, by what they ran on.

Promises: a requirement is proven only when on every target and database that was tried all its scenarios
passed, in whichever of the results; shards that together are whole prove what one run would. It reads no file
and judges no run.
"""

import json
from typing import Any

from fixtures import standings
from reports.views import TELLING

Document = dict[str, Any]


def kinds_of(parts: list[Document]) -> list[list[Document]]:
    """Return the parts in groups that ran on the same, with the same fault if any."""
    kinds: dict[str, list[Document]] = {}
    for part in parts:
        tried = [part["settings"].get(name) for name in ("target", "database", "workers")]
        kinds.setdefault(json.dumps([*tried, part["settings"].get("sabotage", "")]), []).append(part)
    return list(kinds.values())


def united_scenarios(parts: list[Document]) -> list[Document]:
    """Return every scenario once for all that it ran on; of two records on the same, the worse."""
    found: dict[tuple[str, str], Document] = {}
    for part in parts:
        for scenario in part["scenarios"]:
            key = scenario["id"], json.dumps(scenario.get("axes", {}), sort_keys=True)
            known = found.get(key)
            if known is None or _rank(scenario) < _rank(known):
                found[key] = scenario
    return list(found.values())


def merged_account(requirement: Document, kinds: list[tuple[list[Document], list[Document]]]) -> Document:
    """Return `standing`, `total`, `passed` and `left_out` of a requirement that has its verdict already.

    `kinds` are the groups of `kinds_of`, each with its `united_scenarios`.
    """
    accounts = [_account(requirement["id"], group, scenarios) for group, scenarios in kinds]
    left_out = [each for account in accounts for each in account["left_out"]]
    passed, total = (sum(account[name] for account in accounts) for name in ("passed", "total"))
    standing = standings.standing_of(
        status=requirement["status"],
        verdict=requirement["verdict"],
        passed=passed,
        total=total,
        whys=[each["why"] for each in left_out],
    )
    return {"standing": standing, "total": total, "passed": passed, "left_out": left_out}


def _account(name: str, group: list[Document], scenarios: list[Document]) -> Document:
    """Return what the results of one kind say of a requirement together: what one of them ran is not left out."""
    found = [each for part in group for each in part["requirements"] if each["id"] == name]
    own = {scenario for each in found for scenario in each.get("scenarios", ())}
    records: dict[str, Document] = {}
    for scenario in scenarios:
        if scenario["id"] in own:
            known = records.get(scenario["id"])
            records[scenario["id"]] = scenario if known is None or _rank(scenario) < _rank(known) else known
    left_out = [each for requirement in found for each in requirement.get("left_out", ())]
    absent = {each["id"]: each for each in left_out if each["id"] not in own}
    account = standings.account(
        status="agreed",
        verdict="passed",
        records=records.values(),
        absent=absent.values(),
        passed_over=all(part["settings"].get("inconclusive") == "allow" for part in group),
    )
    place = _place(group[0])
    return {**account, "left_out": [{**each, "place": place} for each in account["left_out"]]}


def _place(part: Document) -> str:
    named = (part["settings"].get(name) for name in ("target", "database"))
    return " · ".join(str(each) for each in named if each not in (None, ""))


def _rank(scenario: Document) -> int:
    return TELLING.index(scenario["verdict"])
