"""The exit codes of every command of the project; `docs/exit-codes.md` is their reference page.

One number means one thing for every command: `behave`, `reference-app`, the reports.
"""

from enum import IntEnum


class ExitCode(IntEnum):
    """What a command's exit code says."""

    PROVEN = 0
    """Everything that was asked holds."""
    NEGATIVE = 1
    """A requirement failed, or a verdict is negative (corrupt, duplicates, errors)."""
    NOTHING_RAN = 3
    """A selection that matches nothing, an empty scenario, fewer scenarios than the floor."""
    NOT_READY = 4
    """The server or its database cannot be reached."""
    INCONCLUSIVE = 5
    """An assumption broke, so the answer is unknown."""
    USAGE = 64
    """The command was called wrongly, or a setting was refused."""


PRECEDENCE = (
    ExitCode.USAGE,
    ExitCode.NOT_READY,
    ExitCode.NEGATIVE,
    ExitCode.INCONCLUSIVE,
    ExitCode.NOTHING_RAN,
)
"""Where several hold, the first of these is the one that is returned."""


def most_telling(codes: set[ExitCode]) -> ExitCode:
    """Return the one code to end with when all of `codes` hold; PROVEN when there is none."""
    return next((code for code in PRECEDENCE if code in codes), ExitCode.PROVEN)
