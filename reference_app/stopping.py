"""How a process that serves ends: told by a signal, and in time, whatever its clients and its own parts do.

    told ──▶ /ready is 503, all else is as before (LAME_DUCK_S) ──▶ nobody new; what was taken is answered
         ──▶ the rest is cut off ──▶ parts are closed ──▶ ended, SHUTDOWN_S_MAX after it was told

SIGTERM, SIGHUP, SIGINT and SIGQUIT say the same. A second one changes nothing, but for SIGINT: what is under way is
cut off then. The last bound is kept by a thread of C, which needs nothing that a busy process may hold.
"""

import asyncio
import faulthandler
import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

import uvicorn

from reference_app.web.health import STOPPING
from reference_app.web.limits import LimitedConfig

STOPS: Final = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
PASSED_OVER: Final = (signal.SIGUSR1, signal.SIGUSR2)
"""What rotates logs may send these to a server. It has nothing to open anew, and is not to end by them."""
CLOSING_S_MAX: Final = 5.0
CLOSING_SHARE: Final = 0.5
"""So much of the time to stop is kept for closing parts, and CLOSING_S_MAX at most."""
STEP_S: Final = 0.1
SAID_BEFORE_S: Final = 0.2

Heard = Callable[[int, FrameType | None], Any]


def requests_s(shutdown_s_max: float) -> float:
    """Return for how long requests may go on, of the time that a stop may take."""
    return shutdown_s_max - min(CLOSING_S_MAX, CLOSING_SHARE * shutdown_s_max)


def hear(told: Heard) -> None:
    """Have `told` called by each signal that stops a server; those that mean nothing to one are passed over."""
    for number in STOPS:
        signal.signal(number, told)
    for number in PASSED_OVER:
        signal.signal(number, lambda _number, _frame: None)


def hear_no_more() -> None:
    """Pass all of them over from now on: the process ends, and is not to be killed by one while it does."""
    for number in (*STOPS, *PASSED_OVER):
        signal.signal(number, signal.SIG_IGN)


class Server(uvicorn.Server):
    """uvicorn's server, which ends in time. For a process of its own."""

    config: LimitedConfig
    _told_s: float | None = None
    """When it was told to stop, on the monotonic clock."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Hear signals from now on. None is raised again at the end: having been told to stop is no failure."""
        hear(self.handle_exit)
        yield
        hear_no_more()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop; at a second SIGINT, without waiting for what is under way."""
        del frame
        if self._told_s is None:
            self._told_s = time.monotonic()
            _end_after(self.config.shutdown_s_max)
            if self.started:
                self.lifespan.state[STOPPING] = True
        elif sig == signal.SIGINT:
            self.force_exit = True
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Say that the end is near, take nobody any more, answer what was taken, and close."""
        told_s = time.monotonic() if self._told_s is None else self._told_s
        _say_when_late(told_s + self.config.shutdown_s_max)
        if self._told_s is not None:
            await self._serve_on(told_s + self.config.lame_duck_s)
        left_s = (self.config.timeout_graceful_shutdown or 0) - (time.monotonic() - told_s)
        self.config.timeout_graceful_shutdown = max(left_s, 0)  # type: ignore[assignment] # asyncio takes floats
        await super().shutdown(sockets)

    async def _serve_on(self, until_s: float) -> None:
        """Serve as before until then, so that those who ask whether it is ready send nobody any more."""
        while not self.force_exit and (left_s := until_s - time.monotonic()) > 0:
            await self.on_tick(0)
            await asyncio.sleep(min(STEP_S, left_s))


def _end_after(seconds: float) -> None:
    """End this process with 1 after so many seconds if it still runs then."""
    nowhere = os.open(os.devnull, os.O_WRONLY)  # a terminal, or a pipe, might not take what it says
    faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)


def _say_when_late(due_s: float) -> None:
    """Log it when the process still runs shortly before that instant, by a thread that holds nobody up."""

    def wait() -> None:
        time.sleep(max(0.0, due_s - SAID_BEFORE_S - time.monotonic()))
        logging.getLogger(__name__).error("The server did not close its parts in time: it is ended.")

    threading.Thread(target=wait, name="late", daemon=True).start()
