"""Keepa as a source: what is sent, what is made of its answers, and the tokens (PC-10)."""

import asyncio
import json
import time
from decimal import Decimal

import pytest

from reference_app.product_cache.query import DiscoverQuery
from reference_app.product_cache.sources import Product
from reference_app.upstream.errors import UpstreamBusy, UpstreamMalformed, UpstreamRejected
from tests.reference_app.product_cache.keepa_bench import (
    KEY,
    ONE,
    QUERY,
    TOKENS,
    TWO,
    Bench,
    asking,
    described,
    figures,
    found,
    product,
)
from tests.reference_app.upstream.stub import Answers, packed, says


def test_a_query_is_asked_as_the_finder_has_it() -> None:
    """Bounds in cents, the best ranks first, at least fifty a page."""
    query = DiscoverQuery(
        domain=3, category=283155, bsr_min=10, bsr_max=50_000,
        price_min=Decimal(10), price_max=Decimal("49.99"), max_results=7,
    )  # fmt: skip

    async def scenario(bench: Bench) -> None:
        assert await bench.source.find(query) == [TWO, ONE]
        assert bench.stub.heads[0].startswith("GET /query?")
        asked = bench.parameters
        assert (asked["key"], asked["domain"]) == (KEY, "3")
        assert json.loads(asked["selection"]) == {
            "current_SALES_gte": 10, "current_SALES_lte": 50_000,
            "current_NEW_gte": 1_000, "current_NEW_lte": 4_999,
            "categories_include": [283155], "productType": [0],
            "sort": [["current_SALES", "asc"]], "page": 0, "perPage": 50,
        }  # fmt: skip

    asking(found(TWO, ONE))(scenario)


def test_what_is_left_open_is_not_sent() -> None:
    """And a page is as large as what is wanted; of more, of one that comes twice, no more is taken."""

    async def scenario(bench: Bench) -> None:
        asins = [f"B{number:09d}" for number in range(60)]
        bench.stub.answers = [found(asins[0], *asins, "B999999999")]
        assert await bench.source.find(DiscoverQuery(domain=1, max_results=60)) == asins
        sent = json.loads(bench.parameters["selection"])
        assert sent == {
            "sort": [["current_SALES", "asc"]],
            "productType": [0],
            "page": 0,
            "perPage": 60,
        }

    asking(found())(scenario)


def test_products_are_read() -> None:
    """What Keepa does not know is None; what it knows nothing of is missing, and so is what nobody asked for."""
    nothing = {"asin": "B000000009", "title": None, "stats": None}
    unpriced = product(TWO, "A\u0000 b\u202eall\n", current=figures(), avg90=figures(0), salesRankDrops30=-1)
    stranger = product("B000000003")

    async def scenario(bench: Bench) -> None:
        got = await bench.source.products(1, [ONE, TWO, "B000000009", "B000000008"])
        assert got == {
            ONE: Product(
                asin=ONE, title="Ball", price=Decimal("19.99"), average_price_90=Decimal("24.50"),
                bsr=1_200, bsr_average_90=1_500, sales_rank_drops_30=41,
            ),
            TWO: Product(asin=TWO, title="A ball", average_price_90=Decimal("0.00")),
        }  # fmt: skip
        sent = {name: bench.parameters[name] for name in ("domain", "asin", "stats", "history")}
        assert sent == {
            "domain": "1", "asin": f"{ONE},{TWO},B000000009,B000000008", "stats": "90", "history": "0",
        }  # fmt: skip

    asking(described(product(), unpriced, nothing, stranger))(scenario)


def test_yen_have_no_decimals() -> None:
    """In what is asked, and in what is answered."""

    async def scenario(bench: Bench) -> None:
        assert (await bench.source.products(5, [ONE]))[ONE].price == Decimal(1_999)
        bench.stub.answers = [found()]
        await bench.source.find(DiscoverQuery(domain=5, price_max=Decimal(3_000), max_results=1))
        assert json.loads(bench.parameters["selection"])["current_NEW_lte"] == 3_000

    asking(described(product()))(scenario)


def test_a_long_title_is_cut() -> None:
    """It has to fit where it is kept."""

    async def scenario(bench: Bench) -> None:
        title = (await bench.source.products(1, [ONE]))[ONE].title
        assert title == "x" * 500

    asking(described(product(title="x" * 5_000)))(scenario)


@pytest.mark.parametrize(
    "wrong",
    [
        says({}), says([]), says(TOKENS), says(b"<html>"), found("B1"), found(5), found("../../../x"),
        found(asinList=None), found(asinList="B000000001"), found(ONE, tokensLeft="many"),
    ],
)  # fmt: skip
def test_a_finding_of_another_shape_is_malformed(wrong: Answers) -> None:
    """Nothing of it is believed, and it is not asked again."""

    async def scenario(bench: Bench) -> None:
        assert type(await bench.failure(bench.source.find(QUERY))) is UpstreamMalformed
        assert bench.stub.asked == 1

    asking(wrong)(scenario)


