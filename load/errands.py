"""What is done around a load: people and data are made before it, and removed after it.

Promises: what is made has a mark of this run in its name, and is removed when the load is over, however early it is
stopped, short of a kill; what could not be removed is counted. Nothing that others made is touched. These requests
are none of the load's: they are neither counted nor timed.

It speaks HTTP only, by what `docs/contract.md` asks of a server.
"""

import json
import logging
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from gevent.pool import Pool
from locust.contrib.fasthttp import FastHttpSession
from locust.event import EventHook

logger = logging.getLogger("load")

AT_ONCE: Final = 16
ANSWER_S_MAX: Final = 30.0
CLEAN_S_MAX: Final = 120.0
PASSWORD: Final = "a long enough password"  # noqa: S105 - of people who live for one load
ME: Final = "/api/me"
GONE: Final = (401, 404)
"""With which a deletion is answered of what is not there."""
OK_MAX: Final = 299
Made = TypeVar("Made")
BIRTH: Final = {"birth_datetime": "1990-04-15T14:30:00Z", "latitude": 48.8566, "longitude": 2.3522}


class ErrandFailed(Exception):
    """What a load needs could not be made."""


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """Somebody with an account: how they say who they are."""

    name: str
    id: int
    """The number of their account; 0 where it is not known."""
    headers: dict[str, str]
    """What each of their requests carries, the type of its body included."""


@dataclass(frozen=True, slots=True)
class _Removal:
    """How one thing is removed."""

    path: str
    person: Person | None


class Errands:
    """Makes and removes on one server.

    Args:
        host: the server's base URL.
        token: of somebody who has an account; without one, people are made.
        admin_token: of an administrator; empty where there is none.

    """

    def __init__(self, host: str, token: str = "", admin_token: str = "") -> None:
        self.mark = secrets.token_hex(4)
        self.admin = _person("admin", admin_token) if admin_token else None
        self.anybody = _headers(token)
        """What requests carry that are nobody's: a token only where one was given."""
        self._token = token
        self._once: dict[str, Any] = {}
        self._removals: dict[_Removal, None] = {}
        self._session = FastHttpSession(
            host,
            EventHook(),
            None,
            concurrency=AT_ONCE,
            network_timeout=ANSWER_S_MAX,
            connection_timeout=ANSWER_S_MAX,
        )

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """Return what `make` makes; the second time that this name is asked for, what was made the first."""
        if name not in self._once:
            self._once[name] = make()
        made: Made = self._once[name]
        return made

    def people(self, count: int) -> Sequence[Person]:
        """Return so many people, or the one whose token was given, as often."""
        if self._token:
            return [_person("you", self._token)] * count
        return self.each(
            self._newcomer, [f"load-{self.mark}-{number}@load.invalid" for number in range(count)]
        )

    def each(self, do: Callable[[Any], Any], of: Sequence[Any]) -> list[Any]:
        """Do something for each of these, several at once; return what came of it, in their order.

        Raises:
            ErrandFailed: one of them failed; what was not begun by then is left out.

        """
        failed: list[ErrandFailed] = []

        def one(each: Any) -> Any:
            try:
                return None if failed else do(each)
            except ErrandFailed as error:
                failed.append(error)
                return None

        done = list(Pool(AT_ONCE).imap(one, of))
        if failed:
            raise failed[0]
        return done

    def call(
        self,
        method: str,
        path: str,
        person: Person | None = None,
        body: object = None,
        more: Mapping[str, str] | None = None,
    ) -> Any:
        """Send a request with `more` headers, which must be granted; return what its answer says.

        Raises:
            ErrandFailed: it was refused, or not answered.

        """
        headers = {**(person.headers if person else self.anybody), **(more or {})}
        return self._granted(method, path, headers, None if body is None else json.dumps(body))

    def remove_later(self, path: str, person: Person | None = None) -> None:
        """Remember that this is to be deleted when the load is over."""
        self._removals[_Removal(path, person)] = None

    def clean(self) -> int:
        """Delete all of it, people last; return how much is left. What an interruption left is taken up again."""
        until_s = time.monotonic() + CLEAN_S_MAX
        for of_people in (False, True):
            todo = [each for each in self._removals if (each.path == ME) is of_people]
            self.each(lambda each: self._remove(each, until_s), todo)
        if self._removals:
            logger.warning("%d things that were made could not be removed", len(self._removals))
        return len(self._removals)

    def _newcomer(self, email: str) -> Person:
        account = self.call("POST", "/api/auth/register", body={"email": email, "password": PASSWORD})
        form = f"username={email.replace('@', '%40')}&password={PASSWORD.replace(' ', '+')}"
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = self._granted("POST", "/api/auth/login", headers, form)
        person = _person(email, answer["access_token"], account.get("id", 0))
        self.remove_later(ME, person)
        return person

    def _granted(self, method: str, path: str, headers: dict[str, str], body: str | None) -> Any:
        answer = self._session.request(method, path, data=body, headers=headers)
        if not 0 < answer.status_code <= OK_MAX:
            said = (answer.text or str(getattr(answer, "error", "")))[:200]
            raise ErrandFailed(f"{method} {path} was answered with {answer.status_code}: {said}")
        return json.loads(answer.content) if answer.content else None

    def _remove(self, removal: _Removal, until_s: float) -> None:
        if time.monotonic() < until_s:
            headers = removal.person.headers if removal.person else self.anybody
            status = self._session.request("DELETE", removal.path, headers=headers).status_code
            if 0 < status <= OK_MAX or status in GONE:
                self._removals.pop(removal, None)


def _person(name: str, token: str, number: int = 0) -> Person:
    return Person(name, number, _headers(token))


def _headers(token: str) -> dict[str, str]:
    return {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
