"""What a piece of work is: how its result is found, made and stored, who hears of it, and how it can end.

`Work` is made in a thread, `AsyncWork` is awaited in the event loop; all else is the same for both.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import Connection

from reference_app.database.locks import Failure, Failures
from reference_app.database.tables import failures
from reference_app.errors import AppError

HOLD_S_MAX: Final = 120.0
"""A holder that is not done by then stops beating, and so loses its lock."""
ATTEMPTS_MAX: Final = 20
"""Each attempt but the last ended because another holder came first; more than a few are a fault."""
CLOSE_S_MAX: Final = 2.0
"""How long flights that are cancelled may take to release their locks."""
RETRY_AFTER_S_MAX: Final = 86_400

Errors = tuple[type[AppError], ...]

T = TypeVar("T")
R = TypeVar("R")


class WorkFailed(AppError):
    """Another process did this work and failed."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the work failed elsewhere: {name}")
        self.name = name


class WaitTooLong(AppError):
    """The work is still under way."""


class TooManyAttempts(AppError):
    """The lock changed hands again and again, and the work was never done."""


class TooMuchUnderWay(AppError):
    """Too much work of this kind is waiting already."""


class WorkTooLong(AppError):
    """The work took longer than a holder may hold its lock."""


class Moment(Enum):
    """What happens to a piece of work, as far as a log should say it."""

    STARTED = auto()
    FINISHED = auto()
    FAILED = auto()
    LOST = auto()
    RELEASED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(Generic[T, R]):
    """What is to be done once, by any process. `T` is the result, `R` what is made of it on the way."""

    key: str
    """Its lock: the purpose, a colon, and for what or whom."""
    look: Callable[[Connection], T | None]
    """Finds the result where it is there already."""
    store: Callable[[Connection, R], T]
    """Writes what was made, in the transaction that releases the lock, and returns the result."""
    told: Callable[[Moment, R | None], None]
    """Hears of each moment, in the thread in which it happens or in the event loop; of `FINISHED` with what was
    made."""
    errors: Errors = ()
    """The failures that reach those who wait in other processes as what they are, with message and
    `retry_after_s`. Each can be made of its message alone. Any other reaches them as `WorkFailed`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Order[T, R]):
    """Work that keeps a thread busy."""

    make: Callable[[], R]
    """The slow part. Runs in a thread, with no connection of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AsyncWork(Order[T, R]):
    """Work that mostly waits, for example for somebody else's server."""

    make: Callable[[], Awaitable[R]]
    """The slow part. Awaited in the event loop: no thread and no connection is held meanwhile. It is cancelled
    when the lock is lost, when it takes longer than `HOLD_S_MAX`, and when the server stops."""


class Busy:
    """Somebody else holds the lock."""


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """The result, and whether this attempt made it."""

    result: T
    made: bool


@dataclass(slots=True)
class Look(Generic[T]):
    """The looks of one flight for a result. Remembers the failures published before the first."""

    order: Order[T, Any]
    before: Failures | None = field(default=None, init=False)

    def __call__(self, connection: Connection) -> T | None:
        """Return the result if it is there.

        Raises:
            AppError: another process failed at it since our first look; one of the order's `errors`, or
                `WorkFailed`.

        """
        found = self.order.look(connection)
        if found is not None:
            return found
        now = failures(connection, self.order.key)
        self.before = self.before or now
        if now.count > self.before.count:
            raise failed_elsewhere(self.order.errors, now.last)
        return None


def failure_of(errors: Errors, error: Exception) -> Failure:
    """Return what other processes may learn of `error`; of one that is not listed in `errors`, its name only.

    Its message may hold what is nobody else's business.
    """
    name = type(error).__name__
    if not isinstance(error, AppError) or type(error) not in errors:
        return Failure(name)
    after_s = error.retry_after_s
    return Failure(name, str(error), None if after_s is None else min(max(after_s, 0), RETRY_AFTER_S_MAX))


def failed_elsewhere(errors: Errors, failure: Failure) -> AppError:
    """Return the error that a failure in another process means here."""
    for kind in errors:
        if kind.__name__ == failure.name:
            error = kind(failure.message)
            error.retry_after_s = failure.retry_after_s
            return error
    return WorkFailed(failure.name)
