"""What can be wrong with a request before any system sees it."""

from reference_app.errors import AppError


class BadRequest(AppError):
    """The request cannot be read."""


class Malformed(BadRequest):
    """The body is not well-formed JSON."""


class TooDeep(BadRequest):
    """The JSON is nested more deeply than allowed."""


class BodyTooLarge(BadRequest):
    """The body is larger than allowed."""


class BodyTooSlow(BadRequest):
    """The body did not arrive in time."""


class WrongMediaType(BadRequest):
    """The body's content type is not the one that is taken here."""


class BadField(BadRequest):
    """A field has a value that is not allowed."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}" if field else message)
        self.field = field
        self.message = message
