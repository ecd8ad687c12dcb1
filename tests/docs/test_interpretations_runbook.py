"""The runbook of interpretations: its commands and queries are run, and its problems brought about.

What the page runs inside a container runs here, on a Postgres with a text that Claude wrote. No container is
started: of `docker compose` itself the service and the verb are looked at.
"""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest

from fixtures.scenario.eventually import eventually
from fixtures.upstreams.behaviours import Behaviour
from fixtures.upstreams.running import Upstream
from reference_app.interpretations.errors import ClaudeOff, StillWriting
from reference_app.interpretations.reply import BadReply
from reference_app.interpretations.settings import InterpretationsSettings
from reference_app.upstream.errors import FAILURES, UpstreamNotConfigured
from tests.checkout import ROOT
from tests.deploy.composed import COMPOSE, services
from tests.docs.containers import COMMAND_S_MAX, blocks, commands, inside, run_inside
from tests.docs.interpreting import KEY, claude, interpreting
from tests.offenders import none_may_offend
from tests.reference_app.stage import Server, as_dev

PAGE: Final = ROOT / "docs" / "runbooks" / "interpretations.md"
TEXT: Final = PAGE.read_text(encoding="utf-8")
BLOCKS: Final = blocks(PAGE)
COMMANDS: Final = commands(BLOCKS)
REPORT: Final = "/api/lunar-returns/current/report"
LOGGED: Final = re.compile(r"""(?:info|warning|error)\(\s*"((?:lunar_|claude\.|upstream\.)[\w.]+)""")


def test_the_page_shows_commands_and_queries() -> None:
    """A test over nothing would hold; services and verbs are there, and what they are given reaches the server."""
    assert {block.language for block in BLOCKS} == {"sh", "sql"}
    assert {tuple(shlex.split(line)[2:4]) for line in COMMANDS} == {
        ("exec", "postgres"),
        ("exec", "server"),
        ("up", "--detach"),
        ("logs", "--tail"),
    }
    assert {"postgres", "server"} <= services(COMPOSE).keys()
    reached = services(COMPOSE)["server"]["environment"].keys()
    named = set(re.findall(r"`((?:LUNAR|ANTHROPIC)_\w+?)(?:=\w+)?`", TEXT))
    bounds = {name for name in named if re.search(r"_(?:S|MAX)$", name)}
    assert named - bounds <= reached


@pytest.mark.slow
def test_the_page_can_be_followed_from_its_first_line_to_its_last(
    postgres_url: str, tmp_path: Path, stub: Upstream
) -> None:
    """Each command ends with 0, and each query finds what it looks for."""
    with interpreting(postgres_url, tmp_path, stub) as server:
        for _ in range(3):
            _report(server)
    found: list[list[tuple[Any, ...]]] = []
    printed: list[str] = []
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("DELETE FROM lunar_interpretation_templates WHERE moon_sign = 'Leo'")
        for block in BLOCKS:
            if block.language == "sql":
                found.append(connection.execute(block.text).fetchall())
            for line in block.text.splitlines() if block.language == "sh" else ():
                printed += [run_inside(inside(line), postgres_url)] if inside(line) else []

    texts, slowest, leases, templates, deleted, sent = found
    assert [(*row[1:6], float(row[6])) for row in texts] == [(2, "fr", 1, 1, 2, 0.667)]
    assert [row[1:4] for row in slowest] == [("full", "fr", 2)]
    assert (leases, [row[3] for row in templates], len(deleted), sent) == ([], [1728 - 144], 1, [])
    seeded, current = printed
    assert "144" in seeded
    assert "expand" in current


@pytest.mark.slow
def test_what_was_sent_is_found(postgres_url: str, tmp_path: Path, stub: Upstream) -> None:
    """The query shows the model and the facts; while a text is written, another one shows its lease."""
    [leases, sent] = [each.text for each in BLOCKS if "work_leases" in each.text or "input_json" in each.text]
    stub.behave(Behaviour(how="hold"))
    with interpreting(postgres_url, tmp_path, stub, LUNAR_READER_WAIT_S="0.1") as server:
        assert _report(server)["metadata"]["source"] == "db_template"
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            held = eventually(
                lambda: connection.execute(leases).fetchall(), within_s=COMMAND_S_MAX, what="the lease"
            )
            assert [row[0] for row in held] == ["interpretations:1:full:fr:2"]
            stub.release()
            rows = eventually(
                lambda: connection.execute(sent).fetchall(),
                within_s=COMMAND_S_MAX,
                what="the text to be stored",
            )
    [(model, asked)] = rows
    assert model.startswith("claude-")
    assert json.loads(asked).keys() == {"lang", "subject", "lunar_return"}


