"""Every command and every query of the runbook of the vesting job is run, in the page's order.

What the page runs inside a container runs here: on a Postgres with lots that matured on the page's day, and with
the service's real scripts in front of a cron that only shows what it was given. No container is started: of `docker
compose` itself the services, files and options are looked at.
"""

import json
import os
import re
import shlex
import subprocess
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest

from fixtures.databases.postgres import program
from fixtures.systems.vesting import scheduler
from fixtures.verdicts import Inconclusive
from tests.checkout import ROOT
from tests.deploy.composed import COMPOSE, JOB, services
from tests.docs.containers import COMMAND_S_MAX, blocks, run_inside
from tests.offenders import none_may_offend

PAGE: Final = ROOT / "docs" / "runbooks" / "vesting-release.md"
VERBS: Final = {"up", "stop", "start", "restart", "ps", "logs", "config", "exec"}
OPTIONS: Final = {"--detach", "--tail", "--all", "--quiet"}
OF_A_RUN: Final = {"job", "trace_id", "as_of", "currency", "dry_run", "summary", "exit_code"}
DAY: Final = "2025-01-27"
LOTS: Final = (("2025-01-20", "10000.00"), (DAY, "12500.50"), (DAY, "7499.50"), ("2099-01-01", "1.00"))
"""Release days and amounts; the last of them matures when nobody runs these tests any more."""
FILL: Final = """
    INSERT INTO users (email, created_at) VALUES ('ada@example.org', now());
    INSERT INTO accounts (user_id, currency, account_type)
    SELECT id, 'AED', 'WALLET_LOCKED' FROM users UNION ALL SELECT NULL, 'AED', 'EXTERNAL';
"""
DEPOSIT: Final = """
    WITH operation AS (
        INSERT INTO operations (type, status, operation_metadata, created_at)
        VALUES ('VAULT_DEPOSIT', 'COMPLETED', '{}', now()) RETURNING id, created_at
    ), entries AS (
        INSERT INTO ledger_entries (operation_id, account_id, amount, currency, entry_type, created_at)
        SELECT operation.id, accounts.id, sign * %(amount)s::numeric, 'AED', entry_type, operation.created_at
        FROM operation, accounts
        JOIN (VALUES ('WALLET_LOCKED', 1, 'CREDIT'), ('EXTERNAL', -1, 'DEBIT')) AS sides (of, sign, entry_type)
          ON sides.of = accounts.account_type
    )
    INSERT INTO vault_vesting_lots
        (vault_code, user_id, currency, deposit_day, release_day, amount, source_operation_id)
    SELECT 'AVENIR', users.id, 'AED', %(day)s::date - 365, %(day)s, %(amount)s, operation.id FROM users, operation
"""
ONE_SIDED: Final = """
    WITH operation AS (
        INSERT INTO operations (type, status, operation_metadata, created_at)
        VALUES ('WALLET_FUNDING', 'COMPLETED', '{}', now()) RETURNING id
    )
    INSERT INTO ledger_entries (operation_id, account_id, amount, currency, entry_type, created_at)
    SELECT operation.id, accounts.id, 1, 'AED', 'CREDIT', now()
    FROM accounts, operation WHERE account_type = 'EXTERNAL'
"""


@dataclass(frozen=True)
class Command:
    """One command of the page: what `docker compose` is told, and what runs inside a service."""

    line: str
    files: tuple[str, ...]
    verb: str
    options: tuple[str, ...]
    service: str
    inside: tuple[str, ...]


BLOCKS: Final = blocks(PAGE)


def _command(line: str) -> Command:
    docker, compose, *words = shlex.split(line)
    assert (docker, compose) == ("docker", "compose"), line
    files = []
    while words[0] == "-f":
        files.append(words[1])
        words = words[2:]
    verb, rest = words[0], words[1:]
    options = []
    while rest and rest[0].startswith("--"):
        options.append(rest.pop(0))
        if options[-1] == "--tail":
            assert rest.pop(0).isdecimal()
    service = rest.pop(0) if rest else ""
    return Command(line, tuple(files), verb, tuple(options), service, tuple(rest))


