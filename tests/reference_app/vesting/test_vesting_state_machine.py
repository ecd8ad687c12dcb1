"""Any sequence of fundings, deposits, days, runs, dry runs, kills and farewells, against a plain model.

Whatever the sequence, the books are whole and what the model says. A failing sequence is printed as the calls that
make it; it is kept by writing them down as a test of their own below.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import Connection, Engine, delete, event, insert

from fixtures.databases.templates import SqliteTemplate
from fixtures.histories import books
from fixtures.histories.books import Books
from fixtures.systems.vesting import books_read
from fixtures.systems.vesting.tables import VestingTables
from reference_app.accounts.tables import users
from reference_app.database.engine import Database
from reference_app.idempotency import store as keys
from reference_app.idempotency.errors import KeyUsedOtherwise
from reference_app.idempotency.store import Bounds, FirstAnswer, Keyed
from reference_app.vesting import store
from reference_app.vesting.errors import TooLittleAvailable
from reference_app.vesting.judging import AVENIR
from reference_app.vesting.release import Run, Summary
from reference_app.vesting.release_store import Due
from reference_app.vesting.store import Move
from tests.reference_app.stage import SteppedClock
from tests.reference_app.vesting.money_model import Model

CURRENCY: Final = "AED"
DAY_S: Final = 86_400
NAMES: Final = ("Ada", "Grace")
KEPT: Final = Bounds(timedelta(days=100_000), 100_000)
FUNDING: Final = "funding"
DEPOSIT: Final = "deposit"

AMOUNTS: Final = st.integers(1, 30_000).map(lambda cents: Decimal(cents).scaleb(-2))
WHO: Final = st.sampled_from(NAMES)
KEYS: Final = st.integers(0, 9).map(str)
LOTS_AT_ONCE: Final = st.integers(1, 3)


class Killed(BaseException):
    """Ends a run as SIGKILL does: what is not committed is gone, and nothing of the run's own is executed after."""


class Killer:
    """Kills what is done on an engine before one of its calls."""

    def __init__(self, engine: Engine) -> None:
        self.calls_left = 0
        event.listen(engine, "before_cursor_execute", self._called)
        event.listen(engine, "commit", self._called)

    def _called(self, *_arguments: object) -> None:
        self.calls_left -= 1
        if not self.calls_left:
            raise Killed


@cache
def _template() -> tuple[SqliteTemplate, TemporaryDirectory[str]]:
    folder = TemporaryDirectory(prefix="touchstone-")
    return SqliteTemplate(Path(folder.name)), folder


