"""The command line of interpretations: `audit-lunar-migration`, and `db cleanup-backup`.

What they print is for a person; what they end with is for a script (`docs/exit-codes.md`).
"""

from typing import TYPE_CHECKING

import typer

from reference_app.commandline import (
    DatabaseOption,
    DataDirOption,
    database_commands,
    open_settings,
    say,
    say_table,
)
from reference_app.exit_codes import ExitCode

if TYPE_CHECKING:
    from reference_app.interpretations.auditing import Audit

VERDICTS = {
    ExitCode.PROVEN: "passed",
    ExitCode.NEGATIVE: "failed",
    ExitCode.INCONCLUSIVE: "inconclusive: without the backup nobody knows what the first version wrote",
}


def add(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command("audit-lunar-migration")(audit)
    database_commands.command("cleanup-backup")(clean_up_backup)


def audit(context: typer.Context, database: DatabaseOption = None, data_dir: DataDirOption = None) -> None:
    """Compare every migrated text with its backup; exit code 1 if one is wrong, 5 if the backup is gone."""
    from reference_app.interpretations import auditing

    _show(found := auditing.run(open_settings(context, database, data_dir).database))
    raise typer.Exit(found.code)


def clean_up_backup(
    context: typer.Context, database: DatabaseOption = None, data_dir: DataDirOption = None
) -> None:
    """Audit, and remove the backup of the first version's texts if all is well. There is no way back."""
    from reference_app.interpretations import auditing

    try:
        found = auditing.clean_up(open_settings(context, database, data_dir).database)
    except auditing.NotCleanedUp as refused:
        _show(refused.audit)
        say(str(refused))
        raise typer.Exit(refused.audit.code) from None
    if found is None:
        say("nothing to remove: the backup was removed before")
        return
    _show(found)
    say("the backup is removed")


def _show(found: "Audit") -> None:
    """Print the checks as a table, then each row that is wrong on a line of its own, then the verdict."""
    say_table(
        ("check", "verdict", "what was seen"), [(each.name, each.verdict, each.seen) for each in found.checks]
    )
    say(*found.wrong, f"verdict: {VERDICTS[found.code]}")
