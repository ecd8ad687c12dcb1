"""Several processes that serve on one socket, and the parent that looks after them.

Promises: a worker that dies or hangs is replaced; a stop of the parent is one of all workers, in the same time; no
worker outlives it. What uvicorn's own supervisor would do at SIGHUP, SIGTTIN and SIGTTOU is not done.

It serves nothing itself, and opens nothing that a worker uses but the socket.
"""

import os
import signal
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import wait
from types import FrameType
from typing import Final

from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors.multiprocess import Process

from reference_app import parent, stopping
from reference_app.errors import AppError
from reference_app.exit_codes import ExitCode
from reference_app.logs import Log
from reference_app.web.limits import LimitedConfig

STEP_S: Final = 0.1
ASKED_EVERY_S: Final = 0.5
STARTING_S_MAX: Final = 60.0
HUNG_S_MAX: Final = 10.0
"""A worker that says nothing for so long is killed, and replaced; until it first says something, the former."""
STARTED_EVERY_S: Final = 0.5
"""A worker takes the place of another no sooner than this after its start: it might never be able to."""
PING: Final = b"ping"


class WorkersFailed(AppError):
    """A worker could not start: the lines before say why."""

    exit_code = ExitCode.NOT_READY


class Worker(Process):
    """uvicorn's worker, with our server in it."""

    def __init__(self, config: LimitedConfig, sockets: list[socket.socket]) -> None:
        super().__init__(config, sockets)
        self._limited = config
        self._parent = os.getpid()
        self.started_s = self.asked_s = time.monotonic()
        self.said_s = self.started_s + STARTING_S_MAX - HUNG_S_MAX
        self.is_asked = False

    @property
    def server(self) -> stopping.Server:
        """The server of this process."""
        if self._server is None:
            self._server = stopping.Server(self._limited)
        assert isinstance(self._server, stopping.Server)
        return self._server

    def target(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve, in the process itself."""
        parent.end_with(self._parent)
        super().target(sockets)

    @property
    def lives(self) -> bool:
        """Whether there is such a process."""
        return self.process.exitcode is None

    def tell(self, number: int) -> None:
        """Send it a signal, if it is there."""
        if self.lives and self.pid is not None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def hangs(self) -> bool:
        """Ask whether it lives, and return whether it has not said so for too long."""
        now_s = time.monotonic()
        with suppress(OSError, EOFError):
            if self.parent_conn.poll(0):
                self.parent_conn.recv()
                self.said_s, self.is_asked = now_s, False
            if not self.is_asked and now_s - self.asked_s >= ASKED_EVERY_S:
                self.parent_conn.send(PING)
                self.asked_s, self.is_asked = now_s, True
        return now_s - self.said_s > HUNG_S_MAX


class Workers:
    """The workers of one server, from `run` to its end."""

    def __init__(self, config: LimitedConfig, listening: socket.socket, log: Log) -> None:
        self._config = config
        self._listening = listening
        self._log = log
        self._workers: list[Worker] = []
        self._told_s: float | None = None

    def run(self) -> None:
        """Serve until told to stop. Raises WorkersFailed; SystemExit if workers had to be killed at the end."""
        stopping.hear(self._told)
        try:
            for _ in range(self._config.workers):
                self._workers.append(self._started())
            while self._told_s is None:
                wait([each.process.sentinel for each in self._workers if each.lives], STEP_S)
                self._replace()
            self._end(self._told_s + self._config.shutdown_s_max)
            stopping.hear_no_more()
        finally:
            for each in self._workers:
                each.tell(signal.SIGKILL)

    def _told(self, number: int, _frame: FrameType | None) -> None:
        """Tell the workers, too. A terminal has sent them its SIGINT already, and a second one means more."""
        is_first, self._told_s = self._told_s is None, self._told_s or time.monotonic()
        if is_first or number == signal.SIGINT:
            for each in self._workers:
                each.tell(signal.SIGTERM if is_first else number)

    def _started(self) -> Worker:
        worker = Worker(self._config, [self._listening])
        worker.start()
        return worker

    def _replace(self) -> None:
        for number, each in enumerate(self._workers):
            if self._told_s is not None:
                return
            if each.lives and each.hangs():
                self._log.error("worker_hangs", worker=each.pid)
                each.kill()
                each.join()
            if each.lives or time.monotonic() - each.started_s < STARTED_EVERY_S:
                continue
            if each.process.exitcode == STARTUP_FAILURE:
                raise WorkersFailed
            self._log.error("worker_died", worker=each.pid, code=each.process.exitcode)
            self._workers[number] = self._started()

    def _end(self, due_s: float) -> None:
        """Wait for the workers; kill those that are still there when the time is over, and end with 1.

        The socket is theirs alone from now on: when they let nobody in any more, nobody is.
        """
        self._listening.close()
        for each in self._workers:  # one may have been started meanwhile
            each.tell(signal.SIGTERM)
        while (left := [each for each in self._workers if each.lives]) and time.monotonic() < due_s:
            wait([each.process.sentinel for each in left], STEP_S)
        codes: Sequence[int | None] = [each.process.exitcode for each in self._workers]
        if left or ExitCode.NEGATIVE in codes:
            self._log.error("workers_ended_late", workers=len(left), codes=codes)
            sys.exit(ExitCode.NEGATIVE)
