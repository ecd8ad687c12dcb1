"""What strangers can make a process hold, bounded in total: each connection has bounds of its own besides.

Bounded here: connections, requests that wait behind another, answers that clients do not read, and how long they
take to. Bodies are bounded by a budget of the same kind in `reference_app.web.body_limits`. What hits a bound is
counted and logged (docs/decisions/0040-bounded-in-total.md).
"""

import asyncio
from typing import Any, Final

from reference_app.web.framing import NotTaken
from reference_app.web.leaving import AskingProtocol
from reference_app.web.problem import Problem
from reference_app.web.refusals import told_in

TOO_MANY_WAIT: Final = Problem(
    503, "too-many-wait", retry_after_s=1, when="too many requests wait behind another on one connection"
)
TOO_MANY_CONNECTIONS: Final = Problem(503, "too-many-connections")
UNREAD: Final = Problem(503, "answer-unread")
UNREAD_IN_ALL: Final = Problem(503, "answers-unread-in-all")
"""The last three are counted and logged, and answered to nobody: their connections are cut."""
CONNECTIONS_TIMES: Final = 2
"""So many times the connections that are served are let in, to be told that there are too many."""


class Budget:
    """So many bytes that may be held at the same time. For one event loop. Goes to workers, so it must pickle."""

    def __init__(self, bytes_max: int) -> None:
        self.bytes_max = bytes_max
        self.held = 0

    def take(self, size: int) -> bool:
        """Hold so many bytes more; or return False, and hold none of them."""
        if self.held + size > self.bytes_max:
            return False
        self.held += size
        return True

    def give_back(self, size: int) -> None:
        """Hold so many less."""
        self.held -= size


class HeldProtocol(AskingProtocol):
    """The framed protocol, with bounds on what its connection holds, and on what all of them do."""

    config: Any
    """A `LimitedConfig`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._unread_bytes = 0
        self._cutting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Let the connection in, unless there are far too many."""
        super().connection_made(transport)
        if self.limit_concurrency and len(self.connections) > CONNECTIONS_TIMES * self.limit_concurrency:
            self._cut(TOO_MANY_CONNECTIONS, "There are far more connections than are served.")

    def connection_lost(self, exc: Exception | None) -> None:
        """Hold nothing any more."""
        self._let_go()
        super().connection_lost(exc)

    def _too_many_wait(self) -> NotTaken | None:
        pipelined_max = self.config.pipelined_max
        if self._is_deaf or len(self.pipeline) < pipelined_max:
            return super()._too_many_wait()
        return NotTaken(TOO_MANY_WAIT, f"{pipelined_max} requests wait on this connection already.")

    def pause_writing(self) -> None:
        """Begin to time a client that does not read, and count what waits for it."""
        super().pause_writing()
        size = self.transport.get_write_buffer_size()
        if self.config.answers.take(size):
            self._unread_bytes = size
            self._cut_in_time()
        else:
            self._cut(UNREAD_IN_ALL, "Clients have left more answers unread than are held.")

    def resume_writing(self) -> None:
        """Note that the client has read on."""
        self._let_go()
        super().resume_writing()

    def timeout_keep_alive_handler(self) -> None:
        """Close the connection, which ends when the client has read, or has had its time."""
        super().timeout_keep_alive_handler()
        self._closes()

    def shutdown(self) -> None:
        """Take nothing more."""
        super().shutdown()
        self._closes()

    def _closes(self) -> None:
        if self.transport.is_closing() and self.transport.get_write_buffer_size() and self._cutting is None:
            self._cut_in_time()

    def _cut_in_time(self) -> None:
        write_s_max = self.config.write_s_max
        said = f"The client did not read its answer within {write_s_max:g} s."
        self._cutting = self.loop.call_later(write_s_max, self._cut, UNREAD, said)

    def _cut(self, problem: Problem, detail: str) -> None:
        told_in(self.app_state, problem, detail, self.client)
        self._is_deaf = True
        self.transport.abort()

    def _let_go(self) -> None:
        self.config.answers.give_back(self._unread_bytes)
        self._unread_bytes = 0
        if self._cutting is not None:
            self._cutting.cancel()
            self._cutting = None
