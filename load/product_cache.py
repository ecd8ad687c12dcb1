"""The product cache under load: `locust -f load/product_cache.py --host URL --case together`.

It makes people, and deletes them afterwards. What gets into the cache stays there until it expires, and each search
that is new costs the server a request to Keepa: point it at a server that asks a stub.
"""

from load.cases import Case, profile
from load.senders.product_cache import Adder, Hitter, Scorer, Searcher, Statistician

profile(
    "product_cache",
    {
        "rest": Case("every request, each at a fixed rate", {Searcher: 1, Scorer: 1, Statistician: 1}),
        "together": Case("PC-4, ten clients that each add an entry and use it", {Adder: 10}),
        "hits": Case("32 clients that ask for what is cached", {Hitter: 32}),
    },
    usual="rest",
)
