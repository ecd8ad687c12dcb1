"""Who asks for lunar returns: for stored ones, and many at the same moment for the first."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

import gevent
from gevent.event import AsyncResult
from locust import task
from locust.exception import StopUser
from locust.runners import STATE_RUNNING

from load.errands import BIRTH, Errands, Person
from load.senders.people import Known
from load.senders.sender import Steady

CURRENT: Final = "/api/lunar-returns/current"
ROLLING: Final = "/api/lunar-returns/rolling"
CHART: Final = "/api/natal-chart"
ROUNDS: Final = 10
"""How often all ask at once."""
A_MOMENT_S: Final = 0.05
BORN: Final = json.dumps(BIRTH)


class Born(Known):
    """Somebody who has a natal chart."""

    abstract = True

    @classmethod
    def prepare(cls, errands: Errands) -> None:
        """Give them charts."""
        super().prepare(errands)
        errands.once("charts", lambda: errands.each(lambda each: chart(errands, each), cls.people))


class WithReturns(Born):
    """Somebody whose returns are stored."""

    abstract = True

    @classmethod
    def prepare(cls, errands: Errands) -> None:
        """Have their returns calculated."""
        super().prepare(errands)
        errands.once(
            "returns",
            lambda: errands.each(lambda each: errands.call("GET", CURRENT, each), cls.people),
        )


class CurrentReader(Steady, WithReturns):
    """Reads the current return."""

    def send(self) -> None:
        """Read it."""
        self.ask(f"GET {CURRENT}", CURRENT, has=b'"return_date"', person=self.next_person)


class RollingReader(Steady, WithReturns):
    """Reads all twelve returns."""

    def send(self) -> None:
        """Read them."""
        self.ask(f"GET {ROLLING}", ROLLING, has=b'"items"', person=self.next_person)


class ChartWriter(Steady, Born):
    """Says again when they were born, which changes nothing."""

    def send(self) -> None:
        """Say it."""
        self.ask(f"PUT {CHART}", CHART, has=b'"birth_datetime"', body=BORN, person=self.next_person)


class Stampeder(Known):
    """Asks at the same moment as all others of its process for the first return of a person, and again of the next.

    All must get the same answer, the first that comes.
    """

    _crowd: ClassVar["Crowd"]

    @classmethod
    def prepare(cls, errands: Errands) -> None:
        """Make a person for each time that they ask."""
        people = errands.people(ROUNDS)
        errands.each(lambda each: chart(errands, each), people)
        cls._crowd = Crowd(people)

    @task
    def ask_with_the_others(self) -> None:
        """Wait for the others, and ask."""
        runner = self.environment.runner
        while runner is None or runner.state != STATE_RUNNING:
            gevent.sleep(A_MOMENT_S)
        round_ = self._crowd.gathered(runner.user_count)
        if round_ is None:
            raise StopUser
        self.ask(f"GET {CURRENT}", CURRENT, has=round_.is_the_same, person=round_.person)


@dataclass
class Round:
    """One person, whose first return all ask for."""

    person: Person
    first: bytes = b""
    """The answer that came first."""

    def is_the_same(self, content: bytes) -> bool:
        """Whether an answer is what all others got."""
        self.first = self.first or content
        return content == self.first and b'"return_date"' in content


class Crowd:
    """Lets go of all who wait as soon as they are all there."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._rounds = iter([Round(each) for each in people])
        self._waiting: list[AsyncResult] = []

    def gathered(self, count: int) -> Round | None:
        """Return when `count` have come here: the same round to each; None when there was the last one before."""
        mine = AsyncResult()
        self._waiting.append(mine)
        if len(self._waiting) >= count:
            waiting, self._waiting = self._waiting, []
            next_round = next(self._rounds, None)
            for each in waiting:
                each.set(next_round)
        found: Round | None = mine.get()
        return found


def chart(errands: Errands, person: Person) -> None:
    """Give the person a natal chart."""
    errands.call("PUT", CHART, person, BIRTH)
