"""The source's concurrency test against any server: two batches of requests at once, and what they prove (LR-11).

Speaks HTTP only, so the server may be anybody's. Threads send each batch together, from behind a barrier. It does
not look at logs or tables; the runbook says how to.
"""

import http.client
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import SplitResult, urlencode, urlsplit

from reference_app.errors import AppError, ServerUnreachable, SettingsRefused
from reference_app.exit_codes import ExitCode

CONCURRENT_MAX: Final = 2_000
REQUEST_S_MAX: Final = 90.0
PROBLEMS_SHOWN_MAX: Final = 10
CURRENT: Final = "/api/lunar-returns/current"
PURGE: Final = "/api/lunar-returns/dev/purge"
LOGIN: Final = "/api/auth/login"

Say = Callable[[str], None]


class CheckImpossible(AppError):
    """The check could not begin."""

    exit_code = ExitCode.NEGATIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What is to be checked: a server, a user by the bypass or by e-mail, and how many requests at once."""

    api_url: str
    dev_user_id: str = ""
    email: str = ""
    password: str = field(default="", repr=False)
    concurrent: int = 10
    delay_ms: int | None = None
    purge: bool = True


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer: its status, and the body if it is JSON."""

    status: int
    body: Any


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the two batches proved; each problem names its request by number."""

    first: list[str]
    second: list[str]
    ids: set[int]

    @property
    def same_id(self) -> bool:
        """Whether both batches gave one and the same return."""
        return len(self.ids) == 1

    @property
    def holds(self) -> bool:
        """Whether all criteria are met."""
        return not self.first and not self.second and self.same_id


def run(check: Check, say: Say) -> Verdict:
    """Run both batches, say each step, and return the verdict.

    Raises:
        SettingsRefused: the check makes no sense as asked.
        ServerUnreachable: there is no server at the URL.
        CheckImpossible: the login or the purge was refused.

    """
    address = _address(check.api_url)
    headers = _headers(check, address, say)
    if check.purge:
        _purge(address, headers, say)
    else:
        say("2. Purge: left out, as asked")
    first = _batch(address, headers, check.concurrent, say, "3. First batch, nothing there yet")
    second = _batch(address, headers, check.concurrent, say, "4. Second batch, all there")
    ids = set(_ids(first)) | set(_ids(second))
    return Verdict(problems(first), problems(second), ids)


def problems(batch: Sequence[Answered]) -> list[str]:
    """Return what is wrong with a batch: bad answers by request number, differing ids."""
    found = [said for number, answered in enumerate(batch) for said in _problem(number, answered)]
    ids = sorted(set(_ids(batch)))
    if len(ids) > 1:
        found.append(f"different ids: {ids}")
    return found


def _problem(number: int, answered: Answered) -> Iterator[str]:
    if answered.status != HTTPStatus.OK:
        yield f"request {number}: status {answered.status}"
    elif not isinstance(answered.body, dict) or "id" not in answered.body:
        yield f"request {number}: no return in the body"
    elif not answered.body.get("return_date"):
        yield f"request {number}: return_date is null"


def _ids(batch: Sequence[Answered]) -> Iterator[int]:
    for answered in batch:
        if answered.status == HTTPStatus.OK and isinstance(answered.body, dict) and "id" in answered.body:
            yield answered.body["id"]


def _address(api_url: str) -> SplitResult:
    address = urlsplit(api_url)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise SettingsRefused(f"--api-url must be an http or https URL, not {api_url!r}.")
    return address


def _headers(check: Check, address: SplitResult, say: Say) -> dict[str, str]:
    """Return the headers that name the user, after logging in if there is an e-mail address."""
    headers = {} if check.delay_ms is None else {"X-Dev-Delay-Ms": str(check.delay_ms)}
    if check.email:
        say(f"1. Login as {check.email}")
        form = urlencode({"username": check.email, "password": check.password})
        answered = _ask(address, "POST", LOGIN, {"Content-Type": "application/x-www-form-urlencoded"}, form)
        if answered.status != HTTPStatus.OK or not isinstance(answered.body, dict):
            raise CheckImpossible(f"The login was refused with status {answered.status}.")
        return headers | {"Authorization": f"Bearer {answered.body.get('access_token')}"}
    name = "X-Dev-User-Id" if check.dev_user_id.isdigit() else "X-Dev-External-Id"
    say(f"1. No login: {name}: {check.dev_user_id}")
    return headers | {name: check.dev_user_id}


def _purge(address: SplitResult, headers: dict[str, str], say: Say) -> None:
    answered = _ask(address, "POST", PURGE, headers)
    if answered.status != HTTPStatus.OK:
        raise CheckImpossible(
            f"The purge was refused with status {answered.status}. It needs APP_ENV=development and "
            "ALLOW_DEV_PURGE=1 on the server; --no-purge leaves it out."
        )
    say(f"2. Purge: {answered.body.get('deleted_count')} deleted, {answered.body.get('count_after')} left")


def _batch(address: SplitResult, headers: dict[str, str], count: int, say: Say, title: str) -> list[Answered]:
    say(f"{title}: {count} requests at once")
    barrier = threading.Barrier(count)

    def one(_number: int) -> Answered:
        barrier.wait(REQUEST_S_MAX)
        return _ask(address, "GET", CURRENT, headers)

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(one, range(count)))


def _ask(
    address: SplitResult, method: str, path: str, headers: dict[str, str], body: str | None = None
) -> Answered:
    kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    connection = kind(str(address.hostname), address.port, timeout=REQUEST_S_MAX)
    try:
        connection.request(method, address.path.rstrip("/") + path, body, headers)
        response = connection.getresponse()
        text = response.read()
    except (OSError, http.client.HTTPException) as error:
        raise ServerUnreachable(
            f"{address.geturl()} cannot be reached: {error or type(error).__name__}."
        ) from None
    finally:
        connection.close()
    try:
        return Answered(response.status, json.loads(text))
    except ValueError:
        return Answered(response.status, None)
