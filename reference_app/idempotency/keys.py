"""Idempotency keys over HTTP: the header in, the first answer out."""

from dataclasses import replace
from hashlib import sha256
from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from reference_app.idempotency.errors import BadKey
from reference_app.idempotency.store import FirstAnswer, Keyed
from reference_app.idempotency.tables import KEY_LENGTH_MAX
from reference_app.web.bodies import Json
from reference_app.web.operations import KEY_HEADER, Parameter, caller_of

KEY: Final = Parameter(
    KEY_HEADER,
    "header",
    "The same for every try of one request: it is carried out once, and each try gets the first answer",
    {"type": "string", "minLength": 1, "maxLength": KEY_LENGTH_MAX, "pattern": "^[!-~]+$"},
    required=True,
)
KEY_IF_ANY: Final = replace(KEY, required=False)
_NAME: Final = KEY_HEADER.lower().encode()


def keyed(request: Request, body: msgspec.Struct) -> Keyed:
    """Return the request's key, with the digest of its body as it was understood.

    Raises:
        BadKey: there is no key, or more than one, or one that cannot be kept.

    """
    found = keyed_if_any(request, body)
    if found is None:
        raise BadKey
    return found


def keyed_if_any(request: Request, body: msgspec.Struct) -> Keyed | None:
    """Return what `keyed` does; None where there is no key. Raises BadKey."""
    key = key_of(request)
    return (
        None if key is None else Keyed(caller_of(request).id, request.scope["route"].path, key, digest(body))
    )


def key_of(request: Request) -> str | None:
    """Return the request's key; None where there is none.

    Raises:
        BadKey: there is more than one, or one that cannot be kept.

    """
    given = [value for name, value in request.scope["headers"] if name == _NAME]
    if not given:
        return None
    if len(given) > 1:
        raise BadKey
    key: str = given[0].decode("latin-1")
    if not (1 <= len(key) <= KEY_LENGTH_MAX and key.isascii() and key.isprintable() and " " not in key):
        raise BadKey
    return key


def digest(body: msgspec.Struct) -> str:
    """Return what tells a body from others, as it was understood."""
    return sha256(msgspec.json.encode(body)).hexdigest()


def first_answer(status: int, body: msgspec.Struct) -> FirstAnswer:
    """Return what is to be answered, as it is kept."""
    return FirstAnswer(status, msgspec.json.encode(body).decode())


def answered(first: FirstAnswer) -> Response:
    """Return the kept answer as a response."""
    return Json(first.body.encode(), first.status)
