"""What the database itself holds to, whatever code writes: entries are written once, balances are sums (VR-13)."""

from decimal import Decimal
from typing import Any, Final

import pytest
from sqlalchemy import Connection, literal_column, text, update
from sqlalchemy.exc import DBAPIError

from reference_app.accounts import store as account_store
from reference_app.database.errors import Conflict
from reference_app.vesting import store
from reference_app.vesting.errors import BalanceTooLarge, TooLittleAvailable
from reference_app.vesting.judging import AVENIR
from reference_app.vesting.store import Move
from reference_app.vesting.tables import accounts, ledger_entries, vault_vesting_lots
from tests.reference_app.stage import START
from tests.reference_app.vesting.bank import AED, Bank

ADD: Final = "INSERT INTO ledger_entries (operation_id, account_id, amount, currency, entry_type, created_at)"
AT: Final = "'2026-01-01 00:00:00.000000'"
CHANGES: Final = (
    "UPDATE ledger_entries SET amount = amount",
    "UPDATE ledger_entries SET account_id = 1 WHERE id = 1",
    "DELETE FROM ledger_entries",
    "DELETE FROM ledger_entries WHERE id = 1",
)
REPLACEMENTS: Final = (
    "INSERT OR REPLACE INTO ledger_entries SELECT * FROM ledger_entries WHERE id = 1",
    ADD.replace("INSERT", "REPLACE")
    + " SELECT operation_id, account_id, amount * 2, currency, entry_type, created_at "
    "FROM ledger_entries",
    "UPDATE OR REPLACE ledger_entries SET id = 2 WHERE id = 1",
    f"{ADD} VALUES (1, 1, 12.5, 'AED', 'CREDIT', {AT})",
)
TRUNCATIONS: Final = ("TRUNCATE ledger_entries", "TRUNCATE operations CASCADE", "TRUNCATE users CASCADE")
BROKEN_RULES: Final = (
    "UPDATE accounts SET balance = -1 WHERE account_type <> 'EXTERNAL'",
    "UPDATE accounts SET user_id = 1 WHERE account_type = 'EXTERNAL'",
    "INSERT INTO accounts (currency, account_type) VALUES ('AED', 'EXTERNAL')",
    "INSERT INTO accounts (user_id, currency, account_type) VALUES (1, 'AED', 'WALLET_LOCKED')",
    "INSERT INTO accounts (user_id, currency, account_type) VALUES (1, 'AED', 'SAVINGS')",
    "UPDATE vault_vesting_lots SET amount = 0",
    "UPDATE vault_vesting_lots SET released_amount = -1",
    "UPDATE vault_vesting_lots SET released_amount = amount + 1",
    "UPDATE vault_vesting_lots SET status = 'RELEASED'",
    "UPDATE vault_vesting_lots SET status = 'GONE'",
    "UPDATE vault_vesting_lots SET source_operation_id = 1",
    "UPDATE vault_vesting_lots SET source_operation_id = 999",
    "UPDATE vault_vesting_lots SET last_release_operation_id = 999",
    "UPDATE operations SET type = 'GIFT'",
    "DELETE FROM operations",
    "DELETE FROM accounts",
    f"{ADD} VALUES (1, 3, -1, 'AED', 'CREDIT', {AT})",
    f"{ADD} VALUES (1, 3, 0, 'AED', 'DEBIT', {AT})",
)


@pytest.fixture
def filled(bank: Bank) -> Bank:
    """A bank with a funding and two deposits of one user."""
    ada = bank.user()
    bank.lot(ada, "10")
    bank.lot(ada, "5")
    return bank


@pytest.mark.parametrize("statement", CHANGES)
def test_entries_are_neither_changed_nor_deleted(filled: Bank, statement: str) -> None:
    """The database refuses, on both kinds, and says why."""
    before = filled.digest()
    with pytest.raises(Conflict) as caught:
        filled.database.write_now(_execute, statement)
    assert "written once" in str(caught.value.__cause__)
    assert filled.digest() == before
    filled.check()


@pytest.mark.parametrize("statement", BROKEN_RULES)
def test_rules_are_the_databases_too(filled: Bank, statement: str) -> None:
    """What no code should write cannot be written."""
    with pytest.raises(Conflict):
        filled.database.write_now(_execute, statement)
    filled.check()