COMMANDS: Final = [
    _command(line) for block in BLOCKS if block.language == "sh" for line in block.text.splitlines()
]


def test_the_page_shows_commands_and_queries() -> None:
    """A test over nothing would hold."""
    assert {block.language for block in BLOCKS} == {"sh", "sql", "json"}
    assert {command.verb for command in COMMANDS} == VERBS


def test_containers_are_told_what_they_understand() -> None:
    """Files are there, services are in the compose file, verbs and options are known."""
    none_may_offend(
        (
            command.line
            for command in COMMANDS
            if command.verb not in VERBS
            or not OPTIONS.issuperset(command.options)
            or not all((ROOT / name).is_file() for name in command.files)
            or (command.service and command.service not in services(COMPOSE))
            or bool(command.inside) != (command.verb == "exec")
        ),
        do="name services and files that are there",
    )


def test_each_command_inside_a_container_is_run_by_a_test() -> None:
    """The commands below are those of the page, and no other is on it."""
    inside = {(command.service, command.inside[0]) for command in COMMANDS if command.inside}
    assert inside == {("server", "reference-app"), (JOB, "crontab"), (JOB, "date"), ("postgres", "psql")}


@pytest.fixture
def filled(postgres_url: str) -> str:
    """A Postgres with an owner's lots, covered by what the owner has locked."""
    with psycopg.connect(postgres_url) as connection:
        connection.execute(FILL)
        for day, amount in LOTS:
            connection.execute(DEPOSIT, {"day": day, "amount": amount})
    return postgres_url


@pytest.mark.slow
def test_the_page_can_be_followed_from_its_first_line_to_its_last(filled: str) -> None:
    """Commands end with 0, a dry run changes nothing, what a query looks for it finds, and the books balance."""
    runs: list[dict[str, Any]] = []
    found: list[list[tuple[Any, ...]]] = []
    with psycopg.connect(filled, autocommit=True) as connection:
        for block in BLOCKS:
            if block.language == "sql":
                found.append(connection.execute(_with_run(block.text, runs)).fetchall())
            for line in block.text.splitlines() if block.language == "sh" else ():
                command = _command(line)
                if command.service == "server" and command.inside:
                    runs.append(_run(command, filled))

    released = Decimal("30000.00")
    executed = [(run["dry_run"], run["summary"]["executed_count"]) for run in runs]
    assert executed == [(True, 3), (False, 3), (True, 0), (False, 0), (False, 0), (False, 0)]
    pending, of_the_day, free, latest, of_the_run, following, operations, balances, too_little = found
    assert pending == [(0, None)]
    assert of_the_day == free == [(0, None)], "the releases were made today, not on the page's day"
    assert [row[2:4] for row in latest] == [(runs[1]["trace_id"], amount) for _, amount in reversed(LOTS[:3])]
    assert sum(Decimal(row[2]) for row in of_the_run) == released
    assert [(str(day), *row) for day, *row in following] == [("2099-01-01", "AED", 1, Decimal("1.00"))]
    assert operations == balances == too_little == []


@pytest.mark.slow
def test_queries_find_what_they_look_for(filled: str) -> None:
    """Before a run three lots are pending; after it, on its own day, releases and lots agree."""
    queries = [block.text for block in BLOCKS if block.language == "sql"]
    with psycopg.connect(filled, autocommit=True) as connection:
        assert connection.execute(queries[0]).fetchall() == [(3, Decimal("30000.00"))]
        _run(next(each for each in COMMANDS if each.inside[-1:] == (DAY,)), filled)
        today = str(connection.execute("SELECT (now() AT TIME ZONE 'UTC')::date").fetchall()[0][0])
        for query in queries[1:3]:
            assert connection.execute(query.replace(DAY, today)).fetchall() == [(3, Decimal("30000.00"))]


