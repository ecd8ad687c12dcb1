"""An operation of the HTTP API: its endpoint, and what OpenAPI says of it, declared in one place.

Each system's `routes.py` lists its operations; `reference_app.app` makes routes of them and
`reference_app.web.openapi` the document, so that neither can know one that the other does not.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from reference_app.callers import Caller
from reference_app.errors import AppError
from reference_app.logs import Log

Endpoint = Callable[[Request], Awaitable[Response]]
Struct = type[msgspec.Struct]
KEY_HEADER: Final = "Idempotency-Key"
SAFE_METHODS: Final = ("GET", "HEAD")
SAME_KEY: Final = (
    f"Send the same again with the same {KEY_HEADER}: it is done once, and you get the first answer."
)
Who = Literal["anybody", "user", "admin"]
"""Who may ask; an admin is a user with `is_admin`."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that is asked with besides the body."""

    name: str
    place: Literal["path", "query", "header"]
    description: str
    schema: Mapping[str, Any]
    required: bool = False
    """Whether it must be there; what stands in a path always must."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method on one path."""

    method: str
    path: str
    summary: str
    endpoint: Endpoint
    status: int = 200
    takes: Struct | None = None
    """The JSON body's shape."""
    takes_form: Struct | None = None
    """The URL-encoded form's shape."""
    gives: Struct | None = None
    """The JSON answer's shape; None where the answer has no JSON."""
    gives_text: str = ""
    """The answer's media type where it is text."""
    parameters: Sequence[Parameter] = ()
    raises: Sequence[type[AppError]] = ()
    who: Who = "anybody"
    joins: bool = False
    """Whether the endpoint's first transaction looks the caller up: all its work is `joined` to the caller."""
    is_private: bool = False
    """Whether its answer belongs to one person though anybody may ask; what only users may ask for always does."""
    if_unknown: str = "Send it again: done twice, it comes to the same."
    """How to find out whether it was done, without a key of the request's (SV-10)."""
    also: dict[int, str] = field(default_factory=dict)
    """Further statuses, with what each means."""

    @property
    def body(self) -> Struct | None:
        """The shape of whatever body is taken."""
        return self.takes or self.takes_form

    def find_out(self, headers: Sequence[tuple[bytes, bytes]]) -> str:
        """Return how a client with these headers learns whether it was done; empty where it changes nothing."""
        if self.method in SAFE_METHODS:
            return ""
        if any(each.name == KEY_HEADER for each in self.parameters):
            name = KEY_HEADER.lower().encode()
            return SAME_KEY if any(each == name for each, _ in headers) else self.if_unknown
        return self.if_unknown


def caller_of(request: Request) -> Caller:
    """Return the authenticated user, whom `reference_app.web.auth` has put there."""
    caller: Caller = request.state.user
    return caller


def log_of(request: Request) -> Log:
    """Return a log whose records bear the request's id."""
    log: Log = request.state.log.bind(request_id=request.state.request_id)
    return log
