"""The profile that tests run, with users of each kind; a test names those that it wants."""

import gevent
from locust import FastHttpUser, constant, task

from load.engine.errors import UnexpectedStatus
from load.engine.open_model import OpenModelUser
from load.engine.registering import verdicts


class Closed(FastHttpUser):
    """Asks when it is answered, like somebody who waits."""

    wait_time = constant(0.01)

    @task
    def ask(self) -> None:
        """Make the requests of one turn."""
        self.client.get("/closed", name="/closed")


class Open(OpenModelUser):
    """Asks whether or not it is answered."""

    arrivals_per_second = 50

    @task
    def ask(self) -> None:
        """Make the requests of one turn."""
        self.client.get("/open", name="/open")


class Spread(OpenModelUser):
    """Asks for answers whose times are known."""

    arrivals_per_second = 100

    @task
    def ask(self) -> None:
        """Make the requests of one turn."""
        self.client.get("/slow/600/1800", name="/slow")


class Starved(OpenModelUser):
    """Is to ask more often than any process can."""

    arrivals_per_second = 50_000

    @task
    def ask(self) -> None:
        """Make the requests of one turn."""
        self.client.get("/open", name="/open")


class Mistaken(FastHttpUser):
    """Has errors of each kind, and one answer that is right."""

    wait_time = constant(0.02)

    @task
    def ask(self) -> None:
        """Make the requests of one turn."""
        self.client.get("/right", name="/right")
        self.client.get("/status/503", name="/status")
        with self.client.get("/status/202", name="/created", catch_response=True) as response:
            response.failure(UnexpectedStatus(response.status_code, 201))
        with self.client.get("/wrong", name="/wrong", catch_response=True) as response:
            if response.text != "right":
                response.failure(f"{response.text!r} instead of 'right'")
        self.client.get("/cut", name="/cut")
        # Nobody listens on the port of nothing.
        self.client.get("http://127.0.0.1:1/", name="/refused")


class Told(FastHttpUser):
    """Reports a request of each whole number of milliseconds from 1 to 1,000."""

    @task
    def tell(self) -> None:
        """Report them all at once, and no more."""
        for took_ms in range(1, 1_001):
            self.environment.events.request.fire(
                request_type="GET", name="/told", response_time=float(took_ms), response_length=0, context={}
            )
        gevent.sleep(60)


class Broken(FastHttpUser):
    """Has a mistake of its own."""

    wait_time = constant(0.05)

    @task
    def ask(self) -> None:
        """Make the requests of one turn."""
        self.client.get("/closed", name="/closed")
        raise KeyError("id")


class Silent(FastHttpUser):
    """Asks for nothing."""

    @task
    def wait_long(self) -> None:
        """Wait for longer than any test lasts."""
        gevent.sleep(60)


verdicts("stub")
