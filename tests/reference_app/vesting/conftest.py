"""A bank for each test, which runs on both kinds of database."""

from collections.abc import Callable, Iterator

import pytest

from reference_app.accounts import store as account_store
from reference_app.accounts.store import NewUser
from reference_app.database.engine import Database
from tests.reference_app.stage import START, OpenDatabase, Server, SteppedClock, as_dev
from tests.reference_app.vesting.bank import Bank
from tests.reference_app.vesting.person import DEV, Person


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


@pytest.fixture
def server(start_server: Callable[..., Server], clock: SteppedClock) -> Server:
    """A development server at an hour that stands still."""
    return start_server(clock=clock, environment=DEV)


@pytest.fixture
def ada(server: Server) -> Person:
    return Person(server, "ada")


@pytest.fixture(scope="module")
def module_bank(module_server: Server) -> Iterator[tuple[Person, Bank]]:
    """Ada at one server for what is refused anyway, on SQLite, with its books."""
    clock = SteppedClock()
    database = Database(module_server.database_url, clock=clock, threads=1, holders=0, wait_s_max=10.0)
    ada = Person(module_server, "ada")
    ada.funds("1000")
    yield ada, Bank(database, clock)
    database.close()


@pytest.fixture
def admin(bank: Bank, server: Server) -> dict[str, str]:
    """The headers of an administrator, whom the bypass finds."""
    bank.database.write_now(account_store.add, NewUser("root@dev.invalid", "", START, is_admin=True))
    assert server is not None
    return as_dev("root")
