import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reference_app.exit_codes import PRECEDENCE, ExitCode
from reports import merging
from reports.__main__ import main
from reports.loading import load
from reports.results import Results
from reports.views import TELLING

Document = dict[str, Any]
FILE = "features/a/b.feature"
SQLITE = {"target": "inprocess", "database": "sqlite", "workers": 1}
POSTGRES = SQLITE | {"database": "postgres"}


def promise(name: str, verdict: str, scenarios: list[str]) -> Document:
    return {"id": name, "system": "a", "level": "MUST", "status": "agreed", "words": {"en": "It holds."},
            "verdict": verdict, "scenarios": scenarios}  # fmt: skip


@pytest.fixture
def part(tmp_path: Path, make_scenario: Any, make_document: Any) -> Callable[..., Path]:
    """Write a results file with one scenario a line number, all of them of A-1."""

    def part(name: str, verdicts: dict[int, str], axes: Document = SQLITE, **more: Any) -> Path:
        scenarios = [
            make_scenario(FILE, line, f"case {line}", verdict, axes=axes)
            for line, verdict in verdicts.items()
        ]
        standing = next((one for one in TELLING if one in verdicts.values()), "untested")
        requirements = [promise("A-1", standing, [each["id"] for each in scenarios])]
        document = make_document(scenarios, requirements=requirements, settings=axes, selection="some")
        path = tmp_path / name / "results.json"
        path.parent.mkdir()
        path.write_text(json.dumps(document | more), encoding="utf-8")
        return path

    return part


@pytest.fixture
def merged(tmp_path: Path) -> Callable[..., Results]:
    """Merge files by the command, which ends with the merged exit code, and read what came of it."""

    def merged(*paths: Path) -> Results:
        out = tmp_path / "merged" / "results.json"
        code = main(["merge", str(out), *map(str, paths)])
        results = load(out)
        assert code == results.exit_code
        return results

    return merged


def test_shards_make_one_run(part: Callable[..., Path], merged: Callable[..., Results]) -> None:
    """Scenarios, counts, verdicts and times are those of all parts together."""
    results = merged(
        part("a", {1: "passed", 2: "passed"}, duration_s=10.5, command="behave -D shard=1/2"),
        part(
            "b",
            {3: "failed"},
            duration_s=20,
            command="behave -D shard=2/2",
            started_at="2026-10-01T13:00:00Z",
        ),
    )
    assert [f"{FILE}:{line}" for line in (1, 2, 3)] == [scenario.id for scenario in results.scenarios]
    assert {name: count for name, count in results.counts.items() if count} == {"passed": 2, "failed": 1}
    (requirement,) = results.requirements
    assert (requirement.verdict, len(requirement.scenarios)) == ("failed", 3)
    assert (results.verdict, results.exit_code, results.duration_s) == ("failed", 1, 30.5)
    assert results.started_at == "2026-10-01T13:00:00Z"
    assert results.command == "behave -D shard=1/2; behave -D shard=2/2"


def test_a_scenario_on_two_databases_keeps_both_records(
    part: Callable[..., Path], merged: Callable[..., Results]
) -> None:
    """Both stand in the results under one id, and the requirement names it once."""
    results = merged(part("a", {1: "passed"}), part("b", {1: "failed"}, POSTGRES))
    found = [(scenario.axes["database"], scenario.verdict) for scenario in results.scenarios]
    assert found == [("sqlite", "passed"), ("postgres", "failed")]
    assert ("failed", (f"{FILE}:1",)) == (results.requirements[0].verdict, results.requirements[0].scenarios)
    assert results.settings["database"] == "sqlite, postgres"
    assert results.settings["target"] == "inprocess"


@pytest.mark.parametrize("order", [("passed", "failed"), ("failed", "passed")])
def test_of_two_records_on_the_same_the_worse_stays(
    part: Callable[..., Path], merged: Callable[..., Results], order: tuple[str, str]
) -> None:
    """Nothing is run again until it is green, in whatever order the files are named."""
    results = merged(*(part(str(number), {1: verdict}) for number, verdict in enumerate(order)))
    assert [scenario.verdict for scenario in results.scenarios] == ["failed"]
    assert results.verdict == "failed"


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (["untested", "passed"], "passed"),
        (["passed", "inconclusive"], "inconclusive"),
        (["inapplicable", "passed"], "passed"),
        (["inapplicable", "untested"], "inapplicable"),
        (["inconclusive", "failed"], "failed"),
    ],
)
def test_a_requirement_is_judged_anew(
    part: Callable[..., Path], merged: Callable[..., Results], verdicts: list[str], expected: str
) -> None:
    """By the rule that `docs/results.md` states for one run."""
    paths = [part(str(line), {line: verdict}) for line, verdict in enumerate(verdicts)]
    assert expected == merged(*paths).requirements[0].verdict


