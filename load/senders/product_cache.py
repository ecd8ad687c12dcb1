"""Who looks for products: those that are cached, and new ones each time."""

import itertools
import json
import random
from collections.abc import Iterator
from typing import ClassVar, Final

from locust import task

from load.errands import Errands
from load.senders.people import Known
from load.senders.sender import Steady

DISCOVER: Final = "/api/v1/products/discover"
SCORE: Final = "/api/v1/products/score"
STATS: Final = "/api/v1/cache/stats"
ENTRIES: Final = 100
"""How many searches are cached."""
DOMAIN: Final = 1
HIT: Final = b'"cache_hit":true'
MISS: Final = b'"cache_hit":false'
PRICES: Final = range(1, 10_000_000)


def search(number: int) -> dict[str, object]:
    """Return the search of this number; no two are the same."""
    return {"domain": DOMAIN, "category": 1_000 + number % 50, "max_results": 10, "price_max": 1_000 + number}


class Cached(Known):
    """Somebody who knows what is cached."""

    abstract = True
    found: ClassVar[list[str]]
    """A product of each."""

    @classmethod
    def prepare(cls, errands: Errands) -> None:
        """Have them cached."""
        super().prepare(errands)

        def cached(number: int) -> str:
            answer = errands.call("POST", DISCOVER, cls.people[number % len(cls.people)], search(number))
            product: str = answer["asins"][0]
            return product

        cls.found = errands.once("searches", lambda: errands.each(cached, range(ENTRIES)))

    def hit(self) -> None:
        """Ask for one of the searches."""
        body = json.dumps(search(random.randrange(ENTRIES)))  # noqa: S311 - no secret
        self.ask(f"POST {DISCOVER}", DISCOVER, has=HIT, body=body, person=self.next_person)


class Searcher(Steady, Cached):
    """Asks for searches that are cached, at a fixed rate."""

    def send(self) -> None:
        """Ask for one."""
        self.hit()


class Hitter(Cached):
    """Asks for one search that is cached after the other."""

    @task
    def ask_for_one(self) -> None:
        """Ask."""
        self.hit()


class Scorer(Steady, Cached):
    """Asks for scores that are cached."""

    _bodies: ClassVar[list[str]]

    @classmethod
    def prepare(cls, errands: Errands) -> None:
        """Have the products scored."""
        super().prepare(errands)
        products = sorted(set(cls.found))
        errands.once("scores", lambda: errands.call("POST", SCORE, cls.people[0], {"asins": products[:100]}))
        cls._bodies = [json.dumps({"asins": [each]}) for each in products[:100]]

    def send(self) -> None:
        """Ask for the score of one of them."""
        body = random.choice(self._bodies)  # noqa: S311 - no secret
        self.ask(f"POST {SCORE}", SCORE, has=HIT, body=body, person=self.next_person)


class Statistician(Steady, Known):
    """Asks how the caches are doing."""

    def send(self) -> None:
        """Ask."""
        self.ask(f"GET {STATS}", STATS, has=b'"discovery"', person=self.next_person)


class Adder(Known):
    """Adds an entry of their own and uses it, again and again: a search that nobody made before, twice."""

    _numbers: ClassVar[Iterator[int]]

    @classmethod
    def prepare(cls, errands: Errands) -> None:
        """Choose where their searches begin, so that each run has its own."""
        super().prepare(errands)
        cls._numbers = itertools.count(int(errands.mark, 16) % PRICES.stop // 2 + ENTRIES)

    @task
    def add_and_use(self) -> None:
        """Add an entry and use it."""
        body, person = json.dumps(search(next(self._numbers))), self.next_person
        with self.environment.events.request.measure("ENTRY", "added and used"):
            self.ask(f"POST {DISCOVER}", DISCOVER, has=MISS, body=body, person=person)
            self.ask(f"POST {DISCOVER}", DISCOVER, has=HIT, body=body, person=person)
