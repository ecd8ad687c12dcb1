"""Who reads and writes articles. All have the same text, so that every answer can be held against it."""

import hashlib
import json
import random
import re
from typing import ClassVar, Final

from locust import task

from load.errands import Errands
from load.senders.sender import Sender

PATH: Final = "/api/articles"
ONE: Final = "/api/articles/:id"
AMONG: Final = 5_000
"""How many articles readers choose from, as AR-6 has them."""
TITLE: Final = "An article of a load"
CONTENT: Final = "It is kept, and read again. " * 4
DRAFT: Final = json.dumps({"title": TITLE, "content": CONTENT})
CHANGED: Final = json.dumps({"title": TITLE, "content": CONTENT + "Then it is changed."})
ID: Final = re.compile(rb'"id":\s*([0-9]+)')


def _checksum(draft: str) -> bytes:
    text = json.loads(draft)
    return hashlib.sha256(f"{text['title']}\0{text['content']}".encode()).hexdigest().encode()


KEPT: Final = _checksum(DRAFT)
KEPT_CHANGED: Final = _checksum(CHANGED)


class Writer(Sender):
    """Keeps one article after the other."""

    @task
    def write(self) -> None:
        """Keep an article."""
        self.keep()

    def keep(self) -> str:
        """Keep an article and return its id; empty when that failed."""
        found = ID.search(self.ask(f"POST {PATH}", PATH, has=KEPT, body=DRAFT))
        if found is None:
            return ""
        path = f"{PATH}/{found[1].decode()}"
        self.errands.remove_later(path)
        return path


class Reader(Sender):
    """Reads articles at random."""

    paths: ClassVar[list[str]]

    @classmethod
    def prepare(cls, errands: Errands) -> None:
        """Make articles to be read."""
        cls.paths = errands.once("articles", lambda: articles(errands))

    @task
    def read(self) -> None:
        """Read one."""
        self.ask(f"GET {ONE}", random.choice(self.paths), has=KEPT)  # noqa: S311 - no secret


def articles(errands: Errands) -> list[str]:
    """Make the articles that are read, and return where they are."""

    def keep(_number: int) -> str:
        path = f"{PATH}/{errands.call('POST', PATH, body=json.loads(DRAFT))['id']}"
        errands.remove_later(path)
        return path

    return errands.each(keep, range(AMONG))
