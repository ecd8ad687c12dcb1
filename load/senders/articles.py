"""Who reads and writes articles. All have the same text, so that every answer can be held against it."""

import hashlib
import json
import random
import re
from typing import ClassVar, Final

from locust import task

from load.errands import Errands
from load.senders.sender import Sender, Steady

PATH: Final = "/api/articles"
ONE: Final = "/api/articles/:id"
EVENTS: Final = "/api/events"
EVENT: Final = json.dumps({"type": "LoadSent", "entity_id": "load", "data": {"about": "a load"}})
TITLE: Final = "An article of a load"
CONTENT: Final = "It is kept, and read again. " * 4
DRAFT: Final = json.dumps({"title": TITLE, "content": CONTENT})
BATCH: Final = f"{PATH}/batch"
DRAFTS: Final = json.dumps({"items": [json.loads(DRAFT)] * 2})
CHANGED: Final = json.dumps({"title": TITLE, "content": CONTENT + "Then it is changed."})
ID: Final = re.compile(rb'"id":\s*([0-9]+)')


def _checksum(draft: str) -> bytes:
    text = json.loads(draft)
    return hashlib.sha256(f"{text['title']}\0{text['content']}".encode()).hexdigest().encode()


KEPT: Final = _checksum(DRAFT)
KEPT_CHANGED: Final = _checksum(CHANGED)


class Keeper(Sender):
    """Somebody who keeps articles."""

    abstract = True

    def keep(self) -> str:
        """Keep an article and return its id; empty when that failed."""
        found = ID.search(self.ask(f"POST {PATH}", PATH, has=KEPT, body=DRAFT))
        if found is None:
            return ""
        path = f"{PATH}/{found[1].decode()}"
        self.errands.remove_later(path)
        return path


class Writer(Keeper):
    """Keeps one article after the other."""

    @task
    def write(self) -> None:
        """Keep an article."""
        self.keep()


class SteadyWriter(Steady, Keeper):
    """Keeps articles at a fixed rate, as AR-8 has it."""

    arrivals_per_second = 500.0

    def send(self) -> None:
        """Keep an article."""
        self.keep()


class Author(Steady, Keeper):
    """Keeps an article, changes it, and deletes it."""

    def send(self) -> None:
        """Do all three, one after the other."""
        if path := self.keep():
            self.ask(f"PUT {ONE}", path, has=KEPT_CHANGED, body=CHANGED)
            self.ask(f"DELETE {ONE}", path, has=b"")


class BatchWriter(Steady):
    """Keeps two articles at once."""

    def send(self) -> None:
        """Keep them."""
        answer = self.ask(f"POST {BATCH}", BATCH, has=KEPT, body=DRAFTS)
        for each in ID.findall(answer):
            self.errands.remove_later(f"{PATH}/{each.decode()}")


class Lister(Steady):
    """Reads pages of the list."""

    def send(self) -> None:
        """Read the first one."""
        self.ask(f"GET {PATH}", f"{PATH}?limit=20", has=b'"items"')


class EventWriter(Steady):
    """Keeps events of a type of their own, which stay: nobody can delete an event."""

    def send(self) -> None:
        """Keep one."""
        self.ask(f"POST {EVENTS}", EVENTS, has=b'"seq"', body=EVENT)


class LogReader(Steady):
    """Asks what the event log holds."""

    def send(self) -> None:
        """Ask."""
        self.ask(f"GET {PATH}/log", f"{PATH}/log", has=b'"last_seq"')


class Chooser(Sender):
    """Somebody who reads articles at random."""

    abstract = True
    among: ClassVar[int] = 1_000
    """How many articles they choose from."""
    paths: ClassVar[list[str]]

    @classmethod
    def prepare(cls, errands: Errands) -> None:
        """Make articles to be read."""
        cls.paths = errands.once("articles", lambda: articles(errands, cls.among))

    def read_one(self) -> None:
        """Read one."""
        self.ask(f"GET {ONE}", random.choice(self.paths), has=KEPT)  # noqa: S311 - no secret


class Reader(Chooser):
    """Reads one article after the other."""

    @task
    def read(self) -> None:
        """Read one."""
        self.read_one()


class ReaderAmongMany(Reader):
    """Reads among as many articles as AR-6 has."""

    among = 5_000


class SteadyReader(Steady, Chooser):
    """Reads at a fixed rate."""

    def send(self) -> None:
        """Read one."""
        self.read_one()


def articles(errands: Errands, count: int) -> list[str]:
    """Make so many articles to be read, and return where they are."""

    def keep(_number: int) -> str:
        path = f"{PATH}/{errands.call('POST', PATH, body=json.loads(DRAFT))['id']}"
        errands.remove_later(path)
        return path

    return errands.each(keep, range(count))
