"""The built-in catalogue: what a server in development knows of products when it has no access to the upstream.

The products are made up, the same in each domain, and never change; between them they have each recommendation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from reference_app.product_cache.query import DiscoverQuery
from reference_app.product_cache.sources import Product

BOOKS: Final = 283155
KITCHEN: Final = 284507
TOYS: Final = 165793011


@dataclass(frozen=True, slots=True)
class Line:
    """A product of the catalogue, and the category that it is in."""

    category: int
    product: Product


def _line(category: int, asin: str, title: str, prices: str, bsr: int, drops: int) -> Line:
    now, average = prices.split()
    return Line(
        category,
        Product(
            asin=asin,
            title=title,
            price=None if now == "-" else Decimal(now),
            average_price_90=None if average == "-" else Decimal(average),
            bsr=bsr,
            bsr_average_90=bsr,
            sales_rank_drops_30=drops,
        ),
    )


LINES: Final = (
    _line(BOOKS, "B0TS000001", "Learning to Weld, 2nd Edition", "18.50 42.00", 1_200, 45),
    _line(BOOKS, "B0TS000002", "A Field Guide to Mosses", "24.00 38.90", 18_400, 19),
    _line(BOOKS, "B0TS000003", "Tide Tables for Walkers", "9.99 14.20", 96_000, 7),
    _line(BOOKS, "B0TS000004", "The Bridge Inspector's Handbook", "75.00 79.00", 340_000, 2),
    _line(BOOKS, "B0TS000005", "Sourdough in a Small Kitchen", "12.00 29.99", 640, 60),
    _line(BOOKS, "B0TS000006", "Knots and What They Hold", "15.75 15.75", 51_000, 11),
    _line(BOOKS, "B0TS000007", "Grammar of a Lost Dialect", "110.00 220.00", 890_000, 1),
    _line(BOOKS, "B0TS000008", "Pocket Atlas of Lighthouses", "- 31.00", 27_000, 14),
    _line(KITCHEN, "B0TS000009", "Cast-Iron Griddle, 26 cm", "22.40 48.00", 2_900, 38),
    _line(KITCHEN, "B0TS000010", "Stovetop Espresso Maker, 3 Cups", "17.20 28.60", 5_300, 30),
    _line(KITCHEN, "B0TS000011", "Ceramic Pie Weights", "8.00 12.50", 44_000, 12),
    _line(KITCHEN, "B0TS000012", "Bamboo Steamer, Two Tiers", "19.90 18.00", 7_700, 26),
    _line(KITCHEN, "B0TS000013", "Mandoline with Guard", "30.00 44.00", 12_500, 22),
    _line(KITCHEN, "B0TS000014", "Copper Jam Pan", "95.00 140.00", 210_000, 3),
    _line(KITCHEN, "B0TS000015", "Kitchen Scale, 1 g", "11.00 27.50", 310, 90),
    _line(KITCHEN, "B0TS000016", "Linen Bread Bag", "14.00 -", 62_000, 9),
    _line(TOYS, "B0TS000017", "Wooden Railway, 48 Pieces", "34.00 69.00", 1_900, 41),
    _line(TOYS, "B0TS000018", "Marble Run, Starter Set", "27.50 45.00", 9_200, 24),
    _line(TOYS, "B0TS000019", "Kite for Light Winds", "16.00 23.50", 38_000, 10),
    _line(TOYS, "B0TS000020", "Puzzle: Harbour at Dawn, 1,000 Pieces", "13.00 13.50", 4_100, 33),
    _line(TOYS, "B0TS000021", "Shadow Theatre", "41.00 88.00", 150_000, 4),
    _line(TOYS, "B0TS000022", "Spinning Tops, Set of Six", "7.50 19.00", 830, 55),
    _line(TOYS, "B0TS000023", "Card Game of Rivers", "9.00 14.00", 22_000, 17),
    _line(TOYS, "B0TS000024", "Model Crane, Spare Cable", "5.00 5.10", 760_000, 0),
)


class CatalogueSource:
    """What `ProductSource` promises, out of the catalogue; never fails."""

    name: Final = "catalogue"

    def __init__(self, lines: Sequence[Line] = LINES) -> None:
        self._lines = lines
        self._products = {line.product.asin: line.product for line in lines}

    async def find(self, query: DiscoverQuery) -> list[str]:
        """Return the ASINs of what fits, the best-selling first."""
        fits = [line.product for line in self._lines if _fits(line, query)]
        fits.sort(key=lambda product: (product.bsr or 0, product.asin))
        return [product.asin for product in fits[: query.max_results]]

    async def products(self, domain: int, asins: Sequence[str]) -> Mapping[str, Product]:
        """Return those of these products that the catalogue has."""
        del domain
        return {asin: self._products[asin] for asin in asins if asin in self._products}

    async def close(self) -> None:
        """Do nothing: nothing is open."""


def _fits(line: Line, query: DiscoverQuery) -> bool:
    product = line.product
    return (
        query.category in (None, line.category)
        and _within(product.bsr, query.bsr_min, query.bsr_max)
        and _within(product.price, query.price_min, query.price_max)
    )


def _within(value: int | Decimal | None, low: int | Decimal | None, high: int | Decimal | None) -> bool:
    """Whether the value keeps to the bounds; one that is not known keeps to none."""
    if value is None:
        return low is None and high is None
    return (low is None or value >= low) and (high is None or value <= high)
