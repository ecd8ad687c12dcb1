"""Who reads texts about lunar returns, and who has them written anew."""

import itertools
import json
from collections.abc import Iterator
from typing import ClassVar, Final

from load.errands import Errands, Person
from load.senders.lunar_returns import CURRENT, WithReturns
from load.senders.sender import Steady

REPORT: Final = "/api/lunar-returns/current/report"
AGAIN: Final = "/api/lunar/interpretation/regenerate"
METADATA: Final = "/api/lunar/interpretation/metadata"
ASKED: Final = json.dumps({"subject": "full", "lang": "fr"})
"""What templates there are for."""
SUBJECTS: Final = ("climate", "focus", "approach")


class StoredReader(Steady, WithReturns):
    """Reads a text that is stored: their first reader had it written."""

    @classmethod
    def prepare(cls, errands: Errands) -> None:
        """Have the texts written."""
        super().prepare(errands)
        errands.once(
            "texts",
            lambda: errands.each(
                lambda each: errands.call("POST", REPORT, each, json.loads(ASKED)), cls.people
            ),
        )

    def send(self) -> None:
        """Read it; what does not come out of storage is no good answer."""
        self.ask(f"POST {REPORT}", REPORT, has=b'"db_temporal"', body=ASKED, person=self.next_person)


class TemplateReader(Steady, WithReturns):
    """Reads a template, on a server that does not ask Claude."""

    def send(self) -> None:
        """Read it."""
        self.ask(f"POST {REPORT}", REPORT, has=b'"db_template"', body=ASKED, person=self.next_person)


class MetadataReader(Steady, WithReturns):
    """Reads what was written for them."""

    def send(self) -> None:
        """Read it."""
        self.ask(f"GET {METADATA}", METADATA, has=b'"total_interpretations"', person=self.next_person)


class Rewriter(Steady, WithReturns):
    """Has texts written anew, each time by Claude: another text each time, so that no two wait for one."""

    _texts: ClassVar[Iterator[tuple[Person, str]]]

    @classmethod
    def prepare(cls, errands: Errands) -> None:
        """Learn which texts there are."""
        super().prepare(errands)
        numbers = errands.each(lambda each: errands.call("GET", CURRENT, each)["id"], cls.people)
        asked = [
            (person, json.dumps({"lunar_return_id": number, "subject": subject, "lang": lang}))
            for subject in SUBJECTS
            for lang in ("fr", "en")
            for person, number in zip(cls.people, numbers, strict=True)
        ]
        cls._texts = itertools.cycle(asked)

    def send(self) -> None:
        """Have one written."""
        person, body = next(self._texts)
        self.ask(f"POST {AGAIN}", AGAIN, has=b'"claude"', body=body, person=person)


class SlowRewriter(Rewriter):
    """Has few texts written at a time, so that what is measured is not a queue."""

    arrivals_per_second = 10.0
