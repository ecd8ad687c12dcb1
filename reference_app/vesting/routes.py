"""Wallets, deposits and their release over HTTP."""

from collections.abc import Sequence
from typing import Final

from msgspec import UNSET
from starlette.requests import Request
from starlette.responses import Response

from reference_app.idempotency.errors import BadKey, KeyUsedOtherwise
from reference_app.idempotency.keys import KEY, answered, first_answer, keyed
from reference_app.vesting.errors import (
    BadAmount,
    BadDay,
    BalanceTooLarge,
    NoSuchUser,
    OwnerGone,
    OwnWalletOnly,
    TooLittleAvailable,
    UnknownCurrency,
)
from reference_app.vesting.judging import AVENIR
from reference_app.vesting.schemas import (
    Deposit,
    Funding,
    FundingDone,
    ReleaseSummary,
    TransactionPage,
    VestingLot,
    VestingTimeline,
    Wallet,
    WalletTransaction,
    timeline_of,
    wallet_of,
)
from reference_app.vesting.service import Vesting
from reference_app.web import parameters
from reference_app.web.bad_input import BadField
from reference_app.web.bodies import answer, read_json
from reference_app.web.cursors import CURSOR, after, cursor_at
from reference_app.web.operations import Operation, Parameter, caller_of, log_of

PAGE: Final = 50
PAGE_MAX: Final = 200
USUAL_CURRENCY: Final = "AED"
VAULT: Final = f"/api/v1/vaults/{AVENIR}"

CURRENCY: Final = Parameter(
    "currency",
    "query",
    f"A code of ISO 4217; else {USUAL_CURRENCY}",
    {"type": "string", "pattern": "^[A-Z]{3}$"},
)
AS_OF: Final = Parameter(
    "as_of",
    "query",
    "The day by which lots have matured; else today in UTC",
    {"type": "string", "format": "date"},
)
DRY_RUN: Final = Parameter("dry_run", "query", "Say what would be done, and do nothing", {"type": "boolean"})

OF_MOVES: Final = (UnknownCurrency, BadAmount, BalanceTooLarge, OwnerGone, KeyUsedOtherwise, BadKey)


def operations(vesting: Vesting) -> Sequence[Operation]:
    """Return the operations on wallets, vaults and their release."""
    serve = _Endpoints(vesting)
    return (
        Operation(
            method="POST", path="/api/v1/wallet/funding", summary="Put money into a wallet",
            endpoint=serve.fund_wallet, status=201, takes=Funding, gives=FundingDone, parameters=(KEY,),
            raises=(*OF_MOVES, OwnWalletOnly, NoSuchUser), who="user",
        ),
        Operation(
            method="GET", path="/api/v1/wallet", summary="What I have", endpoint=serve.get_wallet,
            gives=Wallet, parameters=(CURRENCY,), raises=(UnknownCurrency, BadField), who="user", joins=True,
        ),
        Operation(
            method="GET", path="/api/v1/transactions", summary="What came into my wallet, and what went out",
            endpoint=serve.list_transactions, gives=TransactionPage,
            parameters=(parameters.limit_parameter(PAGE_MAX), CURSOR), raises=(BadField,), who="user", joins=True,
        ),
        Operation(
            method="POST", path=f"{VAULT}/deposits", summary="Lock money for a year",
            endpoint=serve.make_deposit, status=201, takes=Deposit, gives=VestingLot, parameters=(KEY,),
            raises=(*OF_MOVES, TooLittleAvailable), who="user", joins=True,
        ),
        Operation(
            method="GET", path=f"{VAULT}/vesting/timeline", summary="When my money is released",
            endpoint=serve.get_timeline, gives=VestingTimeline, parameters=(CURRENCY,),
            raises=(UnknownCurrency, BadField), who="user", joins=True,
        ),
        Operation(
            method="POST", path=f"/api/v1/admin/vaults/{AVENIR}/vesting/release",
            summary="Release what has matured", endpoint=serve.release_vesting, gives=ReleaseSummary,
            parameters=(AS_OF, CURRENCY, DRY_RUN), raises=(UnknownCurrency, BadDay, BadField), who="admin",
            if_unknown="Send it again: what was released is not released again.",
        ),
    )  # fmt: skip


class _Endpoints:
    """HTTP in, HTTP out."""

    def __init__(self, vesting: Vesting) -> None:
        self._vesting = vesting

    async def fund_wallet(self, request: Request) -> Response:
        funding = await read_json(request, Funding)
        caller = caller_of(request)
        return answered(
            await self._vesting.fund(
                (funding.amount, funding.currency),
                caller.id if funding.user_id is UNSET else funding.user_id,
                keyed(request, funding),
                lambda funded: first_answer(201, FundingDone.of(funded)),
                is_admin=caller.is_admin,
            )
        )

    async def make_deposit(self, request: Request) -> Response:
        deposit = await read_json(request, Deposit)
        return answered(
            await self._vesting.deposit(
                caller_of(request),
                (deposit.amount, deposit.currency),
                keyed(request, deposit),
                lambda lot: first_answer(201, VestingLot.of(lot)),
            )
        )

    async def get_wallet(self, request: Request) -> Response:
        currency = _currency(request)
        available, locked = await self._vesting.balances(caller_of(request), currency)
        return answer(wallet_of(currency, available, locked))

    async def list_transactions(self, request: Request) -> Response:
        limit = parameters.number(request, "limit", PAGE, 1, PAGE_MAX)
        page, last = await self._vesting.transactions(caller_of(request), limit, after(request))
        cursor = cursor_at(last.created_at, last.entry_id) if last else None
        return answer(TransactionPage([WalletTransaction.of(each) for each in page], cursor))

    async def get_timeline(self, request: Request) -> Response:
        currency = _currency(request)
        days = await self._vesting.timeline(caller_of(request), currency)
        return answer(timeline_of(AVENIR, currency, days))

    async def release_vesting(self, request: Request) -> Response:
        as_of, dry_run = parameters.day(request, "as_of"), parameters.flag(request, "dry_run")
        currency = _currency(request)
        summary = await self._vesting.release(as_of, currency, dry_run=dry_run)
        log_of(request).info(
            "vesting.release",
            trace_id=summary.trace_id,
            as_of=summary.as_of_date,
            currency=currency,
            dry_run=dry_run,
            matured_found=summary.matured_found,
            executed_count=summary.executed_count,
            executed_amount=summary.executed_amount,
            skipped_count=summary.skipped_count,
            errors_count=summary.errors_count,
        )
        return answer(ReleaseSummary.of(summary))


def _currency(request: Request) -> str:
    asked = parameters.text(request, "currency")
    return USUAL_CURRENCY if asked is None else asked
