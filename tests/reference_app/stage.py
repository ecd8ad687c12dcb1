"""A clock that only moves when told, and a real server with the requests that tests make of it."""

import json
import re
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Self

import requests

from fixtures.targets.inprocess import InProcessServer
from fixtures.targets.launch import DEVELOPMENT, Launch
from fixtures.targets.server_log import Record, records
from reference_app.database.engine import Database
from reference_app.lunar_returns.months import Ephemeris

START: Final = datetime(2026, 1, 10, 12, tzinfo=UTC)
SECRET_KEY: Final = "a key for tests, long enough for every algorithm that a test signs with"
ANSWER_S_MAX: Final = 30.0
PASSWORD: Final = "correct horse battery"
BIRTH: Final = {"birth_datetime": "1984-06-14T08:20:00+02:00", "latitude": 47.2, "longitude": -1.5}

OpenDatabase = Callable[..., Database]
"""Opens a test's database once more; takes `threads`, `holders` and `wait_s_max`."""


class SteppedClock:
    """Stands at `START` until it is moved; threads may read it at any time."""

    def __init__(self) -> None:
        self._now = START
        self._ticks = time.monotonic_ns()
        self._guard = threading.Lock()

    def __call__(self) -> datetime:
        """Return the present instant."""
        with self._guard:
            return self._now

    def ticks(self) -> int:
        """Return nanoseconds that stand still and move with the clock; at first they are the machine's own."""
        with self._guard:
            return self._ticks

    def move(self, seconds: float) -> None:
        """Let so much time pass."""
        with self._guard:
            self._now += timedelta(seconds=seconds)
            self._ticks += round(seconds * 1_000_000_000)


class Server:
    """A server in a thread, on its own port, and a client that asserts nothing."""

    def __init__(
        self,
        database_url: str,
        folder: Path,
        name: str = "server",
        *,
        environment: Mapping[str, str] | None = None,
        clock: SteppedClock | None = None,
        ephemeris: Ephemeris | None = None,
    ) -> None:
        launch = Launch(
            target="inprocess",
            workers=1,
            environment={**DEVELOPMENT, **(environment or {})},
            clock=clock,
            stand_ins={Ephemeris: ephemeris} if ephemeris else {},
            secret_key=SECRET_KEY,
        )
        self._server = InProcessServer(launch, database_url, folder, name)
        self.database_url = database_url
        self.log_path = self._server.log_path
        self.base_url = self._server.base_url
        self.port = int(self.base_url.rpartition(":")[2])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """Stop serving."""
        self._server.end()

    def ask(self, method: str, path: str, **options: Any) -> requests.Response:
        """Send one request on a connection of its own."""
        return requests.request(
            method, self.base_url + path, timeout=ANSWER_S_MAX, allow_redirects=False, **options
        )

    def token(self, email: str) -> str:
        """Open an account and return its token."""
        self.ask("POST", "/api/auth/register", json={"email": email, "password": PASSWORD})
        form = {"username": email, "password": PASSWORD}
        return str(self.ask("POST", "/api/auth/login", data=form).json()["access_token"])

    def log(self) -> list[Record]:
        """Return what the server has logged."""
        return records([self.log_path])


def as_dev(external_id: str) -> dict[str, str]:
    """Return the header by which the development bypass takes somebody for this user."""
    return {"X-Dev-External-Id": external_id}


def problem(answer: requests.Response) -> dict[str, Any]:
    """Return the body of an error answer, which must be a whole problem document of that status."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = json.loads(answer.content)
    assert body["status"] == answer.status_code
    assert re.fullmatch(r"/problems/[a-z0-9-]+", body["type"])
    assert body["title"]
    assert body["request_id"] == answer.headers["X-Request-ID"]
    return body


def fields(body: Mapping[str, Any]) -> list[str]:
    """Return the names of the fields that a problem document complains about."""
    return [str(error["field"]) for error in body.get("errors", [])]
