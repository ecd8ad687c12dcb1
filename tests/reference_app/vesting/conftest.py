"""A bank for each test, which runs on both kinds of database."""

import pytest

from reference_app.database.engine import Database
from tests.reference_app.stage import OpenDatabase, SteppedClock
from tests.reference_app.vesting.bank import Bank


@pytest.fixture
def database_url(each_database_url: str) -> str:
    """One of each kind."""
    return each_database_url


@pytest.fixture
def bank(database: Database, clock: SteppedClock) -> Bank:
    """A bank whose clock stands still."""
    return Bank(database, clock)


@pytest.fixture
def crowded(open_database: OpenDatabase, clock: SteppedClock) -> Bank:
    """A bank that many use at the same time."""
    return Bank(open_database(threads=12), clock)
