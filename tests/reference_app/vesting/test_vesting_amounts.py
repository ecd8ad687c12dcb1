"""Amounts that clients send, as the service reads them."""

from decimal import Decimal

import pytest

from reference_app.vesting.errors import BadAmount
from reference_app.vesting.service import _amount


@pytest.mark.parametrize(
    ("said", "currency"), [("1.000", "AED"), ("1.0", "JPY"), ("1.0000", "BHD"), ("0.001", "AED")]
)
def test_more_decimals_than_the_currency_has_are_refused(said: str, currency: str) -> None:
    """Also where they are zeros: what is not written as an amount of the currency may be meant otherwise."""
    with pytest.raises(BadAmount):
        _amount(said, currency)


@pytest.mark.parametrize(
    ("said", "currency"), [("1", "AED"), ("1.5", "AED"), ("1.50", "AED"), ("0.001", "BHD")]
)
def test_no_more_than_those_are_taken_as_they_are(said: str, currency: str) -> None:
    """Fewer decimals are the same amount."""
    assert _amount(said, currency) == Decimal(said)
