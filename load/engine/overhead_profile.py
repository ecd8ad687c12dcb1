"""The profile whose cost is measured, judged or not: see `overhead`."""

import json
import os
import time
from pathlib import Path
from typing import Any

from locust import FastHttpUser, events, task

from load.engine.overhead import PLAIN, SPEED
from load.engine.registering import start_the_clock, verdicts

began: list[float] = []


class Quick(FastHttpUser):
    """Asks again as soon as it is answered."""

    @task
    def ask(self) -> None:
        """Ask for the one answer there is."""
        self.client.get("/", name="/")


def start(**_: Any) -> None:
    """Note when the run began."""
    began[:] = [time.process_time(), time.monotonic()]


def stop(environment: Any, **_: Any) -> None:
    """Leave how fast it was, before anything is judged."""
    made = environment.stats.total.num_requests
    now = (time.process_time(), time.monotonic())
    Path(os.environ[SPEED]).write_text(
        json.dumps([made, now[0] - began[0], now[1] - began[1]]), encoding="utf-8"
    )


events.test_start.add_listener(start)
events.test_stop.add_listener(stop)
if PLAIN in os.environ:
    events.init.add_listener(start_the_clock)
else:
    verdicts("overhead")
