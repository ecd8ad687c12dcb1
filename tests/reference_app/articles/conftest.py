"""What tests of articles share: a real server in a thread, on a migrated database."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.reference_app.stage import Server

pytest.register_assert_rewrite("tests.reference_app.articles.storage_contract")


@pytest.fixture
def start_server(database_url: str, tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts a server in a thread with these settings; its files lie in `server.data`."""
    started: list[Server] = []

    def start(**environment: str) -> Server:
        started.append(Server(database_url, tmp_path, environment=environment))
        return started[-1]

    yield start
    for server in started:
        server.end()


@pytest.fixture
def server(start_server: Callable[..., Server]) -> Server:
    return start_server()
