"""Pieces that are made together, as a test wants them, and the processes that make them."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence

from sqlalchemy import Connection

from reference_app.errors import AppError
from reference_app.single_flight.flights import SingleFlight
from reference_app.single_flight.groups import Groups, GroupWork
from reference_app.single_flight.work import Moment
from tests.reference_app.single_flight.flying import (
    PURPOSE,
    Fleet,
    add_user,
    email_of,
    find_user,
)
from tests.reference_app.stage import OpenDatabase

ONE, TWO, THREE = (f"{PURPOSE}:{number}" for number in (1, 2, 3))


class Spoilt(AppError):
    """This piece cannot be made."""


class Pieces:
    """Adds a user a piece. Makes nothing of what is in `spoilt`; the rest as `flying.AsyncJob`."""

    def __init__(self) -> None:
        self.go_on = asyncio.Event()
        self.go_on.set()
        self.begun = asyncio.Event()
        self.making: Callable[[], None] = lambda: None
        self.spoilt: set[str] = set()
        self.made: list[list[str]] = []
        self.told: list[tuple[Moment, list[str]]] = []

    def work(self, *keys: str) -> GroupWork[int, str]:
        """Some pieces as work."""
        return GroupWork(
            keys=keys,
            look=_look,
            make=self._make,
            store=_store,
            told=lambda moment, about: self.told.append((moment, sorted(about))),
            errors=(Spoilt,),
        )

    async def _make(self, keys: Sequence[str]) -> Mapping[str, str | AppError]:
        self.made.append(sorted(keys))
        self.begun.set()
        await self.go_on.wait()
        self.making()
        return {key: Spoilt("no such thing", retry_after_s=7) if key in self.spoilt else key for key in keys}


class Crew:
    """The groups of as many processes as a test wants."""

    def __init__(self, fleet: Fleet, open_database: OpenDatabase) -> None:
        self._fleet = fleet
        self._open = open_database

    def process(self, *, at_once: int = 4) -> Groups:
        """Return the groups of one more process."""
        self._fleet.processes.append(SingleFlight(self._open()))
        return self._fleet.processes[-1].groups(PURPOSE, at_once=at_once)


def _look(connection: Connection, keys: Collection[str]) -> dict[str, int]:
    found = {key: find_user(connection, email_of(key)) for key in keys}
    return {key: user for key, user in found.items() if user is not None}


def _store(connection: Connection, made: Mapping[str, str]) -> dict[str, int]:
    return {key: add_user(connection, email_of(each)) for key, each in made.items()}
