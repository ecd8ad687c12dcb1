"""What all users of a load have in common: how they ask, and what counts as a good answer."""

import itertools
from collections.abc import Callable, Iterator
from typing import ClassVar

from locust import FastHttpUser, task
from locust.env import Environment

from load.engine.open_model import OpenModelUser
from load.errands import OK_MAX, Errands, Person


class Sender(FastHttpUser):
    """Somebody who sends requests, one after the other."""

    abstract = True
    errands: ClassVar[Errands]
    """What was made for them, and where they say what they made themselves."""

    _numbers: ClassVar[Iterator[int]] = itertools.count()

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        # Users ask the servers of a database in turn.
        hosts = [
            self.client.base_url,
            *(environment.parsed_options.other_host if environment.parsed_options else ()),
        ]
        self.client.base_url = hosts[next(Sender._numbers) % len(hosts)]

    @classmethod
    def prepare(cls, errands: Errands) -> None:
        """Make what its requests need; raises ErrandFailed."""

    def ask(
        self,
        name: str,
        path: str,
        *,
        has: bytes | Callable[[bytes], bool],
        body: str | None = None,
        person: Person | None = None,
        more: dict[str, str] | None = None,
    ) -> bytes:
        """Send a request and return the body of the answer; empty unless it was granted and is good: `has` this.

        `name` is the method and the path as the verdict has them, as "GET /api/articles/:id".
        """
        method, _, route = name.partition(" ")
        headers = {**(person.headers if person else self.errands.anybody), **(more or {})}
        with self.client.request(
            method, path, name=route, data=body, headers=headers, catch_response=True
        ) as answer:
            content = answer.content or b""
            if not 0 < answer.status_code <= OK_MAX:
                return b""
            if not (has in content if isinstance(has, bytes) else has(content)):
                answer.failure("the body is not what was asked for")
                return b""
            return content


class Steady(OpenModelUser, Sender):
    """Somebody who sends at a fixed rate, whether or not the server has answered."""

    abstract = True
    arrivals_per_second = 105.0
    """A little more than the hundred that each endpoint is to serve: the ends of a run are not full seconds."""

    @task
    def arrive(self) -> None:
        """Send what is due."""
        self.send()

    def send(self) -> None:
        """Send one request, or several one after the other."""
        raise NotImplementedError
