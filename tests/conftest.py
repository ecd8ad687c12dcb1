"""What tests of several parts share: a database that is migrated once, and a copy of it for each test."""

from pathlib import Path

import pytest

from fixtures.databases.templates import SqliteTemplate

pytest_plugins = ["tests.somebodys"]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    return SqliteTemplate(tmp_path_factory.mktemp("template"))


@pytest.fixture
def database_url(template: SqliteTemplate, tmp_path: Path) -> str:
    return template.copy(tmp_path)
