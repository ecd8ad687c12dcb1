"""The runbook of the second version's texts: its commands and queries are run, in the page's order, on a Postgres.

What the page runs inside a container runs here, on a database that was migrated. No container is started: of
`docker compose` itself the service and the verb are looked at.
"""

import re
import shlex
from typing import Any, Final

import psycopg

from fixtures.systems.interpretations import drills, first_version
from reference_app.database import migrate
from reference_app.interpretations.settings import InterpretationsSettings
from tests.checkout import ROOT
from tests.deploy.composed import COMPOSE, services
from tests.docs.containers import blocks, commands, inside, run_inside

PAGE: Final = ROOT / "docs" / "runbooks" / "lunar-rollback.md"
TEXT: Final = PAGE.read_text(encoding="utf-8")
BLOCKS: Final = blocks(PAGE)
COMMANDS: Final = commands(BLOCKS)
TEXTS: Final = 1_728


def test_the_page_shows_commands_and_queries() -> None:
    """A test over nothing would hold; services, verbs and switches are there, and the switches reach the server."""
    assert {block.language for block in BLOCKS} == {"sh", "sql", "text"}
    assert {tuple(shlex.split(line)[2:4]) for line in COMMANDS} == {("exec", "server"), ("up", "--detach")}
    assert {"postgres", "server"} <= services(COMPOSE).keys()
    named = set(re.findall(r"`(LUNAR_\w+)=\w+`", TEXT))
    assert named == {"LUNAR_LLM_MODE", "LUNAR_INTERPRETATION_VERSION"}
    assert named <= services(COMPOSE)["server"]["environment"].keys()
    assert named <= {name.upper() for name in InterpretationsSettings.model_fields}


def test_the_page_can_be_followed_from_its_first_line_to_its_last(postgres_url: str) -> None:
    """Each command ends with 0, each query finds what it looks for; the way down comes last, as its texts stay."""
    migrate.downgrade(postgres_url, first_version.REVISION)
    first_version.put(postgres_url)
    migrate.upgrade(postgres_url)
    before = first_version.read(postgres_url)
    found: list[list[tuple[Any, ...]]] = []
    printed: list[str] = []
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        for block in BLOCKS:
            if block.language == "sql":
                ran = connection.execute(block.text.encode())
                found.append(ran.fetchall() if ran.description else [])
            for line in block.text.splitlines() if block.language == "sh" else ():
                printed += [run_inside(inside(line), postgres_url)] if inside(line) else []

    backup, _, restored, rate, busy, scans, indexes, _ = found
    assert (backup, restored, busy) == ([(TEXTS,)], [(TEXTS,)], [])
    assert rate == [(0, None, None, None)]
    assert "lunar_interpretation_templates" in {row[0] for row in scans}
    assert {"uq_lunar_interpretations_key", "ix_lunar_interpretation_templates_lookup"} <= {
        row[0] for row in indexes
    }
    started, damaged, whole, current, completed = printed
    assert started.startswith("lunar-rollback is held by operator until ")
    assert "verdict: passed" in damaged
    assert "verdict: passed" in whole
    assert "expand: " in current
    assert completed == "lunar-rollback was completed by operator\n"

    [down] = [block.text for block in BLOCKS if block.language == "text"]
    run_inside(shlex.split(down), postgres_url)
    assert first_version.read(postgres_url) == before


def test_the_restore_is_the_source_s() -> None:
    """The statements of its situation 4 stand there word for word, between BEGIN and COMMIT."""
    [restore] = [block.text for block in BLOCKS if "TRUNCATE" in block.text]
    words = " ".join(restore.split())
    assert words.startswith(
        "BEGIN; TRUNCATE lunar_interpretation_templates; INSERT INTO lunar_interpretation_templates"
    )
    assert words.endswith("FROM pregenerated_lunar_interpretations_backup; COMMIT;")
    assert "interpretation_full as template_text, weekly_advice as weekly_advice_template," in words


def test_each_drill_is_followed_by_a_scenario_or_is_a_restart() -> None:
    """A drill that shows commands is named in the feature; one that only starts the server anew needs none."""
    feature = (ROOT / "features" / "interpretations" / "drills.feature").read_text(encoding="utf-8")
    for heading, text in drills.SECTION.findall(PAGE.read_text(encoding="utf-8")):
        shown = [line for line in text.splitlines() if line.startswith("docker compose")]
        is_restart = shown == ["docker compose up --detach server"] and "```sql" not in text
        assert is_restart or f'"{heading}"' in feature, heading
