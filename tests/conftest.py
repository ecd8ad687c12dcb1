"""What tests of several parts share: a database that is migrated once, and a copy of it for each test."""

import os
from pathlib import Path

import pytest

from fixtures.databases.templates import SqliteTemplate

pytest_plugins = ["tests.somebodys"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: about a third of the time tests wait for a server."""
    return len(os.sched_getaffinity(0)) + 1


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    return SqliteTemplate(tmp_path_factory.mktemp("template"))


@pytest.fixture
def database_url(template: SqliteTemplate, tmp_path: Path) -> str:
    return template.copy(tmp_path)
