"""What a system brings to the server and to its command line; `systems.py` lists them.

    SYSTEM = System(name="toys", build=_build, settings=ToySettings, problems=PROBLEMS, add_commands=commands.add)

A description is light: each command reads those of all systems. What serves is imported by `build`, which gets a
`Context` and returns what it has `Built`. Only `build` need be there.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from reference_app.errors import AppError
from reference_app.settings import Settings, SystemSettings
from reference_app.web.problem import Problem

if TYPE_CHECKING:  # They take half a second, which help and a refusal need not.
    from pathlib import Path

    import typer
    from sqlalchemy import Connection

    from reference_app.background.timers import Timer
    from reference_app.clock import Clock
    from reference_app.database.engine import Database
    from reference_app.logs import Log
    from reference_app.single_flight.flights import SingleFlight
    from reference_app.web.auth import Authenticator
    from reference_app.web.metrics import Metrics
    from reference_app.web.operations import Operation

T = TypeVar("T")

UserHook = Callable[["Connection", int], None]
"""Called with a connection and a user's number, in the transaction in which that user comes or goes."""
Seed = Callable[["Connection"], int]
"""Called with a connection, in a transaction; returns how many rows it has added."""


class Owned(Protocol):
    """What only one process may have. A server takes it before it says that it listens."""

    @property
    def is_opening(self) -> bool:
        """Whether it will be known soon if it can be used."""

    @property
    def refusal(self) -> Exception | None:
        """Why it cannot be used, for good."""

    def own(self) -> None:
        """Take it, unless it is ours already. Raises AppError: it cannot be had."""


class Kept(Protocol):
    """What a system keeps outside the database: a part of each backup."""

    @property
    def is_there(self) -> bool:
        """Whether there is anything where a server looks for it."""

    def back_up(self, target: "Path") -> str:
        """Copy it into the new folder `target`, while a server may write to it; say shortly what that was."""

    def restore(self, backup: "Path") -> str:
        """Copy it back from the folder `backup` of a backup to its place, which is empty; say what that was."""


class Users:
    """Tells all systems of users who come and go."""

    def __init__(self) -> None:
        self._welcomes: list[UserHook] = []
        self._farewells: list[UserHook] = []

    def tell(self, built: "Built") -> None:
        """Tell this system from now on."""
        self._welcomes += [built.welcome] if built.welcome else []
        self._farewells += [built.farewell] if built.farewell else []

    def welcome(self, connection: "Connection", user_id: int) -> None:
        """Do what systems do for a user whom the development bypass makes."""
        for hook in self._welcomes:
            hook(connection, user_id)

    def farewell(self, connection: "Connection", user_id: int) -> None:
        """Do what systems do before a user is removed."""
        for hook in self._farewells:
            hook(connection, user_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a server gives to each system that is built into it."""

    settings: Settings
    database: "Database"
    single_flight: "SingleFlight"
    clock: "Clock"
    log: "Log"
    metrics: "Metrics"
    users: Users
    given: Mapping[type, object]
    """What was put in the place of parts, by their type: stand-ins, and what is owned already."""
    give_up: Callable[[], None]
    """Called when something that the server needs cannot be used, for good."""
    offered: dict[type, object] = field(default_factory=dict)
    """What the systems that were built so far offer to those that are built after them, by its type."""

    def part(self, kind: type[T]) -> T | None:
        """Return what was given in the place of the part of this type, else what an earlier system offers."""
        return cast("T | None", self.given.get(kind, self.offered.get(kind)))


async def no_trouble() -> str:
    """Say that all is well."""
    return ""


async def nothing_to_measure() -> None:
    """Measure nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a system is in one server."""

    operations: Sequence["Operation"] = ()
    background: Callable[[], AbstractAsyncContextManager[object]] = nullcontext
    """Entered when the server starts, left when it stops: work beside requests, and what is to be closed."""
    timers: Sequence["Timer"] = ()
    """What is done every so often, by one of all the processes that share the database. Begins after every
    `background` has, and ends before any."""
    trouble: Callable[[], Awaitable[str]] = no_trouble
    """Says why nothing can be kept at the moment, in a few words; empty when it can. `/ready` asks."""
    measure: Callable[[], Awaitable[None]] = nothing_to_measure
    """Awaited before each scrape of `/metrics`: brings figures up to date that are not counted as they happen."""
    welcome: UserHook | None = None
    """Called for each user whom the development bypass makes."""
    farewell: UserHook | None = None
    """Called before a user is removed."""
    authenticator: "Authenticator | None" = None
    """Knows users. One system has it."""
    offers: Mapping[type, object] = field(default_factory=dict)
    """What systems after it in `systems.py` may use, by a type that all know: their `Context.part` finds it."""


def _nothing_to_add(_app: "typer.Typer") -> None:
    """Add no command."""


def _no_folders(_settings: Settings) -> Sequence["Path"]:
    """Store nothing beside the database."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A system: what is known of it before any server."""

    name: str
    build: Callable[[Context], Built]
    settings: type[SystemSettings] = SystemSettings
    problems: Mapping[type[AppError], Problem] = field(default_factory=dict)
    add_commands: Callable[["typer.Typer"], None] = _nothing_to_add
    """Adds its verbs to the command line."""
    folders: Callable[[Settings], Sequence["Path"]] = _no_folders
    """Where it stores something beside the database; what is in there is nobody else's."""
    seed: "Seed | None" = None
    """Adds to a migrated database what the system ships with and is missing there: `reference-app db seed`."""
    kept: Callable[[Settings], Kept] | None = None
    """Makes what copies the system's data outside the database, for backups."""
    owned: Callable[[Settings, "Clock", "Log"], Owned] | None = None
    """Makes what only one process may have; `build` finds it in the context by its type, or finds none."""
