"""The ruler of a machine under this generator: `locust -f load/bare.py --host URL`, of the barest app there is.

`python -m fixtures.measuring.ruler` serves it. It has no limits: its rate is what others are held beside.
"""

from locust import task

from load.cases import Case, profile
from load.senders.sender import Sender


class Anybody(Sender):
    """Asks for nothing in particular."""

    @task
    def ask_it(self) -> None:
        """Ask."""
        self.ask("GET /", "/", has=b"")


profile("bare", {"ruler": Case("32 clients", {Anybody: 32}, seconds=2)}, usual="ruler")
