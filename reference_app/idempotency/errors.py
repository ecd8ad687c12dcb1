"""What can go wrong with idempotency keys."""

from reference_app.errors import AppError


class KeyUsedOtherwise(AppError):
    """The idempotency key was used before, with another body."""


class BadKey(AppError):
    """Idempotency-Key: one header of 1 to 200 printable ASCII characters is needed, without blanks."""
