"""The guide to the API of interpretations is followed, on a server whose Claude is a stub."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, get_args

import pytest

from fixtures.upstreams.behaviours import Behaviour
from fixtures.upstreams.running import Upstream
from reference_app.interpretations import schemas
from tests.checkout import ROOT
from tests.docs.containers import blocks, commands
from tests.docs.interpreting import claude, interpreting
from tests.docs.test_docs_commands import ask_as
from tests.reference_app.stage import Server, as_dev, problem

PAGE: Final = ROOT / "docs" / "interpretations-api.md"
BLOCKS: Final = blocks(PAGE)
COMMANDS: Final = commands(BLOCKS)
SHOWN: Final[list[dict[str, Any]]] = [json.loads(each.text) for each in BLOCKS if each.language == "json"]
REPORT: Final = "/api/lunar-returns/current/report"
REGENERATE: Final = "/api/lunar/interpretation/regenerate"


@pytest.fixture(scope="module")
def stub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Upstream]:
    with claude(tmp_path_factory.mktemp("claude")) as upstream:
        yield upstream


@pytest.fixture
def server(database_url: str, tmp_path: Path, stub: Upstream) -> Iterator[Server]:
    """A server whose Claude is well."""
    stub.behave(Behaviour())
    with interpreting(database_url, tmp_path, stub, LUNAR_CLAUDE_TRIES="1") as server:
        yield server


def test_the_page_can_be_followed_from_its_first_line_to_its_last(server: Server) -> None:
    """Each command is answered with the shape that the page shows below it."""
    answers = [ask_as(command, server.base_url) for command in COMMANDS]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 201, 200]
    report, climate, current, regenerated, metadata = (answer.json() for answer in answers)
    assert [_shape(each) for each in (report, regenerated, metadata)] == [_shape(each) for each in SHOWN]
    assert report["metadata"] == report["report"]["metadata"] == {**report["metadata"], "source": "claude"}
    assert list(climate["report"]["lunar_interpretation"]) == ["climate"]
    assert climate["report"]["weekly_advice"] == {}
    assert current["id"] == 1
    assert regenerated["interpretation"] != report["report"]["lunar_interpretation"]["full"]
    assert (metadata["total_interpretations"], metadata["sources"]) == (2, {"claude": 2})


def test_sources_are_those_of_the_server(server: Server, stub: Upstream) -> None:
    """The page lists each, and each can be had."""
    shown = re.findall(r"^\| `(\w+)` \| (?:one|a)\b", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    sources = [_report(server, "ada")["metadata"]["source"] for _ in range(2)]
    stub.behave(Behaviour(how="refuse", status=400))
    sources += [_report(server, "eva", lang=lang)["metadata"]["source"] for lang in ("fr", "en")]

    assert set(shown) == set(get_args(schemas.Source))
    assert sources == ["claude", "db_temporal", "db_template", "hardcoded"]


def test_fields_are_those_of_the_schemas() -> None:
    """With their values and what holds without them."""
    rows = dict(
        re.findall(r"^\| `(month|subject|lang)` \| (.+?) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    )

    assert set(rows) == set(schemas.AskedReport.__struct_fields__)
    assert re.findall(r"`(\w+)`", rows["subject"]) == list(get_args(schemas.Subject))
    assert re.findall(r"`(\w+)`", rows["lang"]) == list(get_args(schemas.Lang))


def test_refusals_are_as_the_page_has_them(server: Server, stub: Upstream) -> None:
    """404 alike for what is another's and what is not there; 503 with the old text kept."""
    old = _report(server, "ada")["report"]["lunar_interpretation"]
    refused = [_again(server, "eva", return_id) for return_id in (1, 999_999)]
    stub.behave(Behaviour(how="refuse", status=400))
    refused.append(_again(server, "ada", 1))

    assert [(each.status_code, problem(each)["type"]) for each in refused] == [
        (404, "/problems/no-lunar-return"),
        (404, "/problems/no-lunar-return"),
        (503, "/problems/claude-failed"),
    ]
    assert _report(server, "ada")["report"]["lunar_interpretation"] == old
    unknown = server.ask("POST", REPORT, json={"month": "1999-01"}, headers=as_dev("ada"))
    assert problem(unknown)["type"] == "/problems/no-lunar-return"


def test_without_claude_nothing_is_written_anew(database_url: str, tmp_path: Path, stub: Upstream) -> None:
    """It says so at once, and gives no hope."""
    with interpreting(database_url, tmp_path, stub, LUNAR_LLM_MODE="off") as server:
        _report(server, "ada")
        refused = _again(server, "ada", 1)
        assert (problem(refused)["type"], refused.headers.get("Retry-After")) == (
            "/problems/claude-off",
            None,
        )


def _report(server: Server, name: str, **body: str) -> dict[str, Any]:
    answer = server.ask("POST", REPORT, json=body, headers=as_dev(name))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _again(server: Server, name: str, return_id: int) -> Any:
    return server.ask("POST", REGENERATE, json={"lunar_return_id": return_id}, headers=as_dev(name))


def _shape(value: Any) -> Any:
    """Return the names and the types of an answer; of a list, of what is in it."""
    if isinstance(value, dict):
        return {name: _shape(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_shape(value[0])]
    return type(value).__name__
