"""Threads for short work that mostly waits for the database: few at a time, and more when these are held up.

Of six threads that all have something to do, each waits longer for Python's lock than for the database: two of them
read more than half as much again in a second. But two who wait for somebody's row lock must hold up nobody else. So
others come in when nothing has been begun for `STUCK_S`, and leave again when those who were held up go on.

Work is begun in the order in which it was asked for. What nobody waits for any more is not begun.
"""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final, TypeVar

FEW: Final = 2
STUCK_S: Final = 0.005

T = TypeVar("T")


class FewThreads:
    """The threads of one process for one kind of work."""

    def __init__(self, threads: int, name: str) -> None:
        """Have up to `threads` of them, whose names begin with `name`."""
        self._threads_max = threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._guard = threading.Lock()
        self._waiting: deque[tuple[Callable[[], Any], Future[Any]]] = deque()
        self._at_work = 0
        self._begun = 0
        """How many pieces of work were begun."""
        self._begun_s = 0.0
        self._helping = False

    def run(self, work: Callable[[], T]) -> "asyncio.Future[T]":
        """Have it done; call it in an event loop, whose future is answered."""
        answer: Future[T] = Future()
        with self._guard:
            self._waiting.append((work, answer))
            if self._at_work < FEW:
                self._send_one_in()
        self._help_if_stuck()
        return asyncio.wrap_future(answer)

    def close(self) -> None:
        """End the threads. What is under way ends first, and what was not begun is cancelled."""
        with self._guard:
            left = list(self._waiting)
            self._waiting.clear()
        for _, answer in left:
            answer.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _send_one_in(self) -> None:
        if self._at_work < self._threads_max:
            self._at_work += 1
            self._pool.submit(self._work_on)

    def _help_if_stuck(self) -> None:
        """Look again and again, as long as somebody waits, whether the threads go on."""
        if self._waiting and not self._helping:
            self._helping = True
            asyncio.get_running_loop().call_later(STUCK_S, self._help)

    def _help(self) -> None:
        self._helping = False
        with self._guard:
            if self._waiting and time.monotonic() - self._begun_s > STUCK_S:
                self._send_one_in()
        self._help_if_stuck()

    def _work_on(self) -> None:
        mine = self._begun
        while True:
            with self._guard:
                others_go_on = self._begun != mine
                if not self._waiting or (self._at_work > FEW and others_go_on):
                    self._at_work -= 1
                    return
                work, answer = self._waiting.popleft()
                self._begun += 1
                mine = self._begun
                self._begun_s = time.monotonic()
            if answer.set_running_or_notify_cancel():
                _do(work, answer)


def _do(work: Callable[[], T], answer: "Future[T]") -> None:
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 - it is the asker's
        answer.set_exception(error)
    else:
        answer.set_result(result)
