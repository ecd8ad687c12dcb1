"""A small state to keep a log for: numbered values, created, changed and deleted. And how tests open a log.

What this promises: what it holds follows from the log's records alone, and its decisions rest on the view they are
given. It says nothing about articles.
"""

import asyncio
import io
import threading
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import Executor, Future
from datetime import UTC, datetime, timedelta
from typing import Any, Final, ParamSpec, Self, TypeVar

import msgspec

from reference_app.articles.log.record import Event, Record
from reference_app.articles.log.sealing import Decide
from reference_app.errors import AppError
from reference_app.logs import Log, make_log

RUN_S_MAX: Final = 20.0

P = ParamSpec("P")
T = TypeVar("T")


class Missing(AppError):
    """There is no such value."""


class ToyState:
    """Values by their number, as text: ids count up from 0."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.created = 0

    def stage(self) -> "ToyView":
        """Return a view with nothing staged."""
        return ToyView(self)

    def apply(self, records: Sequence[Record]) -> None:
        """Take in what is durable."""
        for record in records:
            self.created += record.type == "Created"
            if record.type == "Deleted":
                del self.values[record.entity_id]
            else:
                self.values[record.entity_id] = record.data

    def dump(self) -> bytes:
        """Return the state as bytes."""
        return msgspec.json.encode([self.created, self.values])

    @classmethod
    def load(cls, body: bytes) -> Self:
        """Return the state that `dump` gave."""
        state = cls()
        state.created, state.values = msgspec.json.decode(body)
        return state


class StuckState(ToyState):
    """A state that takes for ever to be written down."""

    def dump(self) -> bytes:
        """Wait until somebody ends the process."""
        threading.Event().wait()
        return b""


class ToyView:
    """A state, and what is staged on top of it."""

    def __init__(self, state: ToyState) -> None:
        self._state = state
        self._staged: dict[str, Any] = {}
        self.created = state.created

    def has(self, key: str) -> bool:
        """Say whether the value is there, staged or durable."""
        return self._staged.get(key, self._state.values.get(key)) is not None

    def apply(self, records: Sequence[Record]) -> None:
        """Stage what a decision gave."""
        for record in records:
            self.created += record.type == "Created"
            self._staged[record.entity_id] = None if record.type == "Deleted" else record.data


def create(*values: Any) -> Decide[ToyView]:
    """Decide to create values, all or none, with the next free numbers."""
    return lambda view: [
        Event("Created", str(view.created + number), value) for number, value in enumerate(values)
    ]


def change(key: str, value: Any) -> Decide[ToyView]:
    """Decide to change a value, or refuse with Missing."""
    return lambda view: [Event("Changed", _there(view, key), value)]


def delete(key: str) -> Decide[ToyView]:
    """Decide to delete a value, or refuse with Missing."""
    return lambda view: [Event("Deleted", _there(view, key), None)]


def replayed(records: Sequence[Record]) -> ToyState:
    """Return the state that records add up to."""
    state = ToyState()
    state.apply(records)
    return state


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 5, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now

    def move(self, seconds: float) -> None:
        """Move on, or back."""
        self.now += timedelta(seconds=seconds)


class InTurns(Executor):
    """Runs calls in the event loop itself, after all who are ready now: the order is the same each time."""

    def submit(self, call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Run `call` when those who were woken before have had their turn."""
        future: Future[T] = Future()

        def run() -> None:
            try:
                future.set_result(call(*args, **kwargs))
            except BaseException as error:  # noqa: BLE001 - as an executor does
                future.set_exception(error)

        asyncio.get_running_loop().call_soon(run)
        return future


def silent_log() -> Log:
    """Return a log that nobody reads."""
    return make_log(io.StringIO(), "json")


def run(scenario: Coroutine[Any, Any, T]) -> T:
    """Run a scenario to its end in an event loop of its own; one that waits for ever fails."""

    async def limited() -> T:
        async with asyncio.timeout(RUN_S_MAX):
            return await scenario

    return asyncio.run(limited())


async def outcomes(*commands: Coroutine[Any, Any, T]) -> list[T | BaseException]:
    """Return how each command ended, all of them started at once."""
    return await asyncio.gather(*commands, return_exceptions=True)


def _there(view: ToyView, key: str) -> str:
    if not view.has(key):
        raise Missing
    return key
