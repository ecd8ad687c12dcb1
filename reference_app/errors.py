"""The root of every error that the reference app answers with on purpose.

A system has one base class below `AppError`; each class's docstring is its message. Which HTTP status an
error gets stands in `reference_app.web.problems`, not here.
"""

import inspect


class AppError(Exception):
    """The request could not be served."""

    retry_after_s: int | None = None
    """After how many seconds it is worth asking again, where the error knows better than the table of problems."""

    def __init__(self, message: str | None = None, *, retry_after_s: int | None = None) -> None:
        super().__init__(message or inspect.cleandoc(type(self).__doc__ or ""))
        if retry_after_s is not None:
            self.retry_after_s = retry_after_s


class SettingsRefused(AppError):
    """A setting is missing, malformed or not allowed here."""


class DatabaseUnavailable(AppError):
    """The database cannot be reached at the moment."""


class ServerUnreachable(AppError):
    """The server cannot be reached."""


class DatabaseNotMigrated(AppError):
    """The database's schema is not the one this version needs."""
