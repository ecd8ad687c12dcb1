"""The command line: `reference-app serve | user | db | log | lunar-returns | check-lunar-concurrency`.

Each command keeps to the exit codes of `docs/exit-codes.md`, and says what is wrong in one line, never in a
traceback.
"""

import getpass
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from reference_app import VERSION
from reference_app.lunar_returns import commands as lunar_commands
from reference_app.settings import DEVELOPMENT, Settings

app = typer.Typer(
    name="reference-app",
    help="Touchstone's reference server and its tools.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
user_commands = typer.Typer(help="Accounts.", no_args_is_help=True)
database_commands = typer.Typer(help="The database's schema.", no_args_is_help=True)
lunar_returns_commands = typer.Typer(help="Lunar returns.", no_args_is_help=True)
log_commands = typer.Typer(help="The articles' event log on disk.", no_args_is_help=True)
app.add_typer(user_commands, name="user")
app.add_typer(lunar_returns_commands, name="lunar-returns")
app.add_typer(database_commands, name="db")
app.add_typer(log_commands, name="log")

DatabaseOption = Annotated[
    str | None,
    typer.Option("--database", metavar="URL", help="sqlite:///PATH or postgresql://…; else DATABASE_URL."),
]
DataDirOption = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        metavar="DIR",
        help="Where the event log and the default database lie; else DATA_DIR.",
    ),
]

LogArgument = Annotated[
    Path, typer.Argument(metavar="DIR", help="The folder of events.raftlog, or the data folder above it.")
]


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

    serving.ensure_secret(Settings.load())
    serving.serve(Settings.load(), host=host, port=port, workers=workers, migrates=not no_migrate)


@app.command()
def version() -> None:
    """Print the version."""
    print(VERSION)


app.command("check-lunar-concurrency")(lunar_commands.check)


@lunar_returns_commands.command("duplicates")
def duplicates(
    repair: Annotated[bool, typer.Option("--repair", help="Keep the newest of each month.")] = False,
    database: DatabaseOption = None,
    data_dir: DataDirOption = None,
) -> None:
    """List the months that a user has more than one return for; exit code 1 if there are any."""
    lunar_commands.list_duplicates(_settings(database, data_dir, dev=False).database, repairs=repair)


@user_commands.command("create")
def create_user(
    email: Annotated[str, typer.Option(help="The account's e-mail address.")],
    admin: Annotated[bool, typer.Option("--admin", help="Make it an administrator.")] = False,
    database: DatabaseOption = None,
    data_dir: DataDirOption = None,
) -> None:
    """Make an account; the password is asked for, or read as one line of stdin."""
    from reference_app.accounts.administration import create  # noqa: PLC0415

    settings = _settings(database, data_dir, dev=False)
    password = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    user = create(settings, email=email, password=password, admin=admin)
    print(f"user {user.id}: {user.email}{' (admin)' if user.is_admin else ''}")


@database_commands.command("upgrade")
def upgrade(database: DatabaseOption = None, data_dir: DataDirOption = None) -> None:
    """Bring the schema to what this version needs. Destroys nothing."""
    from reference_app.database import migrate  # noqa: PLC0415

    settings = _settings(database, data_dir, dev=False)
    changed = migrate.upgrade(settings.database)
    print(f"{'upgraded to' if changed else 'already at'} {migrate.HEAD}")


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
) -> None:
    """Take the schema back to an earlier revision. What later ones held is lost."""
    from reference_app.database import migrate  # noqa: PLC0415

    migrate.downgrade(_settings(database, data_dir, dev=False).database, target)
    print(f"downgraded to {target}")


@database_commands.command("current")
def current(database: DatabaseOption = None, data_dir: DataDirOption = None) -> None:
    """Print the revisions of both chains; exit code 1 if the schema is not what this version needs."""
    from reference_app.database import chains, migrate  # noqa: PLC0415

    url = _settings(database, data_dir, dev=False).database
    found = migrate.revision(url)
    print(f"expand: {found or 'none'}{'' if found == migrate.HEAD else f' (needs {migrate.HEAD})'}")
    print(f"contract: {migrate.revision(url, chains.CONTRACT) or 'none'}")
    if found != migrate.HEAD:
        raise typer.Exit(1)


@log_commands.command("verify")
def verify_log(directory: LogArgument) -> None:
    """Say whether the log is whole; exit code 1 if it is corrupt, 5 if only its end is torn. Changes nothing."""
    from reference_app.articles import commands  # noqa: PLC0415

    commands.verify(directory)


@log_commands.command("dump")
def dump_log(
    directory: LogArgument,
    from_seq: Annotated[int, typer.Option("--from", min=0, metavar="SEQ", help="The first event.")] = 0,
    to_seq: Annotated[
        int | None, typer.Option("--to", min=0, metavar="SEQ", help="The last event; else all.")
    ] = None,
) -> None:
    """Print events as JSON, one a line. A torn end is left out; at a corrupt place it stops with 1."""
    from reference_app.articles import commands  # noqa: PLC0415

    commands.dump(directory, from_seq, to_seq)


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
    from reference_app.articles import commands  # noqa: PLC0415

    commands.repair(directory, truncate_at, accept_loss=accept_loss)


@log_commands.command("restore")
def restore_log(
    directory: LogArgument,
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="An empty folder, or a new one.")],
    snapshot: Annotated[int, typer.Option(min=0, metavar="SEQ", help="The snapshot's event.")],
) -> None:
    """Make, in another folder, the log as it was at a snapshot."""
    from reference_app.articles import commands  # noqa: PLC0415

    commands.restore(directory, snapshot, target)


def _settings(database: str | None, data_dir: Path | None, *, dev: bool) -> Settings:
    """Put the options where the settings, and worker processes, find them: into the environment."""
    if database is not None:
        os.environ["DATABASE_URL"] = database
    if data_dir is not None:
        os.environ["DATA_DIR"] = str(data_dir)
    if dev:
        os.environ["APP_ENV"] = DEVELOPMENT
    return Settings.load()
