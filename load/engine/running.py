"""The part of a run that one locust process plays: workers measure; the master, or who runs alone, judges.

What it promises: the verdict is the same headless, with locust's page, with `--processes` and with workers on other
hosts. At the end the master has each worker stop and hand over its last measurements before locust ends it. A
worker that does not, that leaves in the middle or that never came makes the verdict inconclusive.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any, Final

import gevent
from locust.runners import STATE_MISSING, STATE_RUNNING, STATE_SPAWNING

from load.engine.errors import kind_of
from load.engine.merging import Merged
from load.engine.recording import LATE_MS, PIECE_S, RECORDER, Effort, Piece

REPORT: Final = "load"
"""Under which a worker's measurements stand in its reports."""
STOP: Final = "load-stop"
LAST: Final = "load-last"
LAST_S_MAX: Final = 60.0
"""How long the master waits for the last measurements of workers, which may have to clean up first."""
COMING_S_MAX: Final = 60
"""How long workers are waited for where the command line does not say it."""


class Measuring:
    """What every process does that sends requests.

    Args:
        environment: locust's.

    """

    def __init__(self, environment: Any) -> None:
        self.environment = environment
        events = environment.events
        events.request.add_listener(self._request)
        events.test_start.add_listener(self._start)
        # Making and removing is no effort of the generator's: a profile may remove things when it has stopped.
        events.test_stopping.add_listener(lambda **_: RECORDER.rest())
        events.test_stop.add_listener(self._stop)
        events.spawning_complete.add_listener(self._spawned)
        gevent.spawn(self._every_second)

    def each_second(self) -> None:
        """Do what is to be done once a second."""
        RECORDER.fold()

    def _every_second(self) -> None:
        while True:
            gevent.sleep(PIECE_S)
            self.each_second()

    def _start(self, **_: Any) -> None:
        RECORDER.clear()
        RECORDER.is_on = True

    def _stop(self, **_: Any) -> None:
        RECORDER.is_on = False

    def _spawned(self, **_: Any) -> None:
        if self.environment.reset_stats:
            RECORDER.clear()

    @staticmethod
    def _request(
        request_type: str,
        name: str,
        response_time: float,
        *,
        context: Mapping[str, Any],
        response: Any = None,
        exception: BaseException | None = None,
        **_: Any,
    ) -> None:
        if not RECORDER.is_on:
            return
        if LATE_MS in context:
            response_time += context[LATE_MS]
        if exception is None:
            RECORDER.good(request_type, name, response_time)
            return
        status = getattr(response, "status_code", None) or 0
        kind = kind_of(exception, status)
        RECORDER.bad(request_type, name, response_time, kind, is_answered=bool(status))


class Worker(Measuring):
    """A process that measures for a master."""

    def __init__(self, environment: Any) -> None:
        super().__init__(environment)
        environment.events.report_to_master.add_listener(self._report)
        environment.events.quitting.add_listener(self._quit)
        environment.runner.register_message(STOP, self._told_to_stop, concurrent=True)

    def _stop(self, **_: Any) -> None:
        super()._stop()
        self.environment.runner.send_message(LAST, _measured())

    def _report(self, data: dict[str, Any], **_: Any) -> None:
        if RECORDER.is_on:
            data[REPORT] = _measured()

    def _told_to_stop(self, **_: Any) -> None:
        self.environment.runner.stop()

    def _quit(self, **_: Any) -> None:
        # Errors are the master's to judge.
        self.environment.process_exit_code = 0