def test_queries_notice_what_is_wrong(filled: str) -> None:
    """Entries that do not cancel out, a balance that is no sum, and lots that are not covered are found."""
    *_, operations, balances, too_little = [block.text for block in BLOCKS if block.language == "sql"]
    with psycopg.connect(filled, autocommit=True) as connection:
        connection.execute(ONE_SIDED)
        assert len(connection.execute(operations).fetchall()) == 1
        assert connection.execute(balances).fetchall() == []
        connection.execute("UPDATE accounts SET balance = 12000 WHERE account_type = 'WALLET_LOCKED'")
        assert len(connection.execute(balances).fetchall()) == 1
        assert [row[2:] for row in connection.execute(too_little).fetchall()] == [
            (Decimal("12500.50"), Decimal(12_000))
        ]


def test_the_shown_answer_has_the_shape_of_a_real_one(filled: str) -> None:
    """The page's example is what a run prints, with other numbers."""
    (shown,) = [json.loads(block.text) for block in BLOCKS if block.language == "json"]
    run = _run(next(each for each in COMMANDS if each.inside[-1:] == (DAY,)), filled)
    assert shown.keys() == run.keys() == OF_A_RUN
    assert shown["summary"].keys() == run["summary"].keys()
    assert re.fullmatch(r"job-avenir-vesting-20250127-[0-9a-f]{8}", run["trace_id"])
    same = {"job", "as_of", "currency", "dry_run", "exit_code"}
    assert {name: run[name] for name in same} == {name: shown[name] for name in same}
    assert {**run["summary"], "trace_id": ""} == {**shown["summary"], "trace_id": ""}


def test_psql_is_asked_as_the_page_has_it(filled: str) -> None:
    """The options are psql's; only where the database is differs here."""
    (command,) = [each for each in COMMANDS if each.service == "postgres"]
    (name, *options) = command.inside
    with psycopg.connect(filled) as connection:
        host, database = connection.info.host, connection.info.dbname
    there = [
        each.replace("=touchstone", f"={database}" if "dbname" in each else "=postgres") for each in options
    ]
    done = subprocess.run(
        [str(program(name)), *there, "--command", "SELECT 1 AS one"],
        env={**os.environ, "PGHOST": host},
        capture_output=True,
        text=True,
        timeout=COMMAND_S_MAX,
        check=False,
    )
    assert (done.returncode, done.stdout.split()[0]) == (0, "one"), done.stderr


@pytest.fixture
def service(tmp_path: Path) -> dict[str, str]:
    """What the service's own commands say in it, by the command's name, with a cron that ends at once."""
    try:
        scheduler.require_cron()
    except Inconclusive as missing:
        pytest.skip(str(missing))
    inside = [shlex.join(each.inside) for each in COMMANDS if each.service == JOB and each.inside]
    cron = tmp_path / "cron"
    cron.write_text(
        "#!/bin/sh\n" + "\n".join(f"{each}; echo ----" for each in inside) + "\n", encoding="utf-8"
    )
    cron.chmod(0o700)
    done = subprocess.run(
        [*scheduler.NAMESPACES, "sh", "-c", scheduler.HIDE, "sh", str(scheduler.DEPLOY / "jobs")],
        env={"PATH": f"{tmp_path}:{scheduler.SYSTEM_PATH}", "TZ": "UTC", "DATABASE_URL": "postgresql://…"},
        capture_output=True,
        text=True,
        timeout=COMMAND_S_MAX,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(zip(inside, done.stdout.split("----\n"), strict=False))


def test_the_service_shows_its_crontab_and_its_hour(service: dict[str, str]) -> None:
    """`crontab -l` has the line that is shipped, and `date` is in UTC."""
    assert service["crontab -l"] == (ROOT / "deploy" / "crontab").read_text(encoding="utf-8")
    assert " UTC " in service["date"]


def _run(command: Command, database: str) -> dict[str, Any]:
    """Run what the command runs inside the container, on this database; return its line of JSON."""
    return dict(json.loads(run_inside(list(command.inside), database)))


def _with_run(query: str, runs: list[dict[str, Any]]) -> str:
    """Return the query with the trace id of the run that released, in place of the one that the page shows."""
    released = next(
        (run["trace_id"] for run in runs if run["summary"]["executed_count"] and not run["dry_run"]), ""
    )
    return re.sub(r"job-avenir-vesting-\d{8}-[0-9a-f]{8}", released, query)
