"""The command line of accounts: `reference-app user`."""

import getpass
import sys
from typing import Annotated

import typer

from reference_app.commandline import DatabaseOption, DataDirOption, open_settings, say

user_commands = typer.Typer(help="Accounts.", no_args_is_help=True)


def add(app: typer.Typer) -> None:
    """Add the verbs."""
    app.add_typer(user_commands, name="user")


@user_commands.command("create")
def create_user(
    context: typer.Context,
    email: Annotated[str, typer.Option(help="The account's e-mail address.")],
    admin: Annotated[bool, typer.Option("--admin", help="Make it an administrator.")] = False,
    database: DatabaseOption = None,
    data_dir: DataDirOption = None,
) -> None:
    """Make an account; the password is asked for, or read as one line of stdin."""
    from reference_app.accounts.administration import create

    settings = open_settings(context, database, data_dir)
    password = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    user = create(settings, email=email, password=password, admin=admin)
    say(f"user {user.id}: {user.email}{' (admin)' if user.is_admin else ''}")
