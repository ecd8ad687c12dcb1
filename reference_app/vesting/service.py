"""The rules of wallets and vaults: what may be moved by whom, and when.

Knows nothing of HTTP or SQL.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from reference_app.callers import Caller
from reference_app.clock import Clock
from reference_app.database.amounts import ZERO
from reference_app.database.engine import Database
from reference_app.database.errors import Conflict
from reference_app.errors import DatabaseUnavailable, OutcomeUnknown
from reference_app.idempotency import store as keys
from reference_app.idempotency.store import Bounds, FirstAnswer, Keyed
from reference_app.vesting import store
from reference_app.vesting.currencies import DECIMALS
from reference_app.vesting.errors import (
    BadAmount,
    BadDay,
    NoSuchUser,
    OwnerGone,
    OwnWalletOnly,
    UnknownCurrency,
)
from reference_app.vesting.judging import AVENIR, Lot
from reference_app.vesting.release import Run, Summary
from reference_app.vesting.release_store import Due
from reference_app.vesting.store import Move, Transaction

AMOUNT_MAX: Final = Decimal(1_000_000_000_000)
"""What can be moved at once is below this."""


@dataclass(frozen=True, slots=True)
class Funded:
    """Money that came in from outside."""

    operation_id: int
    move: Move


class Vesting:
    """Wallets, deposits, and their release."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        currencies: tuple[str, ...],
        keys: Bounds,
        anybody_funds: bool,
    ) -> None:
        """Keep wallets in `currencies`; in development (`anybody_funds`) their owners may fill them."""
        self._database = database
        self._clock = clock
        self._currencies = currencies
        self._keys = keys
        self._anybody_funds = anybody_funds
        self._releasing = asyncio.Lock()
        self.farewell: Final = store.farewell
        """Lets go of a user who goes; takes a connection and the user's id."""

    async def fund(
        self,
        asked: tuple[str, str],
        user_id: int,
        keyed: Keyed,
        answer: Callable[[Funded], FirstAnswer],
        *,
        is_admin: bool,
    ) -> FirstAnswer:
        """Put money into the user's wallet, once a key; return the first answer to the key.

        Raises:
            OwnWalletOnly: the caller may not do this.
            UnknownCurrency, BadAmount, BalanceTooLarge, NoSuchUser: nothing was moved.
            KeyUsedOtherwise: the key came with another body.

        """
        is_own = user_id == keyed.user_id
        if not (is_admin or (is_own and self._anybody_funds)):
            raise OwnWalletOnly
        move = self._move(user_id, *asked)

        def work(connection: Any) -> FirstAnswer:
            return answer(Funded(store.fund(connection, move), move))

        try:
            return await self._database.write(keys.once, keyed, self._keys, move.now, work)
        except Conflict:
            raise (OwnerGone if is_own else NoSuchUser) from None

    async def deposit(
        self, caller: Caller, asked: tuple[str, str], keyed: Keyed, answer: Callable[[Lot], FirstAnswer]
    ) -> FirstAnswer:
        """Lock money of the caller's for a year, once a key; return the first answer to the key.

        Raises:
            UnknownCurrency, BadAmount, TooLittleAvailable: nothing was moved.
            KeyUsedOtherwise: the key came with another body.
            OwnerGone: the caller was deleted meanwhile.

        """
        move = self._move(keyed.user_id, *asked)

        def work(connection: Any) -> FirstAnswer:
            return answer(store.deposit(connection, move, AVENIR))

        try:
            return await self._database.write(caller.joined(keys.once), keyed, self._keys, move.now, work)
        except Conflict:
            raise OwnerGone from None

    async def balances(self, caller: Caller, currency: str) -> tuple[Decimal, Decimal]:
        """Return what the caller has available, and what is locked. Raises UnknownCurrency."""
        return await self._database.read(caller.joined(store.balances), caller.id, self._known(currency))

    async def transactions(
        self, caller: Caller, limit: int, after: Any
    ) -> tuple[list[Transaction], Transaction | None]:
        """Return a page of the caller's transactions, and the last of it if there are more."""
        found = await self._database.read(caller.joined(store.transactions), caller.id, limit + 1, after)
        page = found[:limit]
        return page, (page[-1] if len(found) > limit else None)

    async def timeline(self, caller: Caller, currency: str) -> list[tuple[date, Decimal]]:
        """Return what is still to be released to the caller, by day. Raises UnknownCurrency."""
        return await self._database.read(
            caller.joined(store.timeline), caller.id, AVENIR, self._known(currency)
        )

    async def release(self, as_of: date | None, currency: str, *, dry_run: bool) -> Summary:
        """Release all lots that have matured, one run at a time in each process.

        Raises:
            UnknownCurrency, BadDay: nothing was done.
            OutcomeUnknown: the database was lost on the way, and lots before that are released.

        """
        due = Due(AVENIR, self._known(currency), day_due(as_of, self._clock))
        run = Run(self._database, self._clock, due, dry_run=dry_run)
        async with self._releasing:
            try:
                while await self._database.in_thread(run.step):
                    pass
                return await self._database.in_thread(run.summary)
            except DatabaseUnavailable as error:
                raise OutcomeUnknown from error.__cause__ or error

    def _move(self, user_id: int, amount: str, currency: str) -> Move:
        return Move(user_id, _amount(amount, self._known(currency)), currency, self._clock())

    def _known(self, currency: str) -> str:
        return known_currency(currency, self._currencies)


def day_due(as_of: date | None, clock: Clock) -> date:
    """Return the day by which lots are to have matured: today in UTC where none is asked for.

    Raises:
        BadDay: the day lies in the future.

    """
    today = clock().date()
    if as_of is not None and as_of > today:
        raise BadDay(f"as_of lies in the future: {as_of} is after {today}, which is today in UTC.")
    return as_of or today


def known_currency(currency: str, currencies: tuple[str, ...]) -> str:
    """Return the currency. Raises UnknownCurrency: it is none of those that the server is set up for."""
    if currency not in currencies:
        raise UnknownCurrency(f"The currency must be one of {', '.join(currencies)}.")
    return currency


def _amount(said: str, currency: str) -> Decimal:
    amount = Decimal(said)
    decimals = DECIMALS[currency]
    if len(said.partition(".")[2]) > decimals:
        raise BadAmount(f"amount has more than the {decimals} decimals of {currency}.")
    if not ZERO < amount < AMOUNT_MAX:
        raise BadAmount(f"amount must be above 0 and below {AMOUNT_MAX}.")
    return amount