@pytest.fixture(scope="module")
def stub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Upstream]:
    with claude(tmp_path_factory.mktemp("claude")) as upstream:
        yield upstream


PROBLEMS: Final[dict[str, tuple[Behaviour, dict[str, str]]]] = {
    "off": (Behaviour(), {"LUNAR_LLM_MODE": "off"}),
    "slow": (Behaviour(how="slow", seconds=3.0), {"LUNAR_READER_WAIT_S": "0.2"}),
    "timeout": (Behaviour(how="hang"), {"LUNAR_CLAUDE_DEADLINE_S": "0.4"}),
    "unavailable": (Behaviour(how="refuse", status=529), {"LUNAR_CLAUDE_TRIES": "1"}),
    "busy": (Behaviour(how="refuse", status=429, seconds=60.0), {}),
    "rejected": (Behaviour(how="refuse", status=401), {}),
    "malformed": (Behaviour(how="html"), {}),
    "bad-reply": (Behaviour(how="misshape", shape="max tokens"), {}),
    "resting": (Behaviour(how="refuse", status=500), {"LUNAR_CLAUDE_FAILURES_MAX": "1"}),
}
"""By the kind that the log has of it: what Claude does, and what else brings it about."""


@pytest.mark.parametrize("kind", PROBLEMS)
def test_the_log_names_what_was_in_the_way(
    kind: str, database_url: str, tmp_path: Path, stub: Upstream
) -> None:
    """A reader gets a template meanwhile, and neither key nor text is logged."""
    behaviour, environment = PROBLEMS[kind]
    stub.behave(Behaviour())
    stub.behave(behaviour)
    with interpreting(database_url, tmp_path, stub, **environment) as server:
        answers = [_report(server) for _ in range(2 if kind == "resting" else 1)]
        said = [record for record in server.log() if record["event"] == "lunar_interpretation_fallback"]
        page = server.ask("GET", "/metrics").text
        logged = server.log_path.read_text(encoding="utf-8")
        stub.release()

    assert {answer["metadata"]["source"] for answer in answers} == {"db_template"}
    assert said[-1]["kind"] == kind
    assert not {
        word
        for word in (KEY, answers[0]["report"]["lunar_interpretation"]["full"][:40])
        if word in logged + page
    }


def test_kinds_are_those_of_the_server() -> None:
    """The page explains each, and no other; all but a crowd are brought about above."""
    explained = [
        word
        for row in re.findall(r"^\| ((?:`[a-z-]+`(?:, )?)+) \|", _table("| kind |"), re.MULTILINE)
        for word in re.findall(r"`([a-z-]+)`", row)
    ]
    known = {each.kind for each in FAILURES if each is not UpstreamNotConfigured}

    assert set(explained) == known | {ClaudeOff.kind, StillWriting.kind, BadReply.kind}
    assert set(explained) - set(PROBLEMS) == {"full"}


def test_events_are_those_of_the_server() -> None:
    """The page explains each that interpretations and upstreams log."""
    explained = re.findall(r"^\| `([\w.]+)` \|", _table("| event |"), re.MULTILINE)
    logged = {
        event
        for folder in ("interpretations", "upstream")
        for path in (ROOT / "reference_app" / folder).glob("*.py")
        for event in LOGGED.findall(path.read_text(encoding="utf-8"))
    }

    assert set(explained) == logged


def test_settings_that_the_page_names_are_there() -> None:
    """By the names under which the server reads them."""
    listed = {name.upper() for name in InterpretationsSettings.model_fields}

    none_may_offend(
        (
            f"{PAGE.name} {name}"
            for name in re.findall(r"`((?:LUNAR|ANTHROPIC)_\w+?)(?:=\w+)?`", TEXT)
            if name not in listed
        ),
        do="name a setting of the server",
    )


def _table(heading: str) -> str:
    """Return the rows of the table that begins so."""
    start = TEXT.index(heading)
    return TEXT[start : TEXT.index("\n\n", start)]


def _report(server: Server) -> dict[str, Any]:
    answer = server.ask("POST", REPORT, json={}, headers=as_dev("ada"))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found
