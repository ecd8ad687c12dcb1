"""The command line of vesting: `reference-app vesting-release`, which cron runs once a day.

It prints one line of JSON for whatever collects its output; what it refuses is one line of JSON on stderr.
"""

import sys
from dataclasses import asdict
from typing import Annotated, Any

import typer

from reference_app.commandline import (
    DatabaseOption,
    DataDirOption,
    open_settings,
    refusals_as_json,
    say_json,
)
from reference_app.exit_codes import ExitCode

JOB = "avenir_vesting_release"
LOTS_AT_ONCE = 200
LOTS_AT_ONCE_MAX = 10_000


def add(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("vesting-release")(release)


def release(
    context: typer.Context,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM-DD", help="Lots that matured by this day; else today in UTC."),
    ] = None,
    currency: Annotated[str, typer.Option(metavar="CODE", help="The lots' currency.")] = "AED",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, write nothing.")
    ] = False,
    max_lots: Annotated[
        int, typer.Option(min=1, max=LOTS_AT_ONCE_MAX, help="Lots of one transaction; the run takes all.")
    ] = LOTS_AT_ONCE,
    database: DatabaseOption = None,
    data_dir: DataDirOption = None,
) -> None:
    """Release every lot that has matured, once; exit code 1 if one could not be."""
    begun: dict[str, Any] = {"job": JOB}
    with refusals_as_json(begun):
        settings = open_settings(context, database, data_dir)
        from reference_app.vesting import job

        with job.started(settings, as_of, currency, dry_run=dry_run, lots_at_once=max_lots) as run:
            begun["trace_id"] = run.job.trace_id
            while run.step():
                begun["executed_count"] = run.executed
                _show_progress(run.executed, run.errors)
            summary = run.summary()
        _end_progress()
    code = ExitCode.NEGATIVE if summary.errors_count else ExitCode.PROVEN
    say_json(
        {
            "job": JOB,
            "trace_id": summary.trace_id,
            "as_of": summary.as_of_date,
            "currency": currency,
            "dry_run": dry_run,
            "summary": asdict(summary),
            "exit_code": int(code),
        }
    )
    raise typer.Exit(code)


def _show_progress(executed: int, errors: int) -> None:
    """Say on a terminal how far the run is; nobody reads it elsewhere."""
    if sys.stderr.isatty():
        print(f"\rreleased {executed} lots, {errors} errors", end="", file=sys.stderr, flush=True)


def _end_progress() -> None:
    if sys.stderr.isatty():
        print(file=sys.stderr)
