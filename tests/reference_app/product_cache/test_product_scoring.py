"""The score: known examples, and what holds of every product."""

from decimal import Decimal, getcontext, localcontext
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_app.product_cache.catalogue import LINES
from reference_app.product_cache.scoring import BANDS, Score, score
from reference_app.product_cache.sources import Product

ASIN: Final = "B000000001"
CENTS: Final = st.integers(0, 2**31).map(lambda cents: Decimal(cents) / 100)
PRODUCTS: Final = st.builds(
    Product,
    asin=st.just(ASIN),
    title=st.none(),
    price=st.none() | CENTS,
    average_price_90=st.none() | CENTS,
    bsr=st.none() | st.integers(1, 10**9),
    sales_rank_drops_30=st.none() | st.integers(0, 10_000),
)


def scored(price: str, average: str, bsr: int | None, drops: int | None) -> tuple[str, str, str]:
    """Return ROI, velocity and recommendation."""
    found = score(
        Product(
            asin=ASIN,
            price=Decimal(price),
            average_price_90=Decimal(average),
            bsr=bsr,
            sales_rank_drops_30=drops,
        )
    )
    return str(found.roi_percent), str(found.velocity_score), found.recommendation


@pytest.mark.parametrize(
    ("product", "expected"),
    [
        # (40 - 20 - 6) / 20; rank 1,000 is the middle of six digits, and 30 drops are all.
        (("20", "40", 1_000, 30), ("70.00", "75.00", "STRONG_BUY")),
        (("20", "40", 1_000_000, 60), ("70.00", "50.00", "BUY")),
        (("20", "40", 1_000_000, 15), ("70.00", "25.00", "CONSIDER")),
        (("20", "40", 5_000_000, 0), ("70.00", "0.00", "SKIP")),
        (("20", "20", 1, 30), ("-15.00", "100.00", "SKIP")),
        # What is known of velocity counts alone; nothing known is 0.
        (("20", "40", 1, None), ("70.00", "100.00", "STRONG_BUY")),
        (("20", "40", None, 15), ("70.00", "50.00", "BUY")),
        (("20", "40", None, None), ("70.00", "0.00", "SKIP")),
        # Rounded half to even, at the end: (10.01 * 0.85 - 3) / 3 = 183.6166…
        (("3", "10.01", 1, 30), ("183.62", "100.00", "STRONG_BUY")),
        (("0.80", "1.412", 1, 30), ("49.81", "100.00", "BUY")),
    ],
)
def test_known_products(product: tuple[str, str, int | None, int | None], expected: tuple[str, ...]) -> None:
    """The formula of the decision, by hand."""
    assert scored(*product) == expected


@pytest.mark.parametrize(("band", "gain", "pace"), BANDS)
def test_a_band_begins_at_its_bounds(band: str, gain: Decimal, pace: Decimal) -> None:
    """Both are needed: a hundredth less of either is the next band, or none."""
    price = Decimal(100)
    average = (gain + 100) / Decimal("0.85")
    exactly = average.quantize(Decimal("0.01"))
    below = exactly - Decimal("0.02")
    drops = int(pace * 30 / 100)
    recommended = [
        score(
            Product(asin=ASIN, price=price, average_price_90=sell, sales_rank_drops_30=count)
        ).recommendation
        for sell, count in ((exactly + Decimal("0.01"), drops), (below, drops), (exactly + 1, drops - 1))
    ]
    assert recommended[0] == band
    assert band not in recommended[1:]


@given(PRODUCTS)
def test_every_product_has_a_score(product: Product) -> None:
    """Velocity is from 0 to 100, numbers fit their columns, and without a price there is no ROI and no buy."""
    found = score(product)
    assert 0 <= found.velocity_score <= 100
    for number in (found.price, found.roi_percent, found.velocity_score):
        assert number is None or (number == round(number, 2) and abs(number) < 10**12)
    if not product.price or product.average_price_90 is None:
        assert (found.roi_percent, found.recommendation) == (None, "SKIP")


@given(PRODUCTS)
def test_the_score_does_not_depend_on_what_is_around(product: Product) -> None:
    """Not on the thread's decimal context, and not on when it is made."""
    before = getcontext().prec
    found = score(product)
    with localcontext() as context:
        context.prec = 3
        assert score(product) == found
    assert getcontext().prec == before


def test_the_catalogue_has_each_recommendation() -> None:
    """So that development sees them all; and products without a price."""
    scores: list[Score] = [score(line.product) for line in LINES]
    assert {each.recommendation for each in scores} == {"STRONG_BUY", "BUY", "CONSIDER", "SKIP"}
    assert any(each.price is None for each in scores)
    assert len({each.asin for each in scores}) == len(LINES)
