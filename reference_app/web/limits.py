"""How large and how slow a request may be.

Heads are held by the protocol (uvicorn hands a request to the app only once its head is whole, and bounds
neither size nor time): 431 and 408. So is the time that a body takes: 408. Its size is held by an ASGI middleware,
counted as it streams (`body_limits`): 413. What the middleware never sees is held by the protocol again: bodies
that no route reads, trailers, the frames of chunks. All close the connection, for what is left of the request can
no longer be told from the next one.
"""

import asyncio
import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

import uvicorn
from uvicorn.protocols.http.flow_control import FlowControl

from reference_app.web.bad_input import BodyTooLarge, BodyTooSlow
from reference_app.web.health import PROBE
from reference_app.web.holding import Budget, HeldProtocol
from reference_app.web.problem import Problem
from reference_app.web.problems import PROBLEMS

HEAD_TOO_LARGE: Final = Problem(431, "head-too-large", when="the request's head is over its bound")
HEAD_TOO_SLOW: Final = Problem(408, "head-too-slow", when="the request's head did not arrive in time")
CHUNK_FRAMES: Final = 8
"""By how much the smallest chunks may lengthen a body: five bytes of frame for each byte, and some more."""
PROBE_URL: Final = PROBE.encode()
NEVER_S: Final = math.inf
LOOK_AGAIN_S: Final = 0.1
"""How often a clock is looked at that stands still."""
NO_LARGER_BODIES: Final[Mapping[str, int]] = MappingProxyType({})


class LimitedConfig(uvicorn.Config):
    """uvicorn's settings, with the bounds on a request. Goes to workers, so it must pickle."""

    def __init__(
        self,
        *args: Any,
        head_bytes_max: int,
        head_s_max: float,
        body_bytes_max: int,
        body_s_max: float,
        pipelined_max: int,
        answers_bytes_max: int,
        write_s_max: float,
        shutdown_s_max: float,
        lame_duck_s: float,
        larger_bodies: Mapping[str, int] = NO_LARGER_BODIES,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **{**kwargs, "http": LimitedProtocol})
        self.head_bytes_max = head_bytes_max
        self.head_s_max = head_s_max
        self.body_bytes_max = body_bytes_max
        self.body_s_max = body_s_max
        self.larger_bodies = larger_bodies
        self.pipelined_max = pipelined_max
        self.write_s_max = write_s_max
        self.shutdown_s_max = shutdown_s_max
        self.lame_duck_s = lame_duck_s
        self.answers = Budget(answers_bytes_max)

    def rest_bytes_max(self, path: str) -> int:
        """How many bytes may follow a head before its request is whole: body, frames of chunks, trailers."""
        return CHUNK_FRAMES * self.larger_bodies.get(path, self.body_bytes_max) + self.head_bytes_max


class StandingFlow(FlowControl):
    """uvicorn's flow control, which remembers for how long nothing was read: the client could not send then."""

    def __init__(self, transport: asyncio.Transport, now_s: Callable[[], float]) -> None:
        super().__init__(transport)
        self._now_s = now_s
        self._since_s = 0.0
        self.before_s = 0.0
        """For how long until reading was resumed last."""

    def pause_reading(self) -> None:
        """Read nothing until reading is resumed."""
        if not self.read_paused:
            self._since_s = self._now_s()
            super().pause_reading()

    def resume_reading(self) -> None:
        """Read on."""
        if self.read_paused:
            self.before_s += self._now_s() - self._since_s
            super().resume_reading()

    def stood_s(self) -> float:
        """Return for how many seconds nothing was read so far, on this connection."""
        return self.before_s + (self._now_s() - self._since_s if self.read_paused else 0.0)


class LimitedProtocol(HeldProtocol):
    """uvicorn's protocol, with bounds on the head of each request, and on what follows it."""

    config: LimitedConfig
    flow: StandingFlow

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._head_bytes_left = self.config.head_bytes_max
        self._rest_bytes_left = 0
        self._timer: asyncio.TimerHandle | None = None
        self._due_s = NEVER_S
        """When what is timed now must be there, on the event loop's clock."""
        self._stood_s = 0.0
        """For how long nothing had been read when its time began."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to time the first head, which must come even if nothing does."""
        super().connection_made(transport)
        self.flow = StandingFlow(transport, self.loop.time)
        self._start_timer(self.config.head_s_max)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop timing."""
        self._stop_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Feed what arrived to the parser, no more of a head than is allowed."""
        while data and not self._is_deaf and not self.transport.is_closing():
            if not self._in_head:
                self._feed_rest(data)
                return
            part, data = data[: self._head_bytes_left], data[self._head_bytes_left :]
            self._head_bytes_left -= len(part)
            super().data_received(part)
            if self._in_head and self._head_bytes_left <= 0 and not self._is_deaf:
                self._refuse(
                    HEAD_TOO_LARGE, f"The request's head is over {self.config.head_bytes_max} bytes."
                )

    def on_message_begin(self) -> None:
        """Begin to time the head of a later request on the same connection."""
        super().on_message_begin()
        if self._due_s == NEVER_S:
            self._start_timer(self.config.head_s_max)

    def on_headers_complete(self) -> None:
        """The head is whole."""
        if self.url == PROBE_URL:
            self.limit_concurrency = None
        super().on_headers_complete()
        self.limit_concurrency = self.config.limit_concurrency
        self._start_timer(self.config.body_s_max)
        self._rest_bytes_left = self.config.rest_bytes_max(self.scope["path"])

    def on_message_complete(self) -> None:
        """The next byte begins another head; until then there is nothing to wait for."""
        super().on_message_complete()
        if self._in_head:
            self._due_s = NEVER_S
            self._head_bytes_left = self.config.head_bytes_max

    def _feed_rest(self, data: bytes) -> None:
        self._rest_bytes_left -= len(data)
        super().data_received(data)
        if not self._in_head and self._rest_bytes_left < 0 and not self._is_deaf:
            self._refuse(PROBLEMS[BodyTooLarge], "What follows the head is over its bound.")

    def _start_timer(self, seconds: float) -> None:
        self._due_s = self.loop.time() + seconds
        self._stood_s = self.flow.stood_s() if self.flow.read_paused else self.flow.before_s
        if self._timer is None or self._timer.when() > self._due_s:
            self._stop_timer()
            self._timer = self.loop.call_at(self._due_s, self._look_at_the_time)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look_at_the_time(self) -> None:
        """Act if the time is up; wait on if what is timed now is due later. Two timers a request cost too much."""
        self._timer = None
        if self._due_s == NEVER_S:
            return
        # While nothing is read the client's clock stands still.
        stood_s = self.flow.stood_s()
        self._due_s += stood_s - self._stood_s
        self._stood_s = stood_s
        now_s = self.loop.time()
        if self._due_s > now_s or self.flow.read_paused:
            again_s = max(self._due_s, now_s + LOOK_AGAIN_S) if self.flow.read_paused else self._due_s
            self._timer = self.loop.call_at(again_s, self._look_at_the_time)
        elif not self._is_deaf:
            self._too_slow()

    def _too_slow(self) -> None:
        if self._in_head:
            self._refuse(HEAD_TOO_SLOW, f"The request's head took longer than {self.config.head_s_max:g} s.")
        else:
            self._refuse(
                PROBLEMS[BodyTooSlow], f"The body did not arrive within {self.config.body_s_max:g} s."
            )
