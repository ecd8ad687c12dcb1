"""What can be wrong with a request before any system sees it."""

from typing import Final

from reference_app.errors import AppError

FIELD_CHARACTERS_MAX: Final = 200
"""A longer name of a field, which a client has made up, is cut where an error names it."""


class BadRequest(AppError):
    """The request cannot be read."""


class Malformed(BadRequest):
    """The body is not well-formed JSON."""


class TooDeep(BadRequest):
    """The JSON is nested more deeply than allowed."""


class BodyTooLarge(BadRequest):
    """The body is larger than allowed."""


class BodiesTooMany(BadRequest):
    """Too many bytes of bodies are being read at the moment; ask again."""


class BodyTooSlow(BadRequest):
    """The body did not arrive in time."""


class WrongMediaType(BadRequest):
    """The body's content type is not the one that is taken here."""


class BadField(BadRequest):
    """A field has a value that is not allowed."""

    def __init__(self, field: str, message: str) -> None:
        if len(field) > FIELD_CHARACTERS_MAX:
            field = f"{field[:FIELD_CHARACTERS_MAX]}…"
        super().__init__(f"{field}: {message}" if field else message)
        self.field = field
        self.message = message