class MoneyMachine(RuleBasedStateMachine):
    """One database of wallets, and what it should hold."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory(prefix="touchstone-")
        self.url = _template()[0].copy(Path(self.folder.name))
        self.clock = SteppedClock()
        self.database = Database(self.url, clock=self.clock, threads=1, holders=0, wait_s_max=5.0)
        self.killer = Killer(self.database._engine)
        self.model = Model()
        self.generation: Counter[str] = Counter()
        self.ids = {name: self._comes(name) for name in NAMES}

    def teardown(self) -> None:
        """Close what was opened."""
        self.database.close()
        self.folder.cleanup()

    @initialize(amounts=st.lists(st.tuples(WHO, AMOUNTS), max_size=6), days=st.integers(364, 366))
    def some_time_ago(self, amounts: list[tuple[str, Decimal]], days: int) -> None:
        """There are lots that mature about now: whatever is interesting takes a year otherwise."""
        for number, (name, amount) in enumerate(amounts):
            self.fund(name, amount, f"first {number}")
            self.deposit(name, amount, f"first {number}")
        self.days_pass(days)

    # --- what people do

    @rule(name=WHO, amount=AMOUNTS, key=KEYS)
    def fund(self, name: str, amount: Decimal, key: str) -> None:
        """Money comes in, once a key."""
        who = self._who(name)

        def work(connection: Connection) -> FirstAnswer:
            store.fund(connection, self._move(name, amount))
            return FirstAnswer(201, str(amount))

        if self._once(FUNDING, name, amount, key, work) is not None:
            self.model.fund(who, amount)

    @rule(name=WHO, amount=AMOUNTS, key=KEYS)
    def deposit(self, name: str, amount: Decimal, key: str) -> None:
        """Money is locked, once a key, unless there is too little."""
        who = self._who(name)

        def work(connection: Connection) -> FirstAnswer:
            return FirstAnswer(201, str(store.deposit(connection, self._move(name, amount), AVENIR).id))

        if (who, DEPOSIT, key) not in self.model.answers and self.model.available(who) < amount:
            with pytest.raises(TooLittleAvailable):
                self._once(DEPOSIT, name, amount, key, work)
            return
        lot_id = self._once(DEPOSIT, name, amount, key, work)
        if lot_id is not None:
            self.model.deposit(int(lot_id), who, amount, self.clock().date())

    @rule(name=WHO)
    def leave(self, name: str) -> None:
        """Somebody goes, and comes again as somebody new; the books keep what they had."""

        def work(connection: Connection) -> None:
            store.farewell(connection, self.ids[name])
            connection.execute(delete(users).where(users.c.id == self.ids[name]))

        self.database.write_now(work)
        self.generation[name] += 1
        self.ids[name] = self._comes(name)

    @rule(days=st.integers(1, 200))
    def days_pass(self, days: int) -> None:
        """Time passes."""
        self.clock.move(days * DAY_S)

    # --- runs

    @rule(lots_at_once=LOTS_AT_ONCE, days_back=st.integers(0, 40))
    def release(self, lots_at_once: int, days_back: int) -> None:
        """A run releases what is due, and says so."""
        run = self._run(lots_at_once, days_back)
        self._agree(self._finish(run), run)
        for lot in self.model.due(run.job.due.as_of).values():
            lot.is_released = True

    @rule(lots_at_once=LOTS_AT_ONCE, days_back=st.integers(0, 40))
    def look(self, lots_at_once: int, days_back: int) -> None:
        """A dry run says the same, and changes no byte."""
        before = self._digest()
        run = self._run(lots_at_once, days_back, dry_run=True)
        self._agree(self._finish(run), run)
        assert self._digest() == before

    @rule(lots_at_once=LOTS_AT_ONCE, call=st.integers(1, 40))
    def killed(self, lots_at_once: int, call: int) -> None:
        """A run that is killed has released a beginning of what is due, in whole batches."""
        run = self._run(lots_at_once, 0)
        due = self.model.due(run.job.due.as_of)
        self.killer.calls_left = call
        with suppress(Killed):
            self._finish(run)
        self.killer.calls_left = 0
        found = books_read.read(self.url, CURRENCY)["lots"]
        released = [number for number in due if found[str(number)]["status"] == "RELEASED"]
        in_order = sorted(due, key=lambda number: (due[number].release_day, number))
        assert sorted(released) == sorted(in_order[: len(released)])
        assert len(released) % lots_at_once == 0 or len(released) == len(due)
        for number in released:
            self.model.lots[number].is_released = True

    # --- what always holds

    @invariant()
    def the_books_are_whole(self) -> None:
        """Nothing is wrong with them, and lots and balances are those of the model."""
        found = msgspec.convert(books_read.read(self.url, CURRENCY), Books)
        assert not list(books.wrong(found))
        assert found.total == 0
        assert {int(number): (lot.amount, lot.status) for number, lot in found.lots.items()} == {
            number: (lot.amount, "RELEASED" if lot.is_released else "VESTED")
            for number, lot in self.model.lots.items()
        }
        people = set(self.model.funded)
        for kind, of in (("WALLET_AVAILABLE", self.model.available), ("WALLET_LOCKED", self.model.locked)):
            balances = [each.balance for each in found.accounts.values() if each.type == kind]
            assert sum(balances) == sum(map(of, people))
        for name in NAMES:
            expected = (self.model.available(self._who(name)), self.model.locked(self._who(name)))
            assert self.database.read_now(store.balances, self.ids[name], CURRENCY) == expected

    # --- how

    def _who(self, name: str) -> str:
        """Return who this is to the model: another person each time that they came."""
        return f"{name} {self.generation[name]}"

    def _comes(self, name: str) -> int:
        row = {"email": f"{name}@example.org", "created_at": self.clock()}

        def work(connection: Connection) -> int:
            number: int = connection.execute(insert(users).values(row).returning(users.c.id)).scalar_one()
            return number

        return self.database.write_now(work)

    def _move(self, name: str, amount: Decimal) -> Move:
        return Move(self.ids[name], amount, CURRENCY, self.clock())

    def _once(
        self, route: str, name: str, amount: Decimal, key: str, work: Callable[[Connection], FirstAnswer]
    ) -> str | None:
        """Ask under the key; return what was answered where it was done now, None where it was done before."""
        keyed = Keyed(self.ids[name], route, key, str(amount))
        place = (self._who(name), route, key)
        if place in self.model.answers and self.model.answers[place][0] != str(amount):
            with pytest.raises(KeyUsedOtherwise):
                self.database.write_now(keys.once, keyed, KEPT, self.clock(), work)
            return None
        answer = self.database.write_now(keys.once, keyed, KEPT, self.clock(), work)
        if place in self.model.answers:
            assert answer == self.model.answers[place][1]
            return None
        self.model.answers[place] = (str(amount), answer)
        return answer.body

    def _run(self, lots_at_once: int, days_back: int, *, dry_run: bool = False) -> Run:
        as_of = self.clock().date() - timedelta(days=days_back)
        due = Due(AVENIR, CURRENCY, as_of)
        return Run(self.database, self.clock, due, dry_run=dry_run, lots_at_once=lots_at_once)

    @staticmethod
    def _finish(run: Run) -> Summary:
        while run.step():
            pass
        return run.summary()

    def _agree(self, said: Summary, run: Run) -> None:
        """A summary is what the model says."""
        day = run.job.due.as_of
        mature, due = self.model.mature(day), self.model.due(day)
        assert (said.matured_found, said.executed_count, said.skipped_count, said.errors_count) == (
            len(mature), len(due), len(mature) - len(due), 0,
        )  # fmt: skip
        assert Decimal(said.executed_amount) == sum((lot.amount for lot in due.values()), Decimal(0))

    def _digest(self) -> str:
        """Return a digest of everything that is stored, sequences too."""
        rows: list[Any] = []
        for table in ("operations", "ledger_entries", "accounts", "vault_vesting_lots", "sqlite_sequence"):
            rows += VestingTables(self.url).rows(f"SELECT * FROM {table} ORDER BY 1", {})  # noqa: S608
        return sha256(repr(rows).encode()).hexdigest()


TestMoneyMachine = MoneyMachine.TestCase
TestMoneyMachine.settings = settings(
    max_examples=40,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
