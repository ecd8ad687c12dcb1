"""Which lots can be released, on plain values."""

from decimal import Decimal
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from reference_app.vesting.currencies import DECIMALS
from reference_app.vesting.judging import DueLot, Holder, judge
from tests.reference_app.vesting.bank import TODAY

CENTS: Final = st.integers(1, 500).map(lambda cents: Decimal(cents) / 100)


def test_lots_of_an_owner_draw_on_one_balance() -> None:
    """In their order; one that finds too little takes nothing from those after it."""
    lots = [_lot(1, "60"), _lot(2, "50"), _lot(3, "40")]
    found = judge(lots, dict.fromkeys([1, 2, 3], Holder(7, Decimal(100), 8)), {}, "AED")
    assert [(each.lot.id, each.locked_id, each.available_id) for each in found.payouts] == [
        (1, 7, 8),
        (3, 7, 8),
    ]
    assert [(each.lot_id, each.error) for each in found.errors] == [
        (2, "the locked balance is too small: 40.00 AED, and 50.00 are to be released")
    ]


def test_what_was_drawn_before_counts() -> None:
    """A dry run remembers it from batch to batch."""
    drawn = {7: Decimal(95)}
    found = judge(
        [_lot(1, "5"), _lot(2, "0.01")], dict.fromkeys([1, 2], Holder(7, Decimal(100), 8)), drawn, "AED"
    )
    assert ([each.lot.id for each in found.payouts], [each.lot_id for each in found.errors]) == ([1], [2])
    assert drawn == {7: Decimal(100)}


def test_a_lot_without_any_account_is_an_error() -> None:
    """There is nothing to take it from."""
    found = judge([_lot(1, "5")], {}, {}, "JPY")
    assert [each.error for each in found.errors] == [
        "the locked balance is too small: 0 JPY, and 5 are to be released"
    ]


@given(balance=CENTS, amounts=st.lists(CENTS, max_size=20))
def test_no_more_is_released_than_there_is(balance: Decimal, amounts: list[Decimal]) -> None:
    """And each lot is either released or an error; none that would have fitted is an error."""
    lots = [_lot(number, amount) for number, amount in enumerate(amounts)]
    found = judge(lots, dict.fromkeys(range(len(lots)), Holder(7, balance, 8)), {}, "AED")
    released = sum((each.lot.left for each in found.payouts), Decimal(0))
    assert released <= balance
    seen = sorted([*(each.lot.id for each in found.payouts), *(each.lot_id for each in found.errors)])
    assert seen == list(range(len(lots)))
    assert all(lots[each.lot_id].left > balance - released for each in found.errors)


def test_currencies_have_their_decimals() -> None:
    """As ISO 4217 says."""
    assert [DECIMALS[code] for code in ("JPY", "AED", "EUR", "BHD", "CLF")] == [0, 2, 2, 3, 4]
    assert all(len(code) == 3 and code.isupper() for code in DECIMALS)


def _lot(number: int, left: str | Decimal) -> DueLot:
    return DueLot(number, 1, TODAY, Decimal(left), number)
