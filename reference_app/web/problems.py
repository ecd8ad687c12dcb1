"""Which HTTP answer an error gets: RFC 9457 problem details, from one table.

The table is the only place where a class of error meets a status. What is not in it is answered as 500, with
nothing of its inside shown.
"""

from dataclasses import dataclass
from typing import Any, Final

import msgspec
from starlette.exceptions import HTTPException
from starlette.responses import Response

from reference_app import errors
from reference_app.accounts import errors as accounts
from reference_app.articles import errors as articles
from reference_app.articles.log import errors as event_log
from reference_app.lunar_returns import errors as lunar
from reference_app.web import bad_input

MEDIA_TYPE: Final = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of problem: HTTP status, the last part of its type, and after how many seconds to ask again."""

    status: int
    slug: str
    retry_after_s: int | None = None


UNREAD_STATUSES: Final = (408, 413)
"""Answers given before the body was read to its end; what is left of it cannot be told from a next request."""

INTERNAL: Final = Problem(500, "internal-error")
NOT_FOUND: Final = Problem(404, "not-found")
METHOD_NOT_ALLOWED: Final = Problem(405, "method-not-allowed")

PROBLEMS: Final[dict[type[errors.AppError], Problem]] = {
    errors.DatabaseUnavailable: Problem(503, "database-unavailable", retry_after_s=1),
    bad_input.Malformed: Problem(400, "malformed"),
    bad_input.TooDeep: Problem(422, "too-deep"),
    bad_input.BodyTooSlow: Problem(408, "body-too-slow"),
    bad_input.BodyTooLarge: Problem(413, "body-too-large"),
    bad_input.WrongMediaType: Problem(415, "wrong-media-type"),
    bad_input.BadField: Problem(422, "bad-field"),
    accounts.NotAuthenticated: Problem(401, "not-authenticated"),
    accounts.WrongPassword: Problem(401, "wrong-password"),
    accounts.BadDevUser: Problem(401, "bad-dev-user"),
    accounts.EmailTaken: Problem(409, "email-taken"),
    articles.NoSuchArticle: Problem(404, "no-such-article"),
    articles.StaleVersion: Problem(412, "stale-version"),
    articles.LogReplaying: Problem(503, "log-replaying", retry_after_s=1),
    articles.LogUnreadable: Problem(503, "log-unreadable", retry_after_s=5),
    articles.SingleOwner: Problem(503, "articles-single-owner", retry_after_s=60),
    event_log.CommandTooBig: Problem(413, "too-much-at-once"),
    event_log.LogFull: Problem(507, "log-full", retry_after_s=5),
    event_log.LogPoisoned: Problem(503, "log-failed", retry_after_s=30),
    event_log.LogBusy: Problem(503, "log-busy", retry_after_s=1),
    event_log.LogClosed: Problem(503, "log-closed", retry_after_s=1),
    lunar.NoNatalChart: Problem(409, "no-natal-chart"),
    lunar.UserGone: Problem(401, "not-authenticated"),
    lunar.BirthInFuture: Problem(422, "bad-field"),
    lunar.GenerationFailed: Problem(503, "generation-failed", retry_after_s=1),
    lunar.GenerationSuperseded: Problem(503, "generation-superseded", retry_after_s=1),
    lunar.WaitExhausted: Problem(503, "wait-exhausted", retry_after_s=5),
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


def problem_of(error: Exception) -> Problem:
    """Return the kind of problem that `error` is: its own, or that of the nearest class above it."""
    for kind in type(error).__mro__:
        if kind in PROBLEMS:
            return PROBLEMS[kind]
    return INTERNAL


def details(
    problem: Problem, detail: str, request_id: str, fields: list[FieldError] | None = None
) -> ProblemDetails:
    """Return the body that says `problem`."""
    title = problem.slug.replace("-", " ").capitalize()
    return ProblemDetails(
        f"/problems/{problem.slug}", title, problem.status, detail, request_id, fields or []
    )


def problem_response(error: Exception, request_id: str) -> Response:
    """Return the whole answer for `error`."""
    problem = problem_of(error)
    detail = "Something broke on our side." if problem is INTERNAL else str(error)
    fields = [FieldError(error.field, error.message)] if isinstance(error, bad_input.BadField) else None
    if isinstance(error, lunar.BirthInFuture):
        fields = [FieldError("birth_datetime", str(error))]
    return respond(problem, details(problem, detail, request_id, fields))


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
    if problem.status == PROBLEMS[accounts.NotAuthenticated].status:
        headers["WWW-Authenticate"] = "Bearer"
    if problem.status in UNREAD_STATUSES:
        headers["Connection"] = "close"
    return Response(msgspec.json.encode(body), problem.status, headers, MEDIA_TYPE)
