"""What tests of several parts share: a database that is migrated once, and a copy of it for each test."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from fixtures.databases.templates import PostgresTemplate, SqliteTemplate

UMASK = 0o022

pytest_plugins = ["tests.somebodys"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: about a third of the time tests wait for a server."""
    return len(os.sched_getaffinity(0)) + 1


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Have several processes begin with the files that take long: the last ones are to end at the same time."""
    if hasattr(config, "workerinput"):
        slow = {item.path for item in items if item.get_closest_marker("slow")}
        items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    """What most people have, before each test: the app sets its own one where a test runs it in this process."""
    before = os.umask(UMASK)
    yield
    os.umask(before)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    return SqliteTemplate(tmp_path_factory.mktemp("template"))


@pytest.fixture
def database_url(template: SqliteTemplate, tmp_path: Path) -> str:
    return template.copy(tmp_path)


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[PostgresTemplate]:
    """A throwaway Postgres; not under pytest's folder, whose name is too long for a socket and closed to others."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        made = PostgresTemplate(Path(folder))
        yield made
        made.end()


@pytest.fixture
def postgres_url(postgres_template: PostgresTemplate, tmp_path: Path) -> Iterator[str]:
    """A migrated, empty database on Postgres."""
    url = postgres_template.copy(tmp_path)
    yield url
    postgres_template.drop(url)


@pytest.fixture(params=["sqlite", "postgres"])
def each_database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database; a test that asks for it runs on both kinds."""
    url: str = request.getfixturevalue("database_url" if request.param == "sqlite" else "postgres_url")
    return url
