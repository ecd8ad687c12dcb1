"""The caches of products for each test, on both kinds of database."""

from collections.abc import Callable

import pytest

from reference_app.database.engine import Database
from tests.reference_app.product_cache.shop import Shop
from tests.reference_app.stage import OpenDatabase, Server, SteppedClock
from tests.reference_app.vesting.person import DEV, Person


@pytest.fixture
def database_url(each_database_url: str) -> str:
    """One of each kind."""
    return each_database_url


@pytest.fixture
def shop(open_database: OpenDatabase, clock: SteppedClock) -> Shop:
    """As many processes as a test wants, on one database, at an hour that stands still."""
    return Shop(open_database, clock)


@pytest.fixture
def crowded(open_database: OpenDatabase) -> Database:
    """A database that many use at the same time."""
    return open_database(threads=12)


@pytest.fixture
def server(start_server: Callable[..., Server], clock: SteppedClock) -> Server:
    """A development server at an hour that stands still; it asks the catalogue."""
    return start_server(clock=clock, environment=DEV)


@pytest.fixture
def ada(server: Server) -> Person:
    return Person(server, "ada")
