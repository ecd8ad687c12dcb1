"""Who asks for lunar returns: for stored ones, and many at the same moment for the first."""

import json
from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

import gevent
from gevent.event import Event
from locust import task

from load.errands import BIRTH, Errands, Person
from load.senders.people import Known
from load.senders.sender import Steady

CURRENT: Final = "/api/lunar-returns/current"
ROLLING: Final = "/api/lunar-returns/rolling"
CHART: Final = "/api/natal-chart"
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


def chart(errands: Errands, person: Person) -> None:
    """Give the person a natal chart."""
    errands.call("PUT", CHART, person, BIRTH)
