"""What tests of the reference app share: a migrated database each, a clock that is moved, a real server.

Nothing here reaches beyond loopback, and every server and thread ends with the test, module or session that
asked for it.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fixtures.databases.templates import SqliteTemplate
from reference_app.database.engine import Database
from tests.reference_app.single_flight.flying import Fleet
from tests.reference_app.stage import OpenDatabase, Server, SteppedClock

pytest.register_assert_rewrite("tests.reference_app.database.locks_contract")


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock()


@pytest.fixture
def open_database(database_url: str, clock: SteppedClock) -> Iterator[OpenDatabase]:
    """Opens this test's database, as one more process would, and closes it at the end."""
    opened: list[Database] = []

    def open_one(*, threads: int = 4, holders: int = 4, wait_s_max: float = 10.0) -> Database:
        opened.append(
            Database(
                database_url,
                clock=clock,
                ticks=clock.ticks,
                threads=threads,
                holders=holders,
                wait_s_max=wait_s_max,
            )
        )
        return opened[-1]

    yield open_one
    for database in opened:
        database.close()


@pytest.fixture
def fleet(open_database: OpenDatabase) -> Fleet:
    return Fleet(open_database)


@pytest.fixture
def database(open_database: OpenDatabase) -> Database:
    return open_database()


@pytest.fixture(scope="module")
def module_server(template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A development server for a module's tests, which must not mind what the others leave."""
    folder = tmp_path_factory.mktemp("server")
    with Server(template.copy(folder), folder) as server:
        yield server


@pytest.fixture(scope="module")
def still_server(template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The same, at an hour that stands still."""
    folder = tmp_path_factory.mktemp("server")
    with Server(template.copy(folder), folder, clock=SteppedClock()) as server:
        yield server


@pytest.fixture
def start_server(database_url: str, tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts servers on this test's database and ends them with it; takes what `Server` takes."""
    started: list[Server] = []

    def start(**options: object) -> Server:
        started.append(Server(database_url, tmp_path, f"server-{len(started)}", **options))  # type: ignore[arg-type]
        return started[-1]

    yield start
    for server in started:
        server.end()
