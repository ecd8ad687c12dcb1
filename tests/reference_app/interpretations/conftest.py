"""Interpretations for each test, on both kinds of database."""

import pytest

from tests.reference_app.interpretations.desk import Desk
from tests.reference_app.stage import OpenDatabase, SteppedClock


@pytest.fixture
def database_url(each_database_url: str) -> str:
    """One of each kind."""
    return each_database_url


@pytest.fixture
def desk(open_database: OpenDatabase, clock: SteppedClock) -> Desk:
    """As many processes as a test wants, on one database, at an hour that stands still; Ada and Grace read."""
    return Desk(open_database, clock)
