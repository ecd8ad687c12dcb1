"""What can go wrong with the event log; each class's docstring is its message.

What a line or a whole log can be found guilty of stands with the code that finds it (`record`, `scan`, `recovery`);
all of it derives from `LogError`. Which HTTP status an error gets does not stand here.
"""

from reference_app.errors import AppError
from reference_app.exit_codes import ExitCode


class LogError(AppError):
    """The event log cannot do this."""

    exit_code = ExitCode.NEGATIVE


class LogFull(LogError):
    """There is no room for more events at the moment; nothing of this was kept, and no earlier event is lost."""


class LogPoisoned(LogError):
    """The disk failed while events were being kept: nothing more is accepted until the server is restarted."""


class LogGone(LogPoisoned):
    """Others have moved or changed the file of the event log: nothing more is accepted until a restart."""

    reason = ""
    """What is wrong with the file, for the operator."""


class LogGoneMeanwhile(LogGone):
    """Others have moved or changed the event log's file: whether this is kept will be known after a restart."""


class LogOutcomeUnknown(LogPoisoned):
    """The disk failed while this was being kept: whether it is kept will be known after a restart."""


class LogBusy(LogError):
    """Too many events are waiting to be kept. Ask again in a moment."""


class LogClosed(LogError):
    """The server is stopping and accepts no more events."""


class CommandTooBig(LogError):
    """This is more than can be kept in one go."""


class FolderOwned(LogError):
    """The log's folder is owned by another process."""

    exit_code = ExitCode.NOT_READY


class FolderUnusable(LogError):
    """The log's folder cannot be used."""

    exit_code = ExitCode.NOT_READY


class SnapshotFailed(LogError):
    """The snapshot could not be made; the ones before it and the log are untouched."""