def test_the_exit_code_is_the_most_telling_one() -> None:
    """The precedence is the harness's own, and a code that nobody knows is no success."""
    assert list(merging.CODES) == [int(code) for code in PRECEDENCE]
    codes = [int(code) for code in (*PRECEDENCE, ExitCode.PROVEN)]
    for place, code in enumerate(codes):
        assert code == merging.most_telling(reversed(codes[place:]))
    assert merging.most_telling([0, 77]) == 77
    assert merging.most_telling([3, 77]) == 3


@pytest.mark.parametrize(
    ("shards", "expected"),
    [
        (["1/2", "2/2"], "all"),
        (["2/2", "1/2", "2/2"], "all"),
        (["1/2"], "some"),
        (["1/3", "2/3"], "some"),
        (["1/2", "2/3"], "some"),
        (["1/2", ""], "some"),
        (["", ""], "some"),
        (["1/x", "2/x"], "some"),
        (["1/0"], "some"),
    ],
)
def test_shards_speak_for_the_whole_only_together(
    part: Callable[..., Path], merged: Callable[..., Results], shards: list[str], expected: str
) -> None:
    """All of the same number must be there."""
    paths = [
        part(
            str(number), {number: "passed"}, SQLITE | {"shard": shard}, selection="shard" if shard else "some"
        )
        for number, shard in enumerate(shards)
    ]
    assert expected == merged(*paths).selection


def test_each_database_needs_its_own_whole(part: Callable[..., Path], merged: Callable[..., Results]) -> None:
    """Half a run on one database and the other half on another are no whole; two whole runs are one."""
    halves = [
        part("a", {1: "passed"}, SQLITE | {"shard": "1/2"}, selection="shard"),
        part("b", {2: "passed"}, POSTGRES | {"shard": "2/2"}, selection="shard"),
    ]
    assert merged(*halves).selection == "some"
    whole = [
        part("c", {1: "passed"}, SQLITE, selection="all"),
        part("d", {1: "passed"}, POSTGRES, selection="all"),
    ]
    assert merged(*whole).selection == "all"


def test_shards_of_a_choice_are_no_whole(part: Callable[..., Path], merged: Callable[..., Results]) -> None:
    """Every shard of what a tag chose, together, is still what the tag chose."""
    paths = [part(str(number), {number: "passed"}, SQLITE | {"shard": f"{number}/2"}) for number in (1, 2)]
    assert merged(*paths).selection == "some"


@pytest.mark.parametrize(
    ("target", "verdicts", "shards", "expected"),
    [
        ("https://a.test", ("inapplicable", "inapplicable"), "1/2 2/2", 3),
        ("https://a.test", ("inapplicable", "untested"), "1/2 2/2", 3),
        ("https://a.test", ("inapplicable", "passed"), "1/2 2/2", 0),
        ("https://a.test", ("inapplicable", "inapplicable"), "1/3 2/3", 0),
        ("inprocess", ("inapplicable", "inapplicable"), "1/2 2/2", 0),
    ],
)
def test_shards_together_tell_that_a_system_is_untested(
    part: Callable[..., Path],
    merged: Callable[..., Results],
    target: str,
    verdicts: tuple[str, str],
    shards: str,
    expected: int,
) -> None:
    """On a foreign target only, when all shards are there, and however well other systems do."""
    paths = []
    for number, (verdict, shard) in enumerate(zip(verdicts, shards.split(), strict=True)):
        settings = SQLITE | {"target": target, "shard": shard}
        path = part(
            str(number), {number: verdict, 10 + number: "passed"}, settings, selection="shard", exit_code=0,
            verdict="passed",
            requirements=[
                promise("A-1", verdict, [f"{FILE}:{number}"]),
                promise("B-1", "passed", [f"{FILE}:{10 + number}"]) | {"system": "b"},
                promise("C-1", verdict, [f"{FILE}:{number}"]) | {"system": "c", "level": "SHOULD"},
                promise("D-1", "untested", []) | {"system": "d"},
            ],
        )  # fmt: skip
        paths.append(path)
    results = merged(*paths)
    found = [(error.where, error.message) for error in results.errors]
    message = f"a: none of its MUST requirements applies here: the system is untested on {target}"
    assert found == ([("untested", message)] if expected else [])
    assert (expected, merging.VERDICT_BY_CODE[expected]) == (results.exit_code, results.verdict)


