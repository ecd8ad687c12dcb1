"""Each limit of a load stands in the requirement that it names, and each case and each request has limits."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from starlette.routing import Route

from fixtures.load_runs.plan import PLAN
from fixtures.requirements import load as requirements
from load.engine import thresholds
from reference_app.app import create_app
from reference_app.systems import load_settings
from tests.checkout import ROOT
from tests.features import reading
from tests.offenders import none_may_offend
from tests.sources import tree_of

LIMITS = ROOT / "load" / "thresholds.toml"
GUIDE = "docs/load.md"
TARGET = re.compile(r"at least (\d+) requests a second")
"""In which words the guide gives the rate that no requirement does."""
COUNTS = {"samples": "answers"}
"""What a load calls otherwise than a feature."""
TIME = re.compile(r"less than ([0-9.]+) (ms|seconds)|or in less than ([0-9.]+)")
A_SECOND = re.compile(r"(\d+) (?:times|requests) a second")
NUMBER = re.compile(r"(?<![\d.])\d+(?!\.?\d)")
UNITS = {"ms": 1.0, "seconds": 1_000.0}
NOT_LOADED = {
    "POST /api/auth/register": "hashing a password takes a tenth of a second on purpose",
    "POST /api/auth/password": "so does this, twice",
    "POST /api/auth/login": "the same",
    "DELETE /api/me": "it ends what a load needs; it is how loads clean up",
    "GET /health": "what a server says of itself is for operators, who ask every few seconds",
    "GET /livez": "the same",
    "GET /ready": "the same",
    "GET /metrics": "the same",
    "GET /openapi.json": "the same",
}
"""Operations without a load, and why."""


def _tables() -> Iterator[tuple[str, str, dict[str, str]]]:
    for profile, names in tomllib.loads(LIMITS.read_text(encoding="utf-8")).items():
        for name, table in names.items():
            yield profile, name, table


@cache
def _cases() -> dict[str, str]:
    """Return the cases of all profiles with the file of each, as `profile("name", {"case": Case(…)})` has them."""
    found = {}
    for path in sorted((ROOT / "load").glob("*.py")):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "profile":
                name, cases = node.args
                assert isinstance(name, ast.Constant), path
                assert isinstance(cases, ast.Dict), path
                for key in cases.keys:
                    assert isinstance(key, ast.Constant), path
                    found[f"{name.value!s}-{key.value!s}"] = path.stem
    return found


@cache
def _rows_of(requirement: str) -> frozenset[tuple[str, str]]:
    """Return figure and limit of each row of the features under this requirement."""
    return frozenset(
        (row["figure"], row["limit"])
        for scenario in reading.scenarios()
        if requirement in scenario.effective_tags
        for step in scenario.steps
        if step.table and step.table.headings == ["figure", "limit"]
        for row in step.table.rows
    )


@cache
def _texts_of(requirement: str) -> str:
    """Return what the requirement and its scenarios say, in English."""
    steps = [
        step.name
        for scenario in reading.scenarios()
        if requirement in scenario.effective_tags and "/fr/" not in scenario.filename
        for step in scenario.steps
    ]
    texts = {each.id: each.words["en"] for each in requirements(ROOT / "docs" / "requirements").requirements}
    return "\n".join([texts.get(requirement, ""), *steps])


def _is_said(requirement: str, figure: str, limit: str) -> bool:
    """Whether the requirement says this limit: in a table of its features, or in words."""
    if requirement == GUIDE:
        return limit == f"at least {_target()} /s"
    if (COUNTS.get(figure, figure), limit) in _rows_of(requirement):
        return True
    if (COUNTS.get(figure, figure), limit.replace("at least", "exactly")) in _rows_of(requirement):
        return True  # as many or more, where a feature counts to the end
    words = _texts_of(requirement)
    number, unit = limit.split()[-2:]
    if figure == "rate":
        # Writers among readers have a row of their own.
        return ("writes", limit) in _rows_of(requirement) or number in A_SECOND.findall(words)
    if unit == "ms":
        return float(number) in set(_times_ms(words))
    return figure in {"samples", "failures"} and limit.rsplit(maxsplit=1)[-1] in NUMBER.findall(
        _counted(words)
    )


def _times_ms(words: str) -> Iterator[float]:
    for number, unit, bare in TIME.findall(words):
        yield float(bare or number) * UNITS[unit or "ms"]
    for number in re.findall(r"in less than (\d+) ms|less than (\d+),", words):
        yield from (float(each) for each in number if each)


def _counted(words: str) -> str:
    """Return the words with the numbers of requests in digits, and with none where nothing may fail."""
    return words.replace("a hundred", "100").replace("Ten clients", "10 clients") + " 0"


def _target() -> str:
    found = TARGET.search((ROOT / GUIDE).read_text(encoding="utf-8"))
    assert found, f"{GUIDE} has no rate for the remaining requests"
    return found[1]


def test_each_limit_stands_in_its_requirement() -> None:
    """A load promises what the requirements promise, and neither more nor less."""
    none_may_offend(
        (
            f"{profile} {name}: {figure} {limit} is not in {table['requirement']}"
            for profile, name, table in _tables()
            for figure, limit in table.items()
            if figure != "requirement" and not _is_said(table["requirement"], figure, limit)
        ),
        do="take a limit from the requirement or its feature",
    )


def test_each_case_has_limits_and_each_limit_a_case() -> None:
    """No case goes unjudged, and no limit is left over."""
    profiles = set(tomllib.loads(LIMITS.read_text(encoding="utf-8")))

    assert profiles == set(_cases())
    for each in profiles:
        thresholds.load(LIMITS, each)


def test_make_load_runs_what_there_is() -> None:
    """Each load of the plan is a case, and each requirement that has limits is in the plan."""
    planned = {each.name for each in PLAN}
    judged = {table["requirement"] for profile, _, table in _tables() if profile in planned}

    assert planned <= set(_cases())
    assert judged == {table["requirement"] for _, _, table in _tables()}


def test_each_operation_of_the_server_has_a_limit(tmp_path: Path) -> None:
    """A rate is tried of each operation that is not listed here with its reason."""
    settings = load_settings(
        {
            "SECRET_KEY": "of a test" * 4,
            "DATABASE_URL": f"sqlite:///{tmp_path / 'a.sqlite3'}",
            "DATA_DIR": str(tmp_path),
        }
    )
    offered = {
        f"{method} {route.path.replace('{', ':').replace('}', '')}"
        for route in create_app(settings).routes
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }
    limited = {name for _, name, table in _tables() if "rate" in table}

    assert offered - limited == set(NOT_LOADED)


def test_the_guide_has_each_case() -> None:
    """Its table names every case of every profile, but for the ruler's, and the requirements of its limits."""
    found: dict[str, set[str]] = {}
    file = ""
    for first, case, _, limits in _table_of_cases():
        file = first or file
        found[f"{file.removesuffix('.py')}-{case}"] = set(
            re.findall(r"[A-Z]{2}-\d+|a hundred a second", limits)
        )
    wanted: dict[str, set[str]] = {name: set() for name, profile in _cases().items() if profile != "bare"}
    for profile, _, table in _tables():
        wanted[profile].add("a hundred a second" if table["requirement"] == GUIDE else table["requirement"])

    assert found == wanted


def _table_of_cases() -> Iterator[list[str]]:
    for line in (ROOT / GUIDE).read_text(encoding="utf-8").splitlines():
        cells = [
            each.strip().replace("`", "").removesuffix(" (usual)") for each in line.strip("|").split("|")
        ]
        if len(cells) == 4 and cells[1] not in {"case", "---"}:
            yield cells
