"""What can stand against a work lease."""

from reference_app.errors import AppError
from reference_app.exit_codes import ExitCode


class TaskLeaseError(AppError):
    """The lease cannot be had."""

    exit_code = ExitCode.NEGATIVE


class TaskTaken(TaskLeaseError):
    """Somebody holds the task."""


class LeaseNotHeld(TaskLeaseError):
    """The lease is not held by this holder, or is not any more."""


class NoSuchTask(TaskLeaseError):
    """Nobody has started this task."""


class BadName(TaskLeaseError):
    """The name of a task or a holder has 1 to 100 printable characters, without a blank at either end."""

    exit_code = ExitCode.USAGE