def test_a_fault_on_purpose_comes_along(part: Callable[..., Path], merged: Callable[..., Results]) -> None:
    """It is told of the whole, and shards with a fault and without one are no whole."""
    results = merged(
        part("a", {1: "passed"}, SQLITE | {"shard": "1/2", "sabotage": ""}, selection="shard"),
        part("b", {2: "passed"}, SQLITE | {"shard": "2/2", "sabotage": "no-lock"}, selection="shard"),
    )
    assert (results.settings["sabotage"], results.selection) == ("no-lock", "some")


def test_what_each_part_found_outside_scenarios_is_kept(
    part: Callable[..., Path], merged: Callable[..., Results], make_scenario: Any
) -> None:
    """Errors, deviations and the latest proof come along, and folders of failures are found from the new place."""
    error = {"where": "after_all", "message": "left running"}
    deviation = {"requirement": "A-1", "reason": "later", "expires": "2027-01-31"}
    proof = {
        "made_at": "2026-11-22T05:00:00Z",
        "duration_s": 1,
        "command": "c",
        "verdict": "passed",
        "faults": [],
    }
    failed = make_scenario(FILE, 2, "case 2", "failed", folder="failures/b-2")
    results = merged(
        part("a", {1: "passed"}, errors=[error], deviations=[deviation], sabotage=proof),
        part("b", {}, errors=[error], deviations=[deviation], sabotage=proof | {"made_at": "2026-11-23T05:00:00Z"},
             scenarios=[failed], counts={"failed": 1}),
    )  # fmt: skip
    assert [each.message for each in results.errors] == ["left running"]
    assert [each.requirement for each in results.deviations] == ["A-1"]
    assert results.sabotage is not None
    assert results.sabotage.made_at == "2026-11-23T05:00:00Z"
    assert results.scenarios[1].folder == "../b/failures/b-2"


def test_merging_one_and_the_same_twice_changes_nothing(
    part: Callable[..., Path], merged: Callable[..., Results]
) -> None:
    """A file that is named twice adds no scenario."""
    path = part("a", {1: "passed", 2: "failed"})
    results = merged(path, path)
    assert load(path).scenarios == results.scenarios
    assert load(path).counts["failed"] == results.counts["failed"]


def test_a_merged_run_can_be_built(
    part: Callable[..., Path], merged: Callable[..., Results], tmp_path: Path
) -> None:
    """The page is made of it like of any other."""
    merged(part("a", {1: "passed"}), part("b", {1: "failed"}, POSTGRES))
    assert main(["build", str(tmp_path / "merged" / "results.json")]) == 0
    assert "sqlite, postgres" in (tmp_path / "merged" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("content", ["{", '{"schema": 2}', "[]", '{"schema": 1}'])
def test_a_part_that_cannot_be_used_is_refused(
    part: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    """One line, 64, and no merged file."""
    bad = tmp_path / "bad.json"
    bad.write_text(content, encoding="utf-8")
    out = tmp_path / "merged.json"
    assert main(["merge", str(out), str(part("a", {1: "passed"})), str(bad)]) == 64
    error = capsys.readouterr().err
    assert (error.count("\n"), "bad.json: " in error, out.exists()) == (1, True, False)


def test_a_part_that_is_not_there_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line and 64."""
    assert main(["merge", str(tmp_path / "m.json"), str(tmp_path / "none.json")]) == 64
    assert "no such file" in capsys.readouterr().err


def test_too_many_parts_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There is a bound, and it is told."""
    paths = [str(tmp_path / "none.json")] * (merging.PARTS_MAX + 1)
    assert main(["merge", str(tmp_path / "m.json"), *paths]) == 64
    assert "101 files; at most 100 can be merged at once" in capsys.readouterr().err
