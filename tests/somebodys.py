"""A second copy of the server, started by hand as its owner would, and a copy of the checkout to run in."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from fixtures.scenario.eventually import eventually
from fixtures.targets.children import Child
from tests.checkout import ROOT, copy_into

START_S_MAX = 30.0
THEIR_ARTICLES = 5
RUN_S_MAX = 180.0
FORECAST = """
import dataclasses, json, sys
from fixtures.doctor.rehearsal import forecasts
from fixtures.run_settings import parse
from fixtures.systems import SYSTEMS
given = dict(argument.split("=", 1) for argument in sys.argv[1:])
print(json.dumps([dataclasses.asdict(each) for each in forecasts(SYSTEMS, given, parse(given))]))
"""
COPIED = ("features", "steps", "fixtures", "reference_app", "docs", "environment.py")


@dataclass(frozen=True)
class Somebodys:
    """A server that is there already, and its database."""

    url: str
    database: Path

    @property
    def database_url(self) -> str:
        """The database as `-D target_database` takes it."""
        return f"sqlite:///{self.database}"

    def users(self) -> int:
        """How many users there are on it."""
        with closing(sqlite3.connect(self.database)) as connection:
            return int(connection.execute("SELECT COUNT(*) FROM users").fetchone()[0])

    def articles(self) -> int:
        """How many articles there are on it."""
        return int(requests.get(f"{self.url}/api/articles?limit=1", timeout=10).json()["total"])


@dataclass(frozen=True)
class Ended:
    """What a run of behave ended with."""

    code: int
    said: str
    results: dict[str, Any]

    @property
    def inapplicable(self) -> dict[str, str]:
        """Why scenarios did not apply, by id."""
        records = self.results["scenarios"]
        return {each["id"]: each["reason"] for each in records if each["verdict"] == "inapplicable"}

    @property
    def reasons(self) -> set[str]:
        """Why scenarios did not apply."""
        return set(self.inapplicable.values())

    def verdict_of(self, requirement: str) -> str:
        """The verdict of one requirement."""
        return next(
            str(each["verdict"]) for each in self.results["requirements"] if each["id"] == requirement
        )


class Checkout:
    """A copy of the checkout that makes no reports."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        copy_into(folder, COPIED)
        project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
        (folder / "pyproject.toml").write_text(
            project.replace("[tool.touchstone]\n", '[tool.touchstone]\nreports = ""\n'), encoding="utf-8"
        )

    def behave(self, *arguments: str) -> Ended:
        """Run behave with these arguments."""
        results = self.folder / "reports" / "out" / "results.json"
        results.unlink(missing_ok=True)
        done = self._run(str(Path(sys.executable).with_name("behave")), *arguments)
        document = json.loads(results.read_text(encoding="utf-8")) if results.exists() else {}
        return Ended(done.returncode, done.stdout + done.stderr, document)

    def forecast(self, *settings: str) -> dict[str, str]:
        """Why scenarios would not apply, by id; of every scenario it must be known."""
        found = self.forecasts(*settings)
        assert [each["unknown"] for each in found if each["unknown"]] == []
        return {each["id"]: each["reason"] for each in found if each["reason"]}

    def forecasts(self, *settings: str) -> list[dict[str, str]]:
        """What is predicted with settings such as `target=http://shop.example`."""
        done = self._run(sys.executable, "-c", FORECAST, *settings)
        assert done.returncode == 0, done.stderr
        return list(json.loads(done.stdout))

    def keep_only(self, *names: str) -> None:
        """Remove the features whose files are not named so."""
        for path in (self.folder / "features").rglob("*.feature"):
            if path.name not in names:
                path.unlink()

    def _run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command,
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder)},
            capture_output=True,
            text=True,
            timeout=RUN_S_MAX,
            check=False,
        )


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A copy of the checkout."""
    return Checkout(tmp_path_factory.mktemp("checkout"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Somebodys]:
    """A server in development, with a user, their returns and articles on it that the run must leave alone."""
    folder = tmp_path_factory.mktemp("somebodys")
    database = folder / "theirs.sqlite3"
    child = Child(
        [sys.executable, "-m", "reference_app", "serve", "--port", "0"],
        output=folder / "out",
        log=folder / "log",
        environment={
            "APP_ENV": "development",
            "DEV_AUTH_BYPASS": "1",
            "ALLOW_DEV_PURGE": "1",
            "DEV_FAST_PASSWORDS": "1",
            "SECRET_KEY": "a secret key of a server for tests",
            "DATABASE_URL": f"sqlite:///{database}",
            "DATA_DIR": str(folder),
        },
    )
    try:
        url = f"http://127.0.0.1:{child.event('listening', START_S_MAX)['port']}"
        eventually(lambda: _is_ready(url), within_s=START_S_MAX, what="the server to be ready")
        headers = {"X-Dev-External-Id": "somebody-else"}
        chart = {"birth_datetime": "1984-06-14T08:20:00+02:00", "latitude": 47.2, "longitude": -1.5}
        assert requests.put(f"{url}/api/natal-chart", json=chart, headers=headers, timeout=10).ok
        assert requests.get(f"{url}/api/lunar-returns/current", headers=headers, timeout=30).ok
        for number in range(THEIR_ARTICLES):
            article = {"title": f"Theirs, {number}", "content": "not to be touched"}
            assert requests.post(f"{url}/api/articles", json=article, timeout=10).ok
        yield Somebodys(url, database)
    finally:
        child.end()


def _is_ready(url: str) -> bool:
    try:
        return requests.get(f"{url}/ready", timeout=5).ok
    except requests.RequestException:
        return False
