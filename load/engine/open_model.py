"""Users whose requests leave by a schedule, whether or not the server has answered (an open model).

What it promises: an arrival is timed from when it was due, so that a server that stalls is seen by all that would
have asked meanwhile (coordinated omission); none is dropped. What an arrival is late by for reasons of the
generator itself is kept apart. Requests that are under way when the run ends are waited for, and then count as
unanswered. What it does not: choose how many users there are. `-u 4` is four times `arrivals_per_second`, on
however many workers.
"""

import random
import time
from typing import Any, Final

import gevent
import gevent.pool
from locust import FastHttpUser
from locust.user.task import LOCUST_STATE_WAITING

from load.engine.errors import CONNECTION
from load.engine.recording import LATE_MS, RECORDER

END_S_MAX: Final = 5.0
"""How long requests that are under way at the end are waited for."""


class OpenModelUser(FastHttpUser):
    """A user that starts one of its tasks `arrivals_per_second` times a second.

    One task is one arrival. Its first request is timed from when the arrival was due, each further one from when it
    is sent. Tasks are functions of the user, with locust's weights and tags; `wait_time` means nothing here.
    """

    abstract = True
    arrivals_per_second: float = 1.0
    in_flight_max: int = 1_000
    """How many arrivals may wait for their answers. Later ones wait for a place, and their time runs."""

    def __init__(self, environment: Any) -> None:
        self.concurrency = self.in_flight_max
        super().__init__(environment)
        self._in_flight = gevent.pool.Pool(self.in_flight_max)
        self._began_s: float | None = None
        self._number = 0

    def run(self) -> None:  # type: ignore[misc]  # locust marks it as final for users that take turns
        """Start arrivals until locust stops the user."""
        # A waiting user is one that locust may stop at once: `_ended` sees to what is under way.
        self._state = LOCUST_STATE_WAITING
        try:
            self.on_start()
            self._follow_schedule()
        finally:
            self._ended()
            self.on_stop()

    def context(self) -> dict[str, Any]:
        """Return by how much the request that now begins is late; locust hands it to who records."""
        arrival = gevent.getcurrent()
        due_s, arrival.due_s = getattr(arrival, "due_s", None), None
        return {} if due_s is None else {LATE_MS: 1_000 * (time.perf_counter() - due_s)}

    def _follow_schedule(self) -> None:
        self._began_s = began_s = time.perf_counter()
        free_since_s = 0.0
        while True:
            due_s = began_s + self._number / self.arrivals_per_second
            # A pause of 0 when it is late: others have to get on.
            gevent.sleep(max(0.0, due_s - time.perf_counter()))
            if self._in_flight.full():
                self._in_flight.wait_available()
                free_since_s = time.perf_counter()
            self._number += 1
            arrival = self._in_flight.spawn(self._arrive, max(due_s, free_since_s))
            arrival.due_s = due_s

    def _arrive(self, could_leave_s: float) -> None:
        RECORDER.left(max(0.0, time.perf_counter() - could_leave_s))
        try:
            chosen: Any = random.choice(self.tasks)  # noqa: S311 - a task, no secret
            chosen(self)
        except Exception as error:  # noqa: BLE001 - whatever a profile does wrong is locust's to show
            self.environment.events.user_error.fire(
                user_instance=self, exception=error, tb=error.__traceback__
            )

    def _ended(self) -> None:
        if self._began_s is not None:
            due = int((time.perf_counter() - self._began_s) * self.arrivals_per_second)
            RECORDER.never_left(max(0, due - self._number))
        self._in_flight.join(timeout=END_S_MAX)
        for _ in self._in_flight:
            RECORDER.bad("", UNANSWERED, 0.0, CONNECTION, is_answered=False)
        self._in_flight.kill()


UNANSWERED: Final = "(unanswered at the end)"
"""The name under which requests stand that had no answer when the run was over."""
