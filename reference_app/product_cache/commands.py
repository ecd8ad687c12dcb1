"""The command line of the product cache: `reference-app cache cleanup | verify`.

Each prints one line of JSON, for whatever collects its output; what it refuses is one line of JSON on stderr.
"""

from typing import Annotated, Any

import typer

from reference_app.commandline import (
    DatabaseOption,
    DataDirOption,
    open_settings,
    refusals_as_json,
    say,
    say_json,
)
from reference_app.exit_codes import ExitCode

PG_CRON = """\
CREATE EXTENSION IF NOT EXISTS pg_cron;

SELECT cron.schedule('cache-cleanup', '0 * * * *', $$
    DELETE FROM product_discovery_cache WHERE expires_at < NOW() AND cache_key IN (
        SELECT cache_key FROM product_discovery_cache WHERE expires_at < NOW() ORDER BY cache_key FOR UPDATE);
    DELETE FROM product_scoring_cache WHERE expires_at < NOW() AND cache_key IN (
        SELECT cache_key FROM product_scoring_cache WHERE expires_at < NOW() ORDER BY cache_key FOR UPDATE);
$$);"""
"""The source's, in the order in which the server locks entries, so that neither waits for the other in a circle."""

cache_commands = typer.Typer(help="The caches of products.", no_args_is_help=True)


def add(app: typer.Typer) -> None:
    """Add the verbs."""
    app.add_typer(cache_commands, name="cache")


@cache_commands.command("cleanup")
def clean_up(
    context: typer.Context,
    verbose: Annotated[bool, typer.Option("--verbose", help="Print the keys, too.")] = False,
    print_pg_cron: Annotated[
        bool, typer.Option("--print-pg-cron", help="Print the SQL by which pg_cron does it, and do nothing.")
    ] = False,
    database: DatabaseOption = None,
    data_dir: DataDirOption = None,
) -> None:
    """Remove entries that have expired from both caches."""
    if print_pg_cron:
        say(*PG_CRON.splitlines())
        return
    with refusals_as_json({"command": "cache cleanup"}):
        settings = open_settings(context, database, data_dir)
        from reference_app.product_cache import operating

        removed, keys = operating.clean_up(settings, with_keys=verbose)
    said: dict[str, Any] = dict(removed)
    say_json({**said, "keys": keys} if verbose else said)


@cache_commands.command("verify")
def verify(context: typer.Context, database: DatabaseOption = None, data_dir: DataDirOption = None) -> None:
    """Check the tables' columns, keys, indexes and triggers; exit code 1 if something is wrong."""
    with refusals_as_json({"command": "cache verify"}):
        settings = open_settings(context, database, data_dir)
        from reference_app.product_cache import operating

        found = operating.verify(settings)
    say_json(found)
    if any(found.values()):
        raise typer.Exit(ExitCode.NEGATIVE)