@pytest.mark.parametrize(
    "wrong",
    [
        says({}), says(TOKENS), says({**TOKENS, "products": None}), described(7), described({"title": "Ball"}),
        described(product("B1")), described(product(title=5)), described(product(current=[])),  # type: ignore[arg-type]
        described(product(avg90=[1, 2, 3])), described(product(current=["1", "2", "3", "4"])),
        described(product(current=[-1, 2**31, -1, 5])), described(product(current=[-1, 1.5, -1, 5])),
        described(product(salesRankDrops30="many")), described(product(), product(TWO, current=None)),
    ],
)  # fmt: skip
def test_products_of_another_shape_are_malformed(wrong: Answers) -> None:
    """Of several, not even those that would be right are believed."""

    async def scenario(bench: Bench) -> None:
        assert type(await bench.failure(bench.source.products(1, [ONE, TWO]))) is UpstreamMalformed

    asking(wrong)(scenario)


@pytest.mark.parametrize("status", [400, 402, 404, 405])
def test_a_key_that_is_refused_is_not_tried_again(status: int) -> None:
    """And is not shown, although the answer has it."""

    async def scenario(bench: Bench) -> None:
        assert type(await bench.failure(bench.source.find(QUERY))) is UpstreamRejected
        assert bench.stub.asked == 1

    asking(says({"error": {"type": "REQUEST_REJECTED", "message": KEY}, **TOKENS}, status=status))(scenario)


def test_spent_tokens_say_when_they_come() -> None:
    """The refusal's own `refillIn`, at once where it does not fit; and until then nobody asks again."""
    refusal = says({**TOKENS, "tokensLeft": 0, "refillIn": 42_400}, status=429)

    async def scenario(bench: Bench) -> None:
        begun_s = time.monotonic()
        failed = await bench.failure(bench.source.find(QUERY))
        assert (type(failed), failed.retry_after_s) == (UpstreamBusy, 43)
        again = await bench.failure(bench.source.products(1, [ONE]))
        assert (type(again), bench.stub.asked) == (UpstreamBusy, 1)
        assert 38 <= (again.retry_after_s or 0) <= 43
        assert time.monotonic() - begun_s < 4.0

    asking(refusal)(scenario)


def test_tokens_that_come_soon_are_waited_for() -> None:
    """As far as the deadline goes."""
    refusal = says({**TOKENS, "tokensLeft": 0, "refillIn": 600}, status=429)

    async def scenario(bench: Bench) -> None:
        begun_s = time.monotonic()
        assert await bench.source.find(QUERY) == [ONE]
        assert time.monotonic() - begun_s >= 0.6

    asking(refusal, found(ONE))(scenario)


@pytest.mark.parametrize(
    ("left", "after_s"),
    [(0, 20), (-4, 20), (-5, 80), (-50, 620)],
)
def test_an_answer_that_takes_the_last_token_is_remembered(left: int, after_s: int) -> None:
    """It is a good answer; but five tokens a minute take their time to bring the balance above zero."""

    async def scenario(bench: Bench) -> None:
        assert await bench.source.find(QUERY) == [ONE]
        failed = await bench.failure(bench.source.find(QUERY))
        assert (type(failed), bench.stub.asked) == (UpstreamBusy, 1)
        assert after_s - 5 <= (failed.retry_after_s or 0) <= after_s

    asking(found(ONE, tokensLeft=left, refillIn=20_000))(scenario)


def test_an_answer_with_tokens_left_ends_the_wait() -> None:
    """A call that was under way shows that somebody has bought more."""
    go_on = asyncio.Event()

    async def late(writer: asyncio.StreamWriter) -> None:
        await go_on.wait()
        await found(ONE)(writer)

    async def scenario(bench: Bench) -> None:
        under_way = asyncio.create_task(bench.source.find(QUERY))
        await bench.stub.until_asked()
        for _ in range(2):
            assert type(await bench.failure(bench.source.find(QUERY))) is UpstreamBusy
        assert bench.stub.asked == 2
        go_on.set()
        assert await under_way == [ONE]
        assert await bench.source.find(QUERY) == [TWO]

    asking(late, says({"tokensLeft": 0, "refillIn": 60_000}, status=429), found(TWO))(scenario)


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[" * 50_000, b'{"refillIn": "soon"}', b'{"tokensLeft": 5}']
)
def test_a_refusal_may_say_anything(body: bytes) -> None:
    """Then the header counts, and without one the table of problems."""

    async def scenario(bench: Bench) -> None:
        assert (await bench.failure(bench.source.find(QUERY))).retry_after_s == 50

    asking(says(body, status=429, retry_after="50"))(scenario)


def test_a_packed_answer_is_read() -> None:
    """Keepa packs what it sends."""
    body = json.dumps({**TOKENS, "asinList": [ONE]}).encode()

    async def scenario(bench: Bench) -> None:
        assert await bench.source.find(QUERY) == [ONE]

    asking(packed(body))(scenario)
