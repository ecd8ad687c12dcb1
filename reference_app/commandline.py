"""What commands share: options, settings, what goes to stdout and stderr, and the codes they end with.

Each system's `commands.py` adds its verbs with these; `docs/exit-codes.md` has the codes. A command raises what
stands against it, and `ended` makes of it one line and the error's own code: never a traceback.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NoReturn, cast

import typer

from reference_app.errors import AppError
from reference_app.escaping import ascii_json, printable
from reference_app.exit_codes import ExitCode
from reference_app.settings import DEVELOPMENT, Settings

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

database_commands = typer.Typer(help="The database's schema.", no_args_is_help=True)
"""The verbs of `reference-app db`: those of every system's schema, and what a system adds about its own tables."""


def open_settings(context: typer.Context, database: str | None, data_dir: Path | None) -> Settings:
    """Return the settings with these options in them. Raises SettingsRefused.

    Which systems there are is not known here: what loads their settings comes with the context, from `__main__`.
    """
    put_options(database, data_dir)
    return cast("Settings", context.obj())


def put_options(database: str | None, data_dir: Path | None, *, dev: bool = False) -> None:
    """Put the options where the settings, and worker processes, find them: into the environment."""
    if database is not None:
        os.environ["DATABASE_URL"] = database
    if data_dir is not None:
        os.environ["DATA_DIR"] = str(data_dir)
    if dev:
        os.environ["APP_ENV"] = DEVELOPMENT


def have_streams() -> None:
    """Have something on each standard stream: a number that is closed would be the next file's, or a database's."""
    for fd, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(fd)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free: those below are there
        if getattr(sys, name) is None:
            setattr(sys, name, open(fd, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 - for good


def say(*lines: str) -> None:
    """Print lines for a person, in UTF-8 whatever the terminal's; what a terminal would obey comes as escapes."""
    write(f"{printable(line)}\n".encode() for line in lines)


def say_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table: with lines on a terminal, and with nothing but blanks where a program may read it."""
    from rich import box  # noqa: PLC0415 - a tenth of a second that other commands need not take
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console()
    table = Table(*headings, box=box.HEAVY_HEAD if console.is_terminal else None)
    for row in rows:
        # As text: what a server or a database said is no markup of ours.
        table.add_row(*(Text("\n".join(map(printable, cell.split("\n")))) for cell in row))
    console.print(table)


def say_json(value: Any) -> None:
    """Print one line of JSON for a program, at once."""
    print(ascii_json(value), flush=True)


def write(pieces: Iterable[bytes]) -> None:
    """Write to stdout as it is; when nobody reads on (`head`), it is done. Raises OSError."""
    try:
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
    except OSError as error:
        drop_unwritable()
        if not isinstance(error, BrokenPipeError):
            raise


def refuse(message: str, code: ExitCode) -> NoReturn:
    """End the command with one line on stderr and this code."""
    print(f"reference-app: {printable(message)}", file=sys.stderr)
    raise typer.Exit(code) from None


@contextmanager
def refusals_as_json(about: Mapping[str, Any]) -> Iterator[None]:
    """End a command whose output a program reads: with one line of JSON on stderr, about what, why, which code."""
    try:
        yield
    except AppError as error:
        said = {**about, "error": " ".join(str(error).split()), "exit_code": int(error.exit_code)}
        print(ascii_json(said), file=sys.stderr, flush=True)
        raise typer.Exit(error.exit_code) from None


def ended(error: Exception) -> ExitCode:
    """Say on stderr, a line a reason, what ended a command, and return its code. Raises what is a bug of ours."""
    if isinstance(error, AppError):
        return _said(str(error), error.exit_code)
    # click's own complaints about usage; anything else is a bug and shows its traceback
    if not hasattr(error, "format_message"):
        raise error
    message = str(error.format_message())
    if "\n" in message:  # a command that was called with nothing shows its help
        print("\n".join(map(printable, message.split("\n"))), file=sys.stderr)
        return ExitCode.USAGE
    return _said(f"{message} Try `reference-app --help`.", ExitCode.USAGE)


def _said(message: str, code: ExitCode) -> ExitCode:
    for line in message.splitlines():
        print(f"reference-app: {printable(line)}", file=sys.stderr)
    return code


def drop_unwritable() -> None:
    """Let go of what stdout does not take: Python would try it again when it ends, and complain."""
    try:
        sys.stdout.buffer.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
