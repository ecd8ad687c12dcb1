"""What does not apply: the list of our own servers, systems of a foreign one, and people left behind."""

from pathlib import Path
from typing import Any

import pytest

from fixtures.clients.api import Exchanges
from fixtures.requirements import Catalogue, Requirement, System
from fixtures.run_settings import parse
from fixtures.runner.choosing.applicability import check_applicability
from fixtures.runner.choosing.options import Options
from fixtures.runner.run_state import RunState
from fixtures.scenario.people import Person
from fixtures.systems.lunar_returns.stub_server import NobodysServer
from fixtures.targets.foreign import remove
from reference_app.exit_codes import ExitCode

CATALOGUE = Catalogue(
    (System("shop", {"en": "Shop", "fr": "Boutique"}),),
    (
        Requirement("SH-1", "shop", "MUST", "agreed", "", {}),
        Requirement("SH-2", "shop", "SHOULD", "agreed", "", {}),
    ),
    frozenset({"SH-1", "SH-2"}),
)


def ended(
    *records: dict[str, Any],
    target: str = "inprocess",
    listed: str = "",
    selected: bool = False,
    shard: str = "",
) -> RunState:
    """A run that has ended with these records."""
    return RunState(
        settings=parse({"target": target, "shard": shard}),
        options=Options(inapplicable=listed),
        catalogue=CATALOGUE,
        command="behave",
        rerun_options=(),
        selected=selected,
        records=list(records),
    )


def record(name: str, verdict: str, requirement: str = "SH-1") -> dict[str, Any]:
    """A scenario's record, as far as it matters here."""
    return {
        "file": "a.feature",
        "name": name,
        "verdict": verdict,
        "reason": "why",
        "requirements": [requirement],
    }


@pytest.fixture
def listing(tmp_path: Path) -> str:
    """A list with one scenario."""
    path = tmp_path / "inapplicable.toml"
    path.write_text('[[scenario]]\nfile = "a.feature"\nname = "one"\nreason = "why"\n', encoding="utf-8")
    return str(path)


def test_a_run_that_agrees_with_the_list_has_no_error(listing: str) -> None:
    """What is listed was inapplicable, and nothing else was."""
    state = ended(record("one", "inapplicable"), record("two", "passed"), listed=listing)
    check_applicability(state)
    assert state.errors == []


def test_a_run_that_differs_from_the_list_fails(listing: str) -> None:
    """One line for each scenario, whichever way it differs."""
    state = ended(record("one", "passed"), record("two", "inapplicable"), listed=listing)
    check_applicability(state)
    assert [error.code for error in state.errors] == [ExitCode.NEGATIVE] * 2
    assert [error.message for error in state.errors] == [
        f"a.feature: two: inapplicable (why), and {listing} does not list it",
        f"a.feature: one: {listing} lists it, and it was not inapplicable",
    ]


def test_a_selection_is_not_compared_with_the_list(listing: str) -> None:
    """Part of the scenarios cannot agree with the whole list."""
    state = ended(record("two", "passed"), listed=listing, selected=True)
    check_applicability(state)
    assert state.errors == []


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([record("one", "inapplicable"), record("two", "passed")], []),
        ([record("two", "passed")], []),
        ([record("one", "passed")], ["a.feature: one: {} lists it, and it was not inapplicable"]),
        ([record("two", "inapplicable")], ["a.feature: two: inapplicable (why), and {} does not list it"]),
    ],
)
def test_a_shard_is_compared_with_its_part_of_the_list(
    records: list[dict[str, Any]], expected: list[str], listing: str
) -> None:
    """What fell to another shard is the other's; what fell to this one is held to the list."""
    state = ended(*records, listed=listing, shard="1/2")
    check_applicability(state)
    assert [each.format(listing) for each in expected] == [error.message for error in state.errors]


def test_a_shard_says_nothing_of_systems() -> None:
    """Another shard may have tried a MUST."""
    state = ended(record("one", "inapplicable"), target="http://127.0.0.1:1", shard="1/2")
    check_applicability(state)
    assert state.errors == []


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([record("one", "inapplicable")], [ExitCode.NOTHING_RAN]),
        ([record("one", "inapplicable"), record("two", "passed", "SH-2")], [ExitCode.NOTHING_RAN]),
        ([record("one", "inapplicable"), record("two", "passed")], []),
        ([record("one", "failed")], []),
        ([], []),
    ],
)
def test_a_system_without_an_applicable_must_is_untested(
    records: list[dict[str, Any]], expected: list[ExitCode]
) -> None:
    """A SHOULD alone makes no system green on a foreign server."""
    state = ended(*records, target="http://127.0.0.1:1", selected=True)
    check_applicability(state)
    assert expected == [error.code for error in state.errors]


def test_people_who_cannot_be_removed_are_named() -> None:
    """A server that is gone by then does not hide whom it keeps."""
    nobodys = NobodysServer()
    left = remove([Person("Ada", "ada-ts-0-x@people.example")], nobodys.base_url, Exchanges("x"))
    nobodys.end()
    assert left == ["ada-ts-0-x@people.example"]
