"""Idempotency keys over HTTP: the header in, the first answer out."""

from hashlib import sha256
from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from reference_app.idempotency.errors import BadKey
from reference_app.idempotency.store import FirstAnswer, Keyed
from reference_app.idempotency.tables import KEY_LENGTH_MAX
from reference_app.web.bodies import Json
from reference_app.web.operations import Parameter, caller_of

HEADER: Final = "Idempotency-Key"
KEY: Final = Parameter(
    HEADER,
    "header",
    "The same for every try of one request: it is carried out once, and each try gets the first answer",
    {"type": "string", "minLength": 1, "maxLength": KEY_LENGTH_MAX, "pattern": "^[!-~]+$"},
    required=True,
)


def keyed(request: Request, body: msgspec.Struct) -> Keyed:
    """Return the request's key, with the digest of its body as it was understood.

    Raises:
        BadKey: there is no key, or more than one, or one that cannot be kept.

    """
    given = request.headers.getlist(HEADER)
    if len(given) != 1:
        raise BadKey
    [key] = given
    if not (1 <= len(key) <= KEY_LENGTH_MAX and key.isascii() and key.isprintable() and " " not in key):
        raise BadKey
    digest = sha256(msgspec.json.encode(body)).hexdigest()
    return Keyed(caller_of(request).id, request.scope["route"].path, key, digest)


def first_answer(status: int, body: msgspec.Struct) -> FirstAnswer:
    """Return what is to be answered, as it is kept."""
    return FirstAnswer(status, msgspec.json.encode(body).decode())


def answered(first: FirstAnswer) -> Response:
    """Return the kept answer as a response."""
    return Json(first.body.encode(), first.status)