class Alone(Measuring):
    """The process that measures and judges, where there is one only.

    Args:
        environment: locust's.
        over: called when a run has ended.

    """

    def __init__(self, environment: Any, over: Callable[[], None]) -> None:
        self.merged = Merged()
        self.is_on = False
        """Whether a run goes on."""
        self._is_cut_short = False
        self._over = over
        super().__init__(environment)
        environment.events.test_stopping.add_listener(self._stopping)
        environment.events.reset_stats.add_listener(self._reset)

    def efforts(self) -> list[Effort]:
        """Return what each generator did itself."""
        return [RECORDER.effort]

    def doubts(self) -> list[str]:
        """Return why nothing that this run shows is certain."""
        broken = sum(each["count"] for each in self.environment.runner.exceptions.values())
        return [
            *(["the run was interrupted"] if self._is_cut_short else []),
            *([f"the profile itself broke {broken:,} times: see locust's output"] if broken else []),
        ]

    def collect(self) -> None:
        """Take in what has been measured until now."""
        self.merged.add(RECORDER.take())

    def each_second(self) -> None:
        """Take in what has been measured, while a run goes on."""
        if self.is_on:
            self.collect()

    def finish(self) -> None:
        """End a run that still goes on, as one that is interrupted; without `-t` that is how runs end."""
        if self.environment.runner.state in {STATE_RUNNING, STATE_SPAWNING}:
            self._is_cut_short = bool(self.environment.parsed_options.run_time)
            self.environment.runner.quit()

    def _start(self, **_: Any) -> None:
        super()._start()
        self.is_on, self._is_cut_short = True, False
        self.merged.reset()

    def _spawned(self, **_: Any) -> None:
        super()._spawned()
        if self.environment.reset_stats:
            self._reset()

    def _reset(self, **_: Any) -> None:
        RECORDER.clear()
        self.merged.reset()

    def _stopping(self, **_: Any) -> None:
        self.merged.stop()

    def _stop(self, **_: Any) -> None:
        super()._stop()
        if self.is_on:
            self.is_on = False
            self.collect()
            self._over()


class Master(Alone):
    """The process that judges what workers measure."""

    def __init__(self, environment: Any, over: Callable[[], None]) -> None:
        super().__init__(environment, over)
        self._efforts: dict[str, Effort] = {}
        self._taking_part: set[str] = set()
        self._ended: set[str] = set()
        self._left_early: set[str] = set()
        environment.events.worker_report.add_listener(self._reported)
        environment.runner.register_message(LAST, self._last)

    def efforts(self) -> list[Effort]:
        """Return what each worker did itself, as far as it said."""
        return list(self._efforts.values())

    def doubts(self) -> list[str]:
        """Return why nothing that this run shows is certain: workers that were lost or never came, too."""
        expected = self.environment.parsed_options.expect_workers
        lost = 0 if self.is_on else len(self._taking_part - self._ended)
        return [
            *([f"{lost} of {len(self._taking_part)} workers were lost"] if lost else []),
            *([f"{len(self._left_early)} workers left in the middle"] if self._left_early else []),
            *(
                [f"{len(self._taking_part)} of {expected} workers came"]
                if len(self._taking_part) < expected
                else []
            ),
            *super().doubts(),
        ]

    def collect(self) -> None:
        """Do nothing: workers hand over what they measure."""

    def wait_for_workers(self, seconds_max: float) -> bool:
        """Return whether all workers came that are expected."""
        runner, expected = self.environment.runner, self.environment.parsed_options.expect_workers
        ends_s = time.monotonic() + seconds_max
        while len(runner.clients.ready) < expected and time.monotonic() < ends_s:
            gevent.sleep(0.1)
        return bool(len(runner.clients.ready) >= expected)

    def _start(self, **_: Any) -> None:
        clients = self.environment.runner.clients
        self._efforts = {}
        self._taking_part = {each.id for each in clients.ready + clients.spawning + clients.running}
        self._ended, self._left_early = set(), set()
        super()._start()

    def _stopping(self, **_: Any) -> None:
        super()._stopping()
        if not self.is_on:
            return
        self._left_early = set(self._ended)
        runner = self.environment.runner
        runner.send_message(STOP)
        ends_s = time.monotonic() + LAST_S_MAX
        while self._awaited() and time.monotonic() < ends_s:
            gevent.sleep(0.05)

    def _awaited(self) -> list[str]:
        """Return the workers that are there and have not handed over their last measurements."""
        clients = self.environment.runner.clients
        there = {each.id for each in clients.all if each.state != STATE_MISSING}
        return [each for each in self._taking_part - self._ended if each in there]

    def _reported(self, client_id: str, data: Mapping[str, Any], **_: Any) -> None:
        if self.is_on and REPORT in data:
            self._taking_part.add(client_id)
            self._add(client_id, data[REPORT])

    def _last(self, msg: Any, **_: Any) -> None:
        if self.is_on:
            self._add(msg.node_id, msg.data)
            self._taking_part.add(msg.node_id)
            self._ended.add(msg.node_id)

    def _add(self, client_id: str, measured: Mapping[str, Any]) -> None:
        self.merged.add(Piece(*each) for each in measured["pieces"])
        self._efforts[client_id] = Effort(*measured["effort"])


def _measured() -> dict[str, Any]:
    return {"pieces": [list(each) for each in RECORDER.take()], "effort": list(RECORDER.effort)}
