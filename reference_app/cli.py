"""The command line: `reference-app serve | db | version`, and the verbs that each system adds.

Each command keeps to the exit codes of `docs/exit-codes.md`, and says what is wrong in one line, never in a
traceback.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from reference_app import VERSION
from reference_app.clock import system_clock
from reference_app.commandline import (
    DatabaseOption,
    DataDirOption,
    database_commands,
    put_options,
    refuse,
    say,
)
from reference_app.exit_codes import ExitCode
from reference_app.settings import Settings
from reference_app.system import Kept
from reference_app.systems import SYSTEMS, load_settings

BackupArgument = Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder of the backup.")]

app = typer.Typer(
    name="reference-app",
    help="Touchstone's reference server and its tools.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(database_commands, name="db")
for system in SYSTEMS:
    system.add_commands(app)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65_535, help="0 takes a free one and prints it.")] = 8000,
    workers: Annotated[int, typer.Option(help="Server processes.")] = 1,
    database: DatabaseOption = None,
    data_dir: DataDirOption = None,
    dev: Annotated[bool, typer.Option("--dev", help="The same as APP_ENV=development.")] = False,
    no_migrate: Annotated[bool, typer.Option("--no-migrate", help="Refuse an outdated schema.")] = False,
) -> None:
    """Serve the API until told to stop."""
    _settings(database, data_dir, dev=dev).check()
    from reference_app import serving  # noqa: PLC0415 - half a second that help and a refusal need not take

    serving.ensure_secret(load_settings())
    serving.serve(load_settings(), host=host, port=port, workers=workers, migrates=not no_migrate)


@app.command()
def version() -> None:
    """Print the version."""
    print(VERSION)


@app.command("backup")
def back_up(folder: BackupArgument, database: DatabaseOption = None, data_dir: DataDirOption = None) -> None:
    """Copy the database and the event log into a new folder, while the server may serve."""
    from reference_app import backups  # noqa: PLC0415

    settings = _settings(database, data_dir, dev=False)
    with _disks_named():
        say(*backups.back_up(settings, _kept(settings), folder, system_clock), f"backup: {folder}")


@app.command()
def restore(folder: BackupArgument, database: DatabaseOption = None, data_dir: DataDirOption = None) -> None:
    """Check a backup, and copy it to where a server looks for its data, which must be empty."""
    from reference_app import backups  # noqa: PLC0415

    settings = _settings(database, data_dir, dev=False)
    with _disks_named():
        say(*backups.restore(settings, _kept(settings), folder), "restored: a server may be started on it")


@database_commands.command("upgrade")
def upgrade(database: DatabaseOption = None, data_dir: DataDirOption = None) -> None:
    """Bring the schema to what this version needs. Destroys nothing."""
    from reference_app.database import migrate  # noqa: PLC0415

    settings = _settings(database, data_dir, dev=False)
    changed = migrate.upgrade(settings.database)
    print(f"{'upgraded to' if changed else 'already at'} {migrate.HEAD}")


@database_commands.command("seed")
def seed(database: DatabaseOption = None, data_dir: DataDirOption = None) -> None:
    """Add the texts that this version ships with and that are missing. Changes none that is there."""
    from reference_app.database import migrate  # noqa: PLC0415

    url = _settings(database, data_dir, dev=False).database
    for name, added in migrate.seed(url, {each.name: each.seed for each in SYSTEMS if each.seed}).items():
        print(f"{name}: {added} added" if added else f"{name}: nothing is missing")


@database_commands.command("contract")
def contract(database: DatabaseOption = None, data_dir: DataDirOption = None) -> None:
    """Remove what no version from this one on needs. What it held is lost; no start does this by itself."""
    from reference_app.database import chains, migrate  # noqa: PLC0415

    changed = migrate.upgrade_contract(_settings(database, data_dir, dev=False).database)
    print(f"contracted to {chains.CONTRACT.head}" if changed else "nothing to remove")


@database_commands.command("downgrade")
def downgrade(
    target: Annotated[str, typer.Argument(help="A revision, or `base`.")],
    database: DatabaseOption = None,
    data_dir: DataDirOption = None,
    lose_texts: Annotated[
        bool, typer.Option("--lose-texts", help="Go back even where texts that Claude wrote are lost.")
    ] = False,
    of_contract: Annotated[
        bool, typer.Option("--contract", help="Take back what was removed, in place of what was added.")
    ] = False,
) -> None:
    """Take the schema back to an earlier revision. What later ones held is lost."""
    from reference_app.database import chains, migrate  # noqa: PLC0415

    chain = chains.CONTRACT if of_contract else chains.EXPAND
    url = _settings(database, data_dir, dev=False).database
    migrate.downgrade(url, target, chain, loses_texts=lose_texts)
    print(f"downgraded to {target}")


@database_commands.command("current")
def current(database: DatabaseOption = None, data_dir: DataDirOption = None) -> None:
    """Print the revisions of both chains; exit code 1 if the schema is not what this version needs."""
    from reference_app.database import chains, migrate  # noqa: PLC0415

    url = _settings(database, data_dir, dev=False).database
    found = migrate.revision(url)
    print(f"expand: {found or 'none'}{'' if found == migrate.HEAD else f' (needs {migrate.HEAD})'}")
    removed = migrate.revision(url, chains.CONTRACT)
    left = "" if removed == chains.CONTRACT.head else f" ({chains.CONTRACT.head} may be run)"
    print(f"contract: {removed or 'none'}{left}")
    if found != migrate.HEAD:
        raise typer.Exit(1)


def _kept(settings: Settings) -> dict[str, Kept]:
    return {system.name: system.kept(settings) for system in SYSTEMS if system.kept}


@contextmanager
def _disks_named() -> Iterator[None]:
    """End with one line and its code where a file cannot be used."""
    try:
        yield
    except OSError as error:
        where = f"{error.filename} cannot be used: " if error.filename else ""
        refuse(f"{where}{error.strerror}.", ExitCode.NOT_READY)


def _settings(database: str | None, data_dir: Path | None, *, dev: bool) -> Settings:
    put_options(database, data_dir, dev=dev)
    return load_settings()
