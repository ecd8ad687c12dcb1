"""The command line of articles: `reference-app log verify | dump | repair | restore`. `maintenance` does it."""

from pathlib import Path
from typing import Annotated

import typer

log_commands = typer.Typer(help="The articles' event log on disk.", no_args_is_help=True)

LogArgument = Annotated[
    Path, typer.Argument(metavar="DIR", help="The folder of events.raftlog, or the data folder above it.")
]


def add(app: typer.Typer) -> None:
    """Add the verbs."""
    app.add_typer(log_commands, name="log")


@log_commands.command("verify")
def verify_log(directory: LogArgument) -> None:
    """Say whether the log is whole; exit code 1 if it is corrupt, 5 if only its end is torn. Changes nothing."""
    from reference_app.articles import maintenance

    maintenance.verify(directory)


@log_commands.command("dump")
def dump_log(
    directory: LogArgument,
    from_seq: Annotated[int, typer.Option("--from", min=0, metavar="SEQ", help="The first event.")] = 0,
    to_seq: Annotated[
        int | None, typer.Option("--to", min=0, metavar="SEQ", help="The last event; else all.")
    ] = None,
) -> None:
    """Print events as JSON, one a line. A torn end is left out; at a corrupt place it stops with 1."""
    from reference_app.articles import maintenance

    maintenance.dump(directory, from_seq, to_seq)


@log_commands.command("repair")
def repair_log(
    directory: LogArgument,
    truncate_at: Annotated[
        int, typer.Option(min=0, metavar="BYTE", help="The end of a whole event; `verify` names it.")
    ],
    accept_loss: Annotated[
        bool, typer.Option("--accept-loss", help="Even if events that had been kept are lost.")
    ] = False,
) -> None:
    """Cut the log off at a byte, and keep a copy of the rest. No server may own the folder."""
    from reference_app.articles import maintenance

    maintenance.repair(directory, truncate_at, accept_loss=accept_loss)


@log_commands.command("restore")
def restore_log(
    directory: LogArgument,
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="An empty folder, or a new one.")],
    snapshot: Annotated[int, typer.Option(min=0, metavar="SEQ", help="The snapshot's event.")],
) -> None:
    """Make, in another folder, the log as it was at a snapshot."""
    from reference_app.articles import maintenance

    maintenance.restore(directory, snapshot, target)