class TestOnSqlite:
    """What SQLite has besides."""

    @pytest.fixture
    def database_url(self, template: Any, tmp_path: Any) -> str:
        """On SQLite."""
        url: str = template.copy(tmp_path)
        return url

    @pytest.mark.parametrize("statement", REPLACEMENTS)
    def test_entries_are_not_replaced(self, filled: Bank, statement: str) -> None:
        """A REPLACE is a deletion without the trigger of one; and an amount is a whole number."""
        before = filled.digest()
        with pytest.raises(Conflict):
            filled.database.write_now(_execute, statement)
        assert filled.digest() == before
        filled.check()

    def test_a_balance_never_becomes_a_float(self, filled: Bank) -> None:
        """More than a whole number holds is refused."""
        for balance in (9_223_372_036_854_775_807, 1_000_000_000_000_000_000, 0.5):
            changed = update(accounts).values(balance=literal_column(str(balance)))
            with pytest.raises(Conflict):
                filled.database.write_now(Connection.execute, changed)

    def test_money_is_kept_in_whole_ten_thousandths(self, filled: Bank) -> None:
        """So that sums and comparisons in SQL are exact."""
        kept = filled.database.read_now(
            lambda connection: connection.execute(
                text("SELECT DISTINCT typeof(amount), abs(amount) FROM ledger_entries")
            ).all()
        )
        assert sorted(map(tuple, kept)) == [("integer", 50_000), ("integer", 100_000)]


class TestOnPostgres:
    """What Postgres has besides."""

    @pytest.fixture
    def database_url(self, postgres_url: str) -> str:
        """On Postgres."""
        return postgres_url

    @pytest.mark.parametrize("statement", TRUNCATIONS)
    def test_entries_are_not_truncated(self, filled: Bank, statement: str) -> None:
        """Nor by way of a table that they refer to."""
        before = filled.digest()
        with pytest.raises(Conflict):
            filled.database.write_now(_execute, statement)
        assert filled.digest() == before

    def test_a_balance_beyond_its_column_is_refused(self, filled: Bank) -> None:
        """It is not rounded."""
        with pytest.raises(DBAPIError, match="overflow"):
            filled.database.write_now(_execute, "UPDATE accounts SET balance = 1e14")


def test_balances_are_the_sums_of_entries(bank: Bank) -> None:
    """After fundings, deposits and releases, of several users and currencies."""
    for name in ("ada", "ben"):
        user = bank.user(name)
        for currency in ("AED", "JPY"):
            bank.fund(user, "100", currency)
            bank.lot(user, "30", currency=currency)
            bank.lot(user, "3", currency=currency, is_funded=False)
        bank.run()
        assert bank.wallet(user) == ("130", "0")
        assert bank.wallet(user, "JPY") == ("97", "33")
    bank.check()


def test_more_than_is_available_is_not_locked(bank: Bank) -> None:
    """Not by one unit; and nothing is written."""
    ada = bank.user()
    bank.fund(ada, "10.00")
    before = bank.digest()
    for user, amount in ((ada, "10.01"), (bank.user("ben"), "0.01")):
        with pytest.raises(TooLittleAvailable):
            bank.database.write_now(store.deposit, Move(user, Decimal(amount), AED, START), AVENIR)
    bank.database.write_now(account_store.remove, bank.user("cy"))
    assert [row["balance"] for row in bank.rows(accounts)] == [Decimal(-10), Decimal(0), Decimal(10)]
    assert bank.rows(vault_vesting_lots) == []
    assert before != bank.digest()
    bank.check()


def test_money_beyond_the_bound_does_not_come_in(bank: Bank) -> None:
    """All money of a currency together is what an account can hold."""
    ada = bank.user()
    bank.fund(ada, "99999999999999")
    with pytest.raises(BalanceTooLarge):
        bank.fund(bank.user("ben"), "1")
    bank.fund(ada, "0.9999")
    assert len(bank.rows(ledger_entries)) == 4
    bank.check()


def test_nobody_gets_money_who_is_not_there(bank: Bank) -> None:
    """A user who was never there, or is gone."""
    ada = bank.user()
    bank.fund(ada, "10")
    bank.database.write_now(account_store.remove, ada, [store.farewell])
    for user in (ada, 4_711):
        with pytest.raises(Conflict):
            bank.fund(user, "1")
    bank.check()


def test_a_farewell_keeps_the_books(bank: Bank) -> None:
    """Every entry and lot stays; whose they were is forgotten; a new user with the number sees nothing."""
    ada = bank.user()
    bank.fund(ada, "10")
    bank.lot(ada, "5")
    entries = bank.rows(ledger_entries)
    bank.database.write_now(account_store.remove, ada, [store.farewell])
    assert bank.rows(ledger_entries) == entries
    assert {row["user_id"] for row in (*bank.rows(accounts), *bank.lots().values())} == {None}
    again = account_store.NewUser("again@bank.example", "", START, id=ada)
    bank.database.write_now(account_store.add, again)
    assert bank.wallet(ada) == ("0", "0")
    assert bank.database.read_now(store.transactions, ada, 10, None) == []
    assert bank.database.read_now(store.timeline, ada, AVENIR, AED) == []
    bank.check()


def _execute(connection: Connection, statement: str) -> None:
    connection.execute(text(statement))
