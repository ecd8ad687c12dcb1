"""What all users of a load have in common: how they ask, and what counts as a good answer."""

from typing import ClassVar

from locust import FastHttpUser

from load.errands import OK_MAX, Errands, Person

JSON = {"Content-Type": "application/json"}


class Sender(FastHttpUser):
    """Somebody who sends requests, one after the other."""

    abstract = True
    errands: ClassVar[Errands]
    """What was made for them, and where they say what they made themselves."""

    @classmethod
    def prepare(cls, errands: Errands) -> None:
        """Make what its requests need; raises ErrandFailed."""

    def ask(
        self,
        name: str,
        path: str,
        *,
        has: bytes,
        body: str | None = None,
        person: Person | None = None,
        more: dict[str, str] | None = None,
    ) -> bytes:
        """Send a request and return the body of the answer; empty unless it was granted and `has` this.

        `name` is the method and the path as the verdict has them, as "GET /api/articles/:id".
        """
        method, _, route = name.partition(" ")
        headers = {**(person.headers if person else JSON), **(more or {})}
        with self.client.request(
            method, path, name=route, data=body, headers=headers, catch_response=True
        ) as answer:
            content = answer.content or b""
            if not 0 < answer.status_code <= OK_MAX:
                return b""
            if has not in content:
                answer.failure(f"the body lacks {has.decode()}")
                return b""
            return content
