"""The command line: `reference-app serve | user | db | lunar-returns | check-lunar-concurrency`.

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
app.add_typer(user_commands, name="user")
app.add_typer(lunar_returns_commands, name="lunar-returns")
app.add_typer(database_commands, name="db")

DatabaseOption = Annotated[
    str | None,
    typer.Option("--database", metavar="URL", help="sqlite:///PATH or postgresql://…; else DATABASE_URL."),
]
DataDirOption = Annotated[
    Path | None,
    typer.Option(
        "--data-dir", metavar="DIR", help="Where the embedded default database lies; else DATA_DIR."
    ),
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
    """Print the schema's revision, and whether it is what this version needs."""
    from reference_app.database import migrate  # noqa: PLC0415

    found = migrate.revision(_settings(database, data_dir, dev=False).database)
    print(f"{found or 'none'}{'' if found == migrate.HEAD else f' (needs {migrate.HEAD})'}")
    if found != migrate.HEAD:
        raise typer.Exit(1)


def _settings(database: str | None, data_dir: Path | None, *, dev: bool) -> Settings:
    """Put the options where the settings, and worker processes, find them: into the environment."""
    if database is not None:
        os.environ["DATABASE_URL"] = database
    if data_dir is not None:
        os.environ["DATA_DIR"] = str(data_dir)
    if dev:
        os.environ["APP_ENV"] = DEVELOPMENT
    return Settings.load()
