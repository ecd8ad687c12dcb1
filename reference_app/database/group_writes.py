"""What several requests write at the same time is committed together, where one transaction writes at a time.

A commit waits for the disk, which takes longer than most of what is committed. Those who come while one is under
way would wait for each other's, one after the other; so they share the next. Each keeps what a transaction of its
own would give it: what it wrote goes alone if it fails, and it is answered when its work is on the disk. If the
commit fails, or the disk, it fails for all of them.
"""

import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import Connection, Engine

from reference_app.database.turns import begun

GROUP_MAX: Final = 64
GROUP_S_MAX: Final = 0.02
"""After so long no further work is taken into a group: other processes write, too."""

T = TypeVar("T")


@dataclass(slots=True)
class _Asked(Generic[T]):
    """A piece of work, who waits for it, and how it went."""

    work: Callable[[Connection], T]
    answer: "Future[T]" = field(default_factory=Future)
    result: T | None = None
    error: Exception | None = None

    def do(self, connection: Connection) -> None:
        """Do the work; if it raises, undo it, and nothing else.

        Raises what the work raised where that has ended the transaction, as an error of the disk does.
        """
        driver: Any = connection.connection.dbapi_connection
        driver.execute("SAVEPOINT one_of_a_group")
        try:
            self.result = self.work(connection)
        except Exception as error:
            self.error = error
            if not driver.in_transaction:
                raise
            driver.execute("ROLLBACK TO one_of_a_group")
        driver.execute("RELEASE one_of_a_group")

    def tell(self, failure: Exception | None) -> None:
        """Answer who waits."""
        error = failure or self.error
        if error is not None:
            self.answer.set_exception(error)
        else:
            self.answer.set_result(self.result)  # type: ignore[arg-type] # of T, as the work has returned


class GroupWrites:
    """The one thread in which a process writes for its requests."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: deque[_Asked[Any]] = deque()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="database-writer")

    def write(self, work: Callable[[Connection], T]) -> "Future[T]":
        """Have the work done, in the next group if it can be; the future is answered when it is committed.

        A future that is cancelled before is not begun.
        """
        asked = _Asked(work)
        self._waiting.append(asked)
        self._thread.submit(self._write_next)
        return asked.answer

    def close(self) -> None:
        """End the thread, when what is under way has ended."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _write_next(self) -> None:
        first = self._next()
        if first is None:  # it was in a group before this one
            return
        group, failure = [first], None
        try:
            with begun(self._engine) as connection:
                until_s = time.monotonic() + GROUP_S_MAX
                first.do(connection)
                while len(group) < GROUP_MAX and time.monotonic() < until_s and (more := self._next()):
                    group.append(more)
                    more.do(connection)
        except Exception as error:  # noqa: BLE001 - it is all theirs, and there is nobody else to hear it
            failure = error
        for each in group:
            each.tell(failure)

    def _next(self) -> _Asked[Any] | None:
        """Take the next of those who still wait."""
        while self._waiting:
            asked = self._waiting.popleft()
            if asked.answer.set_running_or_notify_cancel():
                return asked
        return None
