"""The statements of a run, made once for each kind of database: it takes as long to make one as to run it.

Each takes the lots of a batch as rows of JSON (`Dialect.rows`). None is bound to a number of lots.
"""

from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Date,
    Select,
    String,
    and_,
    bindparam,
    func,
    insert,
    literal,
    select,
    tuple_,
    union_all,
    update,
)

from reference_app.database.dialects import Dialect
from reference_app.database.types import Id
from reference_app.vesting.judging import RELEASED, VESTED
from reference_app.vesting.tables import (
    AVAILABLE,
    COMPLETED,
    CREDIT,
    DEBIT,
    LOCKED,
    RELEASE,
    accounts,
    ledger_entries,
    operations,
    vault_vesting_lots,
)

LOTS = vault_vesting_lots.c
LEFT = (LOTS.amount - LOTS.released_amount).label("left")
DUE_LOT = (LOTS.id, LOTS.user_id, LOTS.release_day, LEFT, LOTS.source_operation_id)
"""The columns of a `DueLot`."""
IS_DUE = and_(
    LOTS.vault_code == bindparam("vault_code"),
    LOTS.currency == bindparam("currency"),
    LOTS.release_day <= bindparam("as_of"),
)
LOCKED_ONES = accounts.alias("locked")
AVAILABLE_ONES = accounts.alias("available")
HOLDER = (LOCKED_ONES.c.id, LOCKED_ONES.c.balance, AVAILABLE_ONES.c.id)
"""The columns of a `Holder`."""


class Statements:
    """The statements for one kind of database."""

    def __init__(self, dialect: Dialect) -> None:
        self.matured = select(func.count()).where(IS_DUE, LOTS.status.in_((VESTED, RELEASED)))
        self.next_lots = _next_lots()
        self.lock_next_lots = self.next_lots.with_for_update(skip_locked=True)
        self.lot = select(*DUE_LOT, LOTS.release_job_trace_id).where(LOTS.id == bindparam("lot_id"))
        self.lock_lot = self.lot.with_for_update(skip_locked=True)
        self.owners = _owners(dialect)
        self.lock_owners = _locking(self.owners)
        self.sources = _sources(dialect)
        self.lock_sources = _locking(self.sources)
        self.add_operations = _add_operations(dialect)
        self.add_entries = _add_entries(dialect)
        self.release_lots = _release_lots(dialect)


@cache
def statements_of(dialect: Dialect) -> Statements:
    """Return the statements for this kind of database."""
    return Statements(dialect)


def _next_lots() -> Select[Any]:
    place = tuple_(bindparam("after_day", type_=Date), bindparam("after_id", type_=Id))
    return (
        select(*DUE_LOT)
        .where(
            IS_DUE,
            LOTS.status == VESTED,
            LOTS.released_amount < LOTS.amount,
            tuple_(LOTS.release_day, LOTS.id) > place,
        )
        .order_by(LOTS.release_day, LOTS.id)
        .limit(bindparam("limit"))
    )


def _owners(dialect: Dialect) -> Select[Any]:
    """The accounts of users, by the user."""
    asked = dialect.rows("asked", {"user_id": Id})
    mine = and_(
        LOCKED_ONES.c.user_id == asked.c.user_id,
        LOCKED_ONES.c.currency == bindparam("currency"),
        LOCKED_ONES.c.account_type == LOCKED,
    )
    same = and_(
        AVAILABLE_ONES.c.user_id == LOCKED_ONES.c.user_id,
        AVAILABLE_ONES.c.currency == LOCKED_ONES.c.currency,
        AVAILABLE_ONES.c.account_type == AVAILABLE,
    )
    chosen = select(asked.c.user_id, *HOLDER).select_from(asked).join(LOCKED_ONES, mine)
    return chosen.outerjoin(AVAILABLE_ONES, same).order_by(LOCKED_ONES.c.id)


def _sources(dialect: Dialect) -> Select[Any]:
    """The accounts between which a deposit moved its money, by the deposit's operation."""
    asked = dialect.rows("asked", {"operation_id": Id})
    came, went = ledger_entries.alias("came"), ledger_entries.alias("went")
    return (
        select(asked.c.operation_id, *HOLDER)
        .select_from(asked)
        .join(came, came.c.operation_id == asked.c.operation_id)
        .join(LOCKED_ONES, and_(LOCKED_ONES.c.id == came.c.account_id, LOCKED_ONES.c.account_type == LOCKED))
        .join(went, went.c.operation_id == asked.c.operation_id)
        .join(
            AVAILABLE_ONES,
            and_(AVAILABLE_ONES.c.id == went.c.account_id, AVAILABLE_ONES.c.account_type == AVAILABLE),
        )
        .order_by(LOCKED_ONES.c.id)
    )


def _locking(chosen: Select[Any]) -> Select[Any]:
    return chosen.with_for_update(of=LOCKED_ONES, key_share=True)


def _now() -> ColumnElement[Any]:
    return bindparam("now", type_=operations.c.created_at.type)


def _add_operations(dialect: Dialect) -> Any:
    """An operation for each row."""
    given = dialect.rows("releases", {"metadata": JSON()})
    of = operations.c
    chosen = select(literal(RELEASE), literal(COMPLETED), given.c.metadata, _now())
    columns = [of.type, of.status, of.operation_metadata, of.created_at]
    return insert(operations).from_select(columns, chosen).returning(of.id)


def _paid(dialect: Dialect) -> Any:
    names = ("lot_id", "operation_id", "locked_id", "available_id")
    return dialect.rows("paid", dict.fromkeys(names, Id))


def _add_entries(dialect: Dialect) -> Any:
    """Two entries for each row, out of the locked and into the available account."""
    paid, of = _paid(dialect), ledger_entries.c
    left = LOTS.amount - LOTS.released_amount
    halves = [
        select(paid.c.operation_id, account, amount, LOTS.currency, literal(kind), _now()).join_from(
            paid, vault_vesting_lots, LOTS.id == paid.c.lot_id
        )
        for account, amount, kind in ((paid.c.locked_id, -left, DEBIT), (paid.c.available_id, left, CREDIT))
    ]
    columns = [of.operation_id, of.account_id, of.amount, of.currency, of.entry_type, of.created_at]
    return insert(ledger_entries).from_select(columns, union_all(*halves))


def _release_lots(dialect: Dialect) -> Any:
    """Each lot that is still as it was is released."""
    paid = _paid(dialect)
    return (
        update(vault_vesting_lots)
        .where(LOTS.id == paid.c.lot_id, LOTS.status == VESTED, LOTS.released_amount < LOTS.amount)
        .values(
            released_amount=LOTS.amount,
            status=RELEASED,
            last_released_at=_now(),
            last_release_operation_id=paid.c.operation_id,
            release_job_trace_id=bindparam("trace_id", type_=String),
        )
    )
