"""The score of a product: what reselling it would bring, how fast it sells, and what to do about it.

Deterministic: decimal numbers, rounded half to even, and nothing but what the upstream said of the product. Why
this formula: `docs/decisions/0027-the-score-of-a-product.md`.
"""

from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from typing import Final, Literal

from reference_app.product_cache.sources import Product

Recommendation = Literal["STRONG_BUY", "BUY", "CONSIDER", "SKIP"]

REFERRAL_FEE: Final = Decimal("0.15")
"""What the marketplace keeps of the selling price."""
RANK_DIGITS: Final = Decimal(6)
"""Rank 1 counts 100, rank 1,000,000 counts 0, and each factor of ten between them the same."""
DROPS_FOR_ALL: Final = Decimal(30)
"""So many drops of the rank in 30 days, about one sale a day, count 100."""
BANDS: Final[tuple[tuple[Recommendation, Decimal, Decimal], ...]] = (
    ("STRONG_BUY", Decimal(50), Decimal(60)),
    ("BUY", Decimal(30), Decimal(40)),
    ("CONSIDER", Decimal(15), Decimal(20)),
)
"""Each recommendation with the least ROI in percent and the least velocity that it needs; the rest is SKIP."""
HUNDRED: Final = Decimal(100)
ZERO: Final = Decimal(0)
HUNDREDTH: Final = Decimal("0.01")
DIGITS: Final = 28
PRICE_MAX: Final = Decimal(10_000_000)


@dataclass(frozen=True, slots=True)
class Score:
    """A product with its score."""

    asin: str
    title: str | None
    price: Decimal | None
    bsr: int | None
    roi_percent: Decimal | None
    """None where there is no price, or none to compare it with."""
    velocity_score: Decimal
    """From 0 to 100."""
    recommendation: Recommendation


def score(product: Product) -> Score:
    """Return the product's score."""
    with localcontext(Context(prec=DIGITS)):
        price = _price(product.price)
        roi = _roi_percent(price, _price(product.average_price_90))
        velocity = _velocity(product.bsr, product.sales_rank_drops_30)
        return Score(
            asin=product.asin,
            title=product.title,
            price=price,
            bsr=product.bsr,
            roi_percent=roi,
            velocity_score=velocity,
            recommendation=_recommendation(roi, velocity),
        )


def _price(price: Decimal | None) -> Decimal | None:
    """Return a price that can be reckoned with; None for one that is no price."""
    if price is None or not price.is_finite() or not ZERO < price < PRICE_MAX:
        return None
    return price.quantize(HUNDREDTH)


def _roi_percent(buy: Decimal | None, sell: Decimal | None) -> Decimal | None:
    if not buy or sell is None:
        return None
    gain = sell - buy - sell * REFERRAL_FEE
    return (gain / buy * HUNDRED).quantize(HUNDREDTH)


def _velocity(rank: int | None, drops: int | None) -> Decimal:
    """Return the mean of what rank and drops say, of those that are known; 0 where nothing is."""
    said = []
    if rank is not None and rank > 0:
        said.append(HUNDRED * (1 - Decimal(rank).log10() / RANK_DIGITS))
    if drops is not None and drops >= 0:
        said.append(HUNDRED * drops / DROPS_FOR_ALL)
    bounded = [min(max(each, ZERO), HUNDRED) for each in said]
    return (sum(bounded, ZERO) / max(len(bounded), 1)).quantize(HUNDREDTH)


def _recommendation(roi: Decimal | None, velocity: Decimal) -> Recommendation:
    if roi is None:
        return "SKIP"
    return next((band for band, gain, pace in BANDS if roi >= gain and velocity >= pace), "SKIP")
