"""In which way a request went wrong: by its status, its body or its connection.

A profile says `response.failure(…)`; what it says is an error of the body unless it is an UnexpectedStatus.
"""

from http.client import HTTPException
from typing import Final

KINDS: Final = ("status", "body", "connection")
STATUS, BODY, CONNECTION = KINDS
REFUSED_FROM: Final = 400
"""From this status on an answer is an error by itself."""


class UnexpectedStatus(Exception):
    """An answer has another status than it must have.

    Args:
        found: the status of the answer.
        wanted: the one that it must have.

    """

    def __init__(self, found: int, wanted: int) -> None:
        super().__init__(f"status {found} instead of {wanted}")


def kind_of(error: BaseException, status: int) -> str:
    """Return the kind of an error; `status` is 0 where there was no answer.

    An answer that breaks off has a status and no end: what went wrong is its connection.
    """
    if status == 0:
        return CONNECTION
    if status >= REFUSED_FROM or isinstance(error, UnexpectedStatus):
        return STATUS
    # What a profile says is of locust's class CatchResponseError, or of the profile's own.
    return CONNECTION if isinstance(error, OSError | HTTPException) or _is_of_the_client(error) else BODY


def _is_of_the_client(error: BaseException) -> bool:
    return type(error).__module__.partition(".")[0] in {"gevent", "geventhttpclient", "zlib"}
