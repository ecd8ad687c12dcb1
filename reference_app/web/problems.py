"""Which HTTP answer an error gets: RFC 9457 problem details, from one table.

Each system brings its part of the table in its `problems.py`; here stands what no system has to do with. What is in
no table is answered as 500, with nothing of its inside shown.
"""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any, Final

import msgspec
from starlette.exceptions import HTTPException
from starlette.responses import Response

from reference_app import errors
from reference_app.errors import AppError
from reference_app.web import bad_input
from reference_app.web.problem import UNKNOWN, Problem

MEDIA_TYPE: Final = "application/problem+json"

UNREAD_STATUSES: Final = (408, 413)
"""Answers given before the body was read to its end; what is left of it cannot be told from a next request."""

BODIES_TOO_MANY: Final = Problem(503, "bodies-too-many", retry_after_s=1)
INTERNAL: Final = Problem(
    500, "internal-error", when="something broke on our side; the log has it under the request's id"
)
NOT_FOUND: Final = Problem(404, "not-found", when="there is nothing here")
METHOD_NOT_ALLOWED: Final = Problem(405, "method-not-allowed", when="not with this method")

PROBLEMS: Final[Mapping[type[AppError], Problem]] = {
    bad_input.Malformed: Problem(400, "malformed", when="the body is no well-formed JSON or form"),
    errors.NotAuthenticated: Problem(
        401, "not-authenticated", when="no token, or one that is forged or has expired, or whose user is gone"
    ),
    errors.NotAdmin: Problem(403, "not-allowed"),
    bad_input.BodyTooSlow: Problem(408, "body-too-slow"),
    bad_input.BodyTooLarge: Problem(413, "body-too-large"),
    bad_input.BodiesTooMany: BODIES_TOO_MANY,
    bad_input.WrongMediaType: Problem(415, "wrong-media-type"),
    bad_input.BadField: Problem(
        422, "bad-field", when="a field is missing, unknown, or has a value that is not allowed"
    ),
    bad_input.TooDeep: Problem(422, "too-deep", when="the JSON is nested more than 32 levels deep"),
    errors.ServerStopped: Problem(
        503,
        "server-stopped",
        retry_after_s=1,
        when="the server was stopped, and had no more time to wait for this; it may have been carried out",
    ),
    errors.DatabaseUnavailable: Problem(
        503,
        "database-unavailable",
        retry_after_s=1,
        when="the database cannot be reached, and nothing was done; ask again after `Retry-After`",
    ),
    errors.OutcomeUnknown: Problem(
        503,
        "outcome-unknown",
        retry_after_s=1,
        outcome=UNKNOWN,
        when="the database was lost in the middle of a commit, so it may have been done; `find_out` says how to"
        " learn whether it was",
    ),
}


class FieldError(msgspec.Struct, frozen=True):
    """What is wrong with one field of the request."""

    field: str
    message: str


class ProblemDetails(msgspec.Struct, frozen=True, omit_defaults=True):
    """The body of every answer that is an error."""

    type: str
    title: str
    status: int
    detail: str = ""
    request_id: str = ""
    errors: list[FieldError] = []
    outcome: str = ""
    """`unknown` where what was asked may have been done."""
    find_out: str = ""
    """How to learn it then."""


class Problems:
    """The kinds of problem of one app: those of every server, and those that its systems bring."""

    def __init__(self, *tables: Mapping[type[AppError], Problem]) -> None:
        self._kinds: dict[type, Problem] = {
            kind: problem for table in (PROBLEMS, *tables) for kind, problem in table.items()
        }

    def of(self, error: type[BaseException]) -> Problem:
        """Return the kind of problem that an error of this class is: its own, or that of the nearest above it."""
        return next((self._kinds[kind] for kind in error.__mro__ if kind in self._kinds), INTERNAL)

    def leaves_open(self, error: Exception) -> bool:
        """Whether what was asked may have been done. A fault of ours may strike after all is done."""
        problem = self.of(type(error))
        return bool(problem.outcome) or problem is INTERNAL

    def answer(self, error: Exception, request_id: str, find_out: str = "") -> Response:
        """Return the whole answer for `error`; if it says when to ask again, it knows better than the table.

        `find_out` says how to learn whether it was done, for errors that leave it open. Where it is empty, what was
        asked changes nothing.
        """
        problem = self.of(type(error))
        detail = "Something broke on our side." if problem is INTERNAL else str(error)
        if isinstance(error, AppError) and error.retry_after_s is not None:
            problem = replace(problem, retry_after_s=error.retry_after_s)
        body = details(problem, detail, request_id, _fields(problem, error))
        if find_out and self.leaves_open(error):
            body = msgspec.structs.replace(body, outcome=UNKNOWN, find_out=find_out)
        return respond(problem, body)


def details(
    problem: Problem, detail: str, request_id: str, fields: list[FieldError] | None = None
) -> ProblemDetails:
    """Return the body that says `problem`."""
    title = problem.slug.replace("-", " ").capitalize()
    return ProblemDetails(
        f"/problems/{problem.slug}", title, problem.status, detail, request_id, fields or []
    )


def refused_by_router(error: HTTPException, request_id: str) -> Response:
    """Return the whole answer for what Starlette's router refuses: no such path, no such method."""
    known = {problem.status: problem for problem in (NOT_FOUND, METHOD_NOT_ALLOWED)}
    problem = known.get(error.status_code, Problem(error.status_code, "http-error"))
    said = "There is nothing here." if problem is NOT_FOUND else error.detail
    response = respond(problem, details(problem, said, request_id))
    response.headers.update(error.headers or {})
    return response


def respond(problem: Problem, body: ProblemDetails) -> Response:
    """Return the answer with the headers that go with `problem`."""
    headers: dict[str, Any] = {}
    if problem.retry_after_s is not None:
        headers["Retry-After"] = str(problem.retry_after_s)
    if problem.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    if problem.status in UNREAD_STATUSES or problem.slug == BODIES_TOO_MANY.slug:
        headers["Connection"] = "close"
    return Response(msgspec.json.encode(body), problem.status, headers, MEDIA_TYPE)


def _fields(problem: Problem, error: Exception) -> list[FieldError]:
    if isinstance(error, bad_input.BadField):
        return [FieldError(error.field, error.message)]
    return [FieldError(problem.field, str(error))] if problem.field else []
