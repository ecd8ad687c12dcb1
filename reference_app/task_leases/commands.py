"""The command line of work leases: `reference-app lease start | heartbeat | complete | status`.

What they print is for a person; `status --json` is for a program. A start, heartbeat or completion that is refused
ends with 1, and one line on stderr that says who has the lease.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reference_app.commandline import DatabaseOption, DataDirOption, open_settings, say, say_json

if TYPE_CHECKING:
    from reference_app.task_leases.service import TaskLeases
    from reference_app.task_leases.store import Lease

TTL_S = 300
TTL_S_MAX = 7 * 86_400
HEADINGS = ("task", "holder", "state", "started", "last heartbeat", "expires", "completed")

lease_commands = typer.Typer(help="Who works on which task.", no_args_is_help=True)

TaskArgument = Annotated[str, typer.Argument(metavar="TASK", help="The task's name.")]
HolderArgument = Annotated[str, typer.Argument(metavar="HOLDER", help="Who works on it.")]


def add(app: typer.Typer) -> None:
    """Add the verbs."""
    app.add_typer(lease_commands, name="lease")


@lease_commands.command("start")
def start(
    context: typer.Context,
    task: TaskArgument,
    holder: HolderArgument,
    ttl: Annotated[
        int,
        typer.Option(min=1, max=TTL_S_MAX, metavar="S", help="Seconds that it lasts without a heartbeat."),
    ] = TTL_S,
    database: DatabaseOption = None,
    data_dir: DataDirOption = None,
) -> None:
    """Take a task that nobody holds; exit code 1 if somebody does."""
    with _leases(context, database, data_dir) as leases:
        lease = leases.start(task, holder, ttl)
    _say(lease, f"{lease.task_id} is held by {lease.holder}")


@lease_commands.command("heartbeat")
def heartbeat(
    context: typer.Context,
    task: TaskArgument,
    holder: HolderArgument,
    database: DatabaseOption = None,
    data_dir: DataDirOption = None,
) -> None:
    """Keep a task for as long again; exit code 1 if it is not this holder's any more: stop working on it."""
    with _leases(context, database, data_dir) as leases:
        lease = leases.heartbeat(task, holder)
    _say(lease, f"{lease.task_id} is held by {lease.holder}")


@lease_commands.command("complete")
def complete(
    context: typer.Context,
    task: TaskArgument,
    holder: HolderArgument,
    database: DatabaseOption = None,
    data_dir: DataDirOption = None,
) -> None:
    """Give a task back that is done; exit code 1 if it is not this holder's any more."""
    with _leases(context, database, data_dir) as leases:
        lease = leases.complete(task, holder)
    say(f"{lease.task_id} was completed by {lease.holder}")


@lease_commands.command("status")
def status(
    context: typer.Context,
    task: Annotated[str | None, typer.Argument(metavar="[TASK]", help="One task; else all.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON, for a program.")] = False,
    database: DatabaseOption = None,
    data_dir: DataDirOption = None,
) -> None:
    """Say who holds what, and what has expired or was completed; exit code 1 for a task that nobody started."""
    with _leases(context, database, data_dir) as leases:
        found = leases.status(task)
    if as_json:
        say_json([_fields(lease, state) for lease, state in found])
    elif found:
        _say_table([HEADINGS, *(_cells(lease, state) for lease, state in found)])
    else:
        say("no task was ever started")


@contextmanager
def _leases(context: typer.Context, database: str | None, data_dir: Path | None) -> Iterator["TaskLeases"]:
    settings = open_settings(context, database, data_dir)
    from reference_app.task_leases import operating

    with operating.opened(settings) as leases:
        yield leases


def _say(lease: "Lease", what: str) -> None:
    from reference_app.task_leases.service import utc

    say(f"{what} until {utc(lease.expires_at)}")


def _fields(lease: "Lease", state: str) -> dict[str, str | int | None]:
    from dataclasses import asdict

    return {"state": state} | {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in asdict(lease).items()
    }


def _cells(lease: "Lease", state: str) -> tuple[str, ...]:
    from reference_app.task_leases.service import utc

    completed = "-" if lease.completed_at is None else utc(lease.completed_at)
    times = (lease.started_at, lease.last_heartbeat, lease.expires_at)
    return lease.task_id, lease.holder, state, *map(utc, times), completed


def _say_table(rows: Sequence[Sequence[str]]) -> None:
    """Print columns with two blanks between them, the same on a terminal and in a file."""
    from rich.cells import cell_len, set_cell_size

    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (set_cell_size(cell, width) for cell, width in zip(row, widths, strict=True))
        say("  ".join(cells).rstrip())
