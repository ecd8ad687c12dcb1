"""The root of every error that the reference app answers with on purpose.

A system has one base class below `AppError`; each class's docstring is its message. Which HTTP answer an error gets
stands in the `problems.py` of its system, not here; which code a command ends with does, for it is one number.
"""

import inspect
from typing import ClassVar

from reference_app.exit_codes import ExitCode


class AppError(Exception):
    """The request could not be served."""

    retry_after_s: int | None = None
    """After how many seconds it is worth asking again, where the error knows better than the table of problems."""
    exit_code: ClassVar[ExitCode] = ExitCode.USAGE
    """What a command ends with that raises this."""

    def __init__(self, message: str | None = None, *, retry_after_s: int | None = None) -> None:
        super().__init__(message or inspect.cleandoc(type(self).__doc__ or ""))
        if retry_after_s is not None:
            self.retry_after_s = retry_after_s


class ServerStopped(AppError):
    """The server was stopped before this was answered. It may have been carried out."""


class SettingsRefused(AppError):
    """A setting is missing, malformed or not allowed here."""


class NotAuthenticated(AppError):
    """Say who you are: a valid bearer token is needed."""


class NotAdmin(AppError):
    """Only an administrator may do this."""


class DatabaseUnavailable(AppError):
    """The database cannot be reached at the moment."""

    exit_code = ExitCode.NOT_READY


class OutcomeUnknown(DatabaseUnavailable):
    """The database cannot be reached at the moment, and did not say whether it kept this."""


class ServerUnreachable(AppError):
    """The server cannot be reached."""

    exit_code = ExitCode.NOT_READY


class DatabaseNotMigrated(AppError):
    """The database's schema is not the one this version needs."""
