"""The generator in the process of a test."""

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from fixtures.generator import plain
from fixtures.generator.connection import Connection
from fixtures.generator.outcomes import Outcome, Writer, read
from fixtures.generator.requests import Head, Request
from fixtures.generator.rounds import send
from fixtures.generator.running import Load
from fixtures.generator.senders import Sender
from fixtures.generator.spec import Part, Spec


class Generate:
    """The generator in this process; `senders` are those of its latest load."""

    def __init__(self, result: Path) -> None:
        self.senders: list[Sender] = []
        self._result = result

    def __call__(self, port: int, *parts: Part) -> list[Outcome]:
        """Send one round of these parts."""
        spec = Spec("127.0.0.1", port, [list(parts)])
        with self._result.open("wb") as file:
            self.senders = asyncio.run(send(spec, Writer(file), lambda: None))
        return read(self._result)[0]


def recorded(monkeypatch: pytest.MonkeyPatch, *names: str) -> list[str]:
    """Return a list that fills with the names of these methods of a request as they are called."""
    called: list[str] = []

    def recording(name: str) -> Callable[..., Any]:
        method = getattr(Connection, name)

        def record(*arguments: Any) -> Any:
            called.append(name)
            return method(*arguments)

        return record

    for name in names:
        monkeypatch.setattr(Connection, name, recording(name))
    return called


def load_of(base_url: str, folder: Path) -> Load:
    return Load(base_url, [[burst_of(3)]], folder, "b")


def burst_of(count: int) -> Part:
    return plain.burst("/x", count, headers={}, prefix="b")


def requests(part: Part, head: Head) -> Iterator[Request]:
    """Make requests as a part wants them that names this module: slowly."""
    for request in plain.requests(part, head):
        time.sleep(part.options["slow_s"])
        yield request


found: Final = plain.found
