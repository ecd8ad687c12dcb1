"""`compose.yaml` brings up the database, the server and the vesting job, in this order and with what each needs.

The files are checked against the schema of the compose specification and by what they say. No container is started:
that needs a Docker daemon, which the tests do not ask for.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import psycopg
import pytest

from fixtures.databases.postgres import program
from reference_app.settings import Settings
from tests.checkout import ROOT
from tests.deploy.composed import COMPOSE, JOB, WITHOUT_JOB, read, services, started

CHECK: Final = Path(sys.executable).parent / "check-jsonschema"
HEALTHY: Final = {"condition": "service_healthy"}
FROM_OUTSIDE: Final = re.compile(r"\$\{(\w+):\?[^}]+\}")
"""A value that the operator brings; without it nothing starts."""
SECRET: Final = re.compile(r"PASSWORD|SECRET|TOKEN|(?<!\w)KEY", re.IGNORECASE)


@pytest.mark.parametrize("path", [COMPOSE, WITHOUT_JOB], ids=lambda path: path.name)
def test_the_files_keep_to_the_compose_specification(path: Path) -> None:
    """Each is valid by the JSON schema of the specification, which comes with check-jsonschema."""
    assert _is_valid(path)


def test_a_wrong_file_is_found(tmp_path: Path) -> None:
    """The schema notices a key that no service has."""
    wrong = tmp_path / "compose.yaml"
    wrong.write_text(COMPOSE.read_text(encoding="utf-8").replace("restart:", "restarts:"), encoding="utf-8")
    assert not _is_valid(wrong)


def test_all_three_start_by_default() -> None:
    """Nobody has to ask for the job."""
    assert started(COMPOSE) == {"postgres", "server", JOB}


def test_the_override_switches_the_job_off_and_nothing_else() -> None:
    """With the second file the job is not started; what the other services are stays as it was."""
    assert started(COMPOSE, WITHOUT_JOB) == {"postgres", "server"}
    with_it, without_it = services(COMPOSE), services(COMPOSE, WITHOUT_JOB)
    assert {name: service for name, service in without_it.items() if name != JOB} == {
        name: service for name, service in with_it.items() if name != JOB
    }


def test_nothing_starts_before_what_it_needs_is_healthy() -> None:
    """The server waits for Postgres; the job for Postgres, and for the server, which brings the tables."""
    found = services(COMPOSE)
    assert found["server"]["depends_on"] == {"postgres": HEALTHY}
    assert found[JOB]["depends_on"] == {"postgres": HEALTHY, "server": HEALTHY}


def test_what_others_wait_for_says_when_it_is_healthy() -> None:
    """Postgres by `pg_isready`, for the same database and user; the server by its page of readiness."""
    postgres, server = services(COMPOSE)["postgres"], services(COMPOSE)["server"]
    settings = postgres["environment"]
    assert postgres["healthcheck"]["test"][:2] == ["CMD", "pg_isready"]
    assert f"--username={settings['POSTGRES_USER']}" in postgres["healthcheck"]["test"]
    assert f"--dbname={settings['POSTGRES_DB']}" in postgres["healthcheck"]["test"]
    assert "http://127.0.0.1:8000/ready" in server["healthcheck"]["test"][-1]


def test_postgres_says_that_it_is_healthy(postgres_url: str) -> None:
    """What the health check asks, a real Postgres answers."""
    _, name, *options = services(COMPOSE)["postgres"]["healthcheck"]["test"]
    with psycopg.connect(postgres_url) as connection:
        there = {**os.environ, "PGHOST": str(connection.info.host)}
    nowhere = {**os.environ, "PGHOST": "/nowhere"}
    assert [
        subprocess.run([str(program(name)), *options], env=each, check=False).returncode
        for each in (there, nowhere)
    ] == [0, 2]


def test_server_and_job_have_the_database_that_postgres_serves() -> None:
    """One URL for both, with the user, password, host and name that Postgres is started with."""
    found = services(COMPOSE)
    settings = found["postgres"]["environment"]
    url = f"postgresql://{settings['POSTGRES_USER']}:{settings['POSTGRES_PASSWORD']}@postgres/{settings['POSTGRES_DB']}"
    assert found["server"]["environment"]["DATABASE_URL"] == url
    assert found[JOB]["environment"]["DATABASE_URL"] == url


def test_every_service_lives_in_utc() -> None:
    """The hour in the crontab is one of UTC."""
    assert {service["environment"]["TZ"] for service in services(COMPOSE).values()} == {"UTC"}


def test_the_job_is_the_servers_image_with_another_command() -> None:
    """The job runs the code that the server runs; its command is in the image."""
    server, job = services(COMPOSE)["server"], services(COMPOSE)[JOB]
    assert job["build"] == server["build"] == "."
    assert job["command"] == ["/srv/touchstone/deploy/jobs"]
    assert (ROOT / "deploy" / "jobs").stat().st_mode & 0o111
    assert "logging" not in job, "its output stays where `docker compose logs` finds it"


def test_stops_are_passed_on_and_waited_for() -> None:
    """A server gets the time that it needs to finish requests, and more."""
    found = services(COMPOSE)
    assert found["server"]["init"]
    assert found[JOB]["init"]
    assert float(found["server"]["stop_grace_period"].removesuffix("s")) > Settings().shutdown_s_max


def test_only_the_server_is_reached_from_outside_and_only_from_its_machine() -> None:
    """Postgres and the job publish no port, the server one of the loopback."""
    published = {name: service["ports"] for name, service in services(COMPOSE).items() if "ports" in service}
    assert published == {"server": ["127.0.0.1:8000:8000"]}


def test_no_secret_is_written_down() -> None:
    """Whatever is secret comes from outside, and where it is missing nothing starts."""
    environments = [service.get("environment", {}) for service in services(COMPOSE, WITHOUT_JOB).values()]
    secret = [
        str(value)
        for each in environments
        for name, value in each.items()
        # Without a value a variable is passed on from outside, if it is set there.
        if SECRET.search(name) and value is not None
    ]
    assert secret
    assert all(FROM_OUTSIDE.fullmatch(value) for value in secret)
    urls = [each["DATABASE_URL"] for each in environments if "DATABASE_URL" in each]
    assert all(FROM_OUTSIDE.search(url.partition("@")[0]) for url in urls)
    for path in (ROOT / "Dockerfile", *(ROOT / "deploy").iterdir()):
        assert not re.search(r"(PASSWORD|SECRET\w*)\s*=", path.read_text(encoding="utf-8")), path.name


def test_volumes_that_are_used_are_declared() -> None:
    """What is kept outlives the containers."""
    used = {
        each.partition(":")[0]
        for service in services(COMPOSE).values()
        for each in service.get("volumes", [])
    }
    assert used == set(read(COMPOSE)["volumes"])


def _is_valid(path: Path) -> bool:
    command = [str(CHECK), "--builtin-schema", "vendor.compose-spec", str(path)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
